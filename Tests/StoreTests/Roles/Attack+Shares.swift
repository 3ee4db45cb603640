import Postgres

/// Shares of a result that make more or less than all of it, recorded beside the imports' rules.
extension Attack {
  static let onShares: [Attack] = [
    Attack(
      "capture_a", "agrees on shares beyond the whole",
      after: takes
        + adds(
          "fact.partnership",
          "'organisation', 'face', 'role', 'member', 'started_on', '2026-01-01', 'ended_on', NULL, 'agreed_share', 90"
        ),
      "SET CONSTRAINTS ALL IMMEDIATE", .refused("23000")),
    Attack(
      "capture_a", "closes a share others are counted with",
      after: takes + adds("fact.sharing_rule", "'rule', 'agreed', 'started_on', '2020-01-01'")
        + "; UPDATE fact.partnership SET batch_to = \(counter) WHERE organisation = 'face' AND batch_to = \(never)",
      "SET CONSTRAINTS ALL IMMEDIATE", .refused("23000")),
    Attack(
      "capture_a", "shares by agreed shares before any is agreed",
      after: takes + adds("fact.sharing_rule", "'rule', 'agreed', 'started_on', '2010-01-01'"),
      "SET CONSTRAINTS ALL IMMEDIATE", .refused("23000")),
    Attack(
      "capture_a", "shares by agreed shares that make the whole",
      after: takes + adds("fact.sharing_rule", "'rule', 'agreed', 'started_on', '2020-01-01'"),
      "SET CONSTRAINTS ALL IMMEDIATE", .passes),
  ]
}
