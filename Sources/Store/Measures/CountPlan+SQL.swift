internal import Impact
internal import Postgres

extension CountPlan {
  /// Shapes of a result's rows.
  enum Shape {
    static let quarter = 0
    static let standing = 1
    /// The first of the distinct fields; the others follow, then the life tables.
    static let keys = 2
  }

  /// Quarters in one word of a set of quarters.
  static let wordBits = 62

  /// The different fields of which distinct values are counted, in order.
  var keys: [String] {
    var found: [String] = []
    for one in distinct where !found.contains(one.field) { found.append(one.field) }
    return found
  }

  /// Columns before the numbers: cooperation's place, shape, field, part, quarter.
  static let leading = 5

  /// Columns of numbers; that of a life table, if there is any, comes after them.
  func width(words: Int) -> Int {
    max(
      columns.count, standing.count,
      keys.map { field in distinct.filter { $0.field == field }.count * words }.max() ?? 0)
  }

  /// The statement that reads the entity once for some cooperations.
  ///
  /// Quarters are counted from each cooperation's own first: 0 takes all that was before. A row of the result
  /// is a quarter of the whole or of a part (`Shape.quarter`), the change of what stands in a quarter
  /// (`Shape.standing`), one distinct value with the quarters it was seen in, as bits (`Shape.keys`), or the life table of
  /// a quarter's cohort, as one text.
  ///
  /// - Parameters:
  ///   - frame: the cooperations and their quarters.
  ///   - isBounded: whether rows are left out that are too old for every window.
  ///   - madeSince: entities that are made from the first day asked for on, when rows are left out.
  ///   - schema: where the entities are; a worked example has its own.
  /// - Returns: the statement.
  func statement(
    _ frame: CountFrame, isBounded: Bool = false, madeSince: Set<String> = [],
    schema: String = Archive.measures
  ) -> SQL {
    let oldest = isBounded && !reachesBack ? frame.oldest : nil
    let isMadeSince = oldest != nil && madeSince.contains(entity.name)
    let rows = SQL.entity(entity.name, in: schema, since: isMadeSince ? "c.oldest" : nil)
    let words = frame.words
    let keyFields = keys
    let width = width(words: words)
    // Where rows are counted twice over, by part or by value, they are first reduced to cells.
    let hasCells = !keyFields.isEmpty || !fields.isEmpty
    let isRead = (hasCells || standing.isEmpty) ? 1 : 2
    var parts = quarters(from: hasCells ? "cells" : "base", isSummed: hasCells, width)
    if !standing.isEmpty { parts += standingRows(width) }
    for (index, field) in keyFields.enumerated() {
      parts += values(of: field, at: index, words: words, width)
    }
    for index in lives.indices { parts.append(lifeTable(at: index, width)) }
    let isShared = isRead + (standing.isEmpty ? 0 : 1) + lives.count > 1
    let cells: SQL = hasCells ? ", cells AS MATERIALIZED (\(fragment: cellRows(words: words)))" : ""
    return """
      SELECT c.place, t.*
      FROM unnest(\(frame.cooperations)::text[], \(frame.offsets)::int[], \(oldest ?? [])::date[]) WITH ORDINALITY
        AS c(cooperation_id, first_quarter, oldest, place)
      CROSS JOIN LATERAL (
      WITH base AS \(fragment: isShared ? "MATERIALIZED" : "NOT MATERIALIZED") (\(fragment: baseRows(of: rows, frame, isBounded: oldest != nil)))\(fragment: cells)
      \(fragment: parts.joined(separator: "\nUNION ALL\n"))
      ) t
      """
  }

  /// The rows of the entity: their quarter, the fields counted by, and each condition judged once.
  private func baseRows(of rows: SQL, _ frame: CountFrame, isBounded: Bool) -> SQL {
    var list: [SQL] = [bucket("r.\(identifier: entity.date)", frame)]
    if !standing.isEmpty {
      // GREATEST passes over NULL, and what has no end never leaves.
      let end = entity.until.map { field -> SQL in
        let day: SQL = "r.\(identifier: field)"
        return "CASE WHEN \(fragment: day) IS NOT NULL THEN \(fragment: bucket(day, frame)) END"
      }
      list.append(end ?? "NULL::int")
    }
    list = zip(list, ["b", "u"] as [SQL]).map { "\(fragment: $0) AS \(fragment: $1)" }
    for (index, field) in fields.enumerated() {
      list.append("coalesce(r.\(identifier: field)::text, 'unknown') AS \(fragment: name("f", index))")
    }
    for (index, field) in keys.enumerated() {
      list.append("r.\(identifier: field) AS \(fragment: name("k", index))")
    }
    for (index, field) in numbers.enumerated() {
      list.append("r.\(identifier: field) AS \(fragment: name("x", index))")
    }
    if !lives.isEmpty { list.append("\(fragment: CountPlan.cut) - r.\(identifier: entity.date) AS w") }
    for (index, condition) in conditions.enumerated() {
      list.append("\(fragment: condition.judgement) AS \(fragment: name("c", index))")
    }
    let bound: SQL = isBounded ? " AND r.\(identifier: entity.date) >= c.oldest" : ""
    let read = usedFields.map { "r.\(identifier: $0)" as SQL }
    // OFFSET 0 keeps the planner from working out a field of the view again in each condition that asks for it, and from
    // judging a condition again in each sum that does.
    return """
      SELECT \(fragment: list.joined()) FROM (
        SELECT \(fragment: read.joined()) FROM \(fragment: rows) r
        WHERE r.cooperation_id = c.cooperation_id AND r.\(identifier: entity.date) <= \(frame.end.description)::date\(fragment: bound)
        OFFSET 0) r
      OFFSET 0
      """
  }

  /// Fields of the entity that are read, each once.
  private var usedFields: [String] {
    var found = [entity.date]
    let until = standing.isEmpty ? nil : entity.until
    for field in [until].compactMap(\.self) + fields + keys + numbers + conditions.map(\.field)
    where !found.contains(field) {
      found.append(field)
    }
    return found
  }

  /// The quarter of a day, counted from the cooperation's first.
  private func bucket(_ day: SQL, _ frame: CountFrame) -> SQL {
    "greatest(width_bucket(\(fragment: day), \(frame.starts)::date[]) - c.first_quarter, 0)"
  }

  /// Fields that are summed.
  var numbers: [String] {
    var found: [String] = []
    for column in columns {
      switch column {
      case .rows: continue
      case .known(let field, _), .sum(let field, _), .squares(let field, _):
        if !found.contains(field) { found.append(field) }
      }
    }
    for one in lives where !found.contains(one.field) { found.append(one.field) }
    return found
  }

  /// The day on which it is judged how long a row could be followed.
  private static let cut: SQL = "(SELECT current_setting('jvs.cut')::date)"

  func name(_ kind: String, _ index: Int) -> SQL { "\(identifier: "\(kind)\(index)")" }

  private func names(_ kind: String, _ count: Int) -> [SQL] { (0..<count).map { name(kind, $0) } }

  /// All of the conditions, as judged once; nothing when there is none.
  func all(_ conditions: [Condition]) -> SQL? {
    let places = conditions.compactMap { self.conditions.firstIndex(of: $0) }
    return places.isEmpty ? nil : places.map { name("c", $0) }.joined(separator: " AND ")
  }

  func filter(_ conditions: [Condition]) -> SQL {
    all(conditions).map { " FILTER (WHERE \(fragment: $0))" } ?? ""
  }

  private func aggregate(_ column: Column) -> SQL {
    func number(_ field: String) -> SQL { name("x", numbers.firstIndex(of: field) ?? 0) }
    switch column {
    case .rows(let conditions): return "count(*)\(fragment: filter(conditions))"
    case .known(let field, let conditions):
      return "count(\(fragment: number(field)))\(fragment: filter(conditions))"
    case .sum(let field, let conditions):
      return "sum(\(fragment: number(field)))\(fragment: filter(conditions))"
    case .squares(let field, let conditions):
      return
        "sum(\(fragment: number(field))::numeric * \(fragment: number(field)))\(fragment: filter(conditions))"
    }
  }

  private func cellRows(words: Int) -> SQL {
    let places: [SQL] = ["b"] + names("f", fields.count) + names("k", keys.count)
    let numbers = columns.enumerated().map { index, column in
      // Counts of a cell are small, and integers are added up much faster than bigints.
      let cast: SQL =
        switch column {
        case .rows, .known: "::int4"
        case .sum, .squares: ""
        }
      return "(\(fragment: aggregate(column)))\(fragment: cast) AS \(fragment: name("n", index))" as SQL
    }
    // The quarter as a bit of its word, made once for all the sets it is put into.
    let bits = (0..<(keys.isEmpty ? 0 : words)).map { word -> SQL in
      let first = SQL(trusted: "\(word * CountPlan.wordBits)")
      let bit: SQL =
        words == 1
        ? "1::bigint << b"
        : """
        CASE WHEN b >= \(fragment: first) AND b < \(fragment: first) + \(fragment: SQL(trusted: "\(CountPlan.wordBits)")) \
        THEN 1::bigint << (b - \(fragment: first)) END
        """
      return "\(fragment: bit) AS \(fragment: name("w", word))"
    }
    return """
      SELECT \(fragment: (places + numbers + bits).joined()) FROM base GROUP BY \(fragment: places.joined())
      """
  }

  // MARK: The whole and its parts

  /// The statements that make some numbers: one for the whole, with the fields of which all of them are asked, then one
  /// for fields of which the same few are.
  ///
  /// - Parameters:
  ///   - all: the places of the numbers.
  ///   - asked: which of them are asked of a field's parts.
  ///   - first: what they are made for each of.
  ///   - statement: makes one, from the columns that name the part, the places of its numbers, and its grouping.
  /// - Returns: the statements.
  private func grouped(
    _ all: some Sequence<Int>, _ asked: (Asked) -> Set<Int>, by first: SQL,
    _ statement: (_ part: SQL, _ places: Set<Int>, _ grouping: SQL) -> SQL
  ) -> [SQL] {
    var groups: [(fields: [Int], places: Set<Int>)] = [([], Set(all))]
    for (field, places) in self.asked.map(asked).enumerated() where !places.isEmpty {
      if let known = groups.firstIndex(where: { $0.places == places }) {
        groups[known].fields.append(field)
      } else {
        groups.append(([field], places))
      }
    }
    return groups.enumerated().map { index, group in
      statement(
        partColumns(group.fields), group.places, sets(first, group.fields, withWhole: index == 0))
    }
  }

  func sets(_ first: SQL, _ fields: [Int], withWhole: Bool) -> SQL {
    let whole: [SQL] = withWhole ? ["(\(fragment: first))"] : []
    let all = whole + fields.map { "(\(fragment: first), \(fragment: name("f", $0)))" as SQL }
    return "GROUP BY GROUPING SETS (\(fragment: all.joined()))"
  }

  /// Which field a row of grouping sets is a part by, and which part: a part is never NULL.
  func partColumns(_ fields: [Int]) -> SQL {
    guard !fields.isEmpty else { return "0, NULL::text" }
    let branches = fields.map { index in
      "WHEN \(fragment: name("f", index)) IS NOT NULL THEN \(fragment: SQL(trusted: "\(index + 1)"))" as SQL
    }
    return """
      CASE \(fragment: branches.joined(separator: " ")) ELSE 0 END, \
      coalesce(\(fragment: (fields.map { name("f", $0) } + ["NULL"]).joined()))
      """
  }

  /// Numbers in their places, and nothing in the places that are not asked for.
  func padded(_ numbers: [SQL?], _ width: Int, life: SQL = "NULL::text") -> SQL {
    (numbers.map { number in number.map { "(\(fragment: $0))::numeric" } ?? "NULL::numeric" }
      + Array(repeating: "NULL::numeric" as SQL, count: width - numbers.count)
      + (lives.isEmpty ? [] : [life]))
      .joined()
  }

  private func quarters(from source: SQL, isSummed: Bool, _ width: Int) -> [SQL] {
    grouped(columns.indices, \.columns, by: "b") { part, places, grouping in
      let numbers = columns.enumerated().map { index, column -> SQL? in
        guard places.contains(index) else { return nil }
        return isSummed ? "sum(\(fragment: name("n", index)))" : aggregate(column)
      }
      return """
        SELECT \(fragment: SQL(trusted: "\(Shape.quarter)")) AS shape, \(fragment: part), b,
          \(fragment: padded(numbers, width))
        FROM \(fragment: source) \(fragment: grouping)
        """
    }
  }

  private func standingRows(_ width: Int) -> [SQL] {
    grouped(standing.indices, \.standing, by: "e.at") { part, places, grouping in
      let numbers = standing.enumerated().map { index, conditions -> SQL? in
        places.contains(index) ? "sum(e.change)\(fragment: filter(conditions))" : nil
      }
      return """
        SELECT \(fragment: SQL(trusted: "\(Shape.standing)")), \(fragment: part), e.at,
          \(fragment: padded(numbers, width))
        FROM base CROSS JOIN LATERAL (VALUES (b, 1), (u, -1)) AS e(at, change)
        WHERE e.at IS NOT NULL AND (u IS NULL OR u > b) \(fragment: grouping)
        """
    }
  }

  private func values(of field: String, at index: Int, words: Int, _ width: Int) -> [SQL] {
    let key = name("k", index)
    let own = Set(distinct.indices.filter { distinct[$0].field == field })
    return grouped(own, { $0.distinct.intersection(own) }, by: key) { part, places, grouping in
      let numbers = own.sorted().flatMap { place in
        (0..<words).map { word -> SQL? in
          guard places.contains(place) else { return nil }
          let wasSeen: SQL = "\(fragment: name("n", distinct[place].rows)) > 0"
          return "bit_or(\(fragment: name("w", word))) FILTER (WHERE \(fragment: wasSeen))"
        }
      }
      return """
        SELECT \(fragment: SQL(trusted: "\(Shape.keys + index)")), \(fragment: part), NULL::int,
          \(fragment: padded(numbers, width))
        FROM cells WHERE \(fragment: key) IS NOT NULL \(fragment: grouping)
        """
    }
  }
}
