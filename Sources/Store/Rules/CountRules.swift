internal import Impact
internal import Postgres

extension FieldRule {
  /// Markets, money and counts without people.
  static let counts: [FieldRule] = [
    FieldRule(
      "market-without-end", of: "market", .warning, field: "ended_on",
      fr: "Heures de clause engagées sans fin de marché", en: "Committed clause hours without an end",
      "this market has committed hours and no end, so that nobody can tell whether they are on time; fill in its last day",
      source: "hours are committed for the time of a market", .inference,
      breaks: .row("s.clause_hours_committed > 0 AND s.ended_on IS NULL")),
    FieldRule(
      "clause-hours-outside-market", of: "clause_hours", .warning, field: "month",
      fr: "Heures de clause hors du marché", en: "Clause hours outside the market",
      "this month ends before the market starts or begins after its end; check the month, or the days of the market",
      source: "clause hours are worked within a market", .inference,
      breaks: .row(
        "s.month + interval '1 month' <= m.started_on OR s.month > m.ended_on", joining: [.market])),
    FieldRule(
      "finance-negative", of: "finance_line", .warning, field: "amount_eur",
      fr: "Chiffre d’affaires ou aide négatifs", en: "Negative turnover or aid",
      "this turnover or aide au poste is less than zero; check its sign, or whether it is a correction of months before",
      source: "income is more than zero, save where it corrects earlier months", .inference,
      breaks: .row("s.category IN ('turnover', 'aide_au_poste') AND s.amount_eur < 0")),
    FieldRule(
      "barrier-accompanied-over-concerned", of: "barrier_count", .warning, field: "concerned",
      fr: "Plus d’accompagnés que de concernés", en: "More accompanied than concerned",
      "more people are accompanied for this barrier than concerned by it; correct one of the counts",
      source: "pilotage de l’inclusion: the greater of both is published", .official,
      // What is known of the accompanied is the least they can be: an unknown part adds nothing to it.
      breaks: .row(
        """
        coalesce(s.internal, 0) + coalesce(s.external, 0) + coalesce(s."both", 0) > s.concerned
        """)),
  ]
}
