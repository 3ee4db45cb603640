extension Plan {
  static var lemon: Plan {
    Plan(
      slug: "lemon-aide", prefix: "LEM", director: "de Lemon Aide",
      dialect: Dialect(separator: ";", decimal: ",", mark: true),
      first: start2023, last: last2026,
      employers: [Employer(organisation: "lemon-aide", posts: 18)],
      lengths: [(4, 0.16), (6, 0.14), (8, 0.42), (10, 0.12), (12, 0.1), (16, 0.06)],
      weeklyHours: [(26, 0.3), (30, 0.3), (35, 0.4)],
      women: 0.22, rsa: 0.5, rqth: 0.12, qpv: 0.52, longUnemployed: 0.26, unknown: 0.06,
      dynamic: line((start2023, 0.66), (last2026, 0.6)),
      // Absences rise over the last six quarters: the shift a chart should show.
      absence: line((month(2025, 3), 0.05), (month(2026, 8), 0.125)),
      undocumented: 0.06, bridge: ("lemon-tri", 0.12),
      trainings: [
        ("safety", 7...14, 0.6, "lemon-tri"), ("trade", 14...35, 0.4, "lemon-tri"),
        ("french", 42...63, 0.2, nil),
        ("pre_qualifying", 35...70, 0.1, nil), ("qualifying", 105...175, 0.04, nil),
      ],
      realisation: [0.95, 0.97, 0.94, 0.9],
      promises: [
        Promise(
          organisation: "lemon-tri", kind: "entrusted_turnover", unit: "eur", method: "invoice",
          quantity: 66_000,
          price: 1, growth: 0.015, parts: 3, evidence: "Facture"),
        Promise(
          organisation: "lemon-tri", kind: "in_kind", unit: "items", method: "book_value", quantity: 2,
          price: 1850,
          evidence: "Fiche d’immobilisation", marketPrice: 2600),
        Promise(
          organisation: "danone-ecosystem", kind: "measurement_tools", unit: "days", method: "not_valued",
          quantity: 3, evidence: "Compte rendu"),
        Promise(
          organisation: "danone-ecosystem", kind: "grant", unit: "eur", method: "face_value", quantity: 4000,
          price: 1, evidence: "Convention de don"),
        Promise(
          organisation: "face", kind: "skills_volunteering", unit: "hours", method: "declared_proxy",
          quantity: 36,
          price: 20, parts: 2, evidence: "Relevé d’heures signé", hoursEach: 9),
        Promise(
          organisation: "face", kind: "job_offer", unit: "people", method: "not_valued", quantity: 2,
          evidence: "Offre écrite"),
      ],
      shortfalls: [
        Shortfall(
          organisation: "danone-ecosystem", kind: "grant", quarter: "2024T4", share: 0, caughtUp: true),
        Shortfall(
          organisation: "lemon-tri", kind: "entrusted_turnover", quarter: "2026T2", share: 0.62,
          caughtUp: false),
        Shortfall(organisation: "face", kind: "job_offer", quarter: "2025T3", share: 0, caughtUp: false),
      ],
      turnover: 39_000, turnoverGrowth: 0.05, subsidy: 6000,
      materials: [("plastic", 10.5, 0.05), ("aluminium", 0.85, 0.07)],
      markets: [
        ("LEM-M-2023-02", "Collectivité (exemple)", day(2023, 4, 1), day(2027, 3, 31), 17_000, 0.2)
      ],
      meetings: [1, 1, 0, 1],
      objectives: yearly(
        [
          ("durable-exit-rate-rolling-year", 25), ("in-job-at-6-months", 50), ("etp-realisation-rate", 95),
          ("absenteeism-rate", 6), ("rsa-share", 45), ("contributions-delivery-rate", 90),
          ("self-financing-rate", 72),
        ], from: "2023T1", decided: day(2022, 12, 8), reason: "convention",
        "Dialogue de gestion du 08/12/2022, point 3")
        + [
          Objective(
            indicator: "dynamic-exit-rate-rolling-year", from: "2023T1", to: "2025T4", value: 60,
            decided: day(2022, 12, 8), reason: "convention",
            decision: "Dialogue de gestion du 08/12/2022, point 3"),
          Objective(
            indicator: "dynamic-exit-rate-rolling-year", from: "2026T1", to: nil, value: 65,
            decided: day(2025, 12, 11), reason: "ambition",
            decision: "Comité de pilotage du 11/12/2025, décision 3"),
          Objective(
            indicator: "dynamic-exit-rate-rolling-year", from: "2026T1", to: nil, value: 62,
            decided: day(2026, 9, 17), reason: "context",
            decision: "Comité de pilotage du 17/09/2026, décision 7"),
          Objective(
            indicator: "absenteeism-rate", from: "2026T1", to: nil, value: 6, decided: day(2025, 12, 11),
            reason: "context", decision: "Comité de pilotage du 11/12/2025, décision 4", kind: "at_most",
            baseline: 8),
        ],
      followUpRate: 0.9)
  }
}
