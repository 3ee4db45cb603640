import Impact
import Testing

@testable import Capture

/// The same, for other files of tests.
let catalogueFiles = files

/// A whole catalogue in little: two dimensions, three indicators.
private let files = [
  "catalogue.yaml": """
  version: 2026.10
  dimensions:
    - id: exits
      label: { fr: "Sorties", en: "Exits" }
      description: { fr: "Qui sort.", en: "Who leaves." }
      indicators: [rate, length]
    - id: partners
      label: { fr: "Partenaires", en: "Partners" }
      description: { fr: "Qui apporte.", en: "Who brings." }
      indicators: [given]
  """,
  "facts.yaml": """
  entities:
    - name: exits
      label: { fr: "Sorties", en: "Exits" }
      date: exited_on
      rows: events
      fields:
        - { name: participant, kind: code, label: { fr: "Personne", en: "Participant" } }
        - { name: examined, kind: boolean, label: { fr: "Examinée", en: "Examined" } }
        - { name: length_days, kind: number, label: { fr: "Durée", en: "Length" } }
        - name: class
          kind: category
          label: { fr: "Type", en: "Class" }
          values:
            - { code: durable, label: { fr: "Durable", en: "Lasting" } }
            - { code: NO, label: { fr: "Aucune", en: "None" } }
      fixed: { participant: [class] }
    - name: contributions
      label: { fr: "Apports", en: "Contributions" }
      date: delivered_on
      fields:
        - { name: value_eur, kind: number, label: { fr: "Valeur", en: "Value" } }
  """,
  "scorecard.yaml": """
  version: 1
  minimum_data: 0.6
  minimum_count: 5
  parts:
    - dimension: exits
      weight: 1
      components:
        - { indicator: rate, low: 0.2, high: 0.8, weight: 1 }
  """,
  "audiences.yaml": """
  - { id: internal, label: { fr: "Interne", en: "Internal" }, threshold: 1 }
  - { id: funder, label: { fr: "Financeur", en: "Funder" }, threshold: 5 }
  """,
  "exits/rate.yaml": """
  id: rate
  version: 2
  label: { fr: "Taux", en: "Rate" }
  question: { fr: "Combien ?", en: "How many?" }
  unit: percent
  direction: higher
  headline: true
  window: rolling-year
  kind: ratio
  numerator: { count: exits, where: { examined: true, class: [durable, NO], length_days: { at_least: 1.10, less_than: 010 } }, absent: zero }
  denominator: { distinct: exits.participant, where: { length_days: { known: true } }, absent: unknown }
  cohort:
    followed: { count: exits, absent: zero }
    due: { count: exits, absent: zero }
    observed: { count: exits, absent: zero }
  breakdowns: [class]
  applies_to: [EI, ACI]
  source: { fr: "DGEFP", en: "DGEFP" }
  limits: { fr: "Peu", en: "Few" }
  example:
    text: { fr: "Un sur deux.", en: "One of two." }
    rows:
      exits:
        - { class: durable, participant: P1, examined: true, length_days: 3, exited_on: 2025-03-31 }
        - { class: NO, participant: 12:30:45, length_days: 20 }
    value: 0.5
    numerator: 1
    denominator: 2
  mappings: { sdg: 8.50, iris: PI3527 }
  restated: { fr: "Erreur", en: "Mistake" }
  """,
  "exits/length.yaml": """
  id: length
  version: 1
  label: { fr: "Durée", en: "Length" }
  question: { fr: "Combien ?", en: "How long?" }
  unit: days
  direction: neutral
  kind: duration
  term: { mean: exits.length_days, absent: unknown }
  source: { fr: "x", en: "x" }
  limits: { fr: "x", en: "x" }
  example:
    text: { fr: "Aucune.", en: "None." }
    rows: { exits: [] }
    value: null
  """,
  "partners/given.yaml": """
  id: given
  version: 1
  label: { fr: "Apports", en: "Given" }
  question: { fr: "Combien ?", en: "How much?" }
  unit: euro
  direction: higher
  kind: cumulative
  term: { sum: contributions.value_eur, absent: zero }
  source: { fr: "x", en: "x" }
  limits: { fr: "x", en: "x" }
  example: { text: { fr: "Rien.", en: "Nothing." }, rows: { contributions: [] }, value: 0 }
  """,
]

/// What is said of the catalogue above when one text of one file is replaced.
private func diagnostics(_ file: String, _ old: String, _ new: String) throws -> [Diagnostic] {
  var changed = files
  let text = try #require(changed[file])
  try #require(text.contains(old), "\(old)")
  changed[file] = text.replacing(old, with: new)
  let folder = try TemporaryFolder(changed)
  let error = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: folder.path) }
  return error.diagnostics
}

@Suite struct `The catalogue` {
  @Test func `is read with every value as it is written`() throws {
    let folder = try TemporaryFolder(files)
    let catalogue = try Catalogue(readingFrom: folder.path)
    #expect(catalogue.version == "2026.10")
    #expect(catalogue.indicators.map(\.id) == ["rate", "length", "given"])
    #expect(catalogue.indicators.map(\.dimension) == ["exits", "exits", "partners"])
    let rate = try #require(catalogue.indicator("rate"))
    #expect(
      rate.version == 2 && rate.isHeadline && rate.window == .rollingYear && rate.appliesTo == ["EI", "ACI"])
    #expect(rate.mappings == ["sdg": "8.50", "iris": "PI3527"])
    guard case .ratio(let numerator, let denominator, let cohort) = rate.measure else {
      Issue.record("no ratio")
      return
    }
    #expect(
      numerator.conditions == [
        Condition("examined", .isTrue(true)), Condition("class", .oneOf(["durable", "NO"])),
        Condition("length_days", .atLeast("1.10")), Condition("length_days", .lessThan("010")),
      ])
    #expect(
      denominator
        == Term(
          .distinct, of: "exits", field: "participant", where: [Condition("length_days", .known(true))],
          absent: .unknown))
    #expect(cohort?.due == Term(.count, of: "exits", absent: .zero))
    #expect(denominator.rows == .events)
    guard case .cumulative(let given) = catalogue.indicator("given")?.measure else {
      Issue.record("no total")
      return
    }
    #expect(given.rows == .linked)
    #expect(rate.example?.value == 0.5)
    #expect(
      rate.example?.rows["exits"]?[1] == ["class": "NO", "participant": "12:30:45", "length_days": "20"])
    #expect(catalogue.indicator("length")?.example?.value == nil)
    #expect(catalogue.indicator("given")?.window == .sinceStart)
    #expect(catalogue.scorecard.parts[0].components[0].goalposts == .init(low: 0.2, high: 0.8))
    #expect(catalogue.vocabulary.entity("exits")?.field("class")?.values.map(\.code) == ["durable", "NO"])
    let audiences = try Edition.Audience.all(readingFrom: folder.path)
    #expect(audiences.map(\.id) == ["internal", "funder"] && audiences.map(\.threshold) == [1, 5])
  }

  @Test func `has a digest that changes with any definition, but not with the folder or an audience`() throws
  {
    let first = try TemporaryFolder(files)
    let second = try TemporaryFolder(files)
    let digest = try Catalogue(readingFrom: first.path).digest
    #expect(try Catalogue(readingFrom: second.path).digest == digest)
    try second.write("audiences.yaml", "[]")
    #expect(try Catalogue(readingFrom: second.path).digest == digest)
    try second.write("reference/etp_base.csv", "kind\nEI\n")
    let withReference = try Catalogue(readingFrom: second.path).digest
    #expect(withReference != digest)
    try second.write("reference/etp_base.csv", "kind\nEA\n")
    #expect(try Catalogue(readingFrom: second.path).digest != withReference)
    try first.write("exits/length.yaml", (files["exits/length.yaml"] ?? "") + "\n# comment\n")
    #expect(try Catalogue(readingFrom: first.path).digest != digest)
  }

  @Test(
    arguments: [
      ("exits/rate.yaml", "direction: higher", "direction: up", 6, "value", "higher, lower or neutral"),
      ("exits/rate.yaml", "headline: true", "headlin: true", 7, "key", "did you mean \"headline\"?"),
      (
        "exits/rate.yaml", "headline: true", "headline: true\nnested: true", 8, "key",
        "the same different values in two entities"
      ),
      ("exits/rate.yaml", "version: 2", "version: 0", 2, "type", "1 or more"),
      ("exits/rate.yaml", "id: rate", "id: rat", 1, "name", "\"rate\""),
      ("exits/rate.yaml", ", en: \"Rate\" }", " }", 3, "missing", "en"),
      ("exits/rate.yaml", "en: \"Rate\"", "en: \" \"", 3, "missing", "English"),
      (
        "exits/rate.yaml", "numerator: { count: exits,", "numerator: { count: exit,", 10, "entity",
        "did you mean \"exits\"?"
      ),
      ("exits/rate.yaml", "class: [durable, NO]", "clas: [durable]", 10, "field", "did you mean \"class\"?"),
      (
        "exits/rate.yaml", "class: [durable, NO]", "class: [durabel]", 10, "value",
        "did you mean \"durable\"?"
      ),
      ("exits/rate.yaml", "examined: true, class", "examined: yes, class", 10, "type", "true or false"),
      ("exits/rate.yaml", "at_least: 1.10", "at_least: ten", 10, "type", "number"),
      ("exits/rate.yaml", "length_days: { known: true }", "length_days: [3]", 11, "type", "number"),
      (
        "exits/rate.yaml", "length_days: { known: true }", "participant: { at_least: 3 }", 11, "type",
        "tests a number"
      ),
      (
        "exits/rate.yaml", "distinct: exits.participant", "distinct: exits.length_days", 11, "type",
        "code or category"
      ),
      ("exits/rate.yaml", "distinct: exits.participant", "sum: exits.participant", 11, "type", "number"),
      (
        "exits/rate.yaml", "distinct: exits.participant", "mean: exits.length_days", 11, "value",
        "cannot be a mean"
      ),
      (
        "exits/rate.yaml", "distinct: exits.participant", "count: exits.participant", 11, "value",
        "count: entity"
      ),
      ("exits/rate.yaml", "distinct: exits.participant", "stock: exits", 11, "entity", "no until"),
      (
        "exits/rate.yaml", "distinct: exits.participant", "distinct: exits.participant, count: exits", 11,
        "value", "exactly one"
      ),
      ("exits/rate.yaml", "absent: unknown", "absent: none", 11, "value", "zero or unknown"),
      (
        "exits/rate.yaml", "breakdowns: [class]", "breakdowns: [clas]", 16, "field", "did you mean \"class\"?"
      ),
      ("exits/rate.yaml", "breakdowns: [class]", "breakdowns: [length_days]", 16, "type", "break down"),
      (
        "exits/rate.yaml", "applies_to: [EI, ACI]", "applies_to: [EI, ACJ]", 17, "value",
        "did you mean \"ACI\"?"
      ),
      ("exits/rate.yaml", "class: durable, participant", "clss: durable, participant", 24, "field", "class"),
      ("exits/rate.yaml", "exited_on: 2025-03-31", "exited_on: 2026-02-30", 24, "type", "day"),
      ("exits/rate.yaml", "  value: 0.5\n", "", 21, "missing", "value"),
      ("exits/rate.yaml", "sdg: 8.50", "odd: 8.50", 29, "key", "sdg"),
      ("exits/rate.yaml", "kind: ratio", "kind: ration", 9, "value", "did you mean \"ratio\"?"),
      ("exits/rate.yaml", "kind: ratio", "kind: count", 10, "key", "only a ratio"),
      ("exits/length.yaml", "mean: exits.length_days", "sum: exits.length_days", 8, "value", "use mean"),
      ("exits/length.yaml", "unit: days", "unit: hours", 5, "value", "days"),
      (
        "partners/given.yaml", "kind: cumulative", "window: quarter\nkind: cumulative", 7, "value",
        "since-start"
      ),
      (
        "catalogue.yaml", "[rate, length]", "[rate, lenght, length]", 6, "missing", "did you mean \"length\"?"
      ),
      ("catalogue.yaml", "[rate, length]", "[rate, rate, length]", 6, "duplicate", "twice"),
      ("facts.yaml", "kind: code", "kind: text", 7, "value", "cannot be"),
      ("facts.yaml", "rows: events", "rows: event", 5, "value", "did you mean \"events\"?"),
      (
        "facts.yaml", "kind: boolean, label", "kind: boolean, unknown: zero, label", 8, "value",
        "not-collected"
      ),
      ("facts.yaml", "name: examined", "name: participant", 8, "duplicate", "twice"),
      ("facts.yaml", "date: exited_on", "dates: exited_on", 4, "key", "did you mean \"date\"?"),
      ("scorecard.yaml", "indicator: rate", "indicator: rat", 8, "indicator", "did you mean \"rate\"?"),
      ("scorecard.yaml", "indicator: rate", "indicator: given", 8, "dimension", "means, not results"),
      ("scorecard.yaml", "indicator: rate", "indicator: length", 8, "goalposts", "no better direction"),
      ("scorecard.yaml", "low: 0.2", "low: 0.8", 8, "goalposts", "differ"),
      ("scorecard.yaml", "low: 0.2", "low: 0.9", 8, "goalposts", "less than high"),
      ("scorecard.yaml", "weight: 1 }", "weight: 0 }", 8, "value", "above 0"),
      ("scorecard.yaml", "dimension: exits", "dimension: partners", 5, "dimension", "never enters"),
      ("scorecard.yaml", "minimum_data: 0.6", "minimum_data: 60", 2, "value", "between 0 and 1"),
    ] as [(String, String, String, Int, String, String)])
  func `is refused with file, line, code and the way out`(
    file: String, old: String, new: String, line: Int, code: String, hint: String
  ) throws {
    let all = try diagnostics(file, old, new)
    let listing = all.map(\.description).joined(separator: "\n")
    let found = all.first { $0.code == code && $0.file.hasSuffix(file) && $0.line == line }
    #expect(found?.message.contains(hint) == true, "\(listing)")
    #expect(found?.column != nil)
  }

  @Test func `tells all that is wrong at once`() throws {
    var changed = files
    changed["exits/rate.yaml"]?.replace("direction: higher", with: "direction: up")
    changed["exits/length.yaml"]?.replace("unit: days", with: "unit: dayz")
    changed["facts.yaml"]?.replace("kind: boolean", with: "kind: bool")
    changed["exits/forgotten.yaml"] = "id: forgotten"
    changed["exitz/other.yaml"] = "id: other"
    changed["catalog.yaml"] = "x: y"
    let folder = try TemporaryFolder(changed)
    let error = #expect(throws: CaptureError.self) { _ = try Catalogue(readingFrom: folder.path) }
    let text = error?.description ?? ""
    for part in [
      "rate.yaml:6:", "length.yaml:5:", "facts.yaml:8:", "forgotten.yaml: ", "did you mean \"exits\"?",
      "did you mean \"catalogue.yaml\"?",
    ] {
      #expect(text.contains(part), "\(part) in\n\(text)")
    }
  }
}

@Suite struct `Hostile definitions` {
  private func codes(_ text: String) -> [String] {
    let file = DefinitionFile(path: "x.yaml")
    #expect(file.root(of: Array(text.utf8)) == nil)
    return file.diagnostics.map(\.code)
  }

  @Test func `an alias bomb is refused before it is read, as a value or as a key`() {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...40 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(codes(bomb) == ["anchor"])
    #expect(codes("? *a\n: b\n") == ["anchor"])
    #expect(codes("{\"a\":*b}") == ["anchor"])
    #expect(codes("text: |\n  \"\nb: [*a]\n") == ["anchor"])
    #expect(codes("a: &b c\n") == ["anchor"])
  }

  @Test func `deep, huge and many-valued files are refused`() {
    #expect(codes(String(repeating: "[", count: 10_000)) == ["budget"])
    #expect(codes(String(repeating: "- ", count: 10_000) + "x") == ["budget"])
    #expect(codes(String(repeating: "[", count: 40) + String(repeating: "]", count: 40)) == ["budget"])
    #expect(codes("[" + String(repeating: "1,", count: 60_000) + "1]") == ["budget"])
    #expect(codes(String(repeating: "#", count: 300_000)) == ["size"])
  }

  @Test(arguments: [
    ("a: !!python/object x\n", "tag"), ("a: !x [1]\n", "tag"), ("!x a: 1\n", "tag"), ("a: !!int 3\n", "tag"),
    ("a: 1\na: 2\n", "duplicate"), ("a: {b: 1, \"b\": 2}\n", "duplicate"), ("a: 1\n---\nb: 2\n", "syntax"),
    ("a: \"half", "syntax"), ("a: [1, 2\nb: 3\n", "syntax"), ("a: b: c\n", "syntax"), ("", "empty"),
    ("# only\n", "empty"),
    ("? [a, b]\n: c\n", "key"), ("a\tb:\n\t- c\n", "syntax"), ("a: \u{0}\n", "syntax"),
  ])
  func `are refused with a code`(text: String, code: String) {
    #expect(codes(text) == [code])
  }

  @Test(arguments: [
    ("a: \"\\e[31m\"\n", "U+001B"), ("a: \"x\u{202E}y\"\n", "U+202E"), ("\"\\u2066k\": 1\n", "U+2066"),
    ("a: \"\\u2028\"\n", "U+2028"), ("a: [b, \"\\r\"]\n", "U+000D"), ("a: \"\\x07\"\n", "U+0007"),
  ])
  func `what is not seen is refused by its name`(text: String, code: String) {
    let file = DefinitionFile(path: "x.yaml")
    #expect(file.root(of: Array(text.utf8)) == nil)
    #expect(file.diagnostics.map(\.code) == ["character"])
    #expect(file.diagnostics.first?.message.contains(code) == true)
  }

  @Test(arguments: [
    ("a: 1\n---\nb: 2\n", "a second document begins here"),
    ("a: [1, 2\nb: 3\n", "opened with [ is not closed"),
    ("a: {b: 1\nc: 2\n", "opened with { is not closed"), ("a: \"half", "in quotes is not closed"),
    ("a: b: c\n", "put the text between quotes"), ("a: b\n\tc: d\n", "the indent is a tab"),
    ("a: @x\n", "no value begins with this character"), ("a: \"\\q\"\n", "no character is written so"),
  ])
  func `a fault of form is told in the words of who writes definitions`(text: String, sentence: String) {
    let file = DefinitionFile(path: "x.yaml")
    #expect(file.root(of: Array(text.utf8)) == nil)
    #expect(file.diagnostics.count == 1)
    #expect(file.diagnostics.first?.message.contains(sentence) == true, "\(file.diagnostics)")
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    let file = DefinitionFile(path: "x.yaml")
    #expect(file.root(of: [0x61, 0x3A, 0x20, 0xE9]) == nil)
    #expect(file.diagnostics.map(\.code) == ["encoding"])
  }

  @Test func `ampersands and stars inside texts are texts`() {
    let file = DefinitionFile(path: "x.yaml")
    #expect(file.root(of: Array("# *note* & more\na: R&D, 5 * 3 & un \"mot\"\n".utf8)) != nil)
    #expect(file.diagnostics.isEmpty)
  }
}
