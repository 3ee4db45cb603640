extension Plan {
  static var recygo: Plan {
    Plan(
      slug: "recygo", prefix: "REC", director: "de Nouvelle Attitude",
      dialect: Dialect(separator: ";", decimal: ",", slashedDates: true),
      first: start2023, last: last2026,
      employers: [Employer(organisation: "nouvelle-attitude", posts: 32)],
      lengths: [(4, 0.06), (6, 0.1), (8, 0.14), (12, 0.34), (16, 0.14), (20, 0.1), (24, 0.12)],
      weeklyHours: [(26, 0.15), (30, 0.25), (35, 0.6)],
      women: 0.3, rsa: 0.36, rqth: 0.16, qpv: 0.3, longUnemployed: 0.22, unknown: 0.05,
      dynamic: { _ in 0.7 }, absence: { _ in 0.066 }, undocumented: 0.04, bridge: ("la-poste", 0.14),
      trainings: [
        ("safety", 7...14, 0.7, nil), ("trade", 14...35, 0.35, nil), ("french", 42...63, 0.15, nil),
        ("digital", 7...21, 0.25, "la-poste"), ("qualifying", 105...210, 0.06, nil),
      ],
      realisation: [0.97, 0.99, 0.96, 0.98],
      promises: [
        Promise(
          organisation: "la-poste", kind: "entrusted_turnover", unit: "eur", method: "invoice",
          quantity: 240_000,
          price: 1, growth: 0.01, parts: 3, evidence: "Facture"),
        Promise(
          organisation: "la-poste", kind: "in_kind", unit: "m2", method: "market_rent", quantity: 600,
          price: 22,
          evidence: "Convention d’occupation"),
        Promise(
          organisation: "la-poste", kind: "skills_sponsorship", unit: "hours", method: "cost", quantity: 45,
          price: 52, parts: 2, evidence: "Relevé d’heures signé", hoursEach: 12, marketPrice: 85),
        Promise(
          organisation: "la-poste", kind: "job_offer", unit: "people", method: "not_valued", quantity: 3,
          evidence: "Offre écrite"),
        Promise(
          organisation: "nouvelle-attitude", kind: "social_expertise", unit: "hours", method: "cost",
          quantity: 60,
          price: 36, evidence: "Relevé d’heures signé"),
      ],
      shortfalls: [
        Shortfall(
          organisation: "la-poste", kind: "skills_sponsorship", quarter: "2025T4", share: 0.2, caughtUp: false
        ),
        Shortfall(
          organisation: "la-poste", kind: "entrusted_turnover", quarter: "2024T2", share: 0.7, caughtUp: true),
      ],
      turnover: 118_000, turnoverGrowth: 0.03, subsidy: 7000,
      materials: [("paper", 960, 0.02), ("cardboard", 74, 0.05), ("plastic", 4.2, 0.08)],
      markets: [
        ("REC-M-2023-01", "La Poste", day(2023, 1, 1), day(2026, 12, 31), 96_000, 0.55)
      ],
      meetings: [1, 1, 1],
      objectives: yearly(
        [
          ("dynamic-exit-rate-rolling-year", 65), ("durable-exit-rate-rolling-year", 28),
          ("in-job-at-6-months", 55), ("etp-realisation-rate", 96), ("absenteeism-rate", 7),
          ("rqth-share", 15), ("training-hours-per-person", 1800), ("contributions-delivery-rate", 90),
          ("self-financing-rate", 72),
        ], from: "2023T1", decided: day(2022, 11, 29), reason: "convention",
        "Dialogue de gestion du 29/11/2022, point 5")
        + [
          Objective(
            indicator: "exits-without-reason", from: "2026T1", to: nil, value: 0,
            decided: day(2025, 12, 9), reason: "ambition",
            decision: "Comité de pilotage du 09/12/2025, décision 2", kind: "reduce_to_zero", baseline: 200)
        ],
      followUpRate: 0.95)
  }
}
