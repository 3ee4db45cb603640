extension RuleCase {
  /// Partners, what they give, and counts without people.
  static let partners: [RuleCase] = organisations + gifts + counts

  private static let organisations: [RuleCase] = [
    RuleCase(
      "organisation-names-overlap",
      breaks: [
        "organisation=partner name=A started_on=2020-01-01 ended_on=2024-12-31",
        "organisation=partner name=B started_on=2024-12-31",
      ],
      keeps: [
        "organisation=partner name=A started_on=2020-01-01 ended_on=2024-12-31",
        "organisation=partner name=B started_on=2025-01-01",
        "organisation=other name=C started_on=2020-01-01",
      ]),
    RuleCase(
      "capital-over-100",
      given: [("partnership", ["organisation=employer role=founder started_on=2020-01-01 capital_share=51"])],
      breaks: ["organisation=partner role=founder started_on=2020-01-01 capital_share=49.1"],
      keeps: ["organisation=partner role=founder started_on=2020-01-01 capital_share=49"]),
    RuleCase(
      "agreed-share-over-100",
      breaks: [
        "organisation=employer role=founder started_on=2020-01-01 agreed_share=60 ended_on=2024-12-31",
        "organisation=partner role=founder started_on=2024-12-31 agreed_share=60",
      ], at: [0, 1],
      keeps: [
        "organisation=employer role=founder started_on=2020-01-01 agreed_share=60 ended_on=2024-12-31",
        "organisation=partner role=founder started_on=2025-01-01 agreed_share=60",
      ]),
    RuleCase(
      "convention-too-long",
      breaks: [
        "convention=C1 organisation=other kind=ACI started_on=2023-01-01 ended_on=2026-01-01 etp_posts=5 status=VALIDE"
      ],
      keeps: [
        "convention=C1 organisation=other kind=ACI started_on=2023-01-01 ended_on=2025-12-31 etp_posts=5 status=VALIDE"
      ]),
    // The world has a convention of the employer for 2025.
    RuleCase(
      "conventions-overlap",
      breaks: [
        "convention=C1 organisation=employer kind=EI started_on=2025-12-31 ended_on=2026-12-30 etp_posts=5 status=VALIDE"
      ],
      keeps: [
        "convention=C1 organisation=employer kind=EI started_on=2026-01-01 ended_on=2026-12-31 etp_posts=5 status=VALIDE",
        "convention=C2 organisation=employer kind=ACI started_on=2025-01-01 ended_on=2025-12-31 etp_posts=5 status=VALIDE",
      ]),
  ]

  private static let gifts: [RuleCase] = [
    RuleCase(
      "contribution-by-no-partner", breaks: ["contribution=B1 organisation=other \(gift)"],
      keeps: ["contribution=B1 organisation=partner \(gift)"]),
    RuleCase(
      "contribution-outside-partnership",
      given: [("partnership", ["organisation=other role=funder started_on=2020-01-01 ended_on=2025-02-28"])],
      breaks: ["contribution=B1 organisation=other \(gift)"],
      keeps: ["contribution=B1 organisation=other \(gift.replacing("03-01", with: "02-28"))"]),
    RuleCase(
      "contribution-value-of-not-valued",
      breaks: ["contribution=B1 organisation=partner \(gift.replacing("=cost", with: "=not_valued"))"],
      keeps: ["contribution=B1 organisation=partner \(gift)"]),
    RuleCase(
      "contribution-value-missing",
      breaks: ["contribution=B1 organisation=partner \(gift.replacing("value_eur=100 ", with: ""))"],
      keeps: [
        "contribution=B1 organisation=partner \(gift.replacing("value_eur=100 method=cost", with: "method=not_valued"))"
      ]),
    RuleCase(
      "sponsorship-at-market-price",
      breaks: ["contribution=B1 organisation=partner \(gift) market_value_eur=100"],
      keeps: ["contribution=B1 organisation=partner \(gift) market_value_eur=100.01"]),
    RuleCase(
      "capped-value-above-value",
      breaks: ["contribution=B1 organisation=partner \(gift) capped_value_eur=100.01"],
      keeps: ["contribution=B1 organisation=partner \(gift) capped_value_eur=100"]),
    RuleCase(
      "commitment-by-no-partner", breaks: ["organisation=other quarter=2025T1 \(promise)"],
      keeps: ["organisation=partner quarter=2025T1 \(promise)"]),
    RuleCase(
      "commitment-outside-partnership",
      given: [("partnership", ["organisation=other role=funder started_on=2020-01-01 ended_on=2025-04-01"])],
      breaks: ["organisation=other quarter=2025T3 \(promise)"],
      keeps: ["organisation=other quarter=2025T2 \(promise)"]),
    RuleCase(
      "commitment-value-of-not-valued",
      breaks: [
        "organisation=partner quarter=2025T1 \(promise.replacing("=face_value", with: "=not_valued"))"
      ],
      keeps: ["organisation=partner quarter=2025T1 \(promise)"]),
    RuleCase(
      "commitment-value-missing",
      breaks: ["organisation=partner quarter=2025T1 \(promise.replacing("value_eur=100 ", with: ""))"],
      keeps: ["organisation=partner quarter=2025T1 \(promise)"]),
  ]

  private static let gift =
    "kind=skills_sponsorship delivered_on=2025-03-01 quantity=2 unit=hours value_eur=100 method=cost"
  private static let promise = "kind=grant quantity=100 unit=eur value_eur=100 method=face_value"

  private static let counts: [RuleCase] = [
    RuleCase(
      "market-without-end",
      breaks: ["market=M9 client=ville started_on=2025-01-01 clause_hours_committed=100"],
      keeps: ["market=M9 client=ville started_on=2025-01-01 ended_on=2025-12-31 clause_hours_committed=100"]),
    RuleCase(
      "clause-hours-outside-market",
      given: [("market", ["market=M9 client=ville started_on=2025-03-31 ended_on=2025-06-01"])],
      breaks: ["market=M9 month=2025-02-01 hours=10", "market=M9 month=2025-07-01 hours=10"], at: [0, 1],
      keeps: ["market=M9 month=2025-03-01 hours=10", "market=M9 month=2025-06-01 hours=10"]),
    RuleCase(
      "finance-negative", breaks: ["month=2025-03-01 category=turnover amount_eur=-0.01"],
      keeps: [
        "month=2025-03-01 category=turnover amount_eur=0",
        "month=2025-03-01 category=other_costs amount_eur=-5",
      ]),
    RuleCase(
      "barrier-accompanied-over-concerned",
      breaks: ["barrier=mobilite quarter=2025T1 concerned=10 internal=6 both=5"],
      keeps: ["barrier=mobilite quarter=2025T1 concerned=10 internal=5 external=3 both=2"]),
  ]
}
