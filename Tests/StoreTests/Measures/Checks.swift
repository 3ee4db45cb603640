import Foundation
import Impact
import Postgres
import Store
import Testing

/// The plain statements of `Checks/`, one an indicator, and what they say of the facts recorded.
///
/// A statement reads the facts that stand, under the names of their tables, and the quarters to report, and gives
/// `value`, or `numerator` and `denominator`, or all three where the value is not their ratio, by cooperation and quarter. It never reads the schema `measure`: what
/// the views make of the rules is written a second time in `Checks/shared.sql`, by another hand and in other words.
struct Checks {
  static let folder = Fixture.root + "/Tests/StoreTests/Measures/Checks/"

  /// What a statement says of one quarter of one cooperation; `nil` is no figure.
  struct Answer: Equatable {
    var value: Double?
    var numerator: Double?
    var denominator: Double?
  }

  /// The names of the indicators that have a statement.
  static func names() throws -> Set<String> {
    Set(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }
        .map { String($0.dropLast(4)) }
    ).subtracting(["shared"])
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + name + ".sql", encoding: .utf8)
  }

  let archive: Archive

  /// Shows the facts that stand, as of now, to the statements.
  init(_ archive: Archive, seen perspective: Archive.Perspective) throws {
    self.archive = archive
    let tables = try archive.connection.execute(
      """
      SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('fact', 'reference') AND c.relkind IN ('r', 'p') ORDER BY 1, 2
      """
    ).map { try $0.decode((String, String).self) }
    for (schema, table) in tables {
      try archive.connection.execute(
        """
        CREATE TEMP VIEW \(identifier: table) AS SELECT * FROM \(identifier: schema).\(identifier: table)
        WHERE batch_to = 9223372036854775807
        """)
    }
    try archive.connection.run(
      script: """
        CREATE TEMP VIEW perspective AS
        SELECT date '\(perspective.quarter.end)' AS last_day, date '\(perspective.cut)' AS cut;
        """)
    try archive.connection.run(script: try Self.text("shared"))
  }

  /// The answers of a statement, by cooperation and quarter.
  func answers(_ name: String) throws -> [String: Answer] {
    let statement = try Self.text(name)
    let hasValue = statement.contains(" AS value")
    let columns =
      hasValue
      ? "t.value::float8, "
        + (statement.contains(" AS numerator")
          ? "t.numerator::float8, t.denominator::float8" : "NULL::float8, NULL::float8")
      : """
      CASE WHEN t.denominator <> 0 THEN t.numerator END::float8 / nullif(t.denominator, 0)::float8,
      t.numerator::float8, t.denominator::float8
      """
    var found: [String: Answer] = [:]
    let rows = try archive.connection.execute(
      SQL(trusted: "SELECT t.cooperation_id, t.quarter, \(columns) FROM (\n\(statement)\n) t"))
    for row in rows {
      let (cooperation, quarter, value, numerator, denominator) = try row.decode(
        (String, String, Double?, Double?, Double?).self)
      found["\(cooperation)/\(quarter)"] = Answer(
        value: value, numerator: numerator, denominator: denominator)
    }
    return found
  }

  /// Why the years of a cooperation that are short have no figure, by cooperation and quarter.
  func shortYears(of indicator: Indicator, in catalogue: Catalogue) throws -> [String: String] {
    if let operand = indicator.measure.expression?.indicators.first.flatMap(catalogue.indicator) {
      return try shortYears(of: operand, in: catalogue)
    }
    let isShort: SQL
    switch indicator.window {
    case .rollingYear: isShort = "rolling_year"
    case .yearToDate: isShort = "year_to_date"
    default: return [:]
    }
    let rows = try archive.connection.execute(
      """
      SELECT cooperation_id, quarter, CASE WHEN \(indicator.window == .yearToDate) THEN 'not-collected' ELSE reason END
      FROM short_years WHERE \(fragment: isShort) AND months_ago = \(indicator.shift * 3)
      """)
    var found: [String: String] = [:]
    for row in rows {
      let (cooperation, quarter, reason) = try row.decode((String, String, String).self)
      found["\(cooperation)/\(quarter)"] = reason
    }
    return found
  }

  /// The quarters for which no hours were sent, by cooperation and quarter: none of anything is not known to be none there.
  func unsentQuarters() throws -> Set<String> {
    let rows = try archive.connection.execute(
      """
      SELECT q.cooperation_id || '/' || q.quarter FROM quarters q WHERE NOT EXISTS (
        SELECT FROM monthly_activity a
        WHERE a.cooperation_id = q.cooperation_id AND a.month BETWEEN q.first_day AND q.last_day)
      """)
    return Set(try rows.map { row -> String in try row.decode() })
  }

  /// Compares every figure of a catalogue with its statement, and returns how many values were compared.
  func compare(_ catalogue: Catalogue, _ figures: [Figure]) throws -> [String: Int] {
    var compared: [String: Int] = [:]
    let wholes = Dictionary(grouping: figures.filter { $0.key.part == nil }, by: \.key.indicator)
    let unsent = try unsentQuarters()
    for indicator in catalogue.indicators {
      let answers = try answers(indicator.id)
      let short = try shortYears(of: indicator, in: catalogue)
      for figure in wholes[indicator.id] ?? [] where figure.absence != .notApplicable {
        let place = "\(figure.key.cooperation)/\(figure.key.quarter)"
        let answer = try #require(answers[place], "\(indicator.id) \(place): the statement has no row")
        if let reason = short[place] {
          #expect(figure.absence?.rawValue == reason, "\(indicator.id) \(place): the year is short")
          continue
        }
        guard let value = figure.value else {
          // What is derived is open with any of its parts.
          let isOpen =
            figure.absence == .notCollected && unsent.contains(place)
            && (answer.value == 0 || indicator.measure.expression != nil)
          #expect(
            answer.value == nil || isOpen, "\(indicator.id) \(place): \(String(describing: figure.absence))")
          continue
        }
        #expect(answer.value == value.number, "\(indicator.id) \(place)")
        if let numerator = answer.numerator {
          #expect(numerator == value.numerator, "\(indicator.id) \(place), numerator")
          #expect(answer.denominator == value.denominator, "\(indicator.id) \(place), denominator")
        }
        compared[indicator.id, default: 0] += 1
      }
    }
    return compared
  }
}

/// Every definition against plain SQL over generated facts, equal to the last digit.
@Suite(.archive) struct `Independent checks` {
  static func perspective(_ archive: Archive) throws -> Archive.Perspective {
    Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try archive.lastBatch())
  }

  @Test func `every indicator has a check, every check an indicator, and none reads the views`() throws {
    let names = try Checks.names()
    #expect(names == Set(try Fixture.catalogue().indicators.map(\.id)))
    for name in names.union(["shared"]) {
      #expect(!(try Checks.text(name)).contains("measure."), "\(name)")
    }
  }

  @Test(arguments: [UInt64(1), 2026])
  func `every figure equals plain SQL, for every cooperation and quarter`(seed: UInt64) throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: seed)
    try facts.record(in: archive)
    let perspective = try Self.perspective(archive)
    let catalogue = try Fixture.catalogue()
    let figures = try archive.figures(of: catalogue, seen: perspective)
    let compared = try Checks(archive, seen: perspective).compare(catalogue, figures)
    #expect(compared.values.reduce(0, +) > 3000)
    for indicator in catalogue.indicators {
      #expect(compared[indicator.id] ?? 0 > 0, "\(indicator.id) never has a value: the facts do not try it")
    }
  }

  @Test(arguments: ["2023", "2024", "2025"])
  func `every figure equals plain SQL where a year of hours was not sent`(year: String) throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 1)
    facts.unsent = ("gen-ei", year)
    try facts.record(in: archive)
    let perspective = try Self.perspective(archive)
    let catalogue = try Fixture.catalogue()
    let figures = try archive.figures(of: catalogue, seen: perspective)
    _ = try Checks(archive, seen: perspective).compare(catalogue, figures)
    func unknown(_ name: String, _ cooperation: String) -> Int {
      figures.filter {
        $0.key.indicator == name && $0.key.part == nil && $0.key.cooperation == cooperation
          && $0.key.quarter.description.hasPrefix(year) && $0.absence == .notCollected
      }.count
    }
    // The year's first quarters are before anything was sent when it is the first year.
    #expect(year == "2023" || unknown("exits-examined", "gen-ei") > 0)
    #expect(unknown("exits-examined", "gen-mix") == 0)
  }

  @Test func `a rule changed by a hair no longer agrees`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 1)
    try facts.record(in: archive)
    let perspective = try Self.perspective(archive)
    let checks = try Checks(archive, seen: perspective)
    let catalogue = try Fixture.catalogue()
    func wholes(_ name: String) throws -> [Figure] {
      try archive.figures(of: catalogue, seen: perspective).filter {
        $0.key.indicator == name && $0.key.part == nil && $0.value != nil
      }
    }
    func agrees(_ name: String) throws -> Bool {
      let answers = try checks.answers(name)
      return try wholes(name).allSatisfy {
        answers["\($0.key.cooperation)/\($0.key.quarter)"]?.value == $0.value?.number
      }
    }
    #expect(try agrees("exits-examined"))
    try archive.connection.run(
      script: """
        CREATE OR REPLACE FUNCTION measure.reached_threshold(kind text, length_days int, hours_in_year numeric)
        RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE
          WHEN kind IN ('EI', 'ACI') THEN hours_in_year >= 1 AND length_days > 81
          WHEN kind IN ('AI', 'ETTI') THEN hours_in_year >= 150
          WHEN kind = 'EITI' THEN hours_in_year >= 1
          ELSE false END;
        """)
    #expect(try !agrees("exits-examined"))
  }
}
