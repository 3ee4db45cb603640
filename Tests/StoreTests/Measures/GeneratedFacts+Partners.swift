import Impact

extension GeneratedFacts {
  private static let kinds: [(kind: String, unit: String, method: String)] = [
    ("grant", "eur", "face_value"), ("skills_sponsorship", "hours", "cost"),
    ("skills_volunteering", "hours", "declared_proxy"), ("entrusted_turnover", "eur", "invoice"),
    ("job_offer", "people", "not_valued"), ("social_expertise", "hours", "cost"),
    ("secondment", "etp_months", "cost"),
    ("in_kind", "items", "book_value"),
  ]

  private static func months(until end: Day) -> [Day] {
    var months: [Day] = []
    var month = Day(2023, 1, 1) ?? end
    while month <= end {
      months.append(month)
      month = month.adding(months: 1)
    }
    return months
  }

  /// What partners promised and brought: more, exactly, less, nothing, or not promised; valued or not.
  mutating func partners(until end: Day) -> [(entity: String, rows: [Row])] {
    var commitments: [Row] = []
    var contributions: [Row] = []
    for month in Self.months(until: end)
    where [1, 4, 7, 10].contains(Int(month.description.dropFirst(5).prefix(2))) {
      let quarter = Quarter(containing: month)
      for partner in ["entreprise", "fondation"] {
        for (kind, unit, method) in Self.kinds where random.chance(55) {
          let quantity = random.whole(1...40)
          let value = method == "not_valued" ? nil : maybe("\(quantity * 60).50", 85)
          if random.chance(80) {
            var row = [
              "organisation": partner, "kind": kind, "quarter": quarter.description,
              "quantity": String(quantity),
              "unit": unit, "method": value == nil ? "not_valued" : method,
            ]
            row["value_eur"] = value
            commitments.append(row)
          }
          for part in 0..<random.whole(0...2) {
            let brought = random.pick([quantity, quantity / 2 + 1, 1])
            var row = [
              "contribution": "A\(contributions.count)-\(part)", "organisation": partner, "kind": kind,
              "delivered_on": min(month.adding(days: random.pick([0, 45, 89])), end).description,
              "quantity": String(brought), "unit": unit, "method": value == nil ? "not_valued" : method,
            ]
            row["value_eur"] = value == nil ? nil : "\(brought * 59).25"
            contributions.append(row)
          }
        }
      }
    }
    return [("commitment", commitments), ("contribution", contributions)]
  }

  /// Accounts, materials, clause hours and what is sent already added up; some months are missing.
  mutating func economy(until end: Day) -> [(entity: String, rows: [Row])] {
    var accounts: [Row] = []
    var materials: [Row] = []
    var clauses: [Row] = []
    var observations: [Row] = []
    let categories = [
      "turnover", "aide_au_poste", "subsidy", "other_income", "wages", "other_costs", "social_contributions",
      "taxes",
    ]
    for month in Self.months(until: end) where random.chance(92) {
      for category in categories where random.chance(85) {
        accounts.append([
          "month": month.description, "category": category,
          "amount_eur": "\(random.whole(100...90_000)).\(random.whole(10...99))",
        ])
      }
      for material in ["paper", "cardboard", "plastic", "glass", "aluminium", "steel", "crates", "mixed"]
      where random.chance(45) {
        materials.append([
          "month": month.description, "material": material,
          "tonnes": "\(random.whole(0...60)).\(random.whole(10...99))",
        ])
      }
      for market in ["M-1", "M-2"]
      where random.chance(70) && (market == "M-1") == (month < (Day(2025, 1, 1) ?? month)) {
        clauses.append(["market": market, "month": month.description, "hours": "\(random.whole(0...200)).5"])
      }
      for (name, value) in [
        ("esat_workshop_hours", "\(random.whole(100...500)).25"), ("esat_posts", String(random.whole(0...6))),
        ("steering_meetings", String(random.whole(0...2))),
        ("supervisor_etp", "\(random.whole(0...2)).\(random.whole(1...9))"),
        ("counsellor_etp", "0.\(random.whole(1...9))"),
      ] where random.chance(70) {
        observations.append(["name": name, "month": month.description, "value": value])
      }
    }
    return [
      ("finance_line", accounts), ("material_flow", materials), ("clause_hours", clauses),
      ("observation", observations),
    ]
  }
}
