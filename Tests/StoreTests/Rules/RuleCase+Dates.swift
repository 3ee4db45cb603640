extension RuleCase {
  /// A row of each entity with a period: it ends the day before it starts, or on the day.
  static let dates: [RuleCase] = [
    period(
      "cooperation-ends-before-start",
      "cooperation=test name=E form=jvs kind=EI activity_fr=a activity_en=a mission_fr=m mission_en=m data=sample"
    ),
    period("partnership-ends-before-start", "organisation=partner role=client"),
    period(
      "convention-ends-before-start", "convention=C9 organisation=other kind=ACI etp_posts=5 status=VALIDE"),
    period("market-ends-before-start", "market=M9 client=ville"),
    period("organisation-name-ends-before-start", "organisation=partner name=Avant"),
    period("contract-ends-before-start", "contract=K9 pathway=W1 kind=CDD"),
    period("immersion-ends-before-start", "immersion=I9 pathway=W1 host=hote object=discover"),
    period(
      "pass-iae-suspension-ends-before-start", "participant=P1 pass_started_on=2025-01-06 reason=other",
      given: [("pass_iae", ["participant=P1 started_on=2025-01-06"])]),
    period(
      "pass-iae-prolongation-ends-before-start", "participant=P1 pass_started_on=2025-01-06 reason=SENIOR",
      given: [("pass_iae", ["participant=P1 started_on=2025-01-06"])]),
    RuleCase(
      "target-ends-before-start", breaks: [target("2025T3", "2025T2")], keeps: [target("2025T3", "2025T3")]),
    RuleCase(
      "target-of-zero-with-value",
      breaks: [zero("keep_at_zero", "0.01"), zero("reduce_to_zero", "-1")], at: [0, 1],
      keeps: [zero("keep_at_zero", "0"), "\(target("2025T3", "2025T3")) kind=at_most"]),
    RuleCase(
      "target-to-zero-without-baseline", breaks: [zero("reduce_to_zero", "0")],
      keeps: ["\(zero("reduce_to_zero", "0")) baseline=8", zero("keep_at_zero", "0")]),
  ]

  private static func zero(_ kind: String, _ value: String) -> String {
    target("2025T3", "2025T3").replacing("value=25", with: "value=\(value)")
      .replacing("=durable-exit-rate", with: "=\(kind.replacing("_", with: "-"))") + " kind=\(kind)"
  }

  private static func period(
    _ code: String, _ rest: String, given: [(entity: String, rows: [String])] = []
  ) -> RuleCase {
    RuleCase(
      code, given: given, breaks: ["\(rest) started_on=2025-03-10 ended_on=2025-03-09"],
      keeps: ["\(rest) started_on=2025-03-10 ended_on=2025-03-10"])
  }

  private static func target(_ from: String, _ to: String) -> String {
    "indicator=durable-exit-rate from_quarter=\(from) to_quarter=\(to) value=25 decided_on=2025-01-01 "
      + "reason=convention decision=annexe"
  }
}
