import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Whatever happened since the last computation, computing what was touched gives what computing everything
/// gives, byte for byte.
@Suite(.archive) struct `Computing again` {
  private static let quarters = [Fixture.quarter, Fixture.quarter.next, Fixture.quarter.advanced(by: -2)]

  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    for name in ["test", "other"] {
      try archive.record(
        "cooperation", [Self.cooperation(name, kind: "EI", ended: nil)], of: name, file: "c-\(name)")
      try archive.record(
        "organisation",
        [
          ["organisation": "employer", "name": "E", "kind": "EI"],
          ["organisation": "partner", "name": "P", "kind": "company"],
        ], of: name, file: "o-\(name)")
      try archive.record(
        "market",
        [
          [
            "market": "M1", "client": "Ville", "started_on": "2024-06-01", "ended_on": "2025-12-31",
            "clause_hours_committed": "1900",
          ]
        ], of: name, file: "m-\(name)")
      let codes = (1...6).map { "P\($0)" }
      try archive.record(
        "participant", codes.map { ["participant": $0, "sex": $0 < "P4" ? "F" : "M", "birth_year": "1990"] },
        of: name, file: "p-\(name)")
      try archive.record(
        "pathway",
        codes.map {
          [
            "pathway": $0, "participant": $0 == "P6" ? "P5" : $0, "employer": "employer", "kind": "EI",
            "started_on": "2024-01-0\($0.last ?? "1")",
          ]
        }, of: name, file: "w-\(name)")
      try archive.record(
        "monthly_activity",
        codes.flatMap { code in
          Self.months.prefix(14).map {
            ["pathway": code, "month": $0, "hours_worked": "90.25", "hours_absent": "3"]
          }
        }, of: name, file: "a-\(name)")
      try archive.record(
        "exit",
        codes.prefix(3).map { ["pathway": $0, "exited_on": "2025-02-1\($0.last ?? "1")", "motif": "3"] },
        of: name, file: "e-\(name)")
    }
    return archive
  }

  private static func cooperation(_ name: String, kind: String, ended: String?) -> [String: String] {
    var row = [
      "cooperation": name, "name": "Essai", "form": "jvs", "kind": kind, "activity_fr": "a",
      "activity_en": "a",
      "mission_fr": "m", "mission_en": "m", "started_on": "2020-01-01", "data": "sample",
    ]
    row["ended_on"] = ended
    return row
  }

  private static let months = (0..<24).map { "20\(24 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01" }

  /// Something that may happen between two computations.
  private func happen(
    _ archive: Archive, _ catalogue: inout Catalogue, _ quarter: inout Quarter, _ round: Int,
    _ random: inout SplitMix
  ) throws -> String {
    func pick(_ list: [String]) -> String { list.randomElement(using: &random) ?? "" }
    func some(_ list: [String]) -> String? { Bool.random(using: &random) ? pick(list) : nil }
    let name = pick(["test", "other"])
    let path = pick((1...6).map { "P\($0)" })
    func record(_ entity: String, _ row: [String: String?], complete: Bool = false) throws -> String {
      try archive.record(
        entity, [row.compactMapValues(\.self)],
        of: entity == "etp_base" || entity == "exit_motif" ? nil : name,
        file: "\(round)", complete: complete)
      return "\(entity) of \(name): \(row)"
    }
    switch Int.random(in: 0..<20, using: &random) {
    case 0, 1, 2:
      return try record(
        "monthly_activity",
        [
          "pathway": path, "month": pick(Self.months), "hours_worked": pick(["0", "0.5", "120.75"]),
          "hours_absent": some(["0", "7"]),
        ])
    case 3:
      return try record(
        "exit",
        [
          "pathway": path, "exited_on": pick(["2025-01-31", "2025-04-15", "2025-09-02"]),
          "motif": some(["1", "2", "7", "10", "17"]),
        ])
    case 4:
      return try record(
        "follow_up",
        [
          "pathway": path, "horizon": pick(["3", "6", "12"]), "observed_on": "2025-11-05",
          "situation": pick(["in_job", "not_in_job", "lost"]),
        ])
    case 5:
      return try record(
        "participant",
        [
          "participant": path, "sex": some(["F", "M"]), "birth_year": some(["1970", "2001"]),
          "rsa": some(["t", "f"]),
        ])
    case 6:
      return try record(
        "pathway",
        [
          "pathway": path, "participant": pick(["P1", "P2"]), "employer": "employer",
          "kind": pick(["EI", "ACI"]), "started_on": "2024-03-01",
        ])
    case 7:
      return try record(
        "training",
        [
          "training": pick(["T1", "T2"]), "pathway": path, "started_on": pick(["2024-05-01", "2025-07-01"]),
          "hours": "14", "topic": "french",
        ])
    case 8:
      return try record(
        "contribution",
        [
          "contribution": pick(["C1", "C2", "C3"]), "organisation": "partner",
          "kind": pick(["grant", "job_offer"]),
          "delivered_on": pick(["2024-11-05", "2025-08-08"]), "quantity": "2",
          "unit": pick(["eur", "people"]),
          "value_eur": some(["10.10", "99"]), "method": "invoice",
        ])
    case 9:
      return try record(
        "commitment",
        [
          "organisation": "partner", "kind": "grant", "quarter": pick(["2024T4", "2025T3"]), "quantity": "1",
          "unit": "eur", "value_eur": some(["50", "100"]), "method": "invoice",
        ])
    case 10:
      return try record(
        "finance_line",
        [
          "month": pick(Self.months), "category": pick(["turnover", "subsidy", "wages"]),
          "amount_eur": pick(["10", "20.2"]),
        ])
    case 11:
      return try record(
        "material_flow",
        ["month": pick(Self.months), "material": pick(["plastic", "glass"]), "tonnes": pick(["1", "2.5"])])
    case 12:
      return try record(
        "clause_hours", ["market": "M1", "month": pick(Self.months), "hours": pick(["10", "35"])])
    case 13:
      return try record(
        "observation", ["name": "steering_meetings", "month": pick(Self.months), "value": pick(["1", "2"])])
    case 14:
      return try record(
        "cooperation",
        Self.cooperation(name, kind: pick(["EI", "ESAT"]), ended: some(["2025-06-30", "2025-08-15"])))
    case 15:
      return try record(
        "convention",
        [
          "convention": "A", "organisation": "employer", "kind": "EI", "started_on": "2024-01-01",
          "ended_on": pick(["2024-12-31", "2025-12-31"]), "etp_posts": pick(["4", "5.5"]), "status": "VALIDE",
        ])
    case 16:
      return try record(
        "etp_base",
        [
          "kind": "EI", "valid_from": pick(["2014-01-01", "2025-01-01"]), "hours": pick(["1505", "1607"]),
          "nature": "n", "source": "s", "sureness": "official",
        ])
    case 17:
      quarter = Self.quarters.randomElement(using: &random) ?? quarter
      return "quarter \(quarter)"
    case 18:
      let all = try Fixture.catalogue()
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        let place = Int.random(in: catalogue.indicators.indices, using: &random)
        let gone = catalogue.indicators.remove(at: place)
        catalogue.digest += "-"
        return "without \(gone.id)"
      case 1:
        catalogue = all
        return "every definition as it was"
      default:
        let place = Int.random(in: catalogue.indicators.indices, using: &random)
        catalogue.indicators[place].version += 1
        catalogue.indicators[place].window = pick(["a", "b"]) == "a" ? .rollingYear : .yearToDate
        catalogue.digest += "+"
        return "\(catalogue.indicators[place].id) changed"
      }
    default:
      catalogue.scorecard.minimumCount += 1
      catalogue.digest += "*"
      return "scorecard"
    }
  }

  private func compute(_ archive: Archive, _ catalogue: Catalogue, _ quarter: Quarter) throws
    -> Archive.Computation
  {
    try archive.compute(
      catalogue,
      seen: Archive.Perspective(
        quarter: quarter, cut: ReleaseCalendar.cut(of: quarter), batch: try archive.lastBatch()),
      software: "test")
  }

  @Test(arguments: [15_956_572_746_926_493_025] + (0..<3).map { _ in UInt64.random(in: .min ... .max) })
  func `what is computed again is what a first computation gives`(seed: UInt64) throws {
    let archive = try ready()
    var random = SplitMix(seed: seed)
    var catalogue = try Fixture.catalogue()
    var quarter = Fixture.quarter
    #expect(try compute(archive, catalogue, quarter).isWhole)
    var said: [String] = []
    var partial = 0
    for round in 0..<16 {
      for step in 0..<Int.random(in: 1...3, using: &random) {
        said.append(try happen(archive, &catalogue, &quarter, round * 10 + step, &random))
      }
      let again = try compute(archive, catalogue, quarter)
      #expect(!again.isWhole)
      if again.isNew, again.cooperations < 2 { partial += 1 }
      let found = try archive.keptFigures()
      try archive.connection.execute("DELETE FROM figure.computation")
      #expect(try compute(archive, catalogue, quarter).isWhole)
      let expected = try archive.keptFigures()
      if found != expected {
        let (now, first) = (Set(found), Set(expected))
        Issue.record(
          """
          seed \(seed), round \(round): \(said.suffix(3).joined(separator: "; "))
          again only: \(now.subtracting(first).sorted().prefix(3).joined(separator: "\n"))
          first only: \(first.subtracting(now).sorted().prefix(3).joined(separator: "\n"))
          """)
        return
      }
    }
    #expect(partial > 0, "seed \(seed): every step touched every cooperation")
  }

  @Test func `a file of one cooperation computes that one again, from the quarter it is about`() throws {
    let archive = try ready()
    let catalogue = try Fixture.catalogue()
    // The first file of a table speaks of every quarter; the next ones of their own.
    try archive.record(
      "finance_line", [["month": "2024-02-01", "category": "turnover", "amount_eur": "5"]], of: "other",
      file: "first")
    let first = try compute(archive, catalogue, Fixture.quarter)
    #expect(first.isNew && first.isWhole && first.cooperations == 2)
    try archive.record(
      "finance_line", [["month": "2025-07-01", "category": "turnover", "amount_eur": "5"]], of: "other",
      file: "f")
    let again = try compute(archive, catalogue, Fixture.quarter)
    #expect(again.isNew && !again.isWhole && again.cooperations == 1)
    // The indicators that read what was sent, and those computed with them; the change is of the last quarter.
    let moved = Self.names(reading: ["finance", "months"], catalogue)
    #expect(moved.count > 5 && moved.count < 30)
    let ofLast: [String] = try archive.connection.execute(
      """
      SELECT indicator FROM figure.figure
      WHERE release_id = 'working' AND cooperation_id = 'other' AND quarter = \(Fixture.quarter.description)
      """
    ).map { try $0.decode() }
    #expect(again.figures == ofLast.filter { moved.contains(Indicator.name(of: $0)) }.count)
    // What no figure reads computes nothing; the file itself was received after the last quarter.
    try archive.record(
      "organisation_name", [["organisation": "partner", "name": "N", "started_on": "2020-01-01"]],
      of: "other", file: "n")
    let nothing = try compute(archive, catalogue, Fixture.quarter)
    #expect(nothing.isNew && nothing.figures == 0 && nothing.cooperations == 0)
    #expect(try !compute(archive, catalogue, Fixture.quarter).isNew)
  }

  @Test func `hours that decide nothing compute no exit again, and hours that do compute those of the year`()
    throws
  {
    let archive = try ready()
    let catalogue = try Fixture.catalogue()
    #expect(try compute(archive, catalogue, Fixture.quarter).isWhole)
    func hours(_ hours: String, file: String) throws -> Archive.Computation {
      try archive.record(
        "monthly_activity",
        ["2025-01-01", "2025-02-01"].map { ["pathway": "P1", "month": $0, "hours_worked": hours] },
        of: "test",
        file: file)
      return try compute(archive, catalogue, Fixture.quarter)
    }
    func figures(of names: Set<String>) throws -> Int {
      let all: [String] = try archive.connection.execute(
        """
        SELECT indicator FROM figure.figure
        WHERE release_id = 'working' AND cooperation_id = 'test' AND quarter >= '2025T1'
        """
      ).map { try $0.decode() }
      return all.filter { names.contains(Indicator.name(of: $0)) }.count
    }
    // P1 leaves in February 2025, and is examined with an hour of work that year.
    let ofHours = Self.names(
      reading: ["activity", "convention_months", "months", "trainings", "supports", "immersions"], catalogue)
    let ofExits = Self.names(reading: ["exits", "follow_ups"], catalogue)
    #expect(ofExits.subtracting(ofHours).count > 5)
    let more = try hours("91", file: "more")
    #expect(try more.figures == figures(of: ofHours))
    let none = try hours("0", file: "none")
    #expect(try none.figures == figures(of: ofHours.union(ofExits)))
    #expect(none.figures > more.figures)
  }

  /// The indicators counted from entities, and those derived from them or computed with them.
  private static func names(reading entities: Set<String>, _ catalogue: Catalogue) -> Set<String> {
    var found = Set(
      catalogue.definitions.filter { $0.measure.terms.contains { entities.contains($0.entity) } }.map(\.name))
    while true {
      let before = found.count
      for definition in catalogue.definitions {
        let together = Set([definition.name] + (definition.measure.expression?.indicators ?? []))
        if !together.isDisjoint(with: found) { found.formUnion(together) }
      }
      if found.count == before { return found }
    }
  }

  @Test func `every table a measure reads is known, also through the functions it calls`() throws {
    let archive = try Fixture.archive()
    func sources(_ entity: String) throws -> [String] {
      try archive.connection.execute(
        """
        SELECT source_name FROM measure.reads
        WHERE entity = \(entity) AND source_schema IN ('fact', 'reference') ORDER BY 1
        """
      ).map { try $0.decode() }
    }
    #expect(
      try sources("exits") == [
        "exit", "exit_motif", "monthly_activity", "organisation", "participant", "pathway", "person_link",
      ])
    #expect(try sources("finance") == ["finance_line"])
    let asking: [String] = try archive.connection.execute(
      "SELECT DISTINCT entity FROM measure.reads WHERE asks_cut ORDER BY 1"
    ).map { try $0.decode() }
    #expect(asking == ["follow_ups", "journeys", "months", "partner_quarters", "pass_quarters"])
    // What is received is counted too: those who read the files themselves.
    let receiving: [String] = try archive.connection.execute(
      "SELECT entity FROM measure.reads WHERE (source_schema, source_name) = ('ops', 'import') ORDER BY 1"
    ).map { try $0.decode() }
    #expect(receiving == ["deliveries", "months"])
    // The text of a function's body hides what it reads.
    let hidden: [String] = try archive.connection.execute(
      """
      SELECT p.proname::text FROM pg_proc p
      WHERE p.pronamespace = 'measure'::regnamespace AND p.prokind = 'f' AND p.prosqlbody IS NULL
        AND p.prorettype <> 'trigger'::regtype AND p.provolatile <> 'i' ORDER BY 1
      """
    ).map { try $0.decode() }
    #expect(hidden == [])
    // What is said to reach back no further than a month or a year has a month.
    let dateless: [String] = try archive.connection.execute(
      """
      SELECT r.source_table FROM measure.reach r
      WHERE r.back_to IN ('month', 'year') AND NOT EXISTS (SELECT FROM information_schema.columns c
        WHERE c.table_schema = 'fact' AND c.table_name = r.source_table AND c.column_name = 'month')
      """
    ).map { try $0.decode() }
    #expect(dateless == [])
  }
}
