/// Money, tonnes, clause hours and targets.
extension Simulation {
  mutating func economy() {
    for current in plan.first...plan.last {
      let years = Double(current - plan.first) / 12
      let told = lastDay(current)
      let worked = Double(hours[current] ?? 0) / 100
      let amount = aidAmounts.last { $0.0 <= firstDay(current) }?.1 ?? 10_080
      let season = 0.5 + 0.5 * seasons[current % 12] / 0.888
      let scale = plan.work(current) * season * (1 + plan.turnoverGrowth * years)
      let sales = plan.turnover * scale * random.between(0.9, 1.1)
      let aid = worked / 1505 * amount
      let wages = worked * 1.16 * 15.2 + plan.turnover * 0.22
      let lines: [(String, Double)] = [
        ("turnover", sales), ("aide_au_poste", aid),
        ("subsidy", current % 3 == 2 ? plan.subsidy * random.between(0.9, 1.1) : 0),
        ("other_income", random.chance(0.3) ? random.between(200, 1500) : 0), ("wages", wages),
        ("other_costs", (sales + aid) * 0.96 - wages + plan.subsidy / 3 + random.between(-2500, 1500)),
      ]
      for (category, euros) in lines where euros != 0 {
        let cents = Int((euros * 100).rounded())
        deliver("finance_line", told, [.month(current), .text(category), .hundredths(cents)])
      }
      for material in plan.materials {
        let tonnes = material.tonnes * (1 + material.growth * years) * season * plan.work(current)
        deliver(
          "material_flow", told,
          [
            .month(current), .text(material.name),
            .hundredths(Int(tonnes * random.between(0.88, 1.12) * 100 + 0.5)),
          ])
      }
      for market in plan.markets where firstDay(current) >= market.from && told <= market.to {
        let done = Int(worked * market.share * random.between(0.94, 1.06) + 0.5) * 100
        deliver("clause_hours", told, [.text(market.code), .month(current), .hundredths(done)])
      }
      if current % 3 == 2 {
        let held = plan.meetings[(current - plan.first) / 3 % plan.meetings.count]
        deliver("observation", told, [.text("steering_meetings"), .month(current), .integer(held)])
      }
    }
    for market in plan.markets {
      early.add(
        "market",
        [
          .text(market.code), .text(market.client), .date(market.from), .date(market.to),
          .integer(market.committed),
        ])
    }
  }

  mutating func governance() {
    for objective in plan.objectives {
      deliver(
        "target", objective.decided,
        [
          .text(objective.indicator), .text(objective.from), .maybe(objective.to),
          .hundredths(objective.value), .date(objective.decided), .text(objective.reason),
          .text(objective.decision), .maybe(objective.kind),
          objective.baseline.map(Cell.hundredths) ?? .empty,
          .text(objective.decision.hasPrefix("Comité") ? "Comité de pilotage" : "Direction et DDETS"),
        ])
    }
  }
}
