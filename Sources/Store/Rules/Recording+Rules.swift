internal import Impact
internal import Postgres

extension Recording {
  /// What the rules of the field say of a landed file.
  struct Judgement {
    var diagnostics: [Diagnostic] = []
    /// Breaks beyond those told.
    var omitted = 0
    /// Rows taken out of the landing.
    var refused = 0
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
  func judge(by book: RuleBook, after screening: RuleBook.Screening?) throws -> Judgement {
    var judgement = Judgement()
    for severity in [Diagnostic.Severity.error, .warning] {
      if screening?.broken[severity] == 0, !book.looksBeyondRows(severity) { continue }
      let findings = try book.broken(severity)
      if severity == .error {
        try book.takeOut(findings)
        judgement.refused = findings.rows
      }
      judgement.omitted += findings.omitted
      judgement.diagnostics += findings.told.map { diagnostic($0.rule, line: $0.line) }
    }
    return judgement
  }

  private func diagnostic(_ rule: FieldRule, line: Int) -> Diagnostic {
    let column = rule.field.flatMap { name in source.schema.fields.firstIndex { $0.name == name } }
    return Diagnostic(
      file: source.file, line: line, column: column.map { $0 + 1 }, field: rule.field, code: rule.code,
      message: rule.message, french: rule.title[.french], severity: rule.severity)
  }
}
