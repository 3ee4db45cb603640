extension RuleCase {
  /// Pathways, hours, exits, contracts and immersions.
  static let people: [RuleCase] = pathways + activity + exits + contracts + immersions

  private static let pathways: [RuleCase] = [
    RuleCase(
      "pathway-twice-at-employer", given: [("exit", ["pathway=W1 exited_on=2025-06-30"])],
      breaks: ["pathway=W2 participant=P1 employer=employer kind=EI started_on=2025-06-29"],
      keeps: ["pathway=W2 participant=P1 employer=employer kind=EI started_on=2025-06-30"]),
    RuleCase(
      "pathway-at-two-employers", given: [("exit", ["pathway=W1 exited_on=2025-06-30"])],
      breaks: ["pathway=W2 participant=P1 employer=other kind=EI started_on=2025-06-29"],
      keeps: ["pathway=W2 participant=P1 employer=other kind=EI started_on=2025-06-30"]),
    RuleCase(
      "pathway-age",
      given: [("participant", ["participant=Y birth_year=2010", "participant=O birth_year=1950"])],
      breaks: [
        "pathway=Y1 participant=Y employer=employer kind=EI started_on=2024-12-31",
        "pathway=O1 participant=O employer=employer kind=EI started_on=2026-01-01",
      ], at: [0, 1],
      keeps: [
        "pathway=Y1 participant=Y employer=employer kind=EI started_on=2025-01-01",
        "pathway=O1 participant=O employer=employer kind=EI started_on=2025-12-31",
      ]),
    // 730 days from 1 March 2021 end on 28 February 2023; ten days of suspension push that to 10 March.
    RuleCase(
      "pathway-after-pass",
      given: [
        ("pass_iae", ["participant=P3 started_on=2021-03-01"]),
        (
          "pass_iae_suspension",
          ["participant=P3 pass_started_on=2021-03-01 started_on=2022-01-01 ended_on=2022-01-11 reason=other"]
        ),
      ],
      breaks: ["pathway=N1 participant=P3 employer=employer kind=EI started_on=2023-03-11"],
      keeps: ["pathway=N1 participant=P3 employer=employer kind=EI started_on=2023-03-10"]),
    RuleCase(
      "pathway-pass-outside-iae", given: [("pass_iae", ["participant=P3 started_on=2025-03-01"])],
      breaks: ["pathway=N1 participant=P3 employer=other kind=EA started_on=2025-03-01"],
      keeps: ["pathway=N1 participant=P3 employer=other kind=ACI started_on=2025-03-01"]),
  ]

  private static let activity: [RuleCase] = [
    RuleCase(
      "activity-hours-impossible",
      breaks: ["pathway=W1 month=2025-03-01 hours_worked=200 hours_absent=544.01"],
      keeps: ["pathway=W1 month=2025-03-01 hours_worked=200 hours_absent=544"]),
    RuleCase(
      "activity-in-the-future", breaks: ["pathway=W1 month=2027-01-01 hours_worked=10"],
      keeps: ["pathway=W1 month=2026-12-01 hours_worked=10"]),
    RuleCase(
      "activity-hours-many", breaks: ["pathway=W1 month=2025-03-01 hours_worked=220.01"],
      keeps: ["pathway=W1 month=2025-03-01 hours_worked=220 hours_absent=50"]),
    RuleCase(
      "activity-before-pathway",
      given: [("pathway", ["pathway=F participant=P3 employer=employer kind=EI started_on=2025-03-01"])],
      breaks: ["pathway=F month=2025-02-01 hours_worked=10"],
      keeps: ["pathway=F month=2025-03-01 hours_worked=10"]),
    RuleCase(
      "activity-after-exit", given: [("exit", ["pathway=W1 exited_on=2025-05-01"])],
      breaks: ["pathway=W1 month=2025-06-01 hours_worked=10"],
      keeps: ["pathway=W1 month=2025-05-01 hours_worked=10"]),
    RuleCase(
      "training-outside-pathway", given: [("exit", ["pathway=W1 exited_on=2025-05-01"])],
      breaks: [
        "training=T1 pathway=W1 started_on=2025-01-05 hours=7 topic=safety",
        "training=T2 pathway=W1 started_on=2025-05-02 hours=7 topic=safety",
      ], at: [0, 1],
      keeps: [
        "training=T1 pathway=W1 started_on=2025-01-06 hours=7 topic=safety",
        "training=T2 pathway=W1 started_on=2025-05-01 hours=7 topic=safety",
      ]),
    RuleCase(
      "support-outside-pathway", given: [("exit", ["pathway=W1 exited_on=2025-05-01"])],
      breaks: ["support=S1 pathway=W1 held_on=2025-05-02 hours=1 topic=project by=internal"],
      keeps: ["support=S1 pathway=W1 held_on=2025-05-01 hours=1 topic=project by=internal"]),
    RuleCase(
      "support-in-the-future",
      breaks: ["support=S1 pathway=W1 held_on=2027-01-01 hours=1 topic=project by=internal"],
      keeps: ["support=S1 pathway=W1 held_on=2026-12-31 hours=1 topic=project by=internal"]),
    RuleCase(
      "assessment-outside-pathway",
      breaks: ["pathway=W1 barrier=mobilite assessed_on=2024-12-05 moment=entry level=3"],
      keeps: ["pathway=W1 barrier=mobilite assessed_on=2024-12-06 moment=entry level=3"]),
  ]

  private static let exits: [RuleCase] = [
    RuleCase(
      "exit-before-entry", breaks: ["pathway=W1 exited_on=2025-01-05"],
      keeps: ["pathway=W1 exited_on=2025-01-06"]),
    RuleCase(
      "exit-in-the-future", breaks: ["pathway=W1 exited_on=2027-01-01"],
      keeps: ["pathway=W1 exited_on=2026-12-31"]),
    RuleCase(
      "exit-after-next-entry",
      given: [("pathway", ["pathway=W2 participant=P1 employer=employer kind=EI started_on=2025-06-30"])],
      breaks: ["pathway=W1 exited_on=2025-07-01"], keeps: ["pathway=W1 exited_on=2025-06-30"]),
    RuleCase(
      "exit-after-entry-elsewhere",
      given: [("pathway", ["pathway=W2 participant=P1 employer=other kind=ACI started_on=2025-06-30"])],
      breaks: ["pathway=W1 exited_on=2025-07-01"], keeps: ["pathway=W1 exited_on=2025-06-30"]),
    RuleCase(
      "exit-before-activity", given: [("monthly_activity", ["pathway=W1 month=2025-06-01 hours_worked=10"])],
      breaks: ["pathway=W1 exited_on=2025-05-31"], keeps: ["pathway=W1 exited_on=2025-06-01"]),
    RuleCase(
      "exit-before-training",
      given: [("training", ["training=T1 pathway=W1 started_on=2025-06-02 hours=7 topic=safety"])],
      breaks: ["pathway=W1 exited_on=2025-06-01"], keeps: ["pathway=W1 exited_on=2025-06-02"]),
    RuleCase(
      "follow-up-before-exit", given: [("exit", ["pathway=W1 exited_on=2025-06-30"])],
      breaks: ["pathway=W1 horizon=3 observed_on=2025-06-29 situation=in_job"],
      keeps: ["pathway=W1 horizon=3 observed_on=2025-06-30 situation=in_job"]),
    // Six months after 31 August is 28 February; 31 days before that is 28 January.
    RuleCase(
      "follow-up-early", given: [("exit", ["pathway=W1 exited_on=2025-08-31"])],
      breaks: ["pathway=W1 horizon=6 observed_on=2026-01-27 situation=in_job"],
      keeps: ["pathway=W1 horizon=6 observed_on=2026-01-28 situation=in_job"]),
  ]

  private static let contracts: [RuleCase] = [
    RuleCase(
      "cddi-too-short",
      breaks: ["contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-05-04"],
      keeps: [
        "contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-05-05",
        "contract=K2 pathway=W1 kind=CDD started_on=2025-06-01 ended_on=2025-06-02",
      ]),
    RuleCase(
      "cddi-too-long",
      breaks: [
        "contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2026-01-05",
        "contract=K2 pathway=W1 kind=CDDI started_on=2026-01-06 ended_on=2027-01-06",
      ],
      keeps: [
        "contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2026-01-05",
        "contract=K2 pathway=W1 kind=CDDI started_on=2026-01-06 ended_on=2027-01-05",
        "contract=K3 pathway=A1 kind=CDDI started_on=2025-01-06 ended_on=2030-01-05",
      ]),
    RuleCase(
      "cddi-hours-few",
      breaks: [
        "contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-08-05 weekly_hours=19.5"
      ],
      keeps: ["contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-08-05 weekly_hours=20"]),
    RuleCase(
      "contract-hours-many",
      breaks: ["contract=K1 pathway=W1 kind=CDI started_on=2025-01-06 weekly_hours=48.5"],
      keeps: ["contract=K1 pathway=W1 kind=CDI started_on=2025-01-06 weekly_hours=48"]),
    RuleCase(
      "contract-before-pathway", breaks: ["contract=K1 pathway=W1 kind=CDI started_on=2025-01-05"],
      keeps: ["contract=K1 pathway=W1 kind=CDI started_on=2025-01-06"]),
    RuleCase(
      "contract-after-exit", given: [("exit", ["pathway=W1 exited_on=2025-06-30"])],
      breaks: ["contract=K1 pathway=W1 kind=CDI started_on=2025-07-01"],
      keeps: ["contract=K1 pathway=W1 kind=CDI started_on=2025-06-30"]),
    RuleCase(
      "contracts-overlap",
      breaks: [
        "contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-06-30",
        "contract=K2 pathway=W1 kind=CDDI started_on=2025-06-30 ended_on=2025-12-31",
      ],
      keeps: [
        "contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-06-30",
        "contract=K2 pathway=W1 kind=CDDI started_on=2025-07-01 ended_on=2025-12-31",
        "contract=K3 pathway=W1 kind=passerelle started_on=2025-08-01 ended_on=2025-10-31",
      ]),
  ]

  private static let immersions: [RuleCase] = [
    RuleCase(
      "immersion-too-long",
      breaks: ["immersion=I1 pathway=W1 host=h object=discover started_on=2025-03-15 ended_on=2025-04-16"],
      keeps: ["immersion=I1 pathway=W1 host=h object=discover started_on=2025-03-15 ended_on=2025-04-15"]),
    RuleCase(
      "immersion-third-at-host",
      breaks: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-03-01 ended_on=2025-03-05",
        "immersion=I2 pathway=W1 host=H object=discover started_on=2025-06-01 ended_on=2025-06-05",
        "immersion=I3 pathway=W1 host=h object=recruit started_on=2026-02-28 ended_on=2026-03-02",
      ],
      keeps: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-03-01 ended_on=2025-03-05",
        "immersion=I2 pathway=W1 host=h object=discover started_on=2025-06-01 ended_on=2025-06-05",
        "immersion=I3 pathway=W1 host=h object=recruit started_on=2026-03-01 ended_on=2026-03-02",
        "immersion=I4 pathway=A1 host=h object=recruit started_on=2026-03-01 ended_on=2026-03-02",
        "immersion=I5 pathway=W1 host=i object=recruit started_on=2026-03-01 ended_on=2026-03-02",
      ]),
    RuleCase(
      "immersion-days-at-host",
      breaks: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-03-01 ended_on=2025-03-30",
        "immersion=I2 pathway=W1 host=h object=discover started_on=2025-04-01 ended_on=2025-05-01",
      ],
      keeps: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-03-01 ended_on=2025-03-30",
        "immersion=I2 pathway=W1 host=h object=discover started_on=2025-04-01 ended_on=2025-04-30",
      ]),
    // A contract of 120 days leaves 30 for immersions.
    RuleCase(
      "immersion-share-of-contract",
      given: [("contract", ["contract=K1 pathway=W1 kind=CDDI started_on=2025-01-06 ended_on=2025-05-05"])],
      breaks: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-02-01 ended_on=2025-02-20",
        "immersion=I2 pathway=W1 host=i object=discover started_on=2025-03-01 ended_on=2025-03-11",
      ], at: [0, 1],
      keeps: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-02-01 ended_on=2025-02-20",
        "immersion=I2 pathway=W1 host=i object=discover started_on=2025-03-01 ended_on=2025-03-10",
      ]),
    RuleCase(
      "immersion-outside-pathway", given: [("exit", ["pathway=W1 exited_on=2025-06-30"])],
      breaks: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-01-05 ended_on=2025-01-10",
        "immersion=I2 pathway=W1 host=i object=discover started_on=2025-06-25 ended_on=2025-07-01",
      ], at: [0, 1],
      keeps: [
        "immersion=I1 pathway=W1 host=h object=discover started_on=2025-01-06 ended_on=2025-01-10",
        "immersion=I2 pathway=W1 host=i object=discover started_on=2025-06-25 ended_on=2025-06-30",
      ]),
  ]
}
