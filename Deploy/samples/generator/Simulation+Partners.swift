/// Conventions, and what partners promise and deliver.
extension Simulation {
  mutating func conventions() {
    for (place, employer) in plan.employers.enumerated() {
      for year in plan.first / 12...plan.last / 12 {
        let months = (month(year, 1)...month(year, 12)).filter { (plan.first...plan.last).contains($0) }
        let worked = months.reduce(0) { $0 + (hoursByEmployer[employer.organisation]?[$1] ?? 0) }
        let mean = Double(worked) / 100 / 1505 * 12 / Double(months.count)
        let rate = plan.realisation[(year - plan.first / 12 + place) % plan.realisation.count]
        // Posts are agreed by half a full-time equivalent.
        let posts = max(50, Int(mean / rate * 2 + 0.5) * 50)
        let running = year == 2026
        early.add(
          "convention",
          [
            .text("EI093\(two(year % 100))0\(two(place + 1))-\(plan.prefix)"), .text(employer.organisation),
            .text("EI"), .date(firstDay(months[0])),
            .date(running ? day(2026, 12, 31) : lastDay(months[months.count - 1])), .hundredths(posts),
            .text(running ? "VALIDE" : "CLOTURE"),
          ])
      }
    }
  }

  mutating func partners() {
    var rows: [(date: Day, order: Int, cells: [Cell], late: Bool)] = []
    let quarters = stride(from: plan.first - plan.first % 3, through: plan.last, by: 3)
    for (order, promise) in plan.promises.enumerated() {
      for (number, start) in quarters.enumerated() where firstDay(start) >= firstDay(plan.first) {
        let promised = promise.quantity * (1 + promise.growth * Double(number))
        // Promises are round figures: hundreds of euros, whole hours, whole people.
        let step = promise.unit == "eur" ? 100.0 : 1.0
        let quantity = max(1, Int(promised / step + 0.5)) * Int(step) * 100
        func value(_ quantity: Int) -> Cell {
          promise.price.map { .hundredths(Int(Double(quantity) * $0 + 0.5)) } ?? .empty
        }
        deliver(
          "commitment", firstDay(start),
          [
            .text(promise.organisation), .text(promise.kind), .text(quarter(start)), .hundredths(quantity),
            .text(promise.unit), value(quantity), .text(promise.method),
            promise.people(giving: quantity / promise.parts),
          ])
        let shortfall = plan.shortfalls.first {
          $0.organisation == promise.organisation && $0.kind == promise.kind && $0.quarter == quarter(start)
        }
        let share = shortfall?.share ?? random.between(0.86, 1.08)
        var deliveries: [(Day, Double)] = []
        for part in 0..<promise.parts {
          let when = firstDay(start) + (91 * part + random.whole(20...80)) / promise.parts
          deliveries.append((min(when, lastDay(min(start + 2, plan.last))), share / Double(promise.parts)))
        }
        if let shortfall, shortfall.caughtUp {
          deliveries.append((lastDay(start + 2) + random.whole(8...40), 1 - share))
        }
        for (date, part) in deliveries where part > 0 {
          let exact = Double(quantity) * part
          let unit = promise.unit == "eur" ? 100.0 : (promise.unit == "hours" ? 50.0 : 100.0)
          let delivered = Int(exact / unit + 0.5) * Int(unit)
          if delivered == 0 { continue }
          let late =
            plan.slug == "acces-inclusive-tech" && quarter(start) == "2026T2"
            && promise.kind == "skills_sponsorship" && date > day(2026, 5, 10)
          rows.append(
            (
              date, order,
              [
                .text(promise.organisation), .text(promise.kind), .date(date), .hundredths(delivered),
                .text(promise.unit), value(delivered), .text(promise.method), .maybe(promise.evidence),
                promise.people(giving: delivered), promise.cappedValue(of: delivered, on: date),
                promise.marketValue(of: delivered),
              ], late
            ))
        }
      }
    }
    let sorted = rows.enumerated().sorted {
      ($0.element.date, $0.element.order, $0.offset) < ($1.element.date, $1.element.order, $1.offset)
    }
    for (number, row) in sorted.enumerated() {
      let code = Cell.text("\(plan.prefix)-A-" + String(String(10_001 + number).dropFirst()))
      if row.element.late {
        later.add("contribution-late", [code] + row.element.cells)
      } else {
        deliver("contribution", row.element.date, [code] + row.element.cells)
      }
    }
  }
}
