internal import Impact
internal import Postgres

extension FieldRule {
  /// Immersions (PMSMP): how long, how often and where.
  static let immersions: [FieldRule] = [
    FieldRule(
      "immersion-too-long", of: "immersion", .warning, field: "ended_on",
      fr: "Immersion de plus d’un mois", en: "Immersion longer than a month",
      "this immersion is longer than a month, date to date; check its days, a renewal is a period of its own",
      source: "grafie.org, regain62.fr", .secondary,
      breaks: .row("s.ended_on > s.started_on + interval '1 month'")),
    FieldRule(
      "immersion-third-at-host", of: "immersion", .warning, field: "host",
      fr: "Plus de deux immersions chez le même hôte en 12 mois",
      en: "More than two immersions with the same host in 12 months",
      "the person was with this host more than twice in twelve months; check the host and the days",
      source: "grafie.org, regain62.fr", .secondary,
      breaks: .lines { inTwelveMonths($0, "count(*)", isMoreThan: "2") }),
    FieldRule(
      "immersion-days-at-host", of: "immersion", .warning, field: "ended_on",
      fr: "Plus de 60 jours chez le même hôte en 12 mois",
      en: "More than 60 days with the same host in 12 months",
      "the person was with this host for more than 60 days in twelve months; check the host and the days",
      source: "grafie.org, regain62.fr", .secondary,
      breaks: .lines { inTwelveMonths($0, "sum(i.ended_on - i.started_on + 1)", isMoreThan: "60") }),
    FieldRule(
      "immersion-share-of-contract", of: "immersion", .warning, field: "ended_on",
      fr: "Immersions sur plus du quart du CDDI", en: "Immersions over more than a quarter of the CDDI",
      "the immersions during this CDDI take more than a quarter of its days; check their days, or the contract’s",
      source: "grafie.org, regain62.fr", .secondary,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        JOIN (
          SELECT c.pathway, c.started_on, c.ended_on FROM \(fragment: ground.known("contract")) c
          JOIN own o ON o.pathway = c.pathway AND o.started_on <= c.ended_on AND o.ended_on >= c.started_on
          WHERE c.kind = 'CDDI'
          GROUP BY c.contract, c.pathway, c.started_on, c.ended_on
          HAVING 4 * sum(least(o.ended_on, c.ended_on) - greatest(o.started_on, c.started_on) + 1)
            > c.ended_on - c.started_on + 1) f
          ON f.pathway = s.pathway AND s.started_on <= f.ended_on AND s.ended_on >= f.started_on
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "immersion-outside-pathway", of: "immersion", .warning, field: "started_on",
      fr: "Immersion hors du parcours", en: "Immersion outside the pathway",
      "this immersion starts before its pathway or ends after the exit from it; check its days",
      source: "an immersion is made during a pathway", .inference,
      breaks: .row("s.started_on < p.started_on OR s.ended_on > p.exited_on", joining: [.pathway])),
  ]

  /// Landed immersions at which a sum over a person’s at the same host in twelve months passes a limit.
  private static func inTwelveMonths(_ ground: RuleGround, _ sum: SQL, isMoreThan limit: SQL) -> SQL {
    """
    SELECT source_line FROM (
      SELECT i.source_line, \(fragment: sum) OVER (
        PARTITION BY p.participant, lower(i.host) ORDER BY i.started_on
        RANGE BETWEEN interval '12 months -1 day' PRECEDING AND CURRENT ROW) AS reached
      FROM own i JOIN \(fragment: ground.known("pathway")) p ON p.pathway = i.pathway) r
    WHERE reached > \(fragment: limit)
    """
  }
}
