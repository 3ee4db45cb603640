internal import Impact
internal import Postgres

/// What was recorded or ended between two batches, by cooperation, table and entity.
struct Changes {
  /// How far back a table moves an entity.
  private enum Reach: String { case month, year, reception, nothing }

  /// Tables touched, by cooperation; `nil` is all of them, for reference tables.
  private var tables: [String?: Set<String>] = [:]
  /// Entities that read each table.
  private var readers: [String: [(entity: String, reach: Reach?)]] = [:]
  /// Entities that ask for the cut.
  private var cutReaders: [String] = []
  /// The earliest month touched, by table and cooperation.
  private var months: [String: [String: Day]] = [:]
  /// Of the cooperations that sent files, the earliest day one was received; none where no day is known.
  private var receptions: [String: Day?] = [:]

  init(after low: Int, upTo high: Int, in archive: Archive) throws {
    let connection = archive.connection
    for row in try connection.execute(
      """
      SELECT cooperation_id, entity, min(received_on)::text FROM ops.import
      WHERE batch > \(low) AND batch <= \(high) GROUP BY 1, 2
      """)
    {
      let (cooperation, table, day) = try row.decode((String?, String, String?).self)
      tables[cooperation, default: []].insert(table)
      guard let cooperation else { continue }
      let known = [day.flatMap { Day($0) }, receptions[cooperation] ?? nil].compactMap(\.self)
      receptions[cooperation] = .some(known.min())
    }
    var cut: Set<String> = []
    for row in try connection.execute(
      """
      SELECT s.entity, s.source_name,
        s.source_schema IN ('fact', 'reference') OR (s.source_schema, s.source_name) = ('ops', 'import'),
        s.asks_cut, r.back_to
      FROM measure.reads s LEFT JOIN measure.reach r ON (r.entity, r.source_table) = (s.entity, s.source_name)
      ORDER BY 1, 2
      """)
    {
      let (entity, table, isTable, asksCut, reach) = try row.decode(
        (String, String, Bool, Bool, String?).self)
      if asksCut { cut.insert(entity) }
      if isTable { readers[table, default: []].append((entity, reach.flatMap(Reach.init(rawValue:)))) }
    }
    cutReaders = cut.sorted()
    for (table, all) in readers where all.contains(where: { $0.reach == .month || $0.reach == .year }) {
      let touched = cooperations(in: [table])
      guard !touched.isEmpty else { continue }
      for row in try connection.execute(
        """
        SELECT cooperation_id, min(month)::text FROM fact.\(identifier: table)
        WHERE cooperation_id = ANY (\(touched)::text[])
          AND (batch_from > \(low) AND batch_from <= \(high) OR batch_to > \(low) AND batch_to <= \(high))
        GROUP BY 1
        """)
      {
        let (cooperation, month) = try row.decode((String, String).self)
        months[table, default: [:]][cooperation] = Day(month)
      }
    }
  }

  /// The cooperations some table of which was touched, in order of name.
  var cooperations: [String] { tables.keys.compactMap(\.self).sorted() }

  /// The cooperations some tables of which were touched, in order of name.
  func cooperations(in names: Set<String>) -> [String] {
    tables.compactMap { cooperation, touched in touched.isDisjoint(with: names) ? nil : cooperation }.sorted()
  }

  /// An entity that may have moved for a cooperation.
  struct Move {
    var entity: String
    /// The table that was touched; `nil` for the cut.
    var table: String?
    /// The quarter from which on it may have; `nil` is the first.
    var since: Quarter?
    /// Whether its rows have to be compared to know.
    ///
    /// Where a row moves no more than its own month, most often it does, and it costs little to count that quarter again.
    var isUncertain = false
  }

  /// The entities that may have moved for a cooperation.
  func moves(of cooperation: String, isCutMoved: Bool) -> [Move] {
    var found: [Move] = isCutMoved ? cutReaders.map { Move(entity: $0) } : []
    var touched = (tables[cooperation] ?? []).union(tables[String?.none] ?? [])
    if receptions[cooperation] != nil { touched.insert("import") }
    for table in touched.sorted() {
      for (entity, reach) in readers[table] ?? [] {
        switch reach {
        case nil: found.append(Move(entity: entity, table: table, isUncertain: true))
        case .nothing: break
        case .reception:
          // A file without a day of reception is counted at none.
          if let day = receptions[cooperation] ?? nil {
            found.append(Move(entity: entity, table: table, since: Quarter(containing: day)))
          }
        case .month, .year:
          let quarter = months[table]?[cooperation].map(Quarter.init(containing:))
          let isYear = reach == .year
          found.append(
            Move(
              entity: entity, table: table,
              since: isYear ? quarter.map { Quarter(index: $0.year * 4) } : quarter,
              isUncertain: isYear))
        }
      }
    }
    return found
  }
}
