extension RuleCase {
  /// The PASS IAE, its suspensions and prolongations, and eligibility.
  static let passes: [RuleCase] = pass + suspensions + prolongations + eligibility

  private static let pass: [RuleCase] = [
    // 730 days from 1 March 2021 end on 28 February 2023; two years after that is 28 February 2025.
    RuleCase(
      "pass-too-close", given: [("pass_iae", ["participant=P1 started_on=2021-03-01"])],
      breaks: ["participant=P1 started_on=2025-02-28"], keeps: ["participant=P1 started_on=2025-03-01"]),
    RuleCase(
      "pass-outside-iae",
      given: [("pathway", ["pathway=N1 participant=P3 employer=other kind=ESAT started_on=2025-03-01"])],
      breaks: ["participant=P3 started_on=2025-03-01"],
      keeps: ["participant=P1 started_on=2025-03-01", "participant=P4 started_on=2025-03-01"]),
  ]

  private static let given: [(entity: String, rows: [String])] = [
    ("pass_iae", ["participant=P1 started_on=2021-03-01", "participant=P2 started_on=2021-03-01"])
  ]
  private static let suspension = "participant=P1 pass_started_on=2021-03-01 reason=other"
  private static let prolongation = "participant=P1 pass_started_on=2021-03-01"

  private static let suspensions: [RuleCase] = [
    RuleCase(
      "suspension-too-long", given: given,
      breaks: ["\(suspension) started_on=2022-01-01 ended_on=2025-01-01"],
      keeps: ["\(suspension) started_on=2022-01-01 ended_on=2024-12-31"]),
    RuleCase(
      "suspensions-overlap", given: given,
      breaks: [
        "\(suspension) started_on=2022-01-01 ended_on=2022-03-31",
        "\(suspension) started_on=2022-03-31 ended_on=2022-04-30",
      ],
      keeps: [
        "\(suspension) started_on=2022-01-01 ended_on=2022-03-31",
        "\(suspension) started_on=2022-04-01 ended_on=2022-04-30",
        "participant=P2 pass_started_on=2021-03-01 reason=other started_on=2022-03-31 ended_on=2022-04-30",
      ]),
    // 730 days end on 28 February 2023; ten days of suspension before push that to 10 March.
    RuleCase(
      "suspension-outside-pass", given: given,
      breaks: [
        "\(suspension) started_on=2021-02-28 ended_on=2021-02-28",
        "\(suspension) started_on=2022-01-01 ended_on=2022-01-11",
        "\(suspension) started_on=2023-03-11 ended_on=2023-04-30",
      ], at: [0, 2],
      keeps: [
        "\(suspension) started_on=2021-03-01 ended_on=2021-03-01",
        "\(suspension) started_on=2022-01-01 ended_on=2022-01-11",
        "\(suspension) started_on=2023-03-10 ended_on=2023-04-30",
      ]),
    RuleCase(
      "suspension-declared-late", given: given,
      breaks: ["\(suspension) started_on=2022-01-01 ended_on=2022-03-31 declared_on=2023-01-02"],
      keeps: ["\(suspension) started_on=2022-01-01 ended_on=2022-03-31 declared_on=2023-01-01"]),
    RuleCase(
      "suspension-in-the-future", given: [("pass_iae", ["participant=P1 started_on=2026-01-01"])],
      breaks: [
        "participant=P1 pass_started_on=2026-01-01 reason=other started_on=2027-01-01 ended_on=2027-01-31"
      ],
      keeps: [
        "participant=P1 pass_started_on=2026-01-01 reason=other started_on=2026-12-31 ended_on=2027-01-31"
      ]),
  ]

  private static let prolongations: [RuleCase] = [
    RuleCase(
      "prolongation-too-long", given: given,
      breaks: ["\(prolongation) reason=RQTH started_on=2023-03-01 ended_on=2024-03-01"],
      keeps: ["\(prolongation) reason=RQTH started_on=2023-03-01 ended_on=2024-02-29"]),
    RuleCase(
      "prolongations-too-long", given: given,
      breaks: [
        "\(prolongation) reason=RQTH started_on=2023-03-01 ended_on=2024-02-29",
        "\(prolongation) reason=RQTH started_on=2024-03-01 ended_on=2025-03-01",
        "\(prolongation) reason=RQTH started_on=2025-03-02 ended_on=2026-03-02",
        "\(prolongation) reason=RQTH started_on=2026-03-03 ended_on=2026-03-04",
      ],
      keeps: [
        "\(prolongation) reason=RQTH started_on=2023-03-01 ended_on=2024-02-29",
        "\(prolongation) reason=RQTH started_on=2024-03-01 ended_on=2025-03-01",
        "\(prolongation) reason=RQTH started_on=2025-03-02 ended_on=2026-03-02",
        "\(prolongation) reason=COMPLETE_TRAINING started_on=2026-03-03 ended_on=2026-03-04",
      ]),
    RuleCase(
      "prolongation-reserved", given: given,
      breaks: ["\(prolongation) reason=PARTICULAR_DIFFICULTIES started_on=2025-03-01 ended_on=2025-09-01"],
      keeps: [
        "participant=P2 pass_started_on=2021-03-01 reason=PARTICULAR_DIFFICULTIES started_on=2025-03-01 "
          + "ended_on=2025-09-01",
        "\(prolongation) reason=RQTH started_on=2025-03-01 ended_on=2025-09-01",
      ]),
    RuleCase(
      "prolongation-obsolete", given: given,
      breaks: ["\(prolongation) reason=HEALTH_CONTEXT started_on=2021-12-01 ended_on=2022-03-01"],
      keeps: ["\(prolongation) reason=HEALTH_CONTEXT started_on=2021-11-30 ended_on=2022-03-01"]),
  ]

  private static let eligibility: [RuleCase] = [
    // An EI needs three criteria of level 2.
    RuleCase(
      "eligibility-insufficient",
      breaks: [
        "pathway=W1 criterion=JEUNE assessed_on=2025-01-02 by=employer",
        "pathway=W1 criterion=QPV assessed_on=2025-01-02 by=employer",
      ], at: [0],
      keeps: [
        "pathway=W1 criterion=JEUNE assessed_on=2025-01-02 by=employer",
        "pathway=W1 criterion=QPV assessed_on=2025-01-02 by=employer",
        "pathway=W1 criterion=PM assessed_on=2025-01-02 by=employer",
        "pathway=A1 criterion=RSA assessed_on=2025-01-02 by=employer",
      ]),
    RuleCase(
      "eligibility-deld-and-detld",
      breaks: [
        "pathway=W1 criterion=DELD assessed_on=2025-01-02 by=employer",
        "pathway=W1 criterion=DETLD assessed_on=2025-01-02 by=employer",
      ], at: [0, 1],
      keeps: [
        "pathway=W1 criterion=DETLD assessed_on=2025-01-02 by=employer",
        "pathway=A1 criterion=DELD assessed_on=2025-01-02 by=employer",
      ]),
    // 92 days before 6 January 2025 is 6 October 2024.
    RuleCase(
      "eligibility-old", breaks: ["pathway=W1 criterion=RSA assessed_on=2024-10-05 by=employer"],
      keeps: [
        "pathway=W1 criterion=RSA assessed_on=2024-10-06 by=employer",
        "pathway=A1 criterion=RSA assessed_on=2024-10-05 by=prescriber",
      ]),
  ]
}
