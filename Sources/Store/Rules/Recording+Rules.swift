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

  /// Judges the landing by the rules of the field: takes out the rows that break an error, then tells the
  /// warnings of those that are left.
  func judge(_ landing: Landing) throws -> Judgement {
    var judgement = Judgement()
    guard source.schema.scope == .cooperation, let cooperation = source.cooperation else { return judgement }
    let book = RuleBook(
      source.schema, landing: landing.table, cooperation: cooperation, today: source.today,
      isComplete: source.isComplete, in: connection)
    for severity in [Diagnostic.Severity.error, .warning] {
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
      message: rule.message, french: rule.french, severity: rule.severity)
  }
}
