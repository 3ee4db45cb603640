extension RuleCase {
  /// How partners share results.
  static let sharing: [RuleCase] = [
    RuleCase(
      "coalition-members-order",
      breaks: [
        "signed_on=2025-01-01 members=partner value=1",
        "signed_on=2025-01-01 members=partner+employer value=3",
        "signed_on=2025-01-01 members=partner+partner value=2",
      ], at: [1, 2],
      keeps: [
        "signed_on=2025-01-01 members=employer+partner value=3",
        "signed_on=2025-01-01 members=employer value=1", "signed_on=2025-01-01 members=partner value=1",
      ]),
    RuleCase(
      "coalition-too-many",
      breaks: [
        "signed_on=2025-01-01 members=a+b+c value=1", "signed_on=2025-01-01 members=d+e+f value=1",
        "signed_on=2025-01-02 members=d+e+f value=1",
      ], at: [0, 1],
      keeps: ["signed_on=2025-01-01 members=a+b+c+d+e value=1"]),
    RuleCase(
      "coalition-by-no-partner",
      breaks: [
        "signed_on=2025-01-01 members=partner value=1", "signed_on=2025-01-01 members=other+partner value=2",
      ],
      keeps: ["signed_on=2025-01-01 members=partner value=1"]),
    RuleCase(
      "coalition-table-incomplete",
      breaks: [
        "signed_on=2025-01-01 members=employer value=1",
        "signed_on=2025-01-01 members=employer+partner value=2",
        "signed_on=2025-02-01 members=partner value=1",
      ], at: [0],
      keeps: [
        "signed_on=2025-01-01 members=employer value=1",
        "signed_on=2025-01-01 members=employer+partner value=2",
        "signed_on=2025-01-01 members=partner value=1",
      ]),
    RuleCase(
      "coalition-worth-less",
      breaks: [
        "signed_on=2025-01-01 members=employer value=3", "signed_on=2025-01-01 members=partner value=1",
        "signed_on=2025-01-01 members=employer+partner value=2.9",
      ],
      keeps: [
        "signed_on=2025-01-01 members=employer value=3", "signed_on=2025-01-01 members=partner value=1",
        "signed_on=2025-01-01 members=employer+partner value=3",
        // Another table is another agreement.
        "signed_on=2025-02-01 members=employer+partner value=1",
      ]),
    RuleCase(
      "sharing-agreed-not-100",
      given: [
        (
          "partnership",
          [
            "organisation=employer role=founder started_on=2020-01-01 agreed_share=60",
            "organisation=other role=member started_on=2025-01-01 agreed_share=40",
          ]
        )
      ],
      breaks: ["started_on=2024-12-31 rule=agreed decided_on=2024-12-31"],
      keeps: ["started_on=2025-01-01 rule=agreed decided_on=2024-12-31"]),
    RuleCase(
      "sharing-shapley-without-table",
      breaks: [
        "started_on=2025-01-01 rule=equal decided_on=2025-01-01",
        "started_on=2025-02-01 rule=shapley decided_on=2025-01-01",
      ],
      keeps: ["started_on=2025-01-01 rule=valued_contribution decided_on=2025-01-01"]),
  ]
}
