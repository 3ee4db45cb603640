internal import Impact
internal import Postgres

/// Judges the landed rows of one file by the rules of their entity: one statement a severity.
///
/// A row is judged as if the file were taken already: with the other rows of the file, and with what stands and
/// is not revised by it. Errors come first; warnings are then told of the rows that are left.
struct RuleBook {
  /// Lines told of one warning; the rest is counted.
  static let toldOfARule = 1_000

  let schema: FactSchema
  let landing: SQL
  let ground: RuleGround
  private let isComplete: Bool
  let connection: Connection
  let rules: [FieldRule]

  /// The rules for a landed file.
  ///
  /// - Parameters:
  ///   - schema: the shape of its rows.
  ///   - landing: the table they are in.
  ///   - cooperation: whom they are about.
  ///   - today: the day they are judged on.
  ///   - isComplete: whether the file is the whole truth; then what stands and is not in it counts no more.
  ///   - rules: the rules to choose from.
  ///   - connection: where the table is.
  init(
    _ schema: FactSchema, landing: SQL, cooperation: String, today: Day, isComplete: Bool = false,
    rules: [FieldRule] = FieldRule.all, in connection: Connection
  ) {
    self.schema = schema
    self.landing = landing
    ground = RuleGround(entity: schema.name, cooperation: cooperation, today: today)
    self.isComplete = isComplete
    self.rules = rules.filter { $0.entity == schema.name }
    self.connection = connection
  }

  /// Takes the rows that break errors out of the landing; tells all of them, by rule.
  func takeOutBroken() throws -> [(rule: FieldRule, lines: [Int])] {
    let rules = rules.filter { $0.severity == .error }
    guard !rules.isEmpty else { return [] }
    let rows = try withoutLoops {
      try connection.execute(
        """
        \(fragment: judging(rules, "MATERIALIZED")),
        gone AS (
          DELETE FROM \(fragment: landing) s USING (SELECT DISTINCT source_line FROM broken) b
          WHERE s.source_line = b.source_line)
        SELECT code, array_agg(source_line ORDER BY source_line) FROM broken GROUP BY code ORDER BY code
        """)
    }
    let byCode = Dictionary(uniqueKeysWithValues: rules.map { ($0.code, $0) })
    return try rows.compactMap { row in
      let (code, lines) = try row.decode((String, [Int]).self)
      return byCode[code].map { ($0, lines) }
    }
  }

  /// Which warnings there are, and where.
  struct Findings {
    /// Broken rules by line and code: of each rule its first lines.
    var told: [(line: Int, rule: FieldRule)] = []
    /// Breaks that are not told.
    var omitted = 0
  }

  /// Tells the rows that break warnings.
  func warned() throws -> Findings {
    let rules = rules.filter { $0.severity == .warning }
    var findings = Findings()
    guard !rules.isEmpty else { return findings }
    let rows = try withoutLoops {
      try connection.execute(
        """
        \(fragment: judging(rules, "NOT MATERIALIZED"))
        SELECT source_line, code, breaks
        FROM (
          SELECT source_line, code, row_number() OVER (PARTITION BY code ORDER BY source_line) AS place,
            count(*) OVER () AS breaks
          FROM broken) ranked
        WHERE place <= \(RuleBook.toldOfARule)
        ORDER BY source_line, code
        """)
    }
    let byCode = Dictionary(uniqueKeysWithValues: rules.map { ($0.code, $0) })
    var breaks = 0
    for row in rows {
      let (line, code): (Int, String)
      (line, code, breaks) = try row.decode((Int, String, Int).self)
      guard let rule = byCode[code] else { continue }
      findings.told.append((line, rule))
    }
    findings.omitted = breaks - findings.told.count
    return findings
  }

  /// Runs a statement whose joins are by hash or by order.
  ///
  /// What has just been imported has no statistics yet: taken for a handful of rows, it would be read once for
  /// each row of another table.
  @discardableResult
  func withoutLoops<R>(_ body: () throws -> R) throws -> R {
    let before: String = try connection.execute("SELECT current_setting('enable_nestloop')")[0].decode()
    try connection.execute("SELECT set_config('enable_nestloop', 'off', true)")
    let result = try body()
    try connection.execute("SELECT set_config('enable_nestloop', \(before), true)")
    return result
  }

  /// The tables `own` (see ``RuleGround/known(_:)``) and `broken`: the line and the code of each break.
  private func judging(_ rules: [FieldRule], _ kept: SQL) -> SQL {
    var parts: [SQL] = []
    if let rows = rowBreaks(rules) { parts.append(rows) }
    for rule in rules {
      guard case .lines(let query) = rule.test else { continue }
      parts.append(
        """
        SELECT DISTINCT source_line, \(rule.code)::text
        FROM (\(fragment: query(ground))) q WHERE source_line IS NOT NULL
        """)
    }
    return """
      WITH own AS (\(fragment: own)),
      broken (source_line, code) AS \(fragment: kept) (\(fragment: parts.joined(separator: " UNION ALL ")))
      """
  }

  var own: SQL {
    let columns = FactSchema.list(schema.fields.map(\.name), prefix: "s.")
    let landed: SQL = "SELECT s.source_line, \(fragment: columns) FROM \(fragment: landing) s"
    if isComplete { return landed }
    let sameKey = schema.key.map { "t.\(identifier: $0) = s.\(identifier: $0)" as SQL }
    return """
      \(fragment: landed)
      UNION ALL
      SELECT NULL, \(fragment: FactSchema.list(schema.fields.map(\.name), prefix: "t.")) FROM \(fragment: schema.table) t
      WHERE t.cooperation_id = \(ground.cooperation) AND t.batch_to = \(Archive.never)
        AND NOT EXISTS (SELECT FROM \(fragment: landing) s WHERE \(fragment: sameKey.joined(separator: " AND ")))
      """
  }

  /// The breaks of all conditions in one reading of the landing.
  ///
  /// Rows that break none, nearly all of them, are passed over by one condition before they are looked at
  /// rule by rule.
  private func rowBreaks(_ rules: [FieldRule]) -> SQL? {
    let conditions = conditions(of: rules)
    guard !conditions.rows.isEmpty else { return nil }
    let any = conditions.rows.map { "(\(fragment: $0.condition))" as SQL }.joined(separator: " OR ")
    let each = conditions.rows.map { "(\($0.code)::text, \(fragment: $0.condition))" as SQL }
    return """
      SELECT s.source_line, v.code
      FROM \(fragment: landing) s \(fragment: conditions.joins.map { $0.text(ground) }.joined(separator: " "))
      CROSS JOIN LATERAL (VALUES \(fragment: each.joined(separator: ", "))) v (code, is_broken)
      WHERE (\(fragment: any)) AND v.is_broken
      """
  }

  /// The conditions of rules over the landed row `s`, and what is joined to it for them, each once.
  func conditions(of rules: [FieldRule]) -> (rows: [(code: String, condition: SQL)], joins: [RuleGround.Join])
  {
    var rows: [(code: String, condition: SQL)] = []
    var joins: [RuleGround.Join] = []
    for rule in rules {
      guard case .row(let condition, let joining) = rule.test else { continue }
      rows.append((rule.code, condition(ground)))
      for join in joining where !joins.contains(where: { $0.name == join.name }) { joins.append(join) }
    }
    return (rows, joins)
  }
}
