import Impact
import Store

/// Three years of plausible facts of a few cooperations, with the cases rules turn on.
///
/// Exits at 80, 81 and 82 days and
/// at 149.5 and 150 hours, no reason given, two pathways at once, a person who comes back, ages around the limits,
/// answers unknown, months without hours, overlapping annexes and volumes used up, partners who leave on the last day
/// of a quarter, rows that are corrected and rows that are refused. The same seed gives the same facts.
struct GeneratedFacts {
  typealias Row = [String: String]

  var random: Numbers
  /// A cooperation and a year of which no hours are sent.
  var unsent: (cooperation: String, year: String)?

  init(seed: UInt64) { random = Numbers(state: seed) }

  /// SplitMix64.
  struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    mutating func whole(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }
    mutating func chance(_ percent: Int) -> Bool { whole(0...99) < percent }
    mutating func pick<Element>(_ list: [Element]) -> Element { list[whole(0...(list.count - 1))] }
  }

  /// One cooperation of the set.
  struct Plan {
    var name: String
    var kind: String
    var employers: [(organisation: String, kind: String, posts: String)]
    var started = "2020-01-01"
    var ended: String?
    var people: Int
  }

  static let plans = [
    Plan(name: "gen-ei", kind: "EI", employers: [("ei-un", "EI", "6.5")], people: 26),
    Plan(
      name: "gen-mix", kind: "ACI",
      employers: [
        ("aci-un", "ACI", "4"), ("etti-un", "ETTI", "1.25"), ("ai-un", "AI", "2"), ("aci-un", "ACI", "4"),
      ],
      people: 30),
    Plan(
      name: "gen-eiti", kind: "EITI", employers: [("eiti-un", "EITI", "3")], started: "2023-01-01",
      ended: "2025-05-14", people: 12),
    Plan(
      name: "gen-ea", kind: "EA", employers: [("ea-un", "EA", "5"), ("esat-un", "ESAT", "2")],
      started: "2022-08-15", people: 10),
  ]

  /// Records every cooperation, then its corrections.
  mutating func record(in archive: Archive) throws {
    for plan in Self.plans {
      for (entity, rows) in facts(of: plan) where !rows.isEmpty {
        try archive.record(
          entity, rows.map(Self.canonical), of: plan.name, file: "\(plan.name)/\(entity).csv")
      }
      // Later, some exits are told again with another reason; a row for an unknown pathway is refused.
      let corrections = exits.filter { _ in random.chance(15) }.map { exit -> Row in
        var row = exit
        row["motif"] = random.pick(["3", "7", "10", "16"])
        return row
      }
      let received = Day(2025, 9, 20) ?? Fixture.today
      try archive.record(
        "exit",
        corrections.filter { ($0["exited_on"] ?? "") <= "2025-09-20" }
          + [["pathway": "NOBODY", "exited_on": "2025-03-03"]],
        of: plan.name, file: "\(plan.name)/exit-corrections.csv", today: received)
    }
  }

  /// Cells as the store keeps them: answers as one letter, no zeros at the end of decimals.
  static func canonical(_ row: Row) -> Row {
    row.mapValues { text in
      if ["true", "false"].contains(text) { return String(text.prefix(1)) }
      guard text.contains("."), Double(text) != nil else { return text }
      var short = text
      while short.hasSuffix("0") { short.removeLast() }
      return short.hasSuffix(".") ? String(short.dropLast()) : short
    }
  }

  /// The exits of the plan told last, for its corrections.
  var exits: [Row] = []
  var pathways: [(row: Row, from: Day, to: Day?)] = []

  private mutating func day(_ from: Day, _ days: ClosedRange<Int>) -> Day {
    from.adding(days: random.whole(days))
  }

  private static func month(_ day: Day) -> Day { Day("\(day.description.prefix(8))01") ?? day }

  mutating func maybe(_ text: String, _ percent: Int) -> String? { random.chance(percent) ? text : nil }

  private static func start() -> Day { Day(2023, 1, 1) ?? Day(daysSinceEpoch: 0) }

  mutating func facts(of plan: Plan) -> [(entity: String, rows: [Row])] {
    pathways = []
    exits = []
    let end = plan.ended.flatMap { Day($0) } ?? Day(2025, 12, 31) ?? Self.start()
    let people = people(plan, until: end)
    var activity = activity(until: end)
    if let unsent, unsent.cooperation == plan.name {
      activity.removeAll { ($0["month"] ?? "").hasPrefix(unsent.year) }
    }
    return identity(plan) + [
      ("participant", people), ("pathway", pathways.map(\.row)), ("monthly_activity", activity),
    ] + journeys(until: end) + partners(until: end) + economy(until: end)
  }

  // MARK: Who they are

  private func identity(_ plan: Plan) -> [(entity: String, rows: [Row])] {
    var cooperation = [
      "cooperation": plan.name, "name": plan.name, "form": "jvs", "kind": plan.kind, "activity_fr": "a",
      "activity_en": "a", "mission_fr": "m", "mission_en": "m", "started_on": plan.started, "data": "sample",
    ]
    cooperation["ended_on"] = plan.ended
    var organisations: [Row] = []
    for (organisation, kind, _) in plan.employers
    where !organisations.contains(where: { $0["organisation"] == organisation }) {
      organisations.append(["organisation": organisation, "name": organisation, "kind": kind])
    }
    for (name, kind) in [
      ("entreprise", "company"), ("fondation", "foundation"), ("association", "association"),
      ("ville", "public"),
      ("ea-voisine", "EA"), ("esat-voisin", "ESAT"),
    ] {
      organisations.append(["organisation": name, "name": name, "kind": kind])
    }
    // One leaves on the last day of a quarter, one changes its role the day after, one comes back a year later.
    let partnerships: [Row] = [
      [
        "organisation": plan.employers[0].organisation, "role": "founder", "started_on": "2020-01-01",
        "votes": "3",
      ],
      ["organisation": "entreprise", "role": "founder", "started_on": "2021-03-01", "votes": "2"],
      ["organisation": "entreprise", "role": "client", "started_on": "2023-02-10", "ended_on": "2024-02-09"],
      [
        "organisation": "fondation", "role": "funder", "started_on": "2022-01-01", "ended_on": "2024-06-30",
        "votes": "1",
      ],
      [
        "organisation": "ville", "role": "client", "started_on": "2023-05-02", "ended_on": "2023-12-31",
        "votes": "1",
      ],
      ["organisation": "ville", "role": "member", "started_on": "2024-01-01", "votes": "2"],
      [
        "organisation": "association", "role": "member", "started_on": "2022-04-01", "ended_on": "2023-08-16",
      ],
      [
        "organisation": "association", "role": "member", "started_on": "2024-09-01", "ended_on": "2025-08-02",
        "votes": "1",
      ],
    ]
    var conventions: [Row] = []
    for (index, employer) in plan.employers.enumerated() {
      for year in 2023...2025 {
        // The second annex of an employer overlaps the first one for four months; one begins in March.
        let isSecond = plan.employers[..<index].contains { $0.organisation == employer.organisation }
        conventions.append([
          "convention": "AF-\(index)-\(year)", "organisation": employer.organisation, "kind": employer.kind,
          "started_on": isSecond ? "\(year)-05-01" : (year == 2024 ? "2024-03-01" : "\(year)-01-01"),
          "ended_on": isSecond ? "\(year)-08-31" : "\(year)-12-31",
          "etp_posts": isSecond ? "0.5" : employer.posts, "status": "VALIDE",
        ])
      }
    }
    let markets: [Row] = [
      [
        "market": "M-1", "client": "Ville", "started_on": "2023-02-15", "ended_on": "2025-03-14",
        "clause_hours_committed": "1000",
      ],
      [
        "market": "M-2", "client": "Région", "started_on": "2024-01-01", "ended_on": "2026-12-31",
        "clause_hours_committed": "3601.5",
      ],
      ["market": "M-3", "client": "État", "started_on": "2024-01-01", "clause_hours_committed": "500"],
    ]
    return [
      ("cooperation", [cooperation]), ("organisation", organisations), ("partnership", partnerships),
      ("convention", conventions), ("market", markets),
    ]
  }

  private mutating func people(_ plan: Plan, until end: Day) -> [Row] {
    var rows: [Row] = []
    for number in 1...plan.people {
      let code = "P\(number)"
      var row = ["participant": code]
      row["sex"] = maybe(random.pick(["F", "M"]), 94)
      // Around the limits of 18, 26, 30, 50 and 55 years.
      row["birth_year"] = maybe(
        String(random.pick([1965, 1969, 1970, 1974, 1975, 1990, 1995, 1996, 1998, 1999, 2007])), 90)
      for field in ["rsa", "ass", "aah", "rqth", "qpv", "zrr"] {
        row[field] = maybe(random.chance(35) ? "true" : "false", 85)
      }
      row["registration"] = maybe(random.pick(["none", "under_6", "6_11", "12_23", "24_plus"]), 85)
      row["schooling"] = maybe(
        random.pick(["0", "1", "10", "20", "30", "40", "41", "50", "51", "60", "70"]), 85)
      rows.append(row)
      var cursor = day(Self.start(), 0...700)
      for turn in 1...random.pick([1, 1, 2, 3]) where cursor < end {
        let employer = random.pick(plan.employers)
        let length = random.pick([80, 81, 82, 12, 79, random.whole(100...500), random.whole(100...800)])
        let leaves = cursor.adding(days: length)
        pathways.append(
          (
            [
              "pathway": "\(code)-\(turn)", "participant": code, "employer": employer.organisation,
              "kind": employer.kind, "started_on": cursor.description,
              "prescriber": String(random.whole(1...12)),
            ], cursor, leaves <= end ? leaves : nil
          ))
        // Sometimes the next pathway begins before this one has ended.
        cursor = random.chance(15) ? cursor.adding(days: 20) : leaves.adding(days: random.whole(1...200))
      }
    }
    return rows
  }

  private mutating func activity(until end: Day) -> [Row] {
    var rows: [Row] = []
    for pathway in pathways {
      var month = Self.month(pathway.from)
      // Some pathways have hours around a threshold in all; some none at all.
      let short = random.chance(25) ? random.pick(["149.5", "150", "1", "0.5", "0", "74.75", "75"]) : nil
      while month <= min(pathway.to ?? end, end) {
        defer { month = month.adding(months: 1) }
        if random.chance(8) { continue }
        var row = ["pathway": pathway.row["pathway"] ?? "", "month": month.description]
        row["hours_worked"] =
          short ?? random.pick(["0", "0.75", "1", "151.67", "125.25", "96", "120", "35.5", "150.5"])
        row["hours_absent"] = maybe(random.pick(["0", "7", "10.5", "14"]), 90)
        rows.append(row)
        if short != nil, random.chance(70) { break }
      }
    }
    return rows
  }
}
