/// Support, barriers and immersions.
extension Simulation {
  mutating func support() {
    var random = stream("support")
    var rows: [(Day, [Cell])] = []
    for pathway in pathways where pathway.finish >= Simulation.told {
      for current in month(of: max(pathway.start, Simulation.told))...month(of: min(pathway.finish, end)) {
        guard random.chance(0.4) else { continue }
        let held = firstDay(current) + random.whole(0...26)
        let hours = random.pick([(50, 0.2), (100, 0.5), (150, 0.2), (200, 0.1)])
        let topic = random.pick([
          ("project", 0.25), ("job_search", 0.25), ("rights", 0.12), ("housing", 0.1), ("mobility", 0.1),
          ("language", 0.06), ("digital", 0.06), ("debt", 0.03), ("family", 0.03),
        ])
        let by = random.chance(0.85) ? "internal" : "external"
        let weekend = weekday(held) > 4 ? weekday(held) - 4 : 0
        guard held - weekend >= pathway.start, held <= pathway.finish else { continue }
        rows.append(
          (
            held - weekend,
            [.text(pathway.code), .date(held - weekend), .hundredths(hours), .text(topic), .text(by)]
          ))
      }
    }
    let sorted = rows.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
    for (number, row) in sorted.enumerated() {
      deliver("support", row.element.0, [code("S", number + 1)] + row.element.1)
    }
  }

  /// Barriers at entry, and again at exit: most are one level better or more.
  mutating func barriers() {
    var random = stream("barriers")
    for pathway in pathways where pathway.start >= Simulation.told {
      for barrier in ["illetrisme", "demarch", "heberg", "mobilite", "surendet", "manque_dispo", "numerique"]
      {
        let level = random.pick([(1, 0.45), (2, 0.2), (3, 0.18), (4, 0.12), (5, 0.05)])
        let accompanied = random.pick([("internal", 0.5), ("external", 0.2), ("both", 0.15), ("none", 0.15)])
        let change = random.pick([(-2, 0.2), (-1, 0.38), (0, 0.32), (1, 0.1)])
        let isTold = random.chance(0.85)
        let isAssessedAgain = random.chance(0.85)
        guard isTold, pathway.start + 14 <= min(pathway.finish, end) else { continue }
        deliver(
          "barrier_assessment", pathway.start + 14,
          [
            .text(pathway.code), .text(barrier), .date(pathway.start + 14), .text("entry"), .integer(level),
            level == 1 ? .empty : .text(accompanied),
          ])
        guard level > 1, isAssessedAgain, pathway.finish - pathway.start > 60, pathway.finish <= end else {
          continue
        }
        deliver(
          "barrier_assessment", pathway.finish - 3,
          [
            .text(pathway.code), .text(barrier), .date(pathway.finish - 3), .text("exit"),
            .integer(min(5, max(1, level + change))), .text(accompanied),
          ])
      }
    }
  }

  /// Health and justice: numbers of people, never people.
  mutating func barrierCounts() {
    var random = stream("barrier counts")
    for current in stride(from: month(of: Simulation.told), through: plan.last, by: 3) {
      let told = lastDay(current + 2)
      let present = pathways.filter { $0.start <= told && $0.finish >= firstDay(current) }.count
      for (barrier, share) in [("sante", 0.22), ("justice", 0.12)] {
        let concerned = Int(Double(present) * share * random.between(0.7, 1.3) + 0.5)
        let external = min(concerned, Int(Double(concerned) * random.between(0.4, 0.8) + 0.5))
        let both = min(concerned - external, random.whole(0...2))
        deliver(
          "barrier_count", told,
          [
            .text(barrier), .text(quarter(current)), .integer(concerned),
            .integer(concerned - external - both),
            .integer(external), .integer(both),
          ])
      }
    }
  }

  mutating func immersions() {
    var random = stream("immersions")
    var number = 0
    for (place, pathway) in pathways.enumerated() where pathway.start >= Simulation.told {
      let isSent = random.chance(0.3)
      let host = random.pick([("A", 0.4), ("B", 0.35), ("C", 0.25)])
      let object = random.pick([("discover", 0.4), ("confirm", 0.4), ("recruit", 0.2)])
      let after = random.whole(45...120)
      let length = random.pick([(5, 0.4), (10, 0.45), (12, 0.15)])
      let isLong = isPlanted(place, "immersion")
      guard isSent || isLong else { continue }
      let first = pathway.start + (isLong ? 7 : after)
      let from = weekday(first) > 4 ? first + 7 - weekday(first) : first
      let to = from + (isLong ? 44 : length - 1)
      guard to <= pathway.finish, to <= end else { continue }
      number += 1
      deliver(
        "immersion", to,
        [
          code("I", number), .text(pathway.code), .text("Entreprise (exemple) \(host)"), .text(object),
          .date(from),
          .date(to), .integer(workdays(from, to) * 7),
        ])
    }
  }
}
