internal import Impact
internal import Postgres

extension Recording {
  /// What the rules of the field say of rows that are taken.
  struct Warnings {
    var diagnostics: [Diagnostic] = []
    /// Breaks beyond those told.
    var omitted = 0
  }

  /// The rules for a landing; none for tables of reference.
  func book(for landing: Landing) -> RuleBook? {
    guard source.schema.scope == .cooperation, let cooperation = source.cooperation else { return nil }
    return RuleBook(
      source.schema, landing: landing.table, cooperation: cooperation, today: source.today,
      isComplete: source.isComplete, in: connection)
  }

  /// Judges the landing by the rules of the field: takes out the rows that break an error, then tells the
  /// warnings of those that are left.
  ///
  /// - Parameters:
  ///   - book: the rules.
  ///   - screening: what was seen of the landing as a whole; conditions that no row of it breaks are passed over.
  ///   - refusals: gains every row that is taken out.
  /// - Returns: the warnings.
  /// - Throws: the database's error.
  func judge(
    by book: RuleBook, after screening: RuleBook.Screening?, _ refusals: inout Refusals
  ) throws -> Warnings {
    func isWorthAsking(_ severity: Diagnostic.Severity) -> Bool {
      screening?.broken[severity] != 0 || book.looksBeyondRows(severity)
    }
    if isWorthAsking(.error) {
      for (rule, lines) in try book.takeOutBroken() { refusals.add(lines, because: diagnostic(rule)) }
    }
    guard isWorthAsking(.warning) else { return Warnings() }
    let findings = try book.warned()
    return Warnings(
      diagnostics: findings.told.map { diagnostic($0.rule, line: $0.line) }, omitted: findings.omitted)
  }

  private func diagnostic(_ rule: FieldRule, line: Int? = nil) -> Diagnostic {
    let column = rule.field.flatMap { name in source.schema.fields.firstIndex { $0.name == name } }
    return Diagnostic(
      file: source.file, line: line, column: column.map { $0 + 1 }, field: rule.field, code: rule.code,
      message: rule.message, french: rule.french, severity: rule.severity)
  }
}
