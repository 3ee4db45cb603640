internal import Impact

/// A table seen through a mapping: its columns are the fields the mapping makes, then the columns it does
/// not know; its places are those of the file.
final class MappedTable<Base: RecordTable>: RecordTable {
  /// Where a column's value comes from in the current record.
  private enum Source {
    /// A column of the file, as it is.
    case direct(Int)
    /// Bytes made of columns of the file, by a rule.
    case made(Mapping.Rule, columns: [Int])
    case constant
  }

  private let base: Base
  private let sources: [Source]
  private let places: [(number: Int, name: String)]
  private let visible: [Int]
  private let schema: FactSchema
  private var notes: [Diagnostic] = []
  // Of the current record: what rules made, and why they could not.
  private var made: [[UInt8]]
  private var problems: [CellReader.Problem?]

  let header: [String]
  /// For each column the index of its field.
  let bindings: [Int?]?

  /// - Throws: ``CaptureError`` when a column the mapping needs is missing, or the file is written otherwise.
  init(_ base: Base, _ mapping: Mapping, _ schema: FactSchema) throws {
    self.base = base
    self.schema = schema
    try MappedTable.checkForm(base, mapping)
    let columns = Dictionary(
      uniqueKeysWithValues: base.header.enumerated().map { ($0.element.lowercased(), $0.offset) })
    var sources: [Source] = []
    var places: [(number: Int, name: String)] = []
    var bindings: [Int?] = []
    var constants: [[UInt8]] = []
    var known = Set(mapping.ignored.map { $0.column.lowercased() })
    for target in mapping.targets { known.formUnion(target.rule.columns.map { $0.lowercased() }) }
    let unknown = base.header.indices.filter { index in
      !known.contains(base.header[index].lowercased()) && !FactFile.isRemark(column: base.header[index])
    }
    var missing: [Diagnostic] = []
    for target in mapping.targets {
      let names = target.rule.columns
      let absent = names.filter { columns[$0.lowercased()] == nil }
      guard let field = schema.fields.firstIndex(where: { $0.name == target.field }) else { continue }
      guard absent.isEmpty else {
        for name in absent {
          let nearest = NearestName.nearest(to: name, among: unknown.map { base.header[$0] })
          missing.append(
            Diagnostic(
              file: base.file, line: base.headerLine, field: name, code: "missing-column",
              message:
                "the column \"\(name)\", which \"\(mapping.name)\" reads as \"\(target.field)\", is missing"
                + (nearest.map { "; column \"\($0)\" may be meant" } ?? "; export it too"),
              severity: schema.fields[field].isRequired ? .error : .warning))
        }
        continue
      }
      let indices = names.compactMap { columns[$0.lowercased()] }
      bindings.append(field)
      places.append(
        (indices.first.map { $0 + 1 } ?? 0, names.isEmpty ? target.field : names.joined(separator: " + ")))
      var constant: [UInt8] = []
      switch target.rule {
      case .column: sources.append(.direct(indices[0]))
      case .constant(let text):
        constant = Array(text.utf8)
        sources.append(.constant)
      default: sources.append(.made(target.rule, columns: indices))
      }
      constants.append(constant)
    }
    guard !missing.contains(where: { $0.severity == .error }) else {
      throw CaptureError(missing.filter { $0.severity == .error })
    }
    notes = missing
    for index in unknown {
      let name = base.header[index]
      sources.append(.direct(index))
      places.append((index + 1, name))
      bindings.append(nil)
      constants.append([])
      notes.append(
        Diagnostic(
          file: base.file, line: base.headerLine, column: index + 1, field: name, code: "unknown-column",
          message:
            "the column \"\(name)\" is not known to the mapping \"\(mapping.name)\" and is not read; map it, or list it among the ignored",
          severity: .warning))
    }
    self.sources = sources
    self.places = places
    self.bindings = bindings
    header = places.map(\.name)
    made = constants
    problems = Array(repeating: nil, count: sources.count)
    let ignored = Set(mapping.ignored.map { $0.column.lowercased() })
    visible = base.header.indices.filter { !ignored.contains(base.header[$0].lowercased()) }
  }

  private static func checkForm(_ base: Base, _ mapping: Mapping) throws {
    guard case .text(let dialect) = base.form else { return }
    if let delimiter = mapping.delimiter, delimiter != dialect.delimiter {
      throw CaptureError(
        base.file, line: base.headerLine, code: "delimiter",
        "the fields are not separated as \"\(mapping.name)\" says; export the file again with that delimiter")
    }
    if let encoding = mapping.encoding, encoding != dialect.encoding {
      throw CaptureError(
        base.file, code: "encoding",
        "the file is \(dialect.encoding.rawValue), where \"\(mapping.name)\" says \(encoding.rawValue); export it again so"
      )
    }
  }

  // MARK: What the file says

  var file: String { base.file }
  var fingerprint: Fingerprint { base.fingerprint }
  var form: FactFile.Form { base.form }
  var rawHeader: String { base.rawHeader }
  var headerLine: Int { base.headerLine }
  var remarks: [Diagnostic] { notes + base.remarks }
  var line: Int { base.line }
  var raggedness: String? { base.raggedness }
  var isBlank: Bool { base.isBlank }
  var fieldCount: Int { sources.count }

  /// The columns that are not ignored.
  ///
  /// What a mapping leaves out may be people's names. In a record that is shifted nothing is known to be left
  /// out.
  var rawRecord: String {
    guard base.raggedness == nil else { return "" }
    return visible.map { index in base.withField(index) { String(copying: $0) } }.joined(separator: ";")
  }

  /// The columns of the file that a copy of a refused row may hold, each with what it is read as; what a
  /// mapping leaves out may be people's names.
  var copied: [(index: Int, field: FactSchema.Field?)] {
    visible.map { index in
      for (column, source) in sources.enumerated() {
        switch source {
        case .direct(index):
          if let field = bindings?[column] { return (index, schema.fields[field]) }
        case .made(let rule, let columns) where columns.contains(index):
          return (index, MappedTable.stub(for: rule))
        default: continue
        }
      }
      return (index, nil)
    }
  }

  func place(of column: Int) -> (number: Int, name: String) { places[column] }

  // MARK: Values

  func forEachRecord(_ body: () throws -> Void) throws {
    try base.forEachRecord {
      convert()
      try body()
    }
  }

  func withField<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    if case .direct(let column) = sources[index] { return try base.withField(column, body) }
    let held = made[index]
    return try body(held.span)
  }

  func refusal(of index: Int, as field: FactSchema.Field) -> CellReader.Problem? {
    if case .direct(let column) = sources[index] { return base.refusal(of: column, as: field) }
    return problems[index]
  }

  private func convert() {
    // A shifted record is refused as a whole.
    guard base.raggedness == nil else { return }
    for (index, source) in sources.enumerated() {
      guard case .made(let rule, let columns) = source else { continue }
      switch value(rule, columns) {
      case .value(let text):
        made[index] = Array((text ?? "").utf8)
        problems[index] = nil
      case .problem(let problem):
        made[index] = []
        problems[index] = problem
      }
    }
  }

  private func value(_ rule: Mapping.Rule, _ columns: [Int]) -> CellReader.Outcome {
    var texts: [String] = []
    for column in columns {
      if let problem = base.refusal(of: column, as: MappedTable.stub(for: rule)) { return .problem(problem) }
      texts.append(
        base.withField(column) { String(copying: $0.extracting(CellReader.trimmedRange($0))) })
    }
    if texts.allSatisfy(\.isEmpty) { return .value(nil) }
    func problem(_ code: String, fr french: String, en english: String) -> CellReader.Outcome {
      .problem(CellReader.Problem(code: code, message: Localized(fr: french, en: english)))
    }
    // What is not let through may still not be a person's data.
    for text in texts {
      let bytes = Array(text.utf8)
      if let kind = CellReader.Survey(bytes.span).personal(bytes.span) {
        return .problem(CellReader.personal(kind))
      }
    }
    switch rule {
    case .column, .constant: return .value(texts.first)
    case .values(_, let values):
      guard let value = values[texts[0]] else {
        return problem(
          "value",
          fr:
            "un code que la correspondance ne connaît pas se trouve ici ; écrire \(DefinitionFile.list(values.keys.sorted(), "ou")), ou l’y ajouter",
          en:
            "the mapping knows no such code; use \(DefinitionFile.list(values.keys.sorted(), "or")), or add it to the mapping"
        )
      }
      return .value(value)
    case .unit(_, let conversion):
      let bytes = Array(texts[0].utf8)
      switch NumberText.decimal(bytes.span) {
      case .value(let number): return .value(conversion.converted(number))
      case .problem(let wrong):
        let sentence = wrong.sentence(Localized(fr: "un nombre", en: "a number"), CellKind(bytes.span))
        return .problem(CellReader.Problem(code: wrong.code, message: sentence))
      }
    case .month(let year, let month):
      let numbers = texts.map { text in
        let bytes = Array(text.utf8)
        if case .value(let number) = NumberText.integer(bytes.span) { return Int(number) } else { return nil }
      }
      guard let written = numbers[0], (1_000...9_999).contains(written), let number = numbers[1],
        (1...12).contains(number)
      else {
        return problem(
          "date",
          fr:
            "« \(year) » et « \(month) » ne font pas un mois ; écrire une année comme 2026 et un nombre de 1 à 12",
          en:
            "\"\(year)\" and \"\(month)\" do not make a month; write a year such as 2026 and a number from 1 to 12"
        )
      }
      return .value("\(written)-\(number < 10 ? "0" : "")\(number)")
    case .joined(let names, let separator):
      guard texts.allSatisfy({ !$0.isEmpty }) else {
        return problem(
          "required",
          fr:
            "une partie seulement de \(DefinitionFile.list(names.map { "« \($0) »" }, "et")) est remplie ; tout remplir, ou rien",
          en:
            "only some of \(DefinitionFile.list(names.map { "\"\($0)\"" })) are filled; fill all or none")
      }
      return .value(texts.joined(separator: separator))
    }
  }

  /// What the columns of a rule must hold, for what a file knows of its cells.
  private static func stub(for rule: Mapping.Rule) -> FactSchema.Field {
    let kind: FactSchema.Kind =
      switch rule {
      case .unit: .number
      case .month: .integer
      default: .string
      }
    return FactSchema.Field(name: "", kind: kind, title: Localized(fr: "", en: ""))
  }
}
