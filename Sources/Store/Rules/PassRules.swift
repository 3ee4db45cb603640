internal import Impact
internal import Postgres

extension FieldRule {
  /// The PASS IAE itself.
  static let passes: [FieldRule] = [
    FieldRule(
      "pass-too-close", of: "pass_iae", .warning, field: "started_on",
      fr: "PASS IAE pendant la carence du précédent", en: "PASS IAE within the gap after the one before",
      "this PASS IAE starts less than two years after the end of the person’s one before; check the days of both, "
        + "or send the suspensions and prolongations instead of a new PASS",
      source: "les emplois de l’inclusion: two years of carence", .official,
      breaks: .lines { ground in
        """
        SELECT coalesce(s.source_line, o.source_line) AS source_line FROM own s
        JOIN own o ON o.participant = s.participant AND o.started_on < s.started_on
        JOIN \(fragment: ground.passes) f ON f.participant = o.participant AND f.started_on = o.started_on
        JOIN \(fragment: ground.parameter("gap_months", on: "s.started_on", as: "g"))
        WHERE s.started_on <= f.ended_on + make_interval(months => g.value)
        """
      }),
    FieldRule(
      "pass-outside-iae", of: "pass_iae", .warning, field: "participant",
      fr: "PASS IAE sans parcours dans l’IAE", en: "PASS IAE without a pathway in the IAE",
      "all pathways of the person are in an EA, an ESAT or a GEIQ, which need no PASS IAE; check whose PASS it is",
      source: "les emplois de l’inclusion: SIAE are AI, ACI, EI, EITI and ETTI", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s JOIN \(fragment: ground.known("pathway")) p ON p.participant = s.participant
        WHERE s.source_line IS NOT NULL
        GROUP BY s.source_line HAVING NOT bool_or(p.kind IN \(fragment: RuleGround.iaeKinds))
        """
      }),
  ]

  /// Suspensions of a PASS IAE.
  static let suspensions: [FieldRule] = [
    FieldRule(
      "suspension-too-long", of: "pass_iae_suspension", .error, field: "ended_on",
      fr: "Suspension de plus de 36 mois", en: "Suspension longer than 36 months",
      "this suspension is longer than 36 months, the most there is; correct its days, or send two suspensions",
      source: "les emplois de l’inclusion: 36 months a suspension", .official,
      breaks: .row(
        "s.ended_on >= s.started_on + make_interval(months => suspension_months.value)",
        joining: [.parameter("suspension_months")])),
    FieldRule(
      "suspensions-overlap", of: "pass_iae_suspension", .error, field: "started_on",
      fr: "Suspensions qui se chevauchent", en: "Overlapping suspensions",
      "this suspension and another of the same person are in force at the same time; correct the days of one",
      source: "les emplois de l’inclusion: no overlap", .official,
      breaks: .lines { _ in
        """
        SELECT s.source_line FROM own s
        JOIN own o ON o.participant = s.participant AND o.started_on <> s.started_on
          AND o.started_on <= s.ended_on AND o.ended_on >= s.started_on
          AND (o.source_line IS NULL OR o.source_line < s.source_line)
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "suspension-outside-pass", of: "pass_iae_suspension", .error, field: "started_on",
      fr: "Suspension hors du PASS IAE", en: "Suspension outside the PASS IAE",
      "this suspension starts before its PASS IAE or after the end of it, earlier suspensions and known prolongations "
        + "counted; correct its days, or send the prolongation first",
      source: "les emplois de l’inclusion: 730 days, pushed by suspensions and prolongations", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        LEFT JOIN \(fragment: ground.parameter("duration_days", on: "s.pass_started_on", as: "d"))
        LEFT JOIN \(fragment: ground.days(of: "pass_iae_prolongation")) r
          ON r.participant = s.participant AND r.pass_started_on = s.pass_started_on
        LEFT JOIN own o ON o.participant = s.participant AND o.pass_started_on = s.pass_started_on
          AND o.started_on < s.started_on
        WHERE s.source_line IS NOT NULL
        GROUP BY s.source_line, s.started_on, s.pass_started_on, d.value, r.days
        HAVING s.started_on < s.pass_started_on
          -- what there is none of pushes by no day
          OR s.started_on > s.pass_started_on + d.value - 1 + coalesce(r.days, 0)::int
            + coalesce(sum(o.ended_on - o.started_on), 0)::int
        """
      }),
    FieldRule(
      "suspension-declared-late", of: "pass_iae_suspension", .warning, field: "declared_on",
      fr: "Suspension déclarée plus de 365 jours après son début",
      en: "Suspension declared more than 365 days after its start",
      "this suspension was declared more than 365 days after its first day, which is too late; check both days",
      source: "les emplois de l’inclusion: 365 days back at most", .official,
      breaks: .row(
        "s.declared_on > s.started_on + suspension_retroactive_days.value",
        joining: [.parameter("suspension_retroactive_days")])),
    FieldRule(
      "suspension-in-the-future", of: "pass_iae_suspension", .warning, field: "started_on",
      fr: "Suspension à venir", en: "Suspension to come",
      "this suspension starts in the future, and only one that has begun can be declared; check its first day",
      source: "les emplois de l’inclusion: no start in the future", .official,
      breaks: .row({ "s.started_on > \(fragment: $0.day)" }, joining: [])),
  ]

  /// Prolongations of a PASS IAE.
  static let prolongations: [FieldRule] = [
    FieldRule(
      "prolongation-too-long", of: "pass_iae_prolongation", .warning, field: "ended_on",
      fr: "Prolongation plus longue que son motif ne permet",
      en: "Prolongation longer than its reason allows",
      "this prolongation is longer than one request for its reason may be; check its days and its reason",
      source: "les emplois de l’inclusion: days a request, by reason", .official,
      breaks: .row("s.ended_on - s.started_on > r.request_days", joining: [.prolongationRule])),
    FieldRule(
      "prolongations-too-long", of: "pass_iae_prolongation", .warning, field: "ended_on",
      fr: "Prolongations plus longues en tout que leur motif ne permet",
      en: "Prolongations longer in all than their reason allows",
      "the prolongations of this PASS IAE for this reason are longer in all than it allows; check their days",
      source: "les emplois de l’inclusion: days in all, by reason", .official,
      breaks: .lines { ground in
        """
        SELECT max(s.source_line) AS source_line FROM own s
        JOIN \(fragment: ground.reference("prolongation_rule", key: "reason", is: "s.reason", on: "s.started_on", as: "r"))
        GROUP BY s.participant, s.pass_started_on, s.reason
        HAVING sum(s.ended_on - s.started_on) > max(r.total_days)
        """
      }),
    FieldRule(
      "prolongation-reserved", of: "pass_iae_prolongation", .warning, field: "reason",
      fr: "Motif réservé à d’autres structures", en: "Reason reserved to other structures",
      "only other kinds of structures (AI and ACI) can ask for a prolongation for this reason; check the reason, or "
        + "the kind of the pathway",
      source: "les emplois de l’inclusion: PARTICULAR_DIFFICULTIES for AI and ACI only", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        JOIN \(fragment: ground.reference("prolongation_rule", key: "reason", is: "s.reason", on: "s.started_on", as: "r"))
        JOIN \(fragment: ground.pathways) p ON p.participant = s.participant AND p.started_on <= s.started_on
          AND (p.exited_on IS NULL OR p.exited_on >= s.started_on)
        WHERE s.source_line IS NOT NULL
        GROUP BY s.source_line, r.kinds HAVING NOT bool_or(p.kind = ANY (string_to_array(r.kinds, ' ')))
        """
      }),
    FieldRule(
      "prolongation-obsolete", of: "pass_iae_prolongation", .warning, field: "reason",
      fr: "Motif sans objet depuis le 1er décembre 2021", en: "Reason obsolete since 1 December 2021",
      "no prolongation is given for the health context since 1 December 2021; check the reason and the first day",
      source: "les emplois de l’inclusion: obsolete since 1/12/2021", .official,
      breaks: .row("s.reason = 'HEALTH_CONTEXT' AND s.started_on >= DATE '2021-12-01'")),
  ]
}
