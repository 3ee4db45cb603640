internal import Impact
internal import Postgres

extension FieldRule {
  /// Pathways: one at a time, of people of working age, within a PASS IAE where there is one.
  static let pathways: [FieldRule] = [
    FieldRule(
      "pathway-twice-at-employer", of: "pathway", .error, field: "started_on",
      fr: "Deux parcours à la fois chez le même employeur", en: "Two pathways at once at the same employer",
      "the same person has another pathway at this employer at the same time; keep one of the two, or send the "
        + "exit that ends the first before this one starts",
      source: "one exit a pathway, not a contract: DGEFP", .official,
      breaks: .lines {
        atOnce($0, "o.employer = s.employer AND (o.source_line IS NULL OR o.source_line < s.source_line)")
      }
    ),
    FieldRule(
      "pathway-at-two-employers", of: "pathway", .warning, field: "started_on",
      fr: "Deux parcours à la fois chez deux employeurs", en: "Two pathways at once at two employers",
      "the same person has a pathway at another employer at the same time; check the days of both",
      source: "a person is in one pathway at a time, save with several part-time employers", .inference,
      breaks: .lines {
        atOnce($0, "o.employer <> s.employer AND (o.source_line IS NULL OR o.source_line < s.source_line)")
      }
    ),
    FieldRule(
      "pathway-age", of: "pathway", .warning, field: "started_on",
      fr: "Moins de 15 ou plus de 75 ans à l’entrée", en: "Aged under 15 or over 75 at entry",
      "by the year of birth the person is under 15 or over 75 when this pathway starts; check the year of birth "
        + "and the first day",
      source: "working age, with a margin; ages by difference of years as the DGEFP counts them", .inference,
      breaks: .row(
        "date_part('year', s.started_on) - q.birth_year NOT BETWEEN 15 AND 75", joining: [.participant])),
    FieldRule(
      "pathway-after-pass", of: "pathway", .warning, field: "started_on",
      fr: "Début après la fin du PASS IAE", en: "Start after the end of the PASS IAE",
      "this pathway starts after the end of the person’s PASS IAE, suspensions and prolongations counted; check "
        + "the first day, or send the new PASS, its suspensions or prolongations",
      source: "les emplois de l’inclusion: 730 days, pushed by suspensions and prolongations", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        JOIN \(fragment: ground.passes) f ON f.participant = s.participant AND f.started_on <= s.started_on
        WHERE s.source_line IS NOT NULL AND s.kind IN \(fragment: RuleGround.iaeKinds)
        GROUP BY s.source_line, s.started_on HAVING max(f.ended_on) < s.started_on
        """
      }),
    FieldRule(
      "pathway-pass-outside-iae", of: "pathway", .warning, field: "kind",
      fr: "PASS IAE d’un parcours hors IAE", en: "PASS IAE of a pathway outside the IAE",
      "the person has a PASS IAE but no pathway in the IAE: an EA, an ESAT or a GEIQ needs none; check the kind of "
        + "the pathway, or whose PASS it is",
      source: "les emplois de l’inclusion: SIAE are AI, ACI, EI, EITI and ETTI", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        JOIN (SELECT DISTINCT participant FROM \(fragment: ground.known("pass_iae")) f) f USING (participant)
        LEFT JOIN (SELECT DISTINCT participant FROM own WHERE kind IN \(fragment: RuleGround.iaeKinds)) i
          USING (participant)
        WHERE i.participant IS NULL
        """
      }),
  ]

  /// Landed pathways `s` that are certainly at once with another `o` of the same person.
  ///
  /// A pathway without a known exit may still have ended before the next: exits come after pathways.
  private static func atOnce(_ ground: RuleGround, _ condition: SQL) -> SQL {
    """
    SELECT s.source_line FROM own s
    JOIN own o ON o.participant = s.participant AND o.pathway <> s.pathway AND \(fragment: condition)
    LEFT JOIN \(fragment: ground.known("exit")) x ON x.pathway = s.pathway
    LEFT JOIN \(fragment: ground.known("exit")) y ON y.pathway = o.pathway
    WHERE s.source_line IS NOT NULL AND (
      o.started_on < s.started_on AND y.exited_on > s.started_on
      OR s.started_on < o.started_on AND x.exited_on > o.started_on
      -- on the same day only a pathway that ends on it leaves room for another
      OR s.started_on = o.started_on AND x.exited_on IS DISTINCT FROM s.started_on
        AND y.exited_on IS DISTINCT FROM s.started_on)
    """
  }
}
