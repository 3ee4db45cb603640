public import Impact

/// A rule an imported file must keep to before its rows meet the rules of the field: the first two layers of
/// checks, and the store's references.
public struct FileRule: Hashable, Sendable {
  /// Who checks it.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    /// The file as such: its name, its encoding, its lines, its header.
    case file
    /// The Table Schema of the entity: the cells.
    case schema
    /// What the store knows: keys and references.
    case reference
  }

  /// Its stable name, as in a `Diagnostic`: `required`.
  public let code: String
  /// Who checks it.
  public let layer: Layer
  /// What breaking it leads to; both where it depends on the place.
  public let severities: [Diagnostic.Severity]
  /// A sentence that says what is wrong and what to do.
  public let message: String
  /// Where it is from.
  public let source: String

  private init(
    _ code: String, _ layer: Layer, as severities: [Diagnostic.Severity] = [.error], _ message: String,
    source: String
  ) {
    self.code = code
    self.layer = layer
    self.severities = severities
    self.message = message
    self.source = source
  }

  /// Every rule, by layer and code.
  public static let all: [FileRule] = [folder, text, header, workbook, cells, known].flatMap { $0 }.sorted {
    ($0.layer.rawValue, $0.code) < ($1.layer.rawValue, $1.code)
  }

  private static let folder: [FileRule] = [
    FileRule(
      "missing", .file, "there is no such file or folder; check its name", source: "import of files"),
    FileRule(
      "file", .file, as: [.warning, .error],
      "this is no file that can be read as one of an import; name a CSV file or "
        + "a workbook", source: "import of files"),
    FileRule(
      "entity", .file,
      "the file is not called like an entity; name it <entity>.csv or <entity>-<anything>.csv",
      source: "Indicators/schemas"),
    FileRule(
      "rejects", .file, as: [.warning],
      "these are the refused rows of an earlier import; mend them, then import this file by its name",
      source: "import of files"),
    FileRule(
      "identity", .file,
      "the file tells who people are; record it with jvs person import, apart from the facts",
      source: "RGPD art. 25: identities are kept apart"),
    FileRule(
      "sheet", .file, as: [.warning, .error],
      "a sheet of the workbook is not there, or not called like an entity; name "
        + "the sheet or rename it", source: "Indicators/schemas"),
    FileRule(
      "depth", .file, "the folders are nested too deeply; name the one meant", source: "limits of the import"),
    FileRule(
      "changed", .file, "the file changed while it was read; wait until it is complete, then import it again",
      source: "a receipt is of one content"),
    FileRule("size", .file, "the file is larger than can be read; split it", source: "limits of the import"),
    FileRule(
      "cooperation", .file,
      "the file cannot be recorded for this cooperation as it is; the sentence says why",
      source: "facts belong to one cooperation"),
  ]

  private static let text: [FileRule] = [
    FileRule(
      "empty", .file, "there is nothing to read; send the table with its header line", source: "RFC 4180"),
    FileRule("binary", .file, "the file is no text; save it as CSV UTF-8", source: "RFC 4180"),
    FileRule(
      "encoding", .file, as: [.warning, .error],
      "the accents of the file are damaged or in an encoding that had to be "
        + "guessed; save it as CSV UTF-8", source: "RFC 3629 (UTF-8)"),
    FileRule("truncated", .file, "the file ends in the middle of a row; send it again", source: "RFC 4180"),
    FileRule(
      "quote", .file, "a quote is opened or closed where none can be; double the quotes within a text",
      source: "RFC 4180"),
    FileRule(
      "delimiter", .file, "the columns cannot be told apart; separate them by commas or semicolons",
      source: "RFC 4180"),
    FileRule(
      "columns", .file, "the table has too many columns; send those of the entity",
      source: "limits of the import"),
    FileRule(
      "field-size", .file, "a cell is larger than can be read; shorten it", source: "limits of the import"),
    FileRule(
      "row-size", .file, "a row is larger than can be read; shorten it or check its quotes",
      source: "limits of the import"),
    FileRule(
      "ragged", .file, "the row has more or fewer cells than the header; quote texts that hold the separator",
      source: "RFC 4180"),
  ]

  private static let header: [FileRule] = [
    FileRule(
      "header", .file, "the header is empty, or names a column twice; name each column once",
      source: "RFC 4180"),
    FileRule(
      "missing-column", .file, "a required column is missing; add it",
      source: "Table Schema (Frictionless): required"),
    FileRule(
      "unknown-column", .file, as: [.warning],
      "a column is not known to the entity and is not read; remove or rename it",
      source: "Table Schema (Frictionless): fields"),
    FileRule(
      "sensitive-column", .file, "a column tells of people’s health or record with justice; remove it",
      source: "RGPD art. 9 and 10"),
  ]

  private static let workbook: [FileRule] = [
    FileRule("workbook", .file, "this workbook cannot be read; save it again as .xlsx", source: "ECMA-376"),
    FileRule(
      "workbook-size", .file, "the workbook is larger than can be read; split it",
      source: "limits of the import"),
    FileRule(
      "workbook-ratio", .file,
      "a part of the workbook grows too much when unpacked; send the sheet as CSV UTF-8",
      source: "limits of the import"),
    FileRule(
      "workbook-path", .file, "a part of the workbook is named as a path outside it; do not open the file",
      source: "ECMA-376 part 2"),
    FileRule(
      "workbook-duplicate", .file, "the workbook holds two parts of the same name; save it again as .xlsx",
      source: "ECMA-376 part 2"),
    FileRule(
      "workbook-xml", .file,
      "a part of the workbook is written as no spreadsheet writes it; save it again as .xlsx",
      source: "ECMA-376"),
    FileRule(
      "encrypted", .file, "the workbook is protected by a password; save it without one", source: "ECMA-376"),
    FileRule(
      "macros", .file, "the workbook holds programs; save it as .xlsx, without macros", source: "ECMA-376"),
    FileRule(
      "formula", .file, as: [.warning, .error],
      "a cell holds a formula, read as the value last computed if there is one; "
        + "open the file in a spreadsheet and save it", source: "ECMA-376"),
  ]

  private static let cells: [FileRule] = [
    FileRule(
      "required", .schema, "the cell is empty but required; fill it", source: "Table Schema: required"),
    FileRule(
      "type", .schema, "the cell is not of the column’s type; the sentence says how to write it",
      source: "Table Schema: type"),
    FileRule(
      "number", .schema, "the number is not written as one; write it without signs and separators",
      source: "Table Schema: type"),
    FileRule(
      "date", .schema, "the date is not written as one; write it like 31/12/2025",
      source: "Table Schema: type"),
    FileRule(
      "time", .schema, "a time stands where none is expected; write hours as a decimal number",
      source: "Table Schema: type"),
    FileRule(
      "boolean", .schema, "a cross stands where yes or no is expected; write oui or non",
      source: "Table Schema: type"),
    FileRule(
      "range", .schema, "the number or the year is outside what can be meant; correct it",
      source: "Table Schema: type"),
    FileRule(
      "enum", .schema, "the value is not one of those listed; use one of them", source: "Table Schema: enum"),
    FileRule(
      "pattern", .schema, "the text is not written as it must be; correct it", source: "Table Schema: pattern"
    ),
    FileRule("length", .schema, "the text is too long; shorten it", source: "Table Schema: maxLength"),
    FileRule(
      "minimum", .schema, "the value is less than the least allowed; correct it",
      source: "Table Schema: minimum"),
    FileRule(
      "maximum", .schema, "the value is more than the most allowed; correct it",
      source: "Table Schema: maximum"),
    FileRule(
      "characters", .schema, "the cell holds characters nobody sees; type its text again",
      source: "Unicode: controls"),
    FileRule(
      "placeholder", .schema, "a word for “not known” stands here; leave the cell empty instead",
      source: "an empty cell is what is not known"),
    FileRule(
      "spreadsheet-error", .schema,
      "a spreadsheet’s error stands here; correct the formula and save the file again",
      source: "ECMA-376: error values"),
    FileRule(
      "total", .schema, "the row is the total of those above; remove it, totals are computed",
      source: "a row is one fact"),
    FileRule(
      "personal-data", .schema, as: [.warning, .error],
      "the cell or column tells who people are; remove it, people are "
        + "known here by their employer’s code only", source: "RGPD art. 5: minimisation"),
    FileRule(
      "sensitive-data", .schema, "the cell tells of a person’s health or record with justice; remove it",
      source: "RGPD art. 9 and 10"),
  ]

  private static let known: [FileRule] = [
    FileRule(
      "duplicate-key", .reference, "the row has the same key as an earlier line; keep one of the two",
      source: "Table Schema: primaryKey"),
    FileRule(
      "reference", .reference,
      "the row names something the cooperation does not have; mend it, or send that first",
      source: "Table Schema: foreignKeys"),
    FileRule(
      "late", .reference, as: [.warning],
      "rows recorded are about a quarter already released, validated or closed; the next release shows what changes "
        + "as a restatement", source: "a published figure never changes in silence"),
  ]
}
