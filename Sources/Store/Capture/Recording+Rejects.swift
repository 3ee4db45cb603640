internal import Impact
internal import Postgres

extension Recording {
  /// Takes the rows out of the landing whose key is given twice in one file.
  func refuseDuplicates(in landing: Landing, _ refusals: inout Refusals) throws {
    if schema.name == "cooperation" {
      let own: Int = try connection.execute(
        "SELECT count(*) FROM \(fragment: landing.table) WHERE cooperation = \(source.cooperation)")[0]
        .decode()
      let all = try landing.count()
      guard own == all, own <= 1 else {
        throw Archive.Refusal.foreignCooperation(source.cooperation ?? "")
      }
    }
    let key = schema.key.joined(separator: ", ")
    let other = Refusals.otherLine
    refusals.add(
      try landing.takeOutDuplicates(),
      because: Diagnostic(
        file: source.file, field: key, code: "duplicate-key",
        message: "this row has the same \(key) as line \(other); keep one of the two",
        french: "cette ligne a la même clé (\(key)) que la ligne \(other) ; garder l’une des deux"))
  }

  /// Takes the rows out of the landing that point to nothing known.
  func refuseDangling(
    in landing: Landing, after screening: RuleBook.Screening?, _ refusals: inout Refusals
  ) throws {
    for (index, reference) in schema.references.enumerated() {
      if let screening, screening.dangling[index] == 0 { continue }
      let names = reference.fields.joined(separator: ", ")
      let column = schema.fields.firstIndex { $0.name == reference.fields.first }
      refusals.add(
        try landing.takeOutDangling(reference, cooperation: source.cooperation),
        because: Diagnostic(
          file: source.file, column: column.map { $0 + 1 }, field: names, code: "reference",
          message: "the \(names) of this row is not a known \(reference.entity) of the cooperation; "
            + "mend it, or send the \(reference.entity) first",
          french:
            "« \(names) » de cette ligne n’est pas un code connu (\(reference.entity)) de la coopération ; "
            + "le corriger, ou envoyer d’abord le fichier \(reference.entity)"))
    }
  }

  /// Keeps where and why rows of an import were refused.
  ///
  /// One INSERT: where rows are protected, PostgreSQL takes no COPY.
  func logRejects(_ errors: [Diagnostic], of importID: Int) throws {
    guard !errors.isEmpty else { return }
    try connection.execute(
      """
      INSERT INTO ops.reject (import_id, ordinal, line, field, code, message)
      SELECT \(importID), r.ordinal, r.line, r.field, r.code, r.message
      FROM unnest(\(errors.map(\.line))::integer[], \(errors.map(\.field))::text[],
        \(errors.map(\.code))::text[], \(errors.map(\.message))::text[])
        WITH ORDINALITY AS r(line, field, code, message, ordinal)
      """)
  }
}
