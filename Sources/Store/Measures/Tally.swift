internal import Impact
internal import Postgres

/// What was counted of one entity for one cooperation and one part: numbers by quarter, ready for any window.
struct Series {
  /// Running totals of each column: place `i` holds what quarters before `i` add up to.
  private var totals: [[ExactSum]]
  /// Running numbers of quarters in which a column says anything.
  private var told: [[Int32]]
  /// Rows standing on each quarter's last day.
  private var standing: [[Int]]
  /// Distinct values of the window that ends with each quarter, by distinct field and window.
  private var values: [[[Int32]]]
  /// Life tables of each quarter's cohort.
  private var lives: [[[LifeTable.Row]]]
  /// The quarter of place 0, which stands for itself and everything before.
  let origin: Quarter
  private let length: Int

  /// Nothing counted yet.
  ///
  /// - Parameters:
  ///   - plan: what is counted.
  ///   - origin: the quarter of place 0.
  ///   - last: the last quarter.
  init(_ plan: CountPlan, from origin: Quarter, upTo last: Quarter) {
    let length = origin.distance(to: last) + 1
    (self.origin, self.length) = (origin, length)
    totals = Array(repeating: [], count: plan.columns.count)
    told = Array(repeating: [], count: plan.columns.count)
    standing = Array(repeating: Array(repeating: 0, count: length), count: plan.standing.count)
    lives = Array(repeating: Array(repeating: [], count: length), count: plan.lives.count)
    values = plan.windows.map { Array(repeating: Array(repeating: 0, count: length + 1), count: $0.count) }
  }

  // MARK: Filling

  /// Whether a place is one of the quarters counted, and not one that follows the last.
  func has(_ quarter: Int) -> Bool { quarter < length }

  mutating func put(_ number: ExactSum, column: Int, at quarter: Int) {
    if totals[column].isEmpty {
      totals[column] = Array(repeating: .zero, count: length + 1)
      told[column] = Array(repeating: 0, count: length + 1)
    }
    totals[column][quarter + 1] = number
    told[column][quarter + 1] = 1
  }

  mutating func change(_ count: Int, standing place: Int, at quarter: Int) {
    standing[place][quarter] += count
  }

  mutating func put(_ rows: [LifeTable.Row], lives place: Int, at quarter: Int) {
    lives[place][quarter] = rows
  }

  /// One distinct value was seen in these quarters, in order: it counts in every window that reaches one.
  mutating func saw(_ quarters: [Int], distinct place: Int, _ windows: [Window]) {
    for (index, window) in windows.enumerated() {
      var covered = -1
      for quarter in quarters {
        let reached =
          switch window {
          case .quarter: quarter
          case .yearToDate: quarter + 4 - origin.advanced(by: quarter).number
          case .rollingYear: quarter + 3
          case .sinceStart: length - 1
          }
        let last = min(reached, length - 1)
        let from = max(quarter, covered + 1)
        guard last >= from else { continue }
        values[place][index][from] += 1
        values[place][index][last + 1] -= 1
        covered = last
      }
    }
  }

  /// Turns what was put into running totals; to be called once, after the last row.
  mutating func close() {
    for column in totals.indices where !totals[column].isEmpty {
      for place in 1...length {
        totals[column][place] = totals[column][place] + totals[column][place - 1]
        told[column][place] += told[column][place - 1]
      }
    }
    for place in standing.indices {
      for quarter in standing[place].indices.dropFirst() {
        standing[place][quarter] += standing[place][quarter - 1]
      }
    }
    for place in values.indices {
      for window in values[place].indices {
        for quarter in 1...length { values[place][window][quarter] += values[place][window][quarter - 1] }
      }
    }
  }

  // MARK: Reading

  /// What a column adds up to over quarters; `nil` when no row of them has it.
  func sum(_ column: Int, _ quarters: ClosedRange<Int>) -> Double? {
    guard !totals[column].isEmpty,
      told[column][quarters.upperBound + 1] > told[column][quarters.lowerBound]
    else { return nil }
    return (totals[column][quarters.upperBound + 1] - totals[column][quarters.lowerBound]).number
  }

  func count(_ column: Int, _ quarters: ClosedRange<Int>) -> Int { Int(sum(column, quarters) ?? 0) }

  func standing(_ place: Int, at quarter: Int) -> Int { standing[place][quarter] }

  func lives(_ place: Int, _ quarters: ClosedRange<Int>) -> LifeTable {
    LifeTable(lives[place][quarters].flatMap(\.self))
  }

  func distinct(_ place: Int, window: Int, at quarter: Int) -> Int { Int(values[place][window][quarter]) }
}

/// What was counted of every entity for one cooperation.
struct Tally {
  /// A part of a breakdown of one entity; field 0 is the whole.
  struct Part: Hashable {
    var plan: Int
    var field: Int
    var value: String
  }

  let span: Span
  /// The last quarter counted.
  let last: Quarter
  private(set) var series: [Part: Series] = [:]
  /// Parts of each field that have any series, in order of value; known once closed.
  private var parts: [Field: [String]] = [:]

  private struct Field: Hashable {
    var plan: Int
    var field: Int
  }

  /// A part of a term bound to its quarter.
  struct Bound: Hashable {
    var place: CountPlan.ScanPlace
    var quarter: Quarter
    var value: String
  }
  private(set) var bound: [Bound: TermTotal] = [:]
  /// Parts each scan met.
  private(set) var boundParts: [Int: Set<String>] = [:]

  init(_ span: Span, upTo last: Quarter) {
    self.span = span
    self.last = last
  }

  /// Takes one row of a plan's statement.
  mutating func take(_ row: Row, of plan: CountPlan, at index: Int, from origin: Quarter, words: Int) throws {
    let shape: Int = try row.decode(at: 1)
    let field: Int = try row.decode(at: 2)
    let part = Part(plan: index, field: field, value: field == 0 ? "" : try row.decode(at: 3))
    var taken = series.removeValue(forKey: part) ?? Series(plan, from: origin, upTo: last)
    defer { series[part] = taken }
    if shape >= CountPlan.Shape.keys {
      let keys = plan.keys
      if shape >= CountPlan.Shape.keys + keys.count {
        let quarter: Int = try row.decode(at: 4)
        guard taken.has(quarter) else { return }
        let rows = try row.withBytes(at: CountPlan.leading + plan.width(words: words)) { bytes in
          bytes.map { LifeTable.rows(of: $0) } ?? []
        }
        taken.put(rows, lives: shape - CountPlan.Shape.keys - keys.count, at: quarter)
        return
      }
      let key = keys[shape - CountPlan.Shape.keys]
      var column = CountPlan.leading
      for (place, one) in plan.distinct.enumerated() where one.field == key {
        var quarters: [Int] = []
        for word in 0..<words {
          let bits: Int? = try row.decode(at: column)
          column += 1
          guard var rest = bits else { continue }
          while rest != 0 {
            quarters.append(word * CountPlan.wordBits + rest.trailingZeroBitCount)
            rest &= rest - 1
          }
        }
        if !quarters.isEmpty {
          taken.saw(quarters, distinct: place, plan.windows[place])
        }
      }
      return
    }
    let quarter: Int = try row.decode(at: 4)
    guard taken.has(quarter) else { return }
    if shape == CountPlan.Shape.standing {
      for place in plan.standing.indices {
        let change: Int? = try row.decode(at: CountPlan.leading + place)
        if let change { taken.change(change, standing: place, at: quarter) }
      }
      return
    }
    for column in plan.columns.indices {
      let number: ExactSum?? = try row.withBytes(at: CountPlan.leading + column) { bytes in
        bytes.map { ExactSum(decimal: $0) }
      }
      guard let number else { continue }
      guard let number else { throw TooLarge(entity: plan.entity.name, cooperation: span.cooperation) }
      taken.put(number, column: column, at: quarter)
    }
  }

  /// Takes one row of a scan: quarter, part, rows, then the total of each term, its matching rows, those that might
  /// match, and for a median its values.
  mutating func take(_ row: Row, ofScan scan: Int, terms: Int) throws {
    let name: String = try row.decode(at: 1)
    guard let quarter = Quarter(name) else { throw Archive.Corrupt(what: "quarter “\(name)”") }
    let value: String = try row.decode(at: 2)
    let rows: Int = try row.decode(at: 3)
    boundParts[scan, default: []].insert(value)
    for term in 0..<terms {
      bound[
        Bound(place: CountPlan.ScanPlace(scan: scan, term: term), quarter: quarter, value: value)] =
        TermTotal(
          total: try row.decode(at: 4 + term * 4), rows: rows, matching: try row.decode(at: 5 + term * 4),
          open: try row.decode(at: 6 + term * 4), values: try row.decode(at: 7 + term * 4))
    }
  }

  /// Closes every series; to be called once, after the last row.
  mutating func close() {
    for part in series.keys {
      series[part]?.close()
      parts[Field(plan: part.plan, field: part.field), default: []].append(part.value)
    }
    for field in parts.keys { parts[field]?.sort() }
  }

  /// The parts of a field that have any series, in order of value.
  func parts(of plan: Int, field: Int) -> [String] {
    parts[Field(plan: plan, field: field)] ?? []
  }
}

/// A sum of facts has more digits than can be kept exactly.
struct TooLarge: Error, CustomStringConvertible {
  var entity: String
  var cooperation: String
  var description: String {
    "the \(entity) of \(cooperation) add up to a number of more than 38 digits; look for a mistaken value "
      + "with jvs history \(cooperation)"
  }
}
