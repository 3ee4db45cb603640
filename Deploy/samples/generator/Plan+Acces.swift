extension Plan {
  static var acces: Plan {
    Plan(
      slug: "acces-inclusive-tech", prefix: "AIT", director: "d’Acces", dialect: Dialect(), first: start2023,
      last: last2026,
      employers: [Employer(organisation: "acces", posts: 28)],
      lengths: [(6, 0.12), (8, 0.14), (10, 0.16), (12, 0.22), (16, 0.14), (18, 0.1), (24, 0.12)],
      weeklyHours: [(26, 0.2), (28, 0.2), (30, 0.2), (35, 0.4)],
      women: 0.38, rsa: 0.42, rqth: 0.1, qpv: 0.46, longUnemployed: 0.2, unknown: 0.04,
      dynamic: line((start2023 + 4, 0.52), (last2026 - 6, 0.76)),
      absence: { _ in 0.058 }, undocumented: 0.05, bridge: ("accenture", 0.07),
      trainings: [
        ("digital", 70...70, 0.62, "fondation-accenture"), ("safety", 7...7, 0.35, nil),
        ("trade", 14...35, 0.3, "ares"), ("french", 42...63, 0.12, nil), ("qualifying", 140...210, 0.05, nil),
      ],
      realisation: [0.93, 0.96, 0.98, 0.97],
      promises: [
        Promise(
          organisation: "fondation-accenture", kind: "skills_sponsorship", unit: "hours", method: "cost",
          quantity: 150, price: 62.5, growth: 0.01, parts: 3, evidence: "Relevé d’heures signé",
          hoursEach: 14,
          marketPrice: 120, costly: (month(2025, 1), 0.2, 130)),
        Promise(
          organisation: "fondation-accenture", kind: "business_development", unit: "hours",
          method: "not_valued",
          quantity: 24, evidence: "Compte rendu"),
        Promise(
          organisation: "accenture", kind: "entrusted_turnover", unit: "eur", method: "invoice",
          quantity: 48_000, price: 1, growth: 0.02, parts: 3, evidence: "Facture"),
        Promise(
          organisation: "accenture", kind: "job_offer", unit: "people", method: "not_valued", quantity: 2,
          evidence: "Offre écrite"),
        Promise(
          organisation: "ares", kind: "social_expertise", unit: "hours", method: "cost", quantity: 110,
          price: 38,
          parts: 2, evidence: "Relevé d’heures signé"),
      ],
      shortfalls: [
        Shortfall(
          organisation: "fondation-accenture", kind: "skills_sponsorship", quarter: "2024T3", share: 0.35,
          caughtUp: false),
        Shortfall(
          organisation: "accenture", kind: "entrusted_turnover", quarter: "2025T1", share: 0.55,
          caughtUp: true),
      ],
      turnover: 62_000, turnoverGrowth: 0.06, subsidy: 9000,
      markets: [
        ("AIT-M-2024-01", "Ministère (exemple)", day(2024, 1, 1), day(2026, 12, 31), 29_000, 0.26)
      ],
      meetings: [1, 1, 1, 2],
      objectives: yearly(
        [
          ("dynamic-exit-rate-rolling-year", 60), ("durable-exit-rate-rolling-year", 25),
          ("in-job-at-6-months", 55), ("etp-realisation-rate", 95), ("absenteeism-rate", 7),
          ("rsa-share", 40),
          ("training-hours-per-person", 3000), ("contributions-delivery-rate", 90),
          ("self-financing-rate", 70),
        ], from: "2023T1", decided: day(2022, 12, 13), reason: "convention",
        "Dialogue de gestion du 13/12/2022, point 2")
        + [
          Objective(
            indicator: "training-hours-per-person", from: "2025T1", to: nil, value: 3500,
            decided: day(2024, 12, 10),
            reason: "ambition", decision: "Comité de pilotage du 10/12/2024, décision 4"),
          Objective(
            indicator: "exits-without-reason", from: "2026T1", to: nil, value: 0,
            decided: day(2025, 12, 16), reason: "ambition",
            decision: "Comité de pilotage du 16/12/2025, décision 1", kind: "keep_at_zero"),
        ],
      followUpRate: 0.94)
  }
}
