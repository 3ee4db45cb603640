import Impact
import Postgres
import Store
import TestSupport
import Testing

/// How likely an event is within a time, counted by the database.
@Suite(.archive) struct `Incidence on facts` {
  /// A pathway: its first day, days to its exit if any, and the reason for leaving if it is known.
  private typealias Pathway = (started: String, days: Int?, motif: String?)

  private static let quarter = Fixture.quarter

  /// Undoes what was recorded, once it is counted.
  private struct Counted: Error { var figures: FigureTable }

  /// The figures for pathways, whose rows are sent in that order.
  ///
  /// Nothing of them stays for the next.
  private func figures(_ pathways: [Pathway]) throws -> FigureTable {
    let archive = try Fixture.archive()
    do {
      try archive.connection.transaction {
        throw Counted(figures: try figures(pathways, in: archive))
      }
    } catch let counted as Counted {
      return counted.figures
    }
    throw CancellationError()
  }

  private func figures(_ pathways: [Pathway], in archive: Archive) throws -> FigureTable {
    try archive.recordCooperation()
    // Somebody of before every cohort, whose hours make each year whole.
    try archive.recordEarlierYear()
    let codes = pathways.enumerated().map { index, one in
      (code: "P\(one.started)-\(one.days ?? 0)-\(one.motif ?? "")-\(index)", one: one)
    }
    try archive.record(
      "participant", codes.map { ["participant": $0.code, "sex": $0.one.days == nil ? "M" : "F"] })
    try archive.record(
      "pathway",
      codes.map {
        [
          "pathway": $0.code, "participant": $0.code, "employer": "employer", "kind": "EI",
          "started_on": $0.one.started,
        ]
      })
    let months = (1...33).compactMap { Day(2023, 1, 1)?.adding(months: $0 - 1).description }
    try archive.record(
      "monthly_activity",
      months.map { ["pathway": "EARLIER", "month": $0, "hours_worked": "10", "hours_absent": "0"] })
    let exits = try codes.compactMap { code, one -> [String: String]? in
      guard let days = one.days else { return nil }
      var row = [
        "pathway": code, "exited_on": try #require(Day(one.started)).adding(days: days).description,
      ]
      row["motif"] = one.motif
      return row
    }
    if !exits.isEmpty { try archive.record("exit", exits) }
    let seen = Archive.Perspective(
      quarter: Self.quarter, cut: ReleaseCalendar.cut(of: Self.quarter), batch: try archive.lastBatch())
    return FigureTable(try archive.figures(of: try Fixture.catalogue(), seen: seen))
  }

  private func within12(_ table: FigureTable) throws -> Figure {
    try #require(table.figure("durable-job-within-12-months", "test", Self.quarter))
  }

  @Test func `other exits compete, running pathways are followed to the cut, and the lost are told`() throws {
    // The cut is 2025-10-15, the cohort that of April 2024 to March 2025.
    let table = try figures([
      ("2024-06-03", 200, "3"), ("2024-06-03", 300, "7"), ("2024-09-02", nil, nil), ("2024-10-01", 330, "9"),
      ("2025-02-03", nil, nil), ("2025-03-03", nil, nil), ("2023-06-01", 100, "3"), ("2025-04-01", 10, "3"),
    ])
    let figure = try within12(table)
    let value = try #require(figure.value)
    #expect(abs(value.number - 4.0 / 9) < 1e-12 && value.numerator == 2 && value.denominator == 6)
    let curve = CumulativeIncidence(
      [(200.0, 1), (300, 2), (408, 0), (330, 1), (254, 0), (226, 0)].map {
        TimeToEvent(time: $0.0, cause: $0.1)
      })
    #expect(value.interval == curve.step(at: 365)?.interval(of: 1) && value.interval != nil)
    #expect(figure.maturity == Figure.Maturity(followed: 6, due: 4, observed: 4))
    #expect(figure.status == .provisional)
    // Left, nobody knows how: it competes, and is lost.
    let lost = try within12(figures([("2024-06-03", 200, "3"), ("2024-06-03", 300, nil)]))
    #expect(lost.value?.number == 0.5 && lost.maturity?.lost == 1)
  }

  @Test func `each absence has its reason`() throws {
    let none = try within12(figures([("2025-07-01", nil, nil)]))
    #expect(none.absence == .noDenominator)
    let recent = try within12(figures([("2025-02-03", 40, "3"), ("2025-02-03", nil, nil)]))
    #expect(recent.absence == .notYetDue)
    #expect(recent.maturity == Figure.Maturity(followed: 2, due: 0, observed: 0))
    // One is due, and left; the others were followed 254 days at most.
    let silent = try within12(figures([("2024-06-03", 200, "3"), ("2025-02-03", nil, nil)]))
    #expect(silent.absence == .notYetDue && silent.maturity?.due == 1)
  }

  @Test func `a day within the horizon counts, the day after does not`() throws {
    func number(_ days: Int) throws -> Double? {
      try within12(figures([("2024-06-03", days, "3"), ("2024-06-03", nil, nil)])).value?.number
    }
    #expect(try number(365) == 0.5 && number(366) == 0)
  }

  @Test(arguments: [UInt64(3), 4])
  func `the order of rows does not matter, and a cohort all followed gives the plain share`(seed: UInt64)
    throws
  {
    var random = SplitMix(seed: seed)
    let first = try #require(Day("2023-10-01"))
    let pathways: [Pathway] = (0..<40).map { _ in
      let days = Bool.random(using: &random) ? Int.random(in: 1...420, using: &random) : nil
      return (
        first.adding(days: Int.random(in: 0..<540, using: &random)).description, days,
        ["3", "7", "10", "16", nil].randomElement(using: &random) ?? nil
      )
    }
    let table = try figures(pathways)
    let shuffled = try figures(pathways.shuffled(using: &random))
    let names = ["durable-job-within-12-months", "durable-job-within-24-months", "durable-pathway-length"]
    var values = 0
    var plain = 0
    for figure in table.all where names.contains(figure.key.indicator) {
      #expect(shuffled[figure.key] == figure, "\(figure.key)")
      guard let value = figure.value, let maturity = figure.maturity else { continue }
      values += 1
      #expect((0...1).contains(value.number))
      guard maturity.due == maturity.followed, let top = value.numerator, let bottom = value.denominator
      else {
        continue
      }
      plain += 1
      #expect(abs(value.number - top / bottom) < 1e-12)
    }
    #expect(values > 10 && plain > 3)
  }

  @Test func `a median duration has an interval from six values on, the same each time`() throws {
    func figure(_ count: Int) throws -> Figure {
      let table = try figures((1...count).map { ("2024-03-0\($0)", 230 + 9 * $0 * $0, "3") })
      return try #require(table.figure("durable-pathway-length", "test", Self.quarter))
    }
    let six = try #require(try figure(6).value)
    #expect(six.count == 6 && six.number == 230 + 9 * 12.5)
    let interval = try #require(six.interval)
    #expect(interval.low >= 239 && interval.high <= 554 && interval.low < interval.high)
    #expect(try figure(6).value?.interval == interval)
    #expect(try figure(5).value?.interval == nil)
  }
}
