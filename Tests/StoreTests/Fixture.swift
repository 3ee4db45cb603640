import Capture
import Foundation
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// What the store's tests share: the project's own definitions, a migrated database, rows by name.
enum Fixture {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static func schemas() throws -> SchemaSet { try SchemaSet(readingFrom: root + "/Indicators/schemas") }
  static func catalogue() throws -> Catalogue { try Catalogue(readingFrom: root + "/Indicators") }

  /// The project's own definitions under the scorecard's next version, the present one with even weights before it.
  static func catalogueWithEarlierScorecard() throws -> Catalogue {
    var catalogue = try catalogue()
    var earlier = catalogue.scorecard
    catalogue.scorecard.version += 1
    for part in earlier.parts.indices { earlier.parts[part].weight = 1 }
    catalogue.earlierScorecards = [earlier]
    return catalogue
  }

  static func archive() throws -> Archive {
    Archive(try TestDatabase.connect(database: DatabaseTrait.name))
  }

  /// A store with one cooperation of a kind, which worked before every year a test looks at.
  static func archive(ofKind kind: String) throws -> Archive {
    let archive = try archive()
    try archive.recordCooperation(kind)
    try archive.recordEarlierYear()
    return archive
  }

  /// The project's own parameter tables.
  static func recordReference(_ archive: Archive) throws {
    for schema in try schemas().schemas where schema.scope == .reference {
      let path = root + "/Indicators/reference/\(schema.name).csv"
      let source = Archive.Source(
        cooperation: nil, schema: schema, file: schema.name, sha256: try Fingerprint(ofFileAt: path).hex,
        today: today, isComplete: true)
      _ = try archive.record(source) { sink in
        let report = try FactFile(path: path, schema: schema).read { try sink.put($0.line, $0.values) }
        return Archive.Reading(read: report.read, refused: report.rejected, diagnostics: report.diagnostics)
      }
    }
  }

  static let day = Day(2025, 10, 15) ?? Day(daysSinceEpoch: 0)
  /// The day files are judged on, later than any of their rows.
  static let today = Day(2026, 12, 31) ?? Day(daysSinceEpoch: 0)
  static let quarter = Quarter(2025, 3) ?? Quarter(index: 0)
}

extension Trait where Self == DatabaseTrait {
  /// A migrated database of its own for each test, with the project's parameter tables.
  static var archive: Self {
    Self(prepare: { connection in
      try Migrator(folder: Fixture.root + "/SQL").migrate(connection)
      try Fixture.recordReference(Archive(connection))
    })
  }
}

extension Archive {
  /// Records rows given by field, as if read from a file whose content they are, unless it is told by its digest.
  @discardableResult
  func record(
    _ entity: String, _ rows: [[String: String]], of cooperation: String? = "test", file: String = "test.csv",
    sha256: String? = nil, complete: Bool = false, size: Int = 0, today: Day = Fixture.today
  ) throws -> Receipt {
    let schema = try #require(try Fixture.schemas().schema(named: entity))
    let cells = rows.map { row in schema.fields.map { row[$0.name] } }
    let source = Source(
      cooperation: cooperation, schema: schema, file: file,
      sha256: sha256 ?? Fingerprint(of: Array("\(file) \(cells)".utf8)).hex, today: today, size: size,
      isComplete: complete)
    return try record(source) { sink in
      for (index, row) in cells.enumerated() { try sink.put(index + 2, row) }
      return Reading(read: cells.count, refused: 0, diagnostics: [])
    }
  }

  /// A cooperation of one insertion company, with one convention for 2025, of ten posts unless said otherwise.
  func recordCooperation(_ kind: String = "EI", posts: String = "10") throws {
    try record(
      "cooperation",
      [
        [
          "cooperation": "test", "name": "Essai", "form": "jvs", "kind": kind, "activity_fr": "a",
          "activity_en": "a", "mission_fr": "m", "mission_en": "m", "started_on": "2020-01-01",
          "data": "sample",
        ]
      ])
    try record("organisation", [["organisation": "employer", "name": "Employeur", "kind": kind]])
    try record(
      "convention",
      [
        [
          "convention": "AF-2025", "organisation": "employer", "kind": kind, "started_on": "2025-01-01",
          "ended_on": "2025-12-31", "etp_posts": posts, "status": "VALIDE",
        ]
      ])
  }

  /// One person of 2022, whose hours come before every year a test looks at: a year is whole from its fourth quarter.
  func recordEarlierYear() throws {
    try recordPathway(
      "EARLIER", started: Day(2022, 1, 3) ?? Fixture.day, exited: Day(2022, 3, 31), motif: nil)
  }

  /// One person's pathway with hours every month from its start to its exit, or with none sent at all.
  func recordPathway(
    _ code: String, kind: String = "EI", started: Day, exited: Day? = nil, motif: Int? = nil,
    monthlyHours: String? = "100"
  ) throws {
    try record("participant", [["participant": code, "sex": "F"]], file: "participant-\(code).csv")
    try record(
      "pathway",
      [
        [
          "pathway": code, "participant": code, "employer": "employer", "kind": kind,
          "started_on": started.description,
        ]
      ], file: "pathway-\(code).csv")
    var month = Day("\(started.description.prefix(8))01") ?? started
    var months: [[String: String]] = []
    while let monthlyHours, month <= (exited ?? Fixture.quarter.end) {
      months.append(
        ["pathway": code, "month": month.description, "hours_worked": monthlyHours, "hours_absent": "5"])
      month = month.adding(months: 1)
    }
    if !months.isEmpty { try record("monthly_activity", months, file: "monthly_activity-\(code).csv") }
    if let exited {
      var row = ["pathway": code, "exited_on": exited.description]
      row["motif"] = motif.map(String.init)
      try record("exit", [row], file: "exit-\(code).csv")
    }
  }

  /// The figure of an indicator for the fixture's cooperation and quarter, as of now.
  func figure(_ indicator: String, quarter: Quarter = Fixture.quarter, part: Figure.Part? = nil) throws
    -> Figure
  {
    let all = try figures(
      of: try Fixture.catalogue(),
      seen: Perspective(
        quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try lastBatch()))
    return try #require(FigureTable(all).figure(indicator, "test", quarter, part: part))
  }
}
