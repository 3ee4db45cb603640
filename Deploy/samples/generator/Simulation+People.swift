/// Pathways, and the people on them.
extension Simulation {
  mutating func people() {
    let opening = firstDay(plan.first)
    let closing = lastDay(plan.last)
    let stops = plan.last < month(of: end)
    for employer in plan.employers {
      for _ in 0..<employer.posts {
        var cursor = plan.running ? opening - 760 + random.whole(0...240) : opening + random.whole(0...24)
        while cursor <= closing - (stops ? 150 : 0) {
          let start = cursor + (7 - weekday(cursor)) % 7
          var finish: Day
          if random.chance(0.09) {
            finish = start + random.whole(9...77)
          } else {
            finish = adding(months: random.pick(plan.lengths), to: start) - 1
            if random.chance(0.45) { finish -= random.whole(5...75) }
          }
          if stops && finish > closing { finish = closing - random.whole(0...60) }
          if weekday(finish) > 4 { finish -= weekday(finish) - 4 }
          if finish >= opening && start <= closing {
            pathways.append(
              Pathway(
                employer: employer.organisation, start: start, finish: finish,
                weekly: random.pick(plan.weeklyHours), frailty: random.between(0.3, 1.7)))
          }
          cursor = finish + random.whole(6...48)
        }
      }
    }
    pathways.sort { ($0.start, $0.finish, $0.employer) < ($1.start, $1.finish, $1.employer) }
    pathways = pathways.filter { $0.start <= end }

    var people = 0
    var turns: [String: Int] = [:]
    for index in pathways.indices {
      // A person may come back to the same employer after half a year.
      let former = pathways[..<index].first {
        $0.finish < pathways[index].start - 200 && turns[$0.participant] == 1
          && $0.employer == pathways[index].employer
      }
      let returning = random.chance(0.03)
      if returning, let former {
        pathways[index].participant = former.participant
        turns[former.participant] = 2
        pathways[index].code = former.participant + "-2"
      } else {
        people += 1
        let code = "\(plan.prefix)-" + String(String(10_000 + people).dropFirst())
        pathways[index].participant = code
        turns[code] = 1
        pathways[index].code = code + "-1"
        profile(code, entering: pathways[index].start)
      }
      let pathway = pathways[index]
      let prescriber = random.pick([
        (3, 0.45), (1, 0.14), (4, 0.1), (5, 0.12), (2, 0.06), (6, 0.08), (7, 0.05),
      ])
      deliver(
        "pathway", pathway.start,
        [
          .text(pathway.code), .text(pathway.participant), .text(pathway.employer), .text("EI"),
          .date(pathway.start), .integer(prescriber),
        ])
    }
  }

  mutating func profile(_ code: String, entering start: Day) {
    let age = random.pick([
      (random.whole(18...25), 0.2), (random.whole(26...39), 0.38), (random.whole(40...49), 0.22),
      (random.whole(50...61), 0.2),
    ])
    let unknown = plan.unknown
    func known<Value>(_ value: Value, _ random: inout Random) -> Value? {
      random.chance(unknown) ? nil : value
    }
    let sex = random.chance(plan.women) ? "F" : "M"
    let rsa = random.chance(plan.rsa)
    let registration = random.pick([
      ("none", 0.06), ("under_6", 0.2), ("6_11", 0.2), ("12_23", 0.54 - plan.longUnemployed),
      ("24_plus", plan.longUnemployed),
    ])
    let schooling = random.pick([
      (0, 0.05), (1, 0.04), (10, 0.01), (20, 0.03), (30, 0.04), (40, 0.08), (41, 0.07), (50, 0.2), (51, 0.18),
      (60, 0.05), (70, 0.25),
    ])
    let rqth = random.chance(plan.rqth)
    deliver(
      "participant", start,
      [
        .text(code), .maybe(random.chance(0.01) ? nil : sex), .maybe(known(civil(start).year - age, &random)),
        .maybe(known(rsa, &random)), .maybe(known(!rsa && random.chance(0.08), &random)),
        .maybe(known(rqth && random.chance(0.25), &random)), .maybe(known(rqth, &random)),
        .maybe(known(random.chance(plan.qpv), &random)), .maybe(known(random.chance(0.01), &random)),
        .maybe(known(registration, &random)), .maybe(known(schooling, &random)),
      ])
  }
}
