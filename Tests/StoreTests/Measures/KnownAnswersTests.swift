import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Every share over known answers says how many answers are not known.
@Suite(.archive) struct `Known answers` {
  private static func perspective(_ archive: Archive) throws -> Archive.Perspective {
    Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try archive.lastBatch())
  }

  /// A count of what an indicator asks and has no known answer to, as a definition of its own.
  private static func unknown(_ indicator: Indicator) throws -> Indicator {
    var asked = try #require(indicator.measure.asked)
    guard case .ratio(_, let denominator, _) = indicator.measure else { throw NoRatio() }
    let fields = denominator.conditions.filter { $0.test == .known(true) }.map(\.field)
    try #require(
      fields.count == 1, "\(indicator.id) asks two questions at once; say here how they are counted")
    asked.conditions.append(Condition(fields[0], .known(false)))
    var count = indicator
    count.id = "unknown-\(indicator.id)"
    count.measure = asked.function == .distinct ? .distinct(asked) : .count(asked)
    count.unit = .count
    count.example = nil
    return count
  }
  private struct NoRatio: Error {}

  @Test(arguments: [1, UInt64.random(in: .min ... .max)])
  func `are the denominator, and with the unknown ones make everything asked`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: seed)
    try facts.record(in: archive)
    var catalogue = try Fixture.catalogue()
    let shares = catalogue.indicators.filter { $0.measure.asked != nil }
    #expect(shares.count > 15)
    let counts = try shares.map(Self.unknown)
    catalogue.indicators = shares + counts
    let table = FigureTable(try archive.figures(of: catalogue, seen: try Self.perspective(archive)))
    var tried: Set<String> = []
    for figure in table.all where !figure.key.indicator.hasPrefix("unknown-") {
      guard let value = figure.value else {
        #expect(
          figure.absence != .noDenominator || figure.maturity?.observed == 0,
          "seed \(seed): \(figure.key) does not say that nothing is known")
        continue
      }
      let maturity = try #require(
        figure.maturity, "seed \(seed): \(figure.key) does not say how many are unknown")
      #expect(Double(maturity.observed) == value.denominator, "seed \(seed): \(figure.key)")
      #expect(maturity.due == maturity.followed)
      var key = figure.key
      key.indicator = "unknown-\(key.indicator)"
      // A part without a row of the kind is not among the parts.
      let unknown = table[key]?.value?.number ?? 0
      #expect(Double(maturity.lost) == unknown, "seed \(seed): \(figure.key)")
      if maturity.lost > 0 { tried.insert(figure.key.indicator) }
    }
    // What is never unknown in these facts: a consumption has all of its hours, and so has each trained person a mark.
    let never = Set(shares.map(\.id)).subtracting(tried)
    #expect(never.count * 4 < shares.count, "never unknown: \(never.sorted())")
  }

  @Test func `of people are counted as plain SQL counts them`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 1)
    try facts.record(in: archive)
    let perspective = try Self.perspective(archive)
    let catalogue = try Fixture.catalogue()
    let table = FigureTable(try archive.figures(of: catalogue, seen: perspective))
    _ = try Checks(archive, seen: perspective)
    var compared = 0
    for (name, field) in [
      ("women-share", "sex"), ("rsa-share", "rsa"), ("ass-share", "ass"), ("aah-share", "aah"),
      ("rqth-share", "rqth"), ("qpv-share", "qpv"), ("zrr-share", "zrr"), ("deld-share", "registration"),
      ("low-schooling-share", "schooling"), ("youth-share", "birth_year"), ("fse-senior-share", "birth_year"),
    ] {
      let rows = try archive.connection.execute(
        """
        SELECT q.cooperation_id, q.quarter, count(DISTINCT x.participant),
          count(DISTINCT x.participant) FILTER (WHERE x.\(identifier: field) IS NULL)
        FROM quarters q LEFT JOIN worked x
          ON x.cooperation_id = q.cooperation_id AND x.month BETWEEN q.rolling_day AND q.last_day AND x.hours_worked >= 1
        GROUP BY 1, 2
        """)
      for row in rows {
        let (cooperation, quarter, asked, unknown) = try row.decode((String, String, Int, Int).self)
        let day = try #require(Quarter(quarter))
        guard let figure = table.figure(name, cooperation, day),
          figure.value != nil
        else { continue }
        #expect(figure.maturity?.followed == asked, "\(figure.key)")
        #expect(figure.maturity?.lost == unknown, "\(figure.key)")
        compared += 1
      }
    }
    #expect(compared > 200)
  }

  @Test func `are told by the receipt`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 1)
    try facts.record(in: archive)
    let key = Figure.Key(indicator: "rsa-share", cooperation: "gen-ei", quarter: Fixture.quarter)
    let receipt = try archive.explanation(
      of: key, catalogue: try Fixture.catalogue(), seen: try Self.perspective(archive))
    let maturity = try #require(receipt.figure.maturity)
    #expect(receipt.accounts.count == 3)
    #expect(receipt.accounts[2].total == Double(maturity.followed))
    #expect(maturity.lost > 0)
    #expect(receipt.rebuilt == receipt.figure.content)
  }
}
