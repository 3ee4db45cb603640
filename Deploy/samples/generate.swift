// Writes the sample deliveries of four cooperations: the same bytes every time, from one seed.
//
//     swiftc -O generate.swift -o generate && ./generate OUTPUT-FOLDER
//
// What is fact and what is invented is said in README.md beside this file. No clock, no library of random
// numbers, no locale: a generator of its own, integer arithmetic for dates, and numbers kept in hundredths.

import Foundation

// MARK: - Randomness

/// SplitMix64: small, fast, and the same on every machine.
struct Random {
  private var state: UInt64

  /// A stream of its own for each cooperation, so that a change in one leaves the others as they are.
  init(seed: UInt64, stream: String) {
    state = stream.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }
  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }
  mutating func pick<Element>(_ weighted: [(Element, Double)]) -> Element {
    var left = unit() * weighted.reduce(0) { $0 + $1.1 }
    for (element, weight) in weighted {
      left -= weight
      if left < 0 { return element }
    }
    return weighted[weighted.count - 1].0
  }
}

let seed: UInt64 = 20_260_967

// MARK: - Dates

/// Days since 1970-01-01.
typealias Day = Int

func day(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> Day {
  let shifted = month <= 2 ? year - 1 : year
  let era = shifted / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

func civil(_ day: Day) -> (year: Int, month: Int, day: Int) {
  let shifted = day + 719_468
  let era = shifted / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let index = (5 * dayOfYear + 2) / 153
  let month = index < 10 ? index + 3 : index - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
}

/// Months since year 0.
typealias Month = Int

func month(_ year: Int, _ number: Int) -> Month { year * 12 + number - 1 }
func month(of day: Day) -> Month { month(civil(day).year, civil(day).month) }
func firstDay(_ month: Month) -> Day { day(month / 12, month % 12 + 1, 1) }
func lastDay(_ month: Month) -> Day { firstDay(month + 1) - 1 }
func quarter(_ month: Month) -> String { "\(month / 12)T\(month % 12 / 3 + 1)" }
func adding(months count: Int, to day: Day) -> Day {
  let target = month(of: day) + count
  return min(firstDay(target) + civil(day).day - 1, lastDay(target))
}
/// 0 for Monday.
func weekday(_ day: Day) -> Int { (day + 3) % 7 }
func workdays(_ from: Day, _ to: Day) -> Int {
  from > to ? 0 : (from...to).reduce(0) { $0 + (weekday($1) < 5 ? 1 : 0) }
}

// MARK: - Files

enum Cell {
  case text(String), integer(Int), hundredths(Int), date(Day), month(Month), yes(Bool), empty

  static func maybe(_ text: String?) -> Cell { text.map { .text($0) } ?? .empty }
  static func maybe(_ number: Int?) -> Cell { number.map { .integer($0) } ?? .empty }
  static func maybe(_ value: Bool?) -> Cell { value.map { .yes($0) } ?? .empty }
}

/// How one partner's software writes its files.
struct Dialect {
  var separator = ","
  var decimal = "."
  var slashedDates = false
  var mark = false
}

func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

func written(_ cell: Cell, _ dialect: Dialect) -> String {
  switch cell {
  case .text(let text):
    let special = text.contains(dialect.separator) || text.contains("\"") || text.contains("\n")
    return special ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  case .integer(let number): return String(number)
  case .hundredths(let number):
    let sign = number < 0 ? "-" : ""
    let (whole, rest) = abs(number).quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(sign)\(whole)" }
    let decimal = dialect.separator == "," ? "." : dialect.decimal
    return "\(sign)\(whole)\(decimal)" + (rest % 10 == 0 ? String(rest / 10) : two(rest))
  case .date(let day):
    let (year, month, number) = civil(day)
    return dialect.slashedDates
      ? "\(two(number))/\(two(month))/\(year)" : "\(year)-\(two(month))-\(two(number))"
  case .month(let month): return "\(month / 12)-\(two(month % 12 + 1))"
  case .yes(let value): return value ? "true" : "false"
  case .empty: return ""
  }
}

let headers: [String: String] = [
  "cooperation":
    "cooperation form kind name activity_fr activity_en mission_fr mission_en started_on ended_on data",
  "organisation": "organisation name siret kind",
  "partnership": "organisation role capital_share votes started_on ended_on",
  "convention": "convention organisation kind started_on ended_on etp_posts status",
  "market": "market client started_on ended_on clause_hours_committed",
  "participant":
    "participant sex birth_year rsa ass aah rqth qpv zrr registration schooling",
  "pathway": "pathway participant employer kind started_on prescriber",
  "monthly_activity": "pathway month hours_worked hours_absent",
  "training": "training pathway started_on hours topic provider certified",
  "exit": "pathway exited_on motif next_employer",
  "follow_up": "pathway horizon observed_on situation",
  "commitment": "organisation kind quarter quantity unit value_eur method",
  "contribution": "contribution organisation kind delivered_on quantity unit value_eur method evidence",
  "finance_line": "month category amount_eur",
  "material_flow": "month material tonnes",
  "clause_hours": "market month hours",
  "observation": "name month value",
  "target":
    "indicator from_quarter to_quarter value decided_on reason decision kind baseline decided_by",
  "commentary": "commentary quarter indicator text author written_on",
  "decision": "decision quarter text owner due_on status closed_on signed_by",
  "organisation_name": "organisation name started_on ended_on",
  "contract": "contract pathway kind started_on ended_on weekly_hours renewal",
  "support": "support pathway held_on hours topic by",
  "barrier_assessment": "pathway barrier assessed_on moment level accompanied",
  "barrier_count": "barrier quarter concerned internal external both",
  "immersion": "immersion pathway host object started_on ended_on hours",
  "eligibility": "pathway criterion assessed_on by",
  "pass_iae": "participant started_on",
  "pass_iae_suspension": "participant pass_started_on started_on ended_on reason declared_on",
  "pass_iae_prolongation": "participant pass_started_on started_on ended_on reason",
]

/// The rows of every file of one delivery.
struct Delivery {
  private var files: [String: [[Cell]]] = [:]

  mutating func add(_ file: String, _ row: [Cell]) { files[file, default: []].append(row) }
  func rows(of file: String) -> [[Cell]] { files[file] ?? [] }

  func write(to folder: URL, _ dialect: Dialect) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (file, rows) in files.sorted(by: { $0.key < $1.key }) {
      let entity = file.split(separator: "-")[0]
      guard let header = headers[String(entity)] else { fatalError("no header for \(file)") }
      let columns = header.split(separator: " ")
      var text = dialect.mark ? "\u{FEFF}" : ""
      text += columns.joined(separator: dialect.separator) + "\n"
      for row in rows {
        guard row.count == columns.count else { fatalError("\(file): \(row.count) cells") }
        text += row.map { written($0, dialect) }.joined(separator: dialect.separator) + "\n"
      }
      try Data(text.utf8).write(to: folder.appendingPathComponent(file + ".csv"))
    }
  }
}

// MARK: - The plan of a cooperation

/// An organisation that employs people on pathways, with the posts it fills.
struct Employer {
  var organisation: String
  var posts: Int
}

/// What a partner promises each quarter, and how it usually delivers.
struct Promise {
  var organisation: String
  var kind: String
  var unit: String
  var method: String
  var quantity: Double
  /// Value of one unit in euros; `nil` when not valued.
  var price: Double?
  var growth = 0.0
  var parts = 1
  var evidence: String?
}

/// A quarter in which a partner delivered little, or late.
struct Shortfall {
  var organisation: String
  var kind: String
  var quarter: String
  /// Share of the promise delivered in the quarter itself.
  var share: Double
  /// Whether the rest came the quarter after.
  var caughtUp: Bool
}

struct Objective {
  var indicator: String
  var from: String
  var to: String?
  var value: Int
  var decided: Day
  var reason: String
  var decision: String
  var kind: String?
  /// In hundredths.
  var baseline: Int?
}

struct Plan {
  var slug: String
  var prefix: String
  var dialect: Dialect
  var first: Month
  var last: Month
  var employers: [Employer]
  /// Whether people were already there on the first day.
  var running = true
  /// Length of a pathway in months, with weights.
  var lengths: [(Int, Double)]
  var weeklyHours: [(Int, Double)]
  var women: Double
  var rsa: Double
  var rqth: Double
  var qpv: Double
  var longUnemployed: Double
  var unknown: Double
  /// Share of examined exits that are dynamic, by month.
  var dynamic: (Month) -> Double
  /// Share of planned hours lost in absences, by month.
  var absence: (Month) -> Double
  /// Share of usual hours worked, by month (an epidemic, a strike).
  var work: (Month) -> Double = { _ in 1 }
  var undocumented: Double
  /// Partner that hires, and how often when an exit leads to a job.
  var bridge: (organisation: String, share: Double)
  var trainings: [(topic: String, hours: ClosedRange<Int>, share: Double, provider: String?)]
  var realisation: [Double]
  var promises: [Promise]
  var shortfalls: [Shortfall]
  /// Monthly turnover in euros at the start, and its growth a year.
  var turnover: Double
  var turnoverGrowth: Double
  var subsidy: Double
  /// Tonnes a month by material at the start, and their growth a year.
  var materials: [(name: String, tonnes: Double, growth: Double)] = []
  var markets: [(code: String, client: String, from: Day, to: Day, committed: Int, share: Double)] = []
  var meetings: [Int]
  var objectives: [Objective]
  var followUpRate: Double
}

let seasons = [0.93, 0.92, 0.97, 0.90, 0.84, 0.94, 0.88, 0.66, 0.95, 0.96, 0.90, 0.80]

/// Base amounts of the aide au poste for an EI, euros per full-time equivalent and year.
let aidAmounts: [(Day, Double)] = [
  (day(2015, 1, 1), 10_080), (day(2018, 1, 1), 10_363), (day(2019, 1, 1), 10_520),
  (day(2021, 10, 1), 10_988), (day(2022, 1, 1), 11_087), (day(2022, 5, 1), 11_381),
  (day(2022, 8, 1), 11_609), (day(2023, 5, 1), 12_081), (day(2024, 11, 1), 12_459),
  (day(2025, 1, 1), 13_304),
]

/// The day up to which the first delivery tells; the second tells up to `end`.
let firstCut = day(2026, 6, 30)
let end = day(2026, 9, 30)

// MARK: - Simulation

struct Pathway {
  var code = ""
  var participant = ""
  var employer: String
  var start: Day
  var finish: Day
  var weekly: Int
  var frailty: Double
}

struct Leaving {
  var pathway: Int
  var motif: Int?
  var group: String
  var next: String?
}

struct Simulation {
  var plan: Plan
  var random: Random
  var early = Delivery()
  var later = Delivery()
  var pathways: [Pathway] = []
  var exits: [Leaving] = []
  /// Hours worked by month, in hundredths.
  var hours: [Month: Int] = [:]
  var hoursByEmployer: [String: [Month: Int]] = [:]

  init(_ plan: Plan) {
    self.plan = plan
    random = Random(seed: seed, stream: plan.slug)
  }

  /// Puts a row in the delivery that tells its date, or in the second one when it arrives late.
  mutating func deliver(_ entity: String, _ date: Day, _ row: [Cell]) {
    if date <= firstCut { early.add(entity, row) } else if date <= end { later.add(entity, row) }
  }

  mutating func run() {
    people()
    activity()
    training()
    leave()
    conventions()
    partners()
    economy()
    governance()
    minutes()
  }

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
  var lateFollowUpSent = false
  var earlyFollowUpSent = false

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

  /// What the last two reviews said and decided: one decision is done in time, one is carried on, one is late.
  mutating func minutes() {
    guard plan.last == last2026 else { return }
    let owner = plan.employers[0].organisation
    func decision(_ number: Int, _ quarter: String, _ text: String, due: Day, closed: Day? = nil) -> [Cell] {
      [
        .text("\(plan.prefix)-D-\(number)"), .text(quarter), .text(text), .text("Direction de \(owner)"),
        .date(due), .text(closed == nil ? "open" : "closed"), closed.map(Cell.date) ?? .empty,
        .text("Direction (exemple)"),
      ]
    }
    let partners = "Relancer par écrit le partenaire dont l’apport promis n’est pas livré"
    let documents = "Documenter les sorties sans motif avec le prescripteur"
    early.add("decision", decision(1, "2026T1", partners, due: day(2026, 9, 30)))
    early.add("decision", decision(2, "2026T1", documents, due: day(2026, 6, 30)))
    later.add("decision", decision(2, "2026T1", documents, due: day(2026, 6, 30), closed: day(2026, 9, 11)))
    later.add(
      "decision",
      decision(
        3, "2026T2", "Ouvrir deux places de formation au métier avant la fin de l’année",
        due: day(2026, 12, 15)))
    func commentary(_ number: Int, _ quarter: String, _ indicator: String?, _ text: String, _ on: Day)
      -> [Cell]
    {
      [
        .text("\(plan.prefix)-C-\(number)"), .text(quarter), .maybe(indicator), .text(text),
        .text("Direction (exemple)"), .date(on),
      ]
    }
    early.add(
      "commentary",
      commentary(
        1, "2026T2", nil, "Trimestre conforme au plan ; les apports promis restent à suivre.",
        day(2026, 7, 10)))
    later.add(
      "commentary",
      commentary(
        2, "2026T3", nil, "L’été a réduit les heures, comme chaque année ; la rentrée est bonne.",
        day(2026, 10, 9)))
    later.add(
      "commentary",
      commentary(
        3, "2026T3", "exit-documentation-rate", "Les motifs manquants sont demandés aux prescripteurs.",
        day(2026, 10, 9)))
  }

  /// Rows that say who cooperates; sent again with each delivery when `again` says so.
  mutating func identity(_ entity: String, again: Bool, _ rows: [[Cell]]) {
    for row in rows {
      early.add(entity, row)
      if again { later.add(entity, row) }
    }
  }
}

// MARK: - The four cooperations

/// A straight line between two months.
func line(_ from: (Month, Double), _ to: (Month, Double)) -> (Month) -> Double {
  { current in
    let place = Double(current - from.0) / Double(to.0 - from.0)
    return from.1 + (to.1 - from.1) * min(1, max(0, place))
  }
}

let start2023 = month(2023, 1)
let last2026 = month(2026, 9)
let half = [(20, 0.15), (24, 0.2), (26, 0.3), (28, 0.15), (30, 0.1), (35, 0.1)]

func yearly(_ names: [(String, Int)], from: String, decided: Day, reason: String, _ decision: String)
  -> [Objective]
{
  names.map {
    Objective(
      indicator: $0.0, from: from, to: nil, value: $0.1, decided: decided, reason: reason, decision: decision)
  }
}

let acces = Plan(
  slug: "acces-inclusive-tech", prefix: "AIT", dialect: Dialect(), first: start2023, last: last2026,
  employers: [Employer(organisation: "acces", posts: 28)],
  lengths: [(6, 0.12), (8, 0.14), (10, 0.16), (12, 0.22), (16, 0.14), (18, 0.1), (24, 0.12)],
  weeklyHours: [(26, 0.2), (28, 0.2), (30, 0.2), (35, 0.4)],
  women: 0.38, rsa: 0.42, rqth: 0.1, qpv: 0.46, longUnemployed: 0.2, unknown: 0.04,
  dynamic: line((start2023 + 4, 0.52), (last2026 - 6, 0.76)),
  absence: { _ in 0.058 }, undocumented: 0.05, bridge: ("accenture", 0.07),
  trainings: [
    ("digital", 70...70, 0.62, "fondation-accenture"), ("safety", 7...7, 0.35, nil),
    ("trade", 14...35, 0.3, "ares"), ("french", 42...63, 0.12, nil), ("qualifying", 140...210, 0.05, nil),
  ],
  realisation: [0.93, 0.96, 0.98, 0.97],
  promises: [
    Promise(
      organisation: "fondation-accenture", kind: "skills_sponsorship", unit: "hours", method: "cost",
      quantity: 150, price: 62.5, growth: 0.01, parts: 3, evidence: "Relevé d’heures signé"),
    Promise(
      organisation: "fondation-accenture", kind: "business_development", unit: "hours", method: "not_valued",
      quantity: 24, evidence: "Compte rendu"),
    Promise(
      organisation: "accenture", kind: "entrusted_turnover", unit: "eur", method: "invoice",
      quantity: 48_000, price: 1, growth: 0.02, parts: 3, evidence: "Facture"),
    Promise(
      organisation: "accenture", kind: "job_offer", unit: "people", method: "not_valued", quantity: 2,
      evidence: "Offre écrite"),
    Promise(
      organisation: "ares", kind: "social_expertise", unit: "hours", method: "cost", quantity: 110, price: 38,
      parts: 2, evidence: "Relevé d’heures signé"),
  ],
  shortfalls: [
    Shortfall(
      organisation: "fondation-accenture", kind: "skills_sponsorship", quarter: "2024T3", share: 0.35,
      caughtUp: false),
    Shortfall(
      organisation: "accenture", kind: "entrusted_turnover", quarter: "2025T1", share: 0.55, caughtUp: true),
  ],
  turnover: 62_000, turnoverGrowth: 0.06, subsidy: 9000,
  markets: [
    ("AIT-M-2024-01", "Ministère (exemple)", day(2024, 1, 1), day(2026, 12, 31), 29_000, 0.26)
  ],
  meetings: [1, 1, 1, 2],
  objectives: yearly(
    [
      ("dynamic-exit-rate-rolling-year", 60), ("durable-exit-rate-rolling-year", 25),
      ("in-job-at-6-months", 55), ("etp-realisation-rate", 95), ("absenteeism-rate", 7), ("rsa-share", 40),
      ("training-hours-per-person", 3000), ("contributions-delivery-rate", 90), ("self-financing-rate", 70),
    ], from: "2023T1", decided: day(2022, 12, 13), reason: "convention",
    "Dialogue de gestion du 13/12/2022, point 2")
    + [
      Objective(
        indicator: "training-hours-per-person", from: "2025T1", to: nil, value: 3500,
        decided: day(2024, 12, 10),
        reason: "ambition", decision: "Comité de pilotage du 10/12/2024, décision 4")
    ],
  followUpRate: 0.94)

let lemon = Plan(
  slug: "lemon-aide", prefix: "LEM", dialect: Dialect(separator: ";", decimal: ",", mark: true),
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
    ("safety", 7...14, 0.6, "lemon-tri"), ("trade", 14...35, 0.4, "lemon-tri"), ("french", 42...63, 0.2, nil),
    ("pre_qualifying", 35...70, 0.1, nil), ("qualifying", 105...175, 0.04, nil),
  ],
  realisation: [0.95, 0.97, 0.94, 0.9],
  promises: [
    Promise(
      organisation: "lemon-tri", kind: "entrusted_turnover", unit: "eur", method: "invoice", quantity: 66_000,
      price: 1, growth: 0.015, parts: 3, evidence: "Facture"),
    Promise(
      organisation: "lemon-tri", kind: "in_kind", unit: "items", method: "book_value", quantity: 2,
      price: 1850,
      evidence: "Fiche d’immobilisation"),
    Promise(
      organisation: "danone-ecosystem", kind: "measurement_tools", unit: "days", method: "not_valued",
      quantity: 3, evidence: "Compte rendu"),
    Promise(
      organisation: "danone-ecosystem", kind: "grant", unit: "eur", method: "face_value", quantity: 4000,
      price: 1, evidence: "Convention de don"),
    Promise(
      organisation: "face", kind: "skills_volunteering", unit: "hours", method: "declared_proxy",
      quantity: 36,
      price: 20, parts: 2, evidence: "Relevé d’heures signé"),
    Promise(
      organisation: "face", kind: "job_offer", unit: "people", method: "not_valued", quantity: 2,
      evidence: "Offre écrite"),
  ],
  shortfalls: [
    Shortfall(organisation: "danone-ecosystem", kind: "grant", quarter: "2024T4", share: 0, caughtUp: true),
    Shortfall(
      organisation: "lemon-tri", kind: "entrusted_turnover", quarter: "2026T2", share: 0.62, caughtUp: false),
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

let regies = ["regie-aubervilliers", "regie-pierrefitte", "regie-saint-denis", "regie-stains"]
let gme = Plan(
  slug: "gme-plaine-commune", prefix: "GME", dialect: Dialect(), first: month(2016, 3), last: month(2022, 2),
  employers: zip(regies, [3, 3, 4, 4]).map { Employer(organisation: $0, posts: $1) }, running: false,
  lengths: [(8, 0.25), (12, 0.35), (16, 0.16), (18, 0.12), (24, 0.12)],
  weeklyHours: half,
  women: 0.14, rsa: 0.55, rqth: 0.14, qpv: 0.74, longUnemployed: 0.3, unknown: 0.07,
  dynamic: line((month(2016, 9), 0.56), (month(2021, 6), 0.72)), absence: { _ in 0.07 },
  work: { current in
    [month(2020, 3): 0.6, month(2020, 4): 0.25, month(2020, 5): 0.55][current] ?? 1
  },
  undocumented: 0.06, bridge: ("le-petit-plus", 0.25),
  trainings: [
    ("safety", 7...14, 0.55, nil), ("trade", 14...28, 0.3, "le-petit-plus"), ("french", 42...63, 0.22, nil),
    ("qualifying", 105...175, 0.05, nil),
  ],
  realisation: [0.9, 0.94, 0.98, 1.02, 0.95, 0.92],
  promises: [
    Promise(
      organisation: "le-petit-plus", kind: "secondment", unit: "etp_months", method: "cost", quantity: 6,
      price: 3150, parts: 1, evidence: "Bulletins de paie"),
    Promise(
      organisation: "le-petit-plus", kind: "job_offer", unit: "people", method: "not_valued", quantity: 1,
      evidence: "Offre écrite"),
  ]
    + regies.map {
      Promise(
        organisation: $0, kind: "social_expertise", unit: "hours", method: "cost", quantity: 30, price: 34,
        evidence: "Relevé d’heures signé")
    },
  shortfalls: [
    Shortfall(
      organisation: "le-petit-plus", kind: "secondment", quarter: "2018T3", share: 0.5, caughtUp: false),
    Shortfall(
      organisation: "regie-pierrefitte", kind: "social_expertise", quarter: "2019T2", share: 0, caughtUp: true
    ),
  ],
  turnover: 31_000, turnoverGrowth: 0.02, subsidy: 4500,
  materials: [("cardboard", 62, 0.03), ("crates", 11, 0.01)],
  markets: [
    ("PC-2016-CARTONS", "Plaine Commune", day(2016, 3, 1), day(2022, 2, 28), 86_000, 0.99)
  ],
  meetings: [1, 1, 1, 1, 2, 1],
  objectives: yearly(
    [
      ("dynamic-exit-rate-rolling-year", 55), ("durable-exit-rate-rolling-year", 20),
      ("in-job-at-6-months", 50), ("etp-realisation-rate", 95), ("absenteeism-rate", 8),
      ("rsa-share", 50), ("clause-hours-realisation-rate", 100), ("self-financing-rate", 65),
    ], from: "2016T1", decided: day(2016, 2, 26), reason: "convention", "Convention du 26/02/2016 (exemple)")
    + [
      Objective(
        indicator: "etp-realisation-rate", from: "2020T2", to: "2020T3", value: 70, decided: day(2020, 6, 15),
        reason: "context", decision: "Comité de pilotage du 15/06/2020, décision 2")
    ],
  followUpRate: 0.82)

let recygo = Plan(
  slug: "recygo", prefix: "REC",
  dialect: Dialect(separator: ";", decimal: ",", slashedDates: true),
  first: start2023, last: last2026,
  employers: [Employer(organisation: "nouvelle-attitude", posts: 32)],
  lengths: [(4, 0.06), (6, 0.1), (8, 0.14), (12, 0.34), (16, 0.14), (20, 0.1), (24, 0.12)],
  weeklyHours: [(26, 0.15), (30, 0.25), (35, 0.6)],
  women: 0.3, rsa: 0.36, rqth: 0.16, qpv: 0.3, longUnemployed: 0.22, unknown: 0.05,
  dynamic: { _ in 0.7 }, absence: { _ in 0.066 }, undocumented: 0.04, bridge: ("la-poste", 0.14),
  trainings: [
    ("safety", 7...14, 0.7, nil), ("trade", 14...35, 0.35, nil), ("french", 42...63, 0.15, nil),
    ("digital", 7...21, 0.25, "la-poste"), ("qualifying", 105...210, 0.06, nil),
  ],
  realisation: [0.97, 0.99, 0.96, 0.98],
  promises: [
    Promise(
      organisation: "la-poste", kind: "entrusted_turnover", unit: "eur", method: "invoice", quantity: 240_000,
      price: 1, growth: 0.01, parts: 3, evidence: "Facture"),
    Promise(
      organisation: "la-poste", kind: "in_kind", unit: "m2", method: "market_rent", quantity: 600, price: 22,
      evidence: "Convention d’occupation"),
    Promise(
      organisation: "la-poste", kind: "skills_sponsorship", unit: "hours", method: "cost", quantity: 45,
      price: 52, parts: 2, evidence: "Relevé d’heures signé"),
    Promise(
      organisation: "la-poste", kind: "job_offer", unit: "people", method: "not_valued", quantity: 3,
      evidence: "Offre écrite"),
    Promise(
      organisation: "nouvelle-attitude", kind: "social_expertise", unit: "hours", method: "cost",
      quantity: 60,
      price: 36, evidence: "Relevé d’heures signé"),
  ],
  shortfalls: [
    Shortfall(
      organisation: "la-poste", kind: "skills_sponsorship", quarter: "2025T4", share: 0.2, caughtUp: false),
    Shortfall(
      organisation: "la-poste", kind: "entrusted_turnover", quarter: "2024T2", share: 0.7, caughtUp: true),
  ],
  turnover: 118_000, turnoverGrowth: 0.03, subsidy: 7000,
  materials: [("paper", 960, 0.02), ("cardboard", 74, 0.05), ("plastic", 4.2, 0.08)],
  markets: [
    ("REC-M-2023-01", "La Poste", day(2023, 1, 1), day(2026, 12, 31), 96_000, 0.55)
  ],
  meetings: [1, 1, 1],
  objectives: yearly(
    [
      ("dynamic-exit-rate-rolling-year", 65), ("durable-exit-rate-rolling-year", 28),
      ("in-job-at-6-months", 55), ("etp-realisation-rate", 96), ("absenteeism-rate", 7),
      ("rqth-share", 15), ("training-hours-per-person", 1800), ("contributions-delivery-rate", 90),
      ("self-financing-rate", 72),
    ], from: "2023T1", decided: day(2022, 11, 29), reason: "convention",
    "Dialogue de gestion du 29/11/2022, point 5"),
  followUpRate: 0.95)

func acting(
  _ organisation: String, _ role: String, _ from: Day, share: Int? = nil, votes: Int? = nil, to: Day? = nil
) -> [Cell] {
  [
    .text(organisation), .text(role), share.map { .integer($0) } ?? .empty, .maybe(votes), .date(from),
    to.map { .date($0) } ?? .empty,
  ]
}
func named(_ organisation: String, _ name: String, _ kind: String, _ siret: String? = nil) -> [Cell] {
  [.text(organisation), .text(name), .maybe(siret), .text(kind)]
}

func simulated(_ plan: Plan) -> Simulation {
  var simulation = Simulation(plan)
  switch plan.slug {
  case "acces-inclusive-tech":
    simulation.identity(
      "cooperation", again: true,
      [
        [
          .text(plan.slug), .text("jvs"), .text("EI"), .text("Acces, Inclusive Tech"),
          .text("Services numériques à Saint-Denis"), .text("Digital services in Saint-Denis"),
          .text("Former et employer dans le numérique des personnes éloignées de l’emploi"),
          .text("Train and employ in digital jobs people who are far from employment"),
          .date(day(2016, 9, 1)), .empty, .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: true,
      [
        named("acces", "Acces, Inclusive Tech", "EI", "82200166500030"), named("ares", "Ares", "association"),
        named("fondation-accenture", "Fondation Accenture", "foundation"),
        named("accenture", "Accenture", "company"),
      ])
    simulation.identity(
      "partnership", again: true,
      [
        acting("ares", "founder", day(2016, 9, 1)),
        acting("fondation-accenture", "founder", day(2016, 9, 1)),
        acting("accenture", "client", day(2016, 9, 1)),
      ])
  case "lemon-aide":
    simulation.identity(
      "cooperation", again: true,
      [
        [
          .text(plan.slug), .text("jvs"), .text("EI"), .text("Lemon Aide"),
          .text("Logistique du recyclage des emballages de boisson"),
          .text("Logistics of recycling drink containers"),
          .text("Amener à l’emploi, en quelques mois, des personnes qui en sont éloignées"),
          .text("Lead people who are far from employment to a job in a few months"),
          .date(day(2016, 7, 1)), .empty, .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: true,
      [
        named("lemon-aide", "Lemon Aide", "EI", "82162170300023"), named("lemon-tri", "Lemon Tri", "company"),
        named("face", "Fondation Agir Contre l’Exclusion (FACE)", "foundation"),
        named("danone-ecosystem", "Danone Ecosystem", "foundation"),
      ])
    simulation.identity(
      "partnership", again: true,
      [
        acting("lemon-tri", "founder", day(2016, 7, 1), share: 60),
        acting("face", "founder", day(2016, 7, 1)),
        acting("danone-ecosystem", "founder", day(2016, 7, 1)),
        acting("danone-ecosystem", "funder", day(2016, 7, 1), to: day(2019, 6, 30)),
      ])
    // A published fact, older than the data: 700 000 € over three years.
    simulation.early.add(
      "contribution",
      [
        .text("LEM-A-2016"), .text("danone-ecosystem"), .text("grant"), .date(day(2016, 7, 1)),
        .integer(700_000), .text("eur"), .integer(700_000), .text("face_value"),
        .text("Montant publié, versé sur trois ans"),
      ])
  case "gme-plaine-commune":
    let signed = day(2016, 2, 26)
    let over = day(2022, 2, 28)
    simulation.identity(
      "cooperation", again: false,
      [
        [
          .text(plan.slug), .text("gme_conjoint"), .text("EI"), .text("GME Plaine Commune"),
          .text("Collecte des cartons et des cagettes"), .text("Collection of cardboard and crates"),
          .text("Partager un marché entre une entreprise adaptée et quatre régies de quartier"),
          .text("Share a market between an adapted enterprise and four neighbourhood enterprises"),
          .date(signed), .date(over), .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: false,
      [
        named("le-petit-plus", "Le Petit Plus", "EA"),
        named("regie-aubervilliers", "Régie de quartier d’Aubervilliers", "EI"),
        named("regie-pierrefitte", "Régie de quartier de Pierrefitte", "EI"),
        named("regie-saint-denis", "Régie de quartier de Saint-Denis", "EI"),
        named("regie-stains", "Régie de quartier de Stains", "EI"),
        named("plaine-commune", "Plaine Commune", "public"),
      ])
    simulation.identity(
      "partnership", again: false,
      [acting("le-petit-plus", "mandataire", signed, votes: 1, to: over)]
        + regies.map { acting($0, "member", signed, votes: 1, to: over) }
        + [acting("plaine-commune", "client", day(2016, 3, 1), to: over)])
  default:
    let began = day(2011, 1, 1)
    simulation.identity(
      "cooperation", again: true,
      [
        [
          .text(plan.slug), .text("accord_cadre"), .text("EI"), .text("Recygo"),
          .text("Collecte et tri des papiers de bureau"), .text("Collection and sorting of office paper"),
          .text("Employer au tri des papiers des personnes en insertion et des travailleurs d’ESAT"),
          .text("Employ people in integration and ESAT workers in paper sorting"),
          .date(began), .empty, .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: true,
      [
        named("la-poste", "La Poste", "company"),
        named("nouvelle-attitude", "Nouvelle Attitude", "EI", "49376467400070"),
        named("esat-exemple-nord", "ESAT (exemple) Nord", "ESAT"),
        named("esat-exemple-ouest", "ESAT (exemple) Ouest", "ESAT"),
        named("esat-exemple-sud", "ESAT (exemple) Sud", "ESAT"),
      ])
    simulation.identity(
      "partnership", again: true,
      [acting("la-poste", "founder", began), acting("nouvelle-attitude", "founder", began)]
        + ["nord", "ouest", "sud"].map { acting("esat-exemple-\($0)", "subcontractor", began) })
    workers(&simulation)
  }
  simulation.run()
  if plan.slug == "recygo" { mistakes(&simulation) }
  simulation.journeys()
  return simulation
}

/// Five ESAT workers on three sites: their hours come as one number a month, not person by person.
func workers(_ simulation: inout Simulation) {
  let sites = ["nord", "nord", "ouest", "ouest", "sud"]
  let begun = [day(2019, 9, 2), day(2021, 3, 1), day(2020, 1, 6), day(2022, 10, 3), day(2021, 11, 2)]
  for (number, site) in sites.enumerated() {
    let code = "REC-E0\(number + 1)"
    simulation.early.add(
      "participant",
      [
        .text(code), .text(number % 2 == 0 ? "M" : "F"), .integer(1972 + number * 5), .yes(false),
        .yes(false),
        .yes(true), .yes(true), .empty, .yes(false), .text("none"), .empty,
      ])
    simulation.early.add(
      "pathway",
      [
        .text(code + "-1"), .text(code), .text("esat-exemple-\(site)"), .text("ESAT"), .date(begun[number]),
        .empty,
      ])
  }
  for current in start2023...last2026 {
    let hours = Double(sites.count) * 108 * seasons[current % 12] * simulation.random.between(0.95, 1.04)
    let told = lastDay(current)
    simulation.deliver(
      "observation", told,
      [.text("esat_workshop_hours"), .month(current), .hundredths(Int(hours * 2 + 0.5) * 50)])
    simulation.deliver("observation", told, [.text("esat_posts"), .month(current), .integer(5)])
  }
}

/// Four rows that must be refused, at the end of their files in the second delivery.
func mistakes(_ simulation: inout Simulation) {
  let known = simulation.pathways.last { $0.finish > end }?.code ?? ""
  // A day that does not exist.
  simulation.later.add(
    "training",
    [
      .text("REC-F-9001"), .text(known), .text("31/09/2026"), .integer(14), .text("safety"), .empty,
      .yes(true),
    ])
  // A pathway nobody has declared.
  simulation.later.add(
    "monthly_activity", [.text("REC-0999-1"), .month(month(2026, 8)), .hundredths(9800), .hundredths(400)])
  // More hours than a month can hold.
  simulation.later.add(
    "monthly_activity", [.text(known), .month(month(2026, 10)), .hundredths(41_200), .hundredths(0)])
  // A kind of contribution that is not in the list.
  simulation.later.add(
    "contribution",
    [
      .text("REC-A-9001"), .text("la-poste"), .text("gift"), .date(day(2026, 9, 10)), .integer(1),
      .text("items"),
      .empty, .text("not_valued"), .empty,
    ])
}

// MARK: - What was added later

/// Contracts, support, barriers, immersions, eligibility and PASS IAE.
///
/// Each file has a stream of its own, so that the files above stay what they were, byte for byte.
extension Simulation {
  /// The day from which support, barriers, eligibility and PASS IAE are told.
  static let told = day(2025, 1, 1)

  mutating func journeys() {
    contracts()
    guard lastDay(plan.last) >= Simulation.told else { return }
    support()
    barriers()
    barrierCounts()
    immersions()
    eligibility()
    passes()
    if plan.slug == "recygo" { formerName() }
  }

  private func stream(_ name: String) -> Random { Random(seed: seed, stream: "\(plan.slug)/\(name)") }

  private func code(_ letter: String, _ number: Int) -> Cell {
    .text("\(plan.prefix)-\(letter)-" + String(String(10_000 + number).dropFirst()))
  }

  /// Months of each contract of a pathway planned to last so many months.
  private static let terms: [(months: Int, contracts: [Int])] = [
    (4, [4]), (6, [6]), (8, [4, 4]), (10, [4, 6]), (12, [6, 6]), (16, [6, 6, 4]), (18, [6, 6, 6]),
    (20, [6, 6, 8]), (24, [6, 6, 6, 6]),
  ]

  /// CDDI after CDDI, each with its planned term: someone who leaves earlier leaves before the term.
  mutating func contracts() {
    var number = 0
    for (place, pathway) in pathways.enumerated() {
      let term = Simulation.terms.first { adding(months: $0.months, to: pathway.start) > pathway.finish }
      var from = pathway.start
      for (turn, months) in (term ?? Simulation.terms[Simulation.terms.count - 1]).contracts.enumerated()
      where from <= min(pathway.finish, end) {
        number += 1
        var to = adding(months: months, to: from) - 1
        var weekly = pathway.weekly * 100
        if isPlanted(place, "contract"), turn == 0 { to = adding(months: 3, to: from) - 1 }
        if isPlanted(place, "hours"), turn == 0 { weekly = 1750 }
        deliver(
          "contract", from,
          [
            code("C", number), .text(pathway.code), .text("CDDI"), .date(from), .date(to),
            .hundredths(weekly),
            .yes(turn > 0),
          ])
        from = to + 1
      }
    }
  }

  /// Whether the pathway carries a remark planted for readers to find: Acces only, one pathway each.
  private func isPlanted(_ place: Int, _ remark: String) -> Bool {
    guard plan.slug == "acces-inclusive-tech" else { return false }
    let recent = pathways.indices.filter { pathways[$0].start > firstCut && pathways[$0].start <= end }
    let order = ["immersion", "hours", "diagnosis", "contract"]
    guard let turn = order.firstIndex(of: remark), turn < recent.count else { return false }
    return recent[turn] == place
  }

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

  /// Criteria that the profile of the person shows, and others until there are enough.
  mutating func eligibility() {
    var random = stream("eligibility")
    var profiles: [String: [Cell]] = [:]
    for row in early.rows(of: "participant") + later.rows(of: "participant") {
      if case .text(let code) = row[0] { profiles[code] = row }
    }
    for (place, pathway) in pathways.enumerated() where pathway.start >= Simulation.told {
      guard let profile = profiles[pathway.participant] else { continue }
      func isYes(_ index: Int) -> Bool {
        if case .yes(let value) = profile[index] { value } else { false }
      }
      var criteria: [String] = []
      for (index, name) in [(3, "RSA"), (4, "ASS"), (5, "AAH"), (6, "TH"), (7, "QPV"), (8, "ZRR")]
      where isYes(index) {
        criteria.append(name)
      }
      if case .integer(let born) = profile[2] {
        let age = civil(pathway.start).year - born
        if age < 26 { criteria.append("JEUNE") } else if age > 50 { criteria.append("SENIOR") }
      }
      if case .text(let registered) = profile[9] {
        if registered == "24_plus" { criteria.append("DETLD") }
        if registered == "12_23" { criteria.append("DELD") }
      }
      if case .integer(let level) = profile[10], [0, 1, 50, 51, 70].contains(level) {
        criteria.append("CAP_BEP")
      }
      let hasFirst = criteria.contains { ["RSA", "ASS", "AAH", "DETLD"].contains($0) }
      for name in ["PM", "FLE", "PI", "PSH_PR"] where !hasFirst && criteria.count < 3 {
        criteria.append(name)
      }
      let before = random.whole(4...60)
      let by = random.chance(0.4) ? "employer" : "prescriber"
      let assessed = pathway.start - (isPlanted(place, "diagnosis") ? 120 : before)
      for criterion in criteria {
        deliver(
          "eligibility", pathway.start,
          [
            .text(pathway.code), .text(criterion), .date(assessed),
            .text(isPlanted(place, "diagnosis") ? "employer" : by),
          ])
      }
    }
  }

  mutating func passes() {
    var random = stream("passes")
    var first: [String: Day] = [:]
    for pathway in pathways {
      first[pathway.participant] = min(first[pathway.participant] ?? .max, pathway.start)
    }
    var prolonged = false
    for pathway in pathways
    where pathway.start >= Simulation.told && first[pathway.participant] == pathway.start {
      deliver("pass_iae", pathway.start, [.text(pathway.participant), .date(pathway.start)])
      let isSuspended = random.chance(0.06)
      let after = random.whole(40...80)
      let length = random.whole(20...70)
      let from = pathway.start + after
      if isSuspended, from + length <= min(pathway.finish, end) {
        deliver(
          "pass_iae_suspension", from + length,
          [
            .text(pathway.participant), .date(pathway.start), .date(from), .date(from + length),
            .text("contract_suspended"), .date(from + 10),
          ])
      }
      // Granted before the end of the PASS IAE, for a reason that only an AI or an ACI may give.
      if plan.slug == "acces-inclusive-tech", !prolonged, pathway.finish > end,
        pathway.start < Simulation.told + 200
      {
        prolonged = true
        later.add(
          "pass_iae_prolongation",
          [
            .text(pathway.participant), .date(pathway.start), .date(pathway.start + 729),
            .date(pathway.start + 729 + 180), .text("PARTICULAR_DIFFICULTIES"),
          ])
      }
    }
  }

  /// The ESAT of the south changed its name.
  mutating func formerName() {
    early.add(
      "organisation_name",
      [
        .text("esat-exemple-sud"), .text("Ateliers (exemple) du Sud"), .date(day(2011, 1, 1)),
        .date(day(2024, 6, 30)),
      ])
    early.add(
      "organisation_name",
      [.text("esat-exemple-sud"), .text("ESAT (exemple) Sud"), .date(day(2024, 7, 1)), .empty])
  }
}

// MARK: - Writing

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: generate OUTPUT-FOLDER\n".utf8))
  exit(64)
}
let output = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
for plan in [acces, gme, lemon, recygo] {
  let simulation = simulated(plan)
  let folder = output.appendingPathComponent(plan.slug)
  try simulation.early.write(to: folder.appendingPathComponent("2026T2"), plan.dialect)
  try simulation.later.write(to: folder.appendingPathComponent("2026T3"), plan.dialect)
}
