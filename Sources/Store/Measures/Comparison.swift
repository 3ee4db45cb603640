internal import Impact
internal import Postgres

/// Compares the rows of entities as of two computations, where a touched table may have moved them and mostly has not.
///
/// Facts are never overwritten, so what the last computation counted can be read again. An hour that is corrected decides
/// whether an exit of that year is examined, and with it which exit of a person is followed; nearly always it decides nothing.
struct Comparison {
  /// What is to be compared of an entity, by cooperation: the tables touched, and the quarter from which on each may have
  /// moved it; `nil` is the first.
  typealias Asked = [String: [(table: String, since: Quarter?)]]

  private let catalogue: Catalogue
  private let old: Archive.Perspective
  private let new: Archive.Perspective
  private var asked: [String: Asked] = [:]
  /// Views of measures that an entity reads, by the tables it reads through nothing else.
  private var passages: [String: [String: Set<String>]] = [:]
  /// Cooperations whose rows of an entity were compared and are the same.
  private var still: [String: Set<String>] = [:]

  init(_ catalogue: Catalogue, from old: Archive.Perspective, to new: Archive.Perspective) {
    self.catalogue = catalogue
    self.old = old
    self.new = new
  }

  /// Cooperations compared by one statement.
  private static let few = 50

  /// Notes that the rows of an entity are to be compared.
  mutating func ask(_ move: Changes.Move, of cooperation: String) {
    guard let table = move.table, catalogue.vocabulary.entity(move.entity) != nil else { return }
    asked[move.entity, default: [:]][cooperation, default: []].append((table, move.since))
  }

  /// The entities to be compared, each after those it is read through.
  mutating func order(in archive: Archive) throws -> [(entity: String, asked: Asked)] {
    guard !asked.isEmpty else { return [] }
    passages = try archive.passages()
    var left = asked.keys.sorted()
    var order: [String] = []
    while !left.isEmpty {
      // A view cannot read itself, so there always is one that waits for no other.
      let ready = left.filter { entity in
        let views = (passages[entity] ?? [:]).values.reduce(into: Set<String>()) { $0.formUnion($1) }
        return views.isDisjoint(with: left)
      }
      order += ready.isEmpty ? left : ready
      left.removeAll { ready.isEmpty || ready.contains($0) }
    }
    return order.map { ($0, asked[$0] ?? [:]) }
  }

  /// The first quarter of each cooperation in which the rows of an entity are not what they were.
  ///
  /// - Parameters:
  ///   - entity: the entity.
  ///   - asked: what is asked of it.
  ///   - known: quarters from which entities are known to have moved, by cooperation.
  ///   - archive: where the facts are.
  /// - Returns: the quarters; no cooperation whose rows are the same.
  /// - Throws: the database's error.
  mutating func moved(
    _ entity: String, _ asked: Asked, _ known: [String: [String: Quarter]], in archive: Archive
  ) throws -> [String: Quarter] {
    guard let date = catalogue.vocabulary.entity(entity)?.date else { return [:] }
    var bounds: [(cooperation: String, oldest: String)] = []
    for (cooperation, tables) in asked.sorted(by: { $0.key < $1.key }) {
      // A table that is read through views alone that are as they were moves nothing.
      let open = tables.filter { table, _ in
        guard let views = passages[entity]?[table] else { return true }
        return !views.allSatisfy { still[$0]?.contains(cooperation) ?? false }
      }
      guard !open.isEmpty else {
        if known[cooperation]?[entity] == nil { still[entity, default: []].insert(cooperation) }
        continue
      }
      let isBounded = open.allSatisfy { $0.since != nil }
      let oldest = isBounded ? open.compactMap(\.since).min() : nil
      bounds.append((cooperation, oldest?.start.description ?? "-infinity"))
    }
    var found: [String: Quarter] = [:]
    for start in stride(from: 0, to: bounds.count, by: Comparison.few) {
      let some = Array(bounds[start..<min(start + Comparison.few, bounds.count)])
      let before = try archive.digests(of: entity, by: date, some, seen: old)
      let after = try archive.digests(of: entity, by: date, some, seen: new)
      for (cooperation, _) in some {
        let (then, now) = (before[cooperation] ?? [:], after[cooperation] ?? [:])
        if let first = Set(then.keys).union(now.keys).filter({ then[$0] != now[$0] }).min() {
          found[cooperation] = first
        } else if known[cooperation]?[entity] == nil {
          still[entity, default: []].insert(cooperation)
        }
      }
    }
    return found
  }
}

extension Archive {
  /// A digest of an entity's rows of each quarter, by cooperation; the order of rows does not matter.
  ///
  /// Leaves the transaction reading from the perspective.
  ///
  /// - Parameters:
  ///   - entity: the entity.
  ///   - date: the field its rows are counted at.
  ///   - cooperations: the cooperations, and the first day asked of each.
  ///   - perspective: what they are seen from.
  /// - Returns: the digests.
  /// - Throws: the database's error.
  fileprivate func digests(
    of entity: String, by date: String, _ cooperations: [(cooperation: String, oldest: String)],
    seen perspective: Perspective
  ) throws -> [String: [Quarter: String]] {
    try read(asOf: perspective.batch, cut: perspective.cut.description)
    let since: SQL? = try entitiesMadeSince().contains(entity) ? "c.oldest" : nil
    var found: [String: [Quarter: String]] = [:]
    for row in try connection.execute(
      """
      SELECT c.cooperation_id, date_trunc('quarter', r.\(identifier: date)::timestamp)::date::text,
        count(*) || ':' || sum(hashtextextended(r::text, 0)::numeric)
      FROM unnest(\(cooperations.map(\.cooperation))::text[], \(cooperations.map(\.oldest))::date[])
        AS c(cooperation_id, oldest)
      CROSS JOIN LATERAL (
        SELECT * FROM \(fragment: SQL.entity(entity, since: since)) r
        WHERE r.cooperation_id = c.cooperation_id AND r.\(identifier: date) >= c.oldest OFFSET 0) r
      GROUP BY 1, 2
      """)
    {
      let (cooperation, start, digest) = try row.decode((String, String, String).self)
      guard let start = Day(start) else { throw Corrupt(what: "\(date) of \(entity)") }
      found[cooperation, default: [:]][Quarter(containing: start)] = digest
    }
    return found
  }

  /// Views of measures that each entity reads itself, by the tables it reads through nothing else.
  fileprivate func passages() throws -> [String: [String: Set<String>]] {
    let rows = try connection.execute(
      """
      WITH reads AS MATERIALIZED (SELECT entity, source_schema, source_name, is_table, is_own FROM measure.reads)
      SELECT own.entity, s.source_name, own.source_name
      FROM reads own JOIN reads s ON s.entity = own.source_name AND s.is_table
      WHERE own.is_own AND own.source_schema = 'measure' AND own.source_name <> own.entity AND NOT EXISTS (
        SELECT FROM reads t
        WHERE t.entity = own.entity AND t.is_own AND t.is_table AND t.source_name = s.source_name)
      """)
    var found: [String: [String: Set<String>]] = [:]
    for row in rows {
      let (entity, table, view) = try row.decode((String, String, String).self)
      found[entity, default: [:]][table, default: []].insert(view)
    }
    return found
  }
}
