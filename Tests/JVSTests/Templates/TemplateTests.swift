import Capture
import Foundation
import Impact
import Publication
import Testing

private let sample = Localized(fr: "exemple", en: "example")

/// Templates say of an entity what its schema says, and what they hold imports.
@Suite struct `A template` {
  static let schemas = Result { try SchemaSet(readingFrom: Tool.root + "/Indicators/schemas").partnerSchemas }
  static let vocabulary = Result { try Catalogue(readingFrom: Tool.root + "/Indicators").vocabulary }
  static let names = (try? schemas.get().map(\.name)) ?? []

  private func template(_ name: String) throws -> (schema: FactSchema, template: FactTemplate) {
    let schema = try #require(try Self.schemas.get().first { $0.name == name })
    return (schema, FactTemplate(of: schema, vocabulary: try Self.vocabulary.get()))
  }

  @Test func `is there for every entity`() throws { #expect(try Self.schemas.get().count >= 18) }

  @Test(arguments: names) func `as CSV is a header that imports without a remark`(name: String) throws {
    let (schema, template) = try template(name)
    let file = TemplateFiles(template).csv
    #expect(file.path == name + ".csv")
    #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      String(decoding: file.bytes.dropFirst(3), as: UTF8.self)
        == schema.fields.map(\.name).joined(separator: ";") + "\r\n")
    let report = try read(file.bytes, schema) { _ in }
    #expect(report.diagnostics.isEmpty && report.read == 0)
  }

  @Test(arguments: names) func `has examples that are right`(name: String) throws {
    let (schema, _) = try template(name)
    // A pattern nobody has put into words has no example; then the row cannot be made.
    let examples = schema.fields.map { $0.example ?? "" }
    if zip(schema.fields, examples).contains(where: { $0.isRequired && $1.isEmpty }) { return }
    let text =
      schema.fields.map(\.name).joined(separator: ";") + "\n" + examples.joined(separator: ";") + "\n"
    let report = try read(Array(text.utf8), schema) { _ in }
    #expect(report.accepted == 1, "\(report.diagnostics)")
  }

  private func read(_ bytes: [UInt8], _ schema: FactSchema, _ row: (FactRow) -> Void) throws
    -> FactFile.Report
  {
    let path = NSTemporaryDirectory() + "jvs-template-\(UInt64.random(in: .min ... .max)).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try FactFile(path: path, schema: schema).read(row)
  }

  @Test(arguments: names)
  func `as a workbook has the fields as its first row, noted, typed and checked`(name: String) throws {
    let (schema, template) = try template(name)
    let file = try TemplateFiles(template).workbook()
    #expect(file.path == name + ".xlsx")
    let report = try read(file.bytes, schema) { _ in }
    #expect(report.diagnostics.isEmpty && report.read == 0, "it imports as it is")
    #expect(report.form == .workbook(sheet: name))
    let book = try UnzippedWorkbook(file.bytes)
    #expect(book.sheets.prefix(2) == [name, "Mode d’emploi"])
    #expect(try book.rows(of: name) == [schema.fields.map(\.name)], "one row, which imports as it is")
    #expect(try book.isHeaderFrozen(in: name))
    let notes = book.notes()
    let checks = try book.checks(of: name)
    let formats = try book.formats(of: name)
    for (index, field) in schema.fields.enumerated() {
      let letter = String(UnicodeScalar(UInt8(0x41 + index)))
      let note = try #require(notes["\(letter)1"], "\(field.name) has no note")
      #expect(note.contains(field.title.english))
      #expect(note.contains(field.isRequired ? "obligatoire / required" : "facultative"))
      #expect(formats[index] == Self.format(of: field.kind), "\(field.name)")
      let check = checks.first { $0.range == "\(letter)2:\(letter)1048576" }
      if let check {
        #expect(check.message.contains(field.name) && check.message.utf16.count <= 255)
        #expect(check.type == Self.check(of: field), "\(field.name)")
      } else {
        #expect(field.kind == .string && field.maximumLength == nil && field.allowed.isEmpty, "\(field.name)")
      }
      if !field.allowed.isEmpty {
        #expect(
          check?.first == "\"\(field.allowed.joined(separator: ","))\""
            || check?.first.hasPrefix("Listes!") == true)
      }
    }
    let guide = try book.rows(of: "Mode d’emploi").flatMap(\.self)
    for field in schema.fields { #expect(guide.contains(field.name)) }
    #expect(
      guide.contains { $0.contains("sécurité sociale") } && guide.contains { $0.contains("social security") })
    #expect(guide.contains { $0.contains("Rien à déclarer") } == (schema.scope == .cooperation))
    for code in schema.fields.flatMap(\.allowed) { #expect(guide.contains(code), "\(code) is not explained") }
  }

  /// The format of a column: @ (49) keeps 00822 as it is typed.
  private static func format(of kind: FactSchema.Kind) -> String {
    switch kind {
    case .string, .boolean: "49"
    case .integer: "1"
    case .number: "0"
    case .date: "dd/mm/yyyy"
    case .yearmonth: "yyyy-mm"
    }
  }

  private static func check(of field: FactSchema.Field) -> String {
    if !field.allowed.isEmpty { return "list" }
    return switch field.kind {
    case .string: "textLength"
    case .boolean: "list"
    case .integer: "whole"
    case .number: "decimal"
    case .date, .yearmonth: "date"
    }
  }

  @Test func `gives codes their meaning, from the definitions`() throws {
    let contribution = try template("contribution").template
    let kind = try #require(contribution.columns.first { $0.field.name == "kind" })
    #expect(kind.codes.first { $0.text == "grant" }?.meaning?.french == "Don ou dotation")
    #expect(kind.codes.allSatisfy { $0.meaning != nil })
    let pathway = try template("pathway").template
    let employer = try #require(pathway.columns.first { $0.field.name == "kind" })
    #expect(employer.codes.first { $0.text == "ACI" }?.meaning?.french == "Atelier et chantier d’insertion")
    #expect(pathway.key == ["pathway"])
    #expect(pathway.columns.first { $0.field.name == "employer" }?.reference == "organisation")
  }

  @Test func `puts a long list on a sheet of its own, and keeps its bounds`() throws {
    let schema = FactSchema(
      name: "thing", title: sample, scope: .cooperation,
      fields: [
        .init(
          name: "code", kind: .string, title: sample, isRequired: true, pattern: "^[0-9]{5}$",
          maximumLength: 5),
        .init(name: "level", kind: .integer, title: sample, allowed: (100..<200).map(String.init)),
        .init(name: "rome", kind: .string, title: sample, allowed: (0..<60).map { "M\(1000 + $0)" }),
        .init(name: "comma", kind: .string, title: sample, allowed: ["a,b", "c"]),
        .init(name: "share", kind: .number, title: sample, minimum: "0.5", maximum: "99.5"),
        .init(name: "day", kind: .date, title: sample, minimum: "2020-02-29", maximum: "2030-12-31"),
        .init(name: "count", kind: .integer, title: sample),
      ], key: ["code"], references: [])
    let template = FactTemplate(of: schema, vocabulary: Vocabulary(entities: []))
    let file = try TemplateFiles(template).workbook()
    let book = try UnzippedWorkbook(file.bytes)
    #expect(book.sheets == ["thing", "Mode d’emploi", "Listes"])
    let checks = try book.checks(of: "thing")
    #expect(
      checks.map(\.first) == [
        "1", "Listes!$A$2:$A$101", "Listes!$C$2:$C$61", "Listes!$E$2:$E$3", "0.5", "43890", "-2147483647",
      ])
    #expect(checks.map(\.second).suffix(3) == ["99.5", "47848", "2147483647"])
    let lists = try book.rows(of: "Listes")
    #expect(
      lists[0] == ["level", "rome", "comma"] && lists[1] == ["100", "M1000", "a,b"] && lists.count == 101)
    #expect(try TemplateFiles(template).workbook() == file, "the same template is the same bytes")
    let example = String("\(template.columns[0].field.example ?? "")")
    #expect(example == "12345" && template.columns[0].field.format.french == "5 chiffres exactement")
  }
}

/// `jvs import --template` as a user meets it; it needs no database.
@Suite(.serialized) struct TemplateCommandTests {
  private func jvs(_ arguments: String..., folder: String) async throws -> Tool.Outcome {
    try await Tool.jvs(["import"] + arguments + ["--home", Tool.root], folder: folder)
  }

  private func inFolder(_ work: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "jvs-templates-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await work(folder)
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
  }

  @Test(arguments: ["contribution", "contributions", "Contribution", "apport d’un partenaire", "contrbution"])
  func `a name, its plural, its title or a slip of it`(name: String) async throws {
    try await inFolder { folder in
      let outcome = try await jvs("--template", name, folder: folder)
      #expect(outcome.code == 0, "\(outcome.err)")
      #expect(try names(folder) == ["contribution.csv", "contribution.xlsx"])
      #expect(outcome.err.isEmpty == (name != "contrbution"), "a guess is said")
    }
  }

  @Test func `all of them, in another folder, and never over what is there`() async throws {
    try await inFolder { folder in
      #expect(
        try await jvs("--template", "all", "--output", "new/folder", "--json", folder: folder).json()
          is [String])
      let before = try Workplace.snapshot(folder)
      #expect(before.count >= 36 + 1)
      let again = try await jvs("--template", "all", "--output", "new/folder", folder: folder)
      #expect(again.code == 73)
      #expect(again.err.contains("is there already; replace it with --force"))
      #expect(try Workplace.snapshot(folder) == before)
      #expect(
        try await jvs("--template", "exit", "--output", "new/folder", "--force", folder: folder).code == 0)
      #expect(try Workplace.snapshot(folder).count == before.count)
    }
  }

  @Test(arguments: [
    (["--template", "zzzzzz"], "name one of cooperation, organisation"),
    (["--force", "x.csv"], "--template"),
    (["--template", "exit", "x.csv"], "not both"), ([], "--template"),
  ])
  func `what makes no sense ends with 64`(arguments: [String], says: String) async throws {
    try await inFolder { folder in
      let outcome = try await Tool.jvs(["import"] + arguments + ["--home", Tool.root], folder: folder)
      #expect(outcome.code == 64)
      #expect(outcome.err.contains(says), "\(outcome.err)")
      #expect(try names(folder).isEmpty)
    }
  }
}
