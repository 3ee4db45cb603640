/// Hours worked and absent, and trainings.
extension Simulation {
  mutating func activity() {
    for current in plan.first...plan.last {
      let from = firstDay(current)
      let to = lastDay(current)
      for pathway in pathways where pathway.start <= to && pathway.finish >= from {
        let days = workdays(max(pathway.start, from), min(pathway.finish, to))
        if days == 0 { continue }
        let full = Double(pathway.weekly) * 52 / 12 * seasons[current % 12] * plan.work(current)
        let planned = full * Double(days) / Double(workdays(from, to)) * random.between(0.96, 1.05)
        var share = 0.0
        if random.chance(0.6) {
          share = min(0.7, plan.absence(current) / 0.6 * random.between(0.1, 1.9) * pathway.frailty)
        }
        // Quarters of an hour worked, half hours absent.
        let absent = Int(planned * share * 2 + 0.5) * 50
        let worked = max(0, Int(planned * 4 + 0.5) * 25 - absent)
        hours[current, default: 0] += worked
        hoursByEmployer[pathway.employer, default: [:]][current, default: 0] += worked
        let row: [Cell] = [
          .text(pathway.code), .month(current), .hundredths(worked),
          random.chance(0.015) ? .empty : .hundredths(absent),
        ]
        if isLateActivity(pathway, current) {
          later.add("monthly_activity-late", row)
        } else {
          deliver("monthly_activity", to, row)
        }
      }
    }
  }

  /// Lemon Aide sends the June hours of three people with the next delivery.
  func isLateActivity(_ pathway: Pathway, _ current: Month) -> Bool {
    guard plan.slug == "lemon-aide", current == month(2026, 6) else { return false }
    let present = pathways.filter { $0.start <= firstDay(current) && $0.finish >= lastDay(current) }
    return present.suffix(3).contains { $0.code == pathway.code }
  }

  mutating func training() {
    var rows: [(Day, [Cell])] = []
    for pathway in pathways {
      for kind in plan.trainings where random.chance(kind.share) {
        let length = pathway.finish - pathway.start
        if length < 30 { continue }
        let start = pathway.start + random.whole(7...max(8, min(length - 14, 300)))
        let first = weekday(start) > 4 ? start + 7 - weekday(start) : start
        if first < firstDay(plan.first) || first > pathway.finish { continue }
        let hours = random.whole(kind.hours.lowerBound / 7...kind.hours.upperBound / 7) * 7
        let certified = ["qualifying", "safety", "trade"].contains(kind.topic)
        rows.append(
          (
            first,
            [
              .text(pathway.code), .date(first), .integer(hours), .text(kind.topic), .maybe(kind.provider),
              random.chance(0.1) ? .empty : .yes(certified && random.chance(0.7)),
            ]
          ))
      }
    }
    let sorted = rows.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
    for (number, row) in sorted.enumerated() {
      let code = "\(plan.prefix)-F-" + String(String(10_001 + number).dropFirst())
      deliver("training", row.element.0, [.text(code)] + row.element.1)
    }
  }
}
