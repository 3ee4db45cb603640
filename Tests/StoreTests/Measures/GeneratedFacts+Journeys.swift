import Impact

extension GeneratedFacts {
  /// What happens to people on their pathways.
  mutating func journeys(until end: Day) -> [(entity: String, rows: [Row])] {
    leave()
    return [
      ("exit", exits), ("follow_up", followUps()), ("contract", contracts()), ("training", trainings()),
      ("support", supports()), ("barrier_assessment", barriers()), ("barrier_count", barrierCounts()),
      ("immersion", immersions()), ("eligibility", criteria()),
    ] + passes()
  }

  private mutating func leave() {
    for pathway in pathways {
      guard let day = pathway.to else { continue }
      var row = ["pathway": pathway.row["pathway"] ?? "", "exited_on": day.description]
      row["motif"] = maybe(
        random.pick(
          [
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
            "19",
          ]
            + ["20", "21", "22", "96", "3", "9", "10", "7", "5"]), 88)
      if ["1", "3", "9", "10", "12"].contains(row["motif"]) {
        row["next_employer"] = maybe(random.pick(["entreprise", "ea-voisine", "esat-voisin"]), 50)
      }
      exits.append(row)
    }
  }

  private mutating func followUps() -> [Row] {
    var rows: [Row] = []
    for exit in exits {
      guard let day = exit["exited_on"].flatMap({ Day($0) }) else { continue }
      for horizon in [3, 6, 12] where random.chance(75) {
        let observed = day.adding(months: horizon)
        guard observed <= Fixture.today else { continue }
        rows.append([
          "pathway": exit["pathway"] ?? "", "horizon": String(horizon), "observed_on": observed.description,
          "situation": random.pick(["in_job", "in_job", "not_in_job", "lost"]),
        ])
      }
    }
    return rows
  }

  private mutating func contracts() -> [Row] {
    var rows: [Row] = []
    for (number, pathway) in pathways.enumerated() {
      for turn in 0...random.whole(0...2) {
        let from = pathway.from.adding(days: turn * 130)
        if from > pathway.to ?? Fixture.today { break }
        var row = [
          "contract": "C\(number)-\(turn)", "pathway": pathway.row["pathway"] ?? "", "kind": "CDDI",
          "started_on": from.description, "ended_on": from.adding(days: 129).description,
        ]
        row["weekly_hours"] = maybe(random.pick(["20", "26", "35"]), 90)
        row["renewal"] = maybe(turn > 0 ? "true" : "false", 85)
        rows.append(row)
      }
    }
    return rows
  }

  /// A day within a pathway, or its first.
  private mutating func within(_ pathway: (row: Row, from: Day, to: Day?)) -> Day {
    let last = pathway.to ?? Fixture.quarter.end
    let days = max(0, last.daysSinceEpoch - pathway.from.daysSinceEpoch)
    return pathway.from.adding(days: random.whole(0...days))
  }

  private mutating func trainings() -> [Row] {
    var rows: [Row] = []
    for (number, pathway) in pathways.enumerated() where random.chance(60) {
      for turn in 0...random.whole(0...1) {
        var row = [
          "training": "F\(number)-\(turn)", "pathway": pathway.row["pathway"] ?? "",
          "started_on": within(pathway).description, "hours": random.pick(["7", "3.5", "70", "105.25"]),
          "topic": random.pick(["safety", "digital", "french", "qualifying"]),
        ]
        row["certified"] = maybe(random.chance(50) ? "true" : "false", 70)
        rows.append(row)
      }
    }
    return rows
  }

  private mutating func supports() -> [Row] {
    var rows: [Row] = []
    for (number, pathway) in pathways.enumerated() {
      for turn in 0..<random.whole(0...5) {
        rows.append([
          "support": "S\(number)-\(turn)", "pathway": pathway.row["pathway"] ?? "",
          "held_on": within(pathway).description, "hours": random.pick(["0.5", "1", "1.25"]),
          "topic": random.pick(["project", "housing", "rights"]),
          "by": random.pick(["internal", "external"]),
        ])
      }
    }
    return rows
  }

  /// Levels at entry, sometimes twice, and at exit, sometimes twice or without the entry.
  private mutating func barriers() -> [Row] {
    var rows: [Row] = []
    for pathway in pathways {
      for barrier in ["mobilite", "heberg", "numerique", "demarch"] where random.chance(70) {
        func row(_ day: Day, _ moment: String, _ numbers: inout Numbers) -> Row {
          var row = [
            "pathway": pathway.row["pathway"] ?? "", "barrier": barrier, "assessed_on": day.description,
            "moment": moment, "level": String(numbers.whole(1...5)),
          ]
          if numbers.chance(80) {
            row["accompanied"] = numbers.pick(["none", "internal", "external", "both"])
          }
          return row
        }
        if random.chance(85) { rows.append(row(pathway.from, "entry", &random)) }
        if random.chance(20) { rows.append(row(pathway.from.adding(days: 5), "entry", &random)) }
        guard let end = pathway.to, random.chance(70) else { continue }
        if random.chance(20) { rows.append(row(end.adding(days: -3), "exit", &random)) }
        rows.append(row(end, "exit", &random))
      }
    }
    return rows
  }

  private mutating func barrierCounts() -> [Row] {
    var rows: [Row] = []
    for year in 2024...2025 {
      for quarter in 1...4 {
        for barrier in ["sante", "justice"] {
          var row = [
            "barrier": barrier, "quarter": "\(year)T\(quarter)", "concerned": String(random.whole(0...9)),
          ]
          for part in ["internal", "external", "both"] { row[part] = maybe(String(random.whole(0...4)), 90) }
          rows.append(row)
        }
      }
    }
    return rows
  }

  private mutating func immersions() -> [Row] {
    var rows: [Row] = []
    for (number, pathway) in pathways.enumerated() where random.chance(30) {
      let from = within(pathway)
      let to = min(from.adding(days: random.whole(0...29)), pathway.to ?? Fixture.today)
      rows.append([
        "immersion": "I\(number)", "pathway": pathway.row["pathway"] ?? "", "host": "hôte",
        "object": random.pick(["discover", "confirm", "recruit"]), "started_on": from.description,
        "ended_on": to.description,
      ])
    }
    return rows
  }

  private mutating func criteria() -> [Row] {
    var rows: [Row] = []
    for pathway in pathways where random.chance(80) {
      let day = pathway.from.adding(days: -random.whole(0...80))
      let all = ["RSA", "ASS", "AAH", "DETLD", "JEUNE", "SENIOR", "QPV", "TH", "PM", "FLE", "DELD"]
      let wanted = random.whole(1...4)
      var kept: [String] = []
      while kept.count < wanted {
        let criterion = random.pick(random.chance(20) ? all : Array(all[4...]))
        if !kept.contains(criterion) { kept.append(criterion) }
      }
      for criterion in kept {
        rows.append([
          "pathway": pathway.row["pathway"] ?? "", "criterion": criterion, "assessed_on": day.description,
          "by": "prescriber",
        ])
      }
    }
    return rows
  }

  private mutating func passes() -> [(entity: String, rows: [Row])] {
    var passes: [Row] = []
    var suspensions: [Row] = []
    var prolongations: [Row] = []
    var seen: Set<String> = []
    for pathway in pathways {
      let participant = pathway.row["participant"] ?? ""
      guard seen.insert(participant).inserted else { continue }
      let start = pathway.from
      passes.append(["participant": participant, "started_on": start.description])
      if random.chance(30) {
        suspensions.append([
          "participant": participant, "pass_started_on": start.description,
          "started_on": start.adding(days: 60).description,
          "ended_on": start.adding(days: 60 + random.whole(16...120)).description,
          "reason": "contract_suspended",
        ])
      }
      if random.chance(20) {
        prolongations.append([
          "participant": participant, "pass_started_on": start.description,
          "started_on": start.adding(days: 729).description,
          "ended_on": start.adding(days: 729 + random.whole(30...300)).description, "reason": "RQTH",
        ])
      }
    }
    return [
      ("pass_iae", passes), ("pass_iae_suspension", suspensions), ("pass_iae_prolongation", prolongations),
    ]
  }
}
