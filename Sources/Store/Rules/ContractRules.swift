internal import Impact
internal import Postgres

extension FieldRule {
  /// Contracts: the CDDI and the working week.
  static let contracts: [FieldRule] = [
    FieldRule(
      "cddi-too-short", of: "contract", .warning, field: "ended_on",
      fr: "CDDI de moins de quatre mois", en: "CDDI shorter than four months",
      "this CDDI is shorter than four months, the least the law allows save for few people; check its days",
      source: "Code du travail L5132-5, L5132-11-1, L5132-15-1", .official,
      breaks: .row("s.kind = 'CDDI' AND s.ended_on + 1 < s.started_on + interval '4 months'")),
    FieldRule(
      "cddi-too-long", of: "contract", .warning, field: "ended_on",
      fr: "CDDI de plus de 24 mois en tout (ACI : 60)", en: "CDDI of more than 24 months in all (ACI: 60)",
      "the CDDI of this pathway make more than 24 months (60 in an ACI) and no prolongation of the PASS IAE is "
        + "known; check the contracts, or send the prolongation",
      source: "Code du travail L5132-5, L5132-15-1; 60 months in an ACI: myrhline.com", .secondary,
      breaks: .lines { ground in
        """
        SELECT max(s.source_line) AS source_line FROM own s
        JOIN \(fragment: ground.known("pathway")) p ON p.pathway = s.pathway
        LEFT JOIN (SELECT DISTINCT participant FROM \(fragment: ground.known("pass_iae_prolongation")) k) r
          ON r.participant = p.participant
        WHERE s.kind = 'CDDI' AND s.ended_on IS NOT NULL AND (p.kind = 'ACI' OR r.participant IS NULL)
        GROUP BY s.pathway, p.kind
        HAVING sum(s.ended_on - s.started_on + 1) > (min(s.started_on)
          + make_interval(months => CASE p.kind WHEN 'ACI' THEN 60 ELSE 24 END))::date - min(s.started_on)
        """
      }),
    FieldRule(
      "cddi-hours-few", of: "contract", .warning, field: "weekly_hours",
      fr: "CDDI de moins de 20 heures par semaine", en: "CDDI of less than 20 hours a week",
      "this CDDI is of less than 20 hours a week, the least the law allows save by derogation; check its weekly time",
      source: "Code du travail L5132-5, L5132-11-1, L5132-15-1", .official,
      breaks: .row("s.kind = 'CDDI' AND s.weekly_hours < 20")),
    FieldRule(
      "contract-hours-many", of: "contract", .warning, field: "weekly_hours",
      fr: "Plus de 48 heures par semaine", en: "More than 48 hours a week",
      "this contract is of more than 48 hours a week, the most the law allows; check its weekly time",
      source: "Code du travail L3121-20", .official, breaks: .row("s.weekly_hours > 48")),
    FieldRule(
      "contract-before-pathway", of: "contract", .warning, field: "started_on",
      fr: "Contrat avant le début du parcours", en: "Contract before the pathway starts",
      "this contract starts before its pathway; check the first day of both",
      source: "a pathway starts with its first contract", .inference,
      breaks: .row("s.started_on < p.started_on", joining: [.pathway])),
    FieldRule(
      "contract-after-exit", of: "contract", .warning, field: "started_on",
      fr: "Contrat après la sortie", en: "Contract after the exit",
      "this contract starts after the exit from its pathway; check its first day, or the day of the exit",
      source: "a pathway ends with its last contract", .inference,
      breaks: .row("s.started_on > p.exited_on", joining: [.pathway])),
    FieldRule(
      "contracts-overlap", of: "contract", .warning, field: "started_on",
      fr: "Deux contrats à la fois", en: "Two contracts at once",
      "this contract and another of the same pathway are in force at the same time; check the days of both",
      source: "contracts of a pathway follow each other; missions and contrats passerelles may not",
      .inference,
      breaks: .lines { _ in
        """
        SELECT s.source_line FROM own s
        JOIN own o ON o.pathway = s.pathway AND o.contract <> s.contract
          AND (o.ended_on IS NULL OR o.ended_on >= s.started_on)
          AND (s.ended_on IS NULL OR s.ended_on >= o.started_on)
          AND (o.source_line IS NULL OR (o.started_on, o.contract) < (s.started_on, s.contract))
        WHERE s.source_line IS NOT NULL
          AND s.kind NOT IN ('mission', 'passerelle') AND o.kind NOT IN ('mission', 'passerelle')
        """
      }),
  ]
}
