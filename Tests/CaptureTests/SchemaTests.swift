import Impact
import Testing

@testable import Capture

private let parent = """
  {
    "name": "parent", "title": "Parent", "title_en": "Parent", "scope": "cooperation", "rank": 1,
    "fields": [
      {"name": "parent", "type": "string", "title": "Code", "title_en": "Code"},
      {"name": "size", "type": "integer", "title": "Taille", "title_en": "Size", "constraints": {"enum": [3, 6], "minimum": 0}}
    ],
    "primaryKey": ["parent"]
  }
  """
private let child = """
  {
    "name": "child", "title": "Enfant", "title_en": "Child", "scope": "cooperation", "rank": 2,
    "fields": [
      {"name": "child", "type": "string", "title": "Code", "title_en": "Code",
        "constraints": {"required": true, "pattern": "^[a-z]+$", "maxLength": 9}},
      {"name": "parent", "type": "string", "title": "Parent", "title_en": "Parent"}
    ],
    "primaryKey": "child",
    "foreignKeys": [
      {"fields": ["parent"], "reference": {"resource": "parent", "fields": ["parent"]}}
    ]
  }
  """

@Suite struct `Schemas` {
  @Test func `are read in order of rank`() throws {
    let folder = try TemporaryFolder(["child.json": child, "parent.json": parent, "README.md": "# Schemas"])
    let set = try SchemaSet(readingFrom: folder.path)
    #expect(set.schemas.map(\.name) == ["parent", "child"])
    #expect(set.rank(of: "child") == 2)
    let schema = try #require(set.schema(named: "child"))
    #expect(schema.key == ["child"])
    #expect(schema.references == [.init(fields: ["parent"], entity: "parent", targetFields: ["parent"])])
    #expect(schema.field("child")?.pattern == "^[a-z]+$" && schema.field("child")?.maximumLength == 9)
    let other = try #require(set.schema(named: "parent"))
    #expect(other.field("parent")?.isRequired == true, "a key is required even when nothing says so")
    #expect(other.field("size")?.allowed == ["3", "6"] && other.field("size")?.minimum == "0")
  }

  @Test(arguments: [
    ("\"primaryKey\": \"child\"", "\"primaryKeys\": \"child\"", 8, "key", "did you mean \"primaryKey\"?"),
    ("\"maxLength\": 9", "\"maxlength\": 9", 5, "key", "did you mean \"maxLength\"?"),
    (
      "\"type\": \"string\", \"title\": \"Parent\"", "\"type\": \"strin\", \"title\": \"Parent\"", 6, "value",
      "string"
    ),
    ("\"primaryKey\": \"child\"", "\"primaryKey\": [\"chid\"]", 8, "field", "did you mean \"child\"?"),
    ("\"resource\": \"parent\"", "\"resource\": \"parnt\"", 10, "reference", "did you mean \"parent\"?"),
    (
      "\"reference\": {\"resource\": \"parent\", \"fields\": [\"parent\"]}",
      "\"reference\": {\"resource\": \"parent\", \"fields\": [\"size\"]}", 10, "reference", "key"
    ),
    ("{\"fields\": [\"parent\"], \"ref", "{\"fields\": [\"parnt\"], \"ref", 10, "field", "parent"),
    ("\"rank\": 2", "\"rank\": 1", 10, "rank", "lower rank"),
    ("\"rank\": 2", "\"rank\": 0", 2, "type", "whole number"),
    ("\"scope\": \"cooperation\"", "\"scope\": \"all\"", 2, "value", "cooperation"),
    (
      "\"name\": \"child\", \"title\": \"Enfant\"", "\"name\": \"kid\", \"title\": \"Enfant\"", 2, "name",
      "child"
    ),
    ("^[a-z]+$", "^(?=x)[a-z]+$", 5, "pattern", "not understood"),
    ("\"required\": true", "\"required\": \"yes\"", 5, "type", "true or false"),
    ("\"name\": \"parent\", \"type\"", "\"name\": \"child\", \"type\"", 6, "duplicate", ""),
    ("\"name\": \"parent\", \"type\"", "\"name\": \"cooperation_id\", \"type\"", 6, "name", "store"),
    ("\"rank\": 2,", "\"rank\": 2, \"rank\": 3,", 2, "duplicate", "twice"),
  ])
  func `are refused with line, code and the nearest name`(
    old: String, new: String, line: Int, code: String, hint: String
  ) throws {
    #expect(child.contains(old))
    let folder = try TemporaryFolder(["child.json": child.replacing(old, with: new), "parent.json": parent])
    let error = #expect(throws: CaptureError.self) { _ = try SchemaSet(readingFrom: folder.path) }
    let found = error?.diagnostics.filter { $0.code == code && $0.file.hasSuffix("child.json") } ?? []
    #expect(
      found.contains { $0.line == line && (hint.isEmpty || $0.message.contains(hint)) },
      "\(error?.description ?? "")")
  }

  @Test func `are refused when they are YAML but not JSON, or cut`() throws {
    for text in [child.replacing("\"rank\": 2", with: "rank: 2"), String(child.prefix(300)), ""] {
      let folder = try TemporaryFolder(["child.json": text, "parent.json": parent])
      #expect(throws: CaptureError.self) { _ = try SchemaSet(readingFrom: folder.path) }
    }
    #expect(throws: CaptureError.self) { _ = try SchemaSet(readingFrom: TemporaryFolder().path) }
    #expect(throws: CaptureError.self) { _ = try SchemaSet(readingFrom: "/nowhere/at/all") }
  }
}

@Suite struct `Patterns` {
  @Test(arguments: [
    ("^\\d{4}T[1-4]$", ["2026T3"], ["2026T5", "x2026T3", "2026T3\n", "26T1", ""]),
    (
      "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
      ["a", "lemon-aide", String(repeating: "a", count: 63)],
      ["-a", "a-", "", "É", String(repeating: "a", count: 64)]
    ),
    ("a|bc*", ["a", "b", "bccc"], ["ab", "c", "bca"]), ("(ab)+", ["ab", "abab"], ["", "aba"]),
    ("[^0-9].", ["éé", "a\u{65E5}"], ["1a", "a", "éée"]), ("a{2,}", ["aa", "aaaaa"], ["a"]),
    ("", [""], ["a"]),
    ("\\.\\w\\s?", [".a", ".9 "], ["a", "..."]), ("(?:a|b){2}", ["ab"], ["a", "abc"]),
    ("[a-]", ["a", "-"], ["b"]),
  ])
  func `match whole texts`(pattern: String, good: [String], bad: [String]) throws {
    let matcher = try WholePattern(pattern)
    for text in good { #expect(matcher.matches(text), "\(text)") }
    for text in bad { #expect(!matcher.matches(text), "\(text)") }
  }

  @Test(arguments: [
    "(", "[", "a{3,1}", "*", "a)", "\\1", "(?=a)", "[]", "é", "a{9999}", "((a{1000}){1000}){1000}", "a$b",
    "\\",
  ])
  func `are refused when they are not understood`(pattern: String) {
    #expect(throws: WholePattern.Problem.self) { _ = try WholePattern(pattern) }
  }

  @Test func `take time in proportion to the text, whatever the pattern`() throws {
    let matcher = try WholePattern("^((a+)+)+$")
    #expect(!matcher.matches(String(repeating: "a", count: 100_000) + "b"))
  }
}

@Suite struct `Import files` {
  @Test func `are found in the order of their import, with the folders that may name their cooperation`()
    throws
  {
    let definitions = try TemporaryFolder(["child.json": child, "parent.json": parent])
    let schemas = try SchemaSet(readingFrom: definitions.path)
    let folder = try TemporaryFolder([
      "lemon-aide/2026T2/child.csv": "", "lemon-aide/2026T2/child-corrections.csv": "",
      "lemon-aide/parent.csv": "",
      "lemon-aide/2026T1/child.csv": "", "lemon-aide/.child.csv": "", "recygo/childs.csv": "",
      "recygo/parent.xlsx": "", "recygo/child.xls": "", "recygo/child.xlsm": "", "recygo/~$parent.xlsx": "",
      "recygo/notes.txt": "", "recygo/parent.CSV": "",
    ])
    let found = ImportFile.discover(
      in: [folder.path, folder.path + "/lemon-aide", folder.path + "/no"], schemas: schemas)
    let names = found.files.map { String($0.path.dropFirst(folder.path.count + 1)) }
    #expect(
      names == [
        "lemon-aide/parent.csv", "recygo/parent.xlsx", "lemon-aide/2026T1/child.csv",
        "lemon-aide/2026T2/child.csv",
        "lemon-aide/2026T2/child-corrections.csv",
      ])
    #expect(found.files.last?.entity == "child" && found.files.last?.suffix == "corrections")
    // `2026T2` has a capital, so it is no cooperation's name.
    #expect(found.files.last?.cooperations.first == "lemon-aide")
    let codes = Dictionary(grouping: found.diagnostics, by: \.code).mapValues(\.count)
    #expect(codes == ["entity": 2, "workbook": 1, "macros": 1, "file": 1, "missing": 1])
    #expect(found.diagnostics.contains { $0.message.contains("did you mean \"child\"?") })
    #expect(found.diagnostics.first { $0.code == "file" }?.severity == .warning)
  }
  @Test func `of several entities are found sheet by sheet`() throws {
    let definitions = try TemporaryFolder(["child.json": child, "parent.json": parent])
    let schemas = try SchemaSet(readingFrom: definitions.path)
    let folder = try TemporaryFolder()
    func sheet(_ name: String, _ state: String = "visible") -> WorkbookBytes.Sheet {
      WorkbookBytes.Sheet(name: name, rows: [["child", "parent"], ["a", "b"]], state: state)
    }
    let quarter = WorkbookBytes(sheets: [
      sheet("Enfant"), sheet("Notes"), sheet("parent"), sheet("x", "hidden"),
    ])
    try folder.write("trimestre.xlsx", bytes: quarter.bytes)
    try folder.write("autre.xlsx", bytes: WorkbookBytes(sheets: [sheet("Feuil1")]).bytes)
    try folder.write("faux.xlsx", "a;b\n1;2\n")
    let found = ImportFile.discover(in: [folder.path], schemas: schemas)
    #expect(
      found.files.map(\.entity) == ["parent", "child"] && found.files.map(\.sheet) == ["parent", "Enfant"])
    #expect(found.diagnostics.map(\.code).sorted() == ["entity", "sheet", "workbook"])
    #expect(
      found.diagnostics.first { $0.code == "sheet" }?.message.contains("\"Notes\" of the workbook is") == true
    )
  }
}
