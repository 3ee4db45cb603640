let regies = ["regie-aubervilliers", "regie-pierrefitte", "regie-saint-denis", "regie-stains"]
extension Plan {
  static var gme: Plan {
    Plan(
      slug: "gme-plaine-commune", prefix: "GME", director: "du groupement", dialect: Dialect(),
      first: month(2016, 3),
      last: month(2022, 2),
      employers: zip(regies, [3, 3, 4, 4]).map { Employer(organisation: $0, posts: $1) }, running: false,
      lengths: [(8, 0.25), (12, 0.35), (16, 0.16), (18, 0.12), (24, 0.12)],
      weeklyHours: half,
      women: 0.14, rsa: 0.55, rqth: 0.14, qpv: 0.74, longUnemployed: 0.3, unknown: 0.07,
      dynamic: line((month(2016, 9), 0.56), (month(2021, 6), 0.72)), absence: { _ in 0.07 },
      work: { current in
        [month(2020, 3): 0.6, month(2020, 4): 0.25, month(2020, 5): 0.55][current] ?? 1
      },
      undocumented: 0.06, bridge: ("le-petit-plus", 0.25),
      trainings: [
        ("safety", 7...14, 0.55, nil), ("trade", 14...28, 0.3, "le-petit-plus"),
        ("french", 42...63, 0.22, nil),
        ("qualifying", 105...175, 0.05, nil),
      ],
      realisation: [0.9, 0.94, 0.98, 1.02, 0.95, 0.92],
      promises: [
        Promise(
          organisation: "le-petit-plus", kind: "secondment", unit: "etp_months", method: "cost", quantity: 6,
          price: 3150, parts: 1, evidence: "Bulletins de paie"),
        Promise(
          organisation: "le-petit-plus", kind: "job_offer", unit: "people", method: "not_valued", quantity: 1,
          evidence: "Offre écrite"),
      ]
        + regies.map {
          Promise(
            organisation: $0, kind: "social_expertise", unit: "hours", method: "cost", quantity: 30,
            price: 34,
            evidence: "Relevé d’heures signé")
        },
      shortfalls: [
        Shortfall(
          organisation: "le-petit-plus", kind: "secondment", quarter: "2018T3", share: 0.5, caughtUp: false),
        Shortfall(
          organisation: "regie-pierrefitte", kind: "social_expertise", quarter: "2019T2", share: 0,
          caughtUp: true
        ),
      ],
      turnover: 31_000, turnoverGrowth: 0.02, subsidy: 4500,
      materials: [("cardboard", 62, 0.03), ("crates", 11, 0.01)],
      markets: [
        ("PC-2016-CARTONS", "Plaine Commune", day(2016, 3, 1), day(2022, 2, 28), 86_000, 0.99)
      ],
      meetings: [1, 1, 1, 1, 2, 1],
      objectives: yearly(
        [
          ("dynamic-exit-rate-rolling-year", 55), ("durable-exit-rate-rolling-year", 20),
          ("in-job-at-6-months", 50), ("etp-realisation-rate", 95), ("absenteeism-rate", 8),
          ("rsa-share", 50), ("clause-hours-realisation-rate", 100), ("self-financing-rate", 65),
        ], from: "2016T1", decided: day(2016, 2, 26), reason: "convention",
        "Convention du 26/02/2016 (exemple)")
        + [
          Objective(
            indicator: "etp-realisation-rate", from: "2020T2", to: "2020T3", value: 70,
            decided: day(2020, 6, 15),
            reason: "context", decision: "Comité de pilotage du 15/06/2020, décision 2")
        ],
      followUpRate: 0.82)
  }
}
