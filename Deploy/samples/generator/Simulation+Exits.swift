/// Exits, and where people are after them.
extension Simulation {
  mutating func leave() {
    let ended = pathways.indices.filter { pathways[$0].finish <= min(end, lastDay(plan.last)) }
      .sorted { (pathways[$0].finish, $0) < (pathways[$1].finish, $1) }
    for index in ended {
      let pathway = pathways[index]
      let length = pathway.finish - pathway.start
      var leaving = Leaving(pathway: index, motif: nil, group: "undocumented", next: nil)
      if length < 81 {
        (leaving.group, leaving.motif) = random.pick([
          (("withdrawal", 22), 0.35), (("withdrawal", 21), 0.2), (("other", 8), 0.2),
          (("transition", 10), 0.15),
          (("other", 7), 0.1),
        ])
      } else if !random.chance(plan.undocumented) {
        if random.chance(0.07) {
          leaving.group = "withdrawal"
          leaving.motif = random.pick([(16, 0.5), (18, 0.2), (19, 0.2), (20, 0.1)])
        } else if random.chance(0.012) {
          leaving.group = "outside"
          leaving.motif = 96
        } else if random.chance(plan.dynamic(month(of: pathway.finish))) {
          leaving.group = random.pick([("durable", 0.42), ("transition", 0.33), ("positive", 0.25)])
          leaving.motif =
            switch leaving.group {
            case "durable":
              random.pick([(3, 0.42), (9, 0.35), (1, 0.08), (13, 0.05), (11, 0.05), (4, 0.05)])
            case "transition": random.pick([(10, 0.85), (14, 0.15)])
            default: random.pick([(5, 0.6), (2, 0.3), (12, 0.1)])
            }
          if leaving.group != "positive" && ![1, 4, 11].contains(leaving.motif)
            && random.chance(plan.bridge.share)
          {
            leaving.next = plan.bridge.organisation
          }
        } else {
          leaving.group = "other"
          leaving.motif = random.pick([(7, 0.62), (8, 0.2), (6, 0.14), (15, 0.04)])
        }
      }
      exits.append(leaving)
    }

    let spring = day(2026, 4, 1)...firstCut
    let candidates = exits.indices.filter {
      let pathway = pathways[exits[$0].pathway]
      return spring.contains(pathway.finish) && pathway.finish - pathway.start >= 81
    }
    var corrected: Int?
    var documented: Int?
    var late: Int?
    switch plan.slug {
    case "acces-inclusive-tech", "recygo":
      // One exit is sent as unemployed and corrected three months later; one is documented afterwards.
      let jobs = candidates.filter { ["durable", "transition"].contains(exits[$0].group) }
      corrected = jobs.first
      documented = jobs.count > 1 ? jobs.last : candidates.last { exits[$0].motif != nil && $0 != corrected }
    case "lemon-aide":
      late = candidates.last { exits[$0].motif != nil }
    default: break
    }

    for index in exits.indices {
      let leaving = exits[index]
      let pathway = pathways[leaving.pathway]
      let row: [Cell] = [
        .text(pathway.code), .date(pathway.finish), .maybe(leaving.motif), .maybe(leaving.next),
      ]
      if index == late {
        later.add("exit-late", row)
      } else if index == corrected {
        early.add("exit", [.text(pathway.code), .date(pathway.finish), .integer(7), .empty])
        later.add("exit-corrections", row)
      } else if index == documented {
        early.add("exit", [.text(pathway.code), .date(pathway.finish), .empty, .empty])
        later.add("exit-corrections", row)
      } else {
        deliver("exit", pathway.finish, row)
      }
      followUps(leaving, pathway, firstTold: index == late || index == documented)
    }
  }

  mutating func followUps(_ leaving: Leaving, _ pathway: Pathway, firstTold later: Bool) {
    guard pathway.finish - pathway.start >= 81,
      ["durable", "transition", "positive", "other"].contains(leaving.group)
    else { return }
    let inJob: [String: [Double]] = [
      "durable": [0.95, 0.9, 0.85], "transition": [0.78, 0.72, 0.68], "positive": [0.36, 0.5, 0.58],
      "other": [0.15, 0.25, 0.3],
    ]
    for (step, horizon) in [3, 6, 12].enumerated() {
      let due = adding(months: horizon, to: pathway.finish)
      let observed = due + random.whole(0...12)
      let done = random.chance(plan.followUpRate)
      let situation: String
      if random.chance([0.08, 0.15, 0.24][step]) {
        situation = "lost"
      } else {
        situation = random.chance(inJob[leaving.group]?[step] ?? 0) ? "in_job" : "not_in_job"
      }
      let row: [Cell] = [.text(pathway.code), .integer(horizon), .date(observed), .text(situation)]
      if !done { continue }
      if plan.slug == "gme-plaine-commune", pathway.finish > day(2022, 1, 31), horizon == 12,
        !lateFollowUpSent
      {
        // Found four years later in a drawer of one régie: the only row of the second delivery.
        lateFollowUpSent = true
        self.later.add("follow_up", row)
      } else if later, observed <= end {
        self.later.add("follow_up", row)
      } else {
        deliver("follow_up", observed, row)
      }
    }
    if plan.slug == "acces-inclusive-tech", pathway.finish > day(2026, 5, 15), leaving.group == "durable",
      !earlyFollowUpSent
    {
      // Noted before its date: six months have not passed, so it may not count yet.
      earlyFollowUpSent = true
      self.later.add(
        "follow_up-early", [.text(pathway.code), .integer(6), .date(day(2026, 9, 22)), .text("in_job")])
    }
  }
}
