public import Impact
internal import Postgres

extension Archive {
  /// Why a figure cannot be explained.
  public enum Unexplained: Error, Equatable, CustomStringConvertible {
    /// The catalogue has no such indicator.
    case noIndicator(String)
    /// There is no figure at that place.
    case noFigure(cooperation: String, indicator: String, quarter: String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .noIndicator(let id):
        "the catalogue has no indicator “\(id)”; jvs indicators list names them"
      case .noFigure(let cooperation, let indicator, let quarter):
        "there is no figure \(cooperation)/\(indicator)/\(quarter); "
          + "check the three names, and that jvs compute has run for the quarter"
      }
    }
  }

  /// Recounts a figure term by term and lists the rows behind it.
  ///
  /// - Parameters:
  ///   - key: the figure's place; a part of a breakdown narrows the rows to that part.
  ///   - catalogue: the definitions.
  ///   - perspective: what it is seen from.
  /// - Returns: the terms with their totals, statements and rows.
  /// - Throws: `Unexplained` when there is no such figure, or the database's error.
  public func explanation(
    of key: Figure.Key, catalogue: Catalogue, seen perspective: Perspective
  ) throws -> Explanation {
    guard let indicator = catalogue.definition(of: key) else {
      throw Unexplained.noIndicator(key.indicator)
    }
    return try connection.transaction {
      try read(asOf: perspective.batch, cut: perspective.cut.description)
      let spans = try spans(of: [key.cooperation], upTo: perspective.quarter)
      var found: Figure?
      try eachFigures(
        of: catalogue.limited(to: [indicator.name]), spans: spans, upTo: perspective.quarter
      ) { _, figures in found = figures.first { $0.key == key } }
      guard let figure = found, let span = spans.first else {
        throw Unexplained.noFigure(
          cooperation: key.cooperation, indicator: key.indicator, quarter: key.quarter.description)
      }
      let accounts = try indicator.measure.terms.map { term in
        guard let entity = catalogue.vocabulary.entity(term.entity) else {
          throw UnknownEntity(name: term.entity)
        }
        return try Reckoning(term, of: entity, among: catalogue.vocabulary, in: indicator, key: key)
          .account(connection)
      }
      let expression = indicator.measure.expression
      let parameters = (expression?.parameters ?? []).map { name in
        (name, catalogue.parameter(name)?.value(on: key.quarter.end))
      }
      return Explanation(
        figure: figure, indicator: indicator, perspective: perspective, accounts: accounts,
        operands: try (expression?.indicators ?? []).map { name in
          try explanation(
            of: Figure.Key(indicator: name, cooperation: key.cooperation, quarter: key.quarter),
            catalogue: catalogue, seen: perspective)
        }, parameters: parameters, references: try references(of: indicator, in: catalogue, key: key),
        isDelivered: span.delivered.contains(key.quarter),
        unsent: span.unsent(indicator, catalogue.vocabulary.told(indicator), at: key.quarter),
        applies: indicator.isInForce(at: key.quarter)
          && indicator.applies(toKind: span.kind, form: span.form),
        shortfall: indicator.shortfall(
          reportedFor: key.quarter, deliveredSince: span.first, startedOn: span.started),
        fairness: key.part == nil ? try fairness(of: key, indicator, in: catalogue) : nil)
    }
  }
}

/// One term of one figure, as plain statements over its rows.
private struct Reckoning {
  let term: Term
  let entity: Vocabulary.Entity
  let vocabulary: Vocabulary
  let key: Figure.Key
  /// The rows of the window, in whatever part.
  let window: SQL

  /// Last day of the quarter reported: conditions on the quarter are about that one, shifted or not.
  private let reported: SQL

  init(
    _ term: Term, of entity: Vocabulary.Entity, among vocabulary: Vocabulary, in indicator: Indicator,
    key: Figure.Key
  ) {
    self.term = term
    self.entity = entity
    self.vocabulary = vocabulary
    self.key = key
    let date: SQL = "r.\(identifier: entity.date)"
    let last = indicator.windowEnd(reportedFor: key.quarter)
    let end = last.end.description
    reported = "\(key.quarter.end.description)::date"
    var reach: SQL = "r.cooperation_id = \(key.cooperation) AND \(fragment: date) <= \(end)::date"
    if term.function == .stock {
      if let until = entity.until {
        reach += " AND (r.\(identifier: until) IS NULL OR r.\(identifier: until) > \(end)::date)"
      }
    } else if let start = indicator.reportingWindow.start(endingWith: last) {
      reach += " AND \(fragment: date) >= \(start.description)::date"
    }
    self.window = reach
  }

  private var part: SQL {
    key.part.map { "coalesce(r.\(identifier: $0.field)::text, 'unknown') = \($0.value)" } ?? "true"
  }

  /// What a row brings to the total.
  private var share: SQL? { term.field.map { "r.\(identifier: $0)" } }

  private func all(_ conditions: some Collection<Condition>) -> SQL {
    conditions.isEmpty
      ? "true" : conditions.map { $0.judgement(quarterEnd: reported) }.joined(separator: " AND ")
  }

  private var from: SQL { "FROM measure.\(identifier: term.entity) r WHERE \(fragment: window)" }

  /// The total in one statement.
  var total: SQL {
    let column = share ?? "r.cooperation_id"
    let aggregate: SQL =
      switch term.function {
      case .count, .stock, .time: "count(*)"
      case .distinct: "count(DISTINCT \(fragment: column))"
      case .sum: "sum(\(fragment: column))"
      case .mean: "avg(\(fragment: column))"
      case .median: "percentile_cont(0.5) WITHIN GROUP (ORDER BY \(fragment: column))"
      }
    return """
      SELECT \(fragment: aggregate)::float8 \(fragment: from)
        AND \(fragment: part) AND \(fragment: all(term.conditions))
      """
  }

  /// Why the field of a condition is not what the condition asks, in the vocabulary's words.
  private func reasons(for condition: Condition) -> [Vocabulary.Reason] {
    guard condition.test == .isTrue(true) else { return [] }
    return entity.field(condition.field)?.reasons ?? []
  }

  /// The rows of other entities that go into the rows used.
  private func inputs(_ connection: Connection) throws -> [Explanation.Source] {
    let read = Set(term.conditions.map(\.field) + [term.field, key.part?.field].compactMap { $0 })
    return try entity.inputs.flatMap { input -> [Explanation.Source] in
      guard let other = vocabulary.entity(input.entity),
        input.decides.isEmpty || !read.isDisjoint(with: input.decides)
      else { return [] }
      let (own, theirs): (SQL, SQL) = ("r.\(identifier: entity.date)", "o.\(identifier: other.date)")
      var reach: SQL = "o.cooperation_id = \(key.cooperation)"
      for (field, mine) in input.match.sorted(by: { $0.key < $1.key }) {
        reach += " AND o.\(identifier: field) = r.\(identifier: mine)"
      }
      let sameYear: SQL =
        " AND date_trunc('year', \(fragment: theirs)) = date_trunc('year', \(fragment: own))"
      switch input.span {
      case .always: break
      case .day: reach += " AND \(fragment: theirs) = \(fragment: own)"
      case .quarter:
        reach += " AND date_trunc('quarter', \(fragment: theirs)) = date_trunc('quarter', \(fragment: own))"
      case .year: reach += sameYear
      case .yearToDate: reach += "\(fragment: sameYear) AND \(fragment: theirs) <= \(fragment: own)"
      }
      return try connection.execute(
        """
        SELECT DISTINCT i.import_id, i.file, o.source_line, \(fragment: theirs)::text AS day
        FROM (SELECT r.* \(fragment: from) AND \(fragment: part) AND \(fragment: all(term.conditions))) r
        JOIN measure.\(identifier: other.name) o ON \(fragment: reach)
        JOIN ops.import i ON i.import_id = o.import_id
        ORDER BY i.import_id, o.source_line, day
        """
      ).map { row in
        let (importID, file, line, day) = try row.decode((Int, String, Int, String).self)
        return Explanation.Source(importID: importID, file: file, line: line, day: day, share: nil)
      }
    }
  }

  func account(_ connection: Connection) throws -> Explanation.Account {
    func count(_ more: SQL) throws -> Int {
      try connection.execute("SELECT count(*) \(fragment: from) AND \(fragment: more)")[0].decode()
    }
    let has: SQL = share.map { "\(fragment: $0) IS NOT NULL" } ?? "true"
    let shown: SQL = share.map { "\(fragment: $0)::text" } ?? "NULL::text"
    let listed: SQL =
      """
      SELECT i.import_id, i.file, r.source_line, r.\(identifier: entity.date)::text AS day, \(fragment: shown) AS share
      FROM measure.\(identifier: term.entity) r JOIN ops.import i ON i.import_id = r.import_id
      WHERE \(fragment: window) AND \(fragment: part) AND \(fragment: all(term.conditions)) AND \(fragment: has)
      """
    let used = try connection.execute(
      "SELECT * FROM (\(fragment: listed)) u ORDER BY import_id, source_line, day, share COLLATE \"C\""
    ).map { row in
      let (importID, file, line, day, share) = try row.decode((Int, String, Int, String, String?).self)
      return Explanation.Source(importID: importID, file: file, line: line, day: day, share: share)
    }
    let digest: String = try connection.execute(
      """
      SELECT encode(sha256(convert_to(coalesce(string_agg(u.row || E'\\n', '' ORDER BY u.row COLLATE "C"), ''), 'UTF8')), 'hex')
      FROM (SELECT concat_ws('/', import_id, source_line, day, share) AS row FROM (\(fragment: listed)) l) u
      """)[0].decode()
    var leftOut: [(reason: Explanation.Reason, rows: Int)] = []
    if let own = key.part {
      leftOut.append((.otherPart(own), try count("NOT (\(fragment: part))")))
    }
    for (index, condition) in term.conditions.enumerated() {
      var failing: SQL =
        """
        \(fragment: part) AND \(fragment: all(term.conditions[..<index]))
        AND (\(fragment: condition.judgement(quarterEnd: reported))) IS NOT TRUE
        """
      // Each row under the first reason that holds; what no reason explains stays under the condition itself.
      for reason in reasons(for: condition) {
        let holds = all(reason.conditions)
        let rows = try count("\(fragment: failing) AND (\(fragment: holds))")
        if rows > 0 { leftOut.append((.because(condition, reason.label), rows)) }
        failing = "\(fragment: failing) AND (\(fragment: holds)) IS NOT TRUE"
      }
      leftOut.append((.condition(condition), try count(failing)))
    }
    if let field = term.field {
      leftOut.append(
        (
          .noField(field),
          try count("\(fragment: part) AND \(fragment: all(term.conditions)) AND NOT (\(fragment: has))")
        ))
    }
    // A row that two questions leave open is one row.
    let questions = entity.opening(term).map { "(\(fragment: all($0)))" as SQL }
    let open =
      questions.isEmpty
      ? 0 : try count("\(fragment: part) AND (\(fragment: questions.joined(separator: " OR ")))")
    return Explanation.Account(
      term: term, total: try connection.execute(total)[0].decode(), used: used, leftOut: leftOut, open: open,
      inputs: try inputs(connection), digest: digest, rows: try count("true"), statement: total.text,
      parameters: total.values.map { $0.postgresText ?? "NULL" })
  }
}
