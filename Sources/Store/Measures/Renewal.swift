internal import Impact
internal import Postgres

/// Which figures have to be computed again, and from which quarter on.
///
/// A figure of a quarter rests on rows dated up to that quarter's end. So when nothing dated before a day has
/// changed, no figure of an earlier quarter has.
struct Renewal {
  /// The cooperations to be counted, in order of name, with their quarters.
  var spans: [Span] = []
  /// Cooperations of which something is to be noted though no figure moves, with their quarters.
  var noted: [Span] = []
  /// Cooperations that have figures and are to have none.
  var gone: [String] = []
  /// Indicators that have figures and are to have none.
  var goneIndicators: [String] = []
  /// Whether everything is computed, whatever there is.
  var isWhole = false
  /// Whether scores change without any figure changing.
  var isScorecardNew = false

  /// Quarters from which an entity's rows may have moved, by cooperation.
  private var entities: [String: [String: Quarter]] = [:]
  /// Quarters from which every indicator is computed again, by cooperation.
  private var everything: [String: Quarter] = [:]
  /// Indicators of which every figure is computed again, by name.
  private var definitions: Set<String> = []
  /// Of each indicator by name, those that are computed again with it, and the entities all of them are counted from.
  ///
  /// They are its versions, what it is derived from and what is derived from it.
  private var family: [String: (names: Set<String>, entities: Set<String>)] = [:]

  /// Everything, for lack of anything to go by.
  init(wholeOf archive: Archive, upTo last: Quarter) throws {
    isWhole = true
    spans = try archive.spans(upTo: last)
  }

  /// What changed between two computations.
  init(from old: Ledger, to new: Ledger, _ catalogue: Catalogue, in archive: Archive) throws {
    let last = new.perspective.quarter
    family = Renewal.families(catalogue)
    definitions = Set(
      new.indicators.filter { old.indicators[$0.key] != $0.value }.keys.map(Indicator.name(of:)))
    goneIndicators = old.indicators.keys.filter { new.indicators[$0] == nil }.sorted()
    isScorecardNew = old.scorecard != new.scorecard

    let changes = try Changes(after: old.perspective.batch, upTo: new.perspective.batch, in: archive)
    let known = try archive.knownSpans(upTo: last)
    let isCutMoved = old.perspective.cut != new.perspective.cut
    var found: [String: Span] = [:]
    for one in known { found[one.name] = one.span }
    let stale = changes.cooperations(in: ["cooperation", "monthly_activity"])
    for name in stale { found[name] = nil }
    for span in try archive.spans(of: stale, upTo: last) { found[span.cooperation] = span }
    var before: [String: (span: Span?, last: Quarter)] = [:]
    for one in known { before[one.name] = (one.span, one.last) }
    gone = before.keys.filter { found[$0] == nil }.sorted()

    for (name, span) in found {
      guard let (knownSpan, knownLast) = before[name], let knownSpan, knownSpan.kind == span.kind,
        knownSpan.form == span.form,
        knownSpan.first == span.first
      else {
        everything[name] = span.first
        continue
      }
      if let flipped = knownSpan.delivered.symmetricDifference(span.delivered).min() {
        note(flipped, name)
      }
      if knownLast != span.last { note(min(knownLast, span.last), name) }
      // The last quarter reported is provisional, whoever it is reported for.
      if old.perspective.quarter != last {
        for quarter in [old.perspective.quarter, last] where quarter <= span.last { note(quarter, name) }
      }
      for (entity, since) in try changes.entities(of: name, isCutMoved: isCutMoved) {
        let quarter = since ?? span.first
        entities[name, default: [:]][entity] = min(entities[name]?[entity] ?? quarter, quarter)
      }
    }
    let all = found.values.filter {
      isScorecardNew || !definitions.isEmpty || everything[$0.cooperation] != nil
        || entities[$0.cooperation] != nil || !goneIndicators.isEmpty
    }
    spans = all.sorted { $0.cooperation < $1.cooperation }
    let counted = Set(spans.map(\.cooperation))
    noted = stale.compactMap { found[$0] }.filter { !counted.contains($0.cooperation) }
  }

  private mutating func note(_ quarter: Quarter, _ cooperation: String) {
    everything[cooperation] = min(everything[cooperation] ?? quarter, quarter)
  }

  /// The first quarter of an indicator to be computed again for a cooperation; `nil` when none is.
  ///
  /// - Parameters:
  ///   - name: the indicator's name, the same for all of its versions.
  ///   - span: the cooperation's quarters.
  /// - Returns: the quarter, not before the cooperation's first.
  func since(_ name: String, _ span: Span) -> Quarter? {
    if isWhole { return span.first }
    guard let family = family[name] else { return nil }
    if !definitions.isDisjoint(with: family.names) { return span.first }
    var since = everything[span.cooperation]
    for (entity, quarter) in entities[span.cooperation] ?? [:] where family.entities.contains(entity) {
      since = min(since ?? quarter, quarter)
    }
    return since.map { max($0, span.first) }
  }

  /// Indicators that are computed together, each by name.
  private static func families(
    _ catalogue: Catalogue
  ) -> [String: (names: Set<String>, entities: Set<String>)] {
    var groups: [(names: Set<String>, entities: Set<String>)] = []
    for definition in catalogue.definitions {
      var group = (
        names: Set([definition.name] + (definition.measure.expression?.indicators ?? [])),
        entities: Set(definition.measure.terms.map(\.entity))
      )
      groups.removeAll { other in
        guard !other.names.isDisjoint(with: group.names) else { return false }
        group.names.formUnion(other.names)
        group.entities.formUnion(other.entities)
        return true
      }
      groups.append(group)
    }
    var found: [String: (names: Set<String>, entities: Set<String>)] = [:]
    for group in groups {
      for name in group.names { found[name] = group }
    }
    return found
  }
}

/// What was recorded or ended between two batches, by cooperation, table and entity.
private struct Changes {
  /// How far back a table moves an entity.
  private enum Reach: String { case month, year }

  /// Tables touched, by cooperation; `nil` is all of them, for reference tables.
  private var tables: [String?: Set<String>] = [:]
  /// Entities that read each table.
  private var readers: [String: [(entity: String, reach: Reach?)]] = [:]
  /// Entities that ask for the cut.
  private var cutReaders: [String] = []
  /// The earliest month touched, by table and cooperation.
  private var months: [String: [String: Day]] = [:]

  init(after low: Int, upTo high: Int, in archive: Archive) throws {
    let connection = archive.connection
    for row in try connection.execute(
      """
      SELECT DISTINCT cooperation_id, entity FROM ops.import
      WHERE batch > \(low) AND batch <= \(high)
      """)
    {
      let (cooperation, table) = try row.decode((String?, String).self)
      tables[cooperation, default: []].insert(table)
    }
    var cut: Set<String> = []
    for row in try connection.execute(
      """
      SELECT s.entity, s.source_table, s.source_schema IN ('fact', 'reference'), s.asks_cut, r.back_to
      FROM measure.source s LEFT JOIN measure.reach r USING (entity, source_table) ORDER BY 1, 2
      """)
    {
      let (entity, table, isTable, asksCut, reach) = try row.decode(
        (String, String, Bool, Bool, String?).self)
      if asksCut { cut.insert(entity) }
      if isTable { readers[table, default: []].append((entity, reach.flatMap(Reach.init(rawValue:)))) }
    }
    cutReaders = cut.sorted()
    for (table, all) in readers where all.contains(where: { $0.reach != nil }) {
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

  /// The cooperations some tables of which were touched, in order of name.
  func cooperations(in names: Set<String>) -> [String] {
    tables.compactMap { cooperation, touched in touched.isDisjoint(with: names) ? nil : cooperation }.sorted()
  }

  /// The entities that may have moved for a cooperation, and from which quarter on; `nil` is from the first.
  func entities(of cooperation: String, isCutMoved: Bool) throws -> [(String, Quarter?)] {
    var found: [(String, Quarter?)] = isCutMoved ? cutReaders.map { ($0, nil) } : []
    for table in (tables[cooperation] ?? []).union(tables[String?.none] ?? []).sorted() {
      for (entity, reach) in readers[table] ?? [] {
        guard let reach, let month = months[table]?[cooperation] else {
          found.append((entity, nil))
          continue
        }
        let quarter = Quarter(containing: month)
        found.append((entity, reach == .year ? Quarter(index: quarter.year * 4) : quarter))
      }
    }
    return found
  }
}
