import Impact
import Testing

@testable import Capture

/// A definition, with an example of no rows unless it brings its own or is derived.
private func indicator(_ id: String, _ rest: String, version: Int = 1) -> String {
  let hasNone = !rest.contains("example:") && !rest.contains("kind: derived")
  let example = """
    example: { text: { fr: "x", en: "x" }, rows: { exits: [] }, value: \(rest.contains("kind: count") ? "0" : "null") }
    """
  return """
    id: \(id)
    version: \(version)
    label: { fr: "x", en: "x" }
    question: { fr: "x", en: "x" }
    unit: count
    direction: neutral
    source: { fr: "x", en: "x" }
    limits: { fr: "x", en: "x" }
    \(rest)
    \(hasNone ? example : "")
    """
}

/// An example of a derived definition, whose operands are all 1.
private func derived(_ expression: String, _ operands: String..., value: Int) -> String {
  """
  kind: derived
  expression: \(expression)
  example:
    text: { fr: "x", en: "x" }
    operands: { \(operands.map { "\($0): 1" }.joined(separator: ", ")) }
    value: \(value)
  """
}

private let counted = "kind: count\nterm: { count: exits, absent: zero }"

/// A catalogue of one entity, whose indicators are given.
private func files(_ indicators: [String: String], more: [String: String] = [:]) -> [String: String] {
  let listed = indicators.keys.filter { !$0.contains("@") }.sorted()
  var files = [
    "catalogue.yaml": """
    version: 1
    dimensions:
      - id: exits
        label: { fr: "x", en: "x" }
        description: { fr: "x", en: "x" }
        indicators: [\(listed.joined(separator: ", "))]
    """,
    "facts.yaml": """
    entities:
      - name: exits
        label: { fr: "x", en: "x" }
        date: exited_on
        fields:
          - { name: motif, kind: number, label: { fr: "x", en: "x" } }
          - { name: ended_on, kind: date, label: { fr: "x", en: "x" } }
          - { name: sex, kind: code, label: { fr: "x", en: "x" } }
    """,
    "scorecard.yaml": """
    version: 1
    minimum_data: 0.5
    minimum_count: 5
    parts:
      - dimension: exits
        weight: 1
        components:
          - { indicator: scored, low: 0, high: 1, weight: 1 }
    """,
  ]
  for (id, text) in indicators { files["exits/\(id).yaml"] = text }
  for (name, text) in more { files[name] = text }
  return files
}

private let scored = indicator("scored", counted).replacing("direction: neutral", with: "direction: higher")

private func catalogue(_ indicators: [String: String], more: [String: String] = [:]) throws -> Catalogue {
  let all = indicators.merging(["scored": scored]) { first, _ in first }
  let folder = try TemporaryFolder(files(all, more: more))
  return try withExtendedLifetime(folder) { try Catalogue(readingFrom: folder.path) }
}

/// What is said of the files, without the folder.
private func sentences(_ indicators: [String: String], more: [String: String] = [:]) -> [String] {
  do {
    _ = try catalogue(indicators, more: more)
    return []
  } catch let error as CaptureError {
    return error.diagnostics.map { diagnostic in
      let file = diagnostic.file.split(separator: "/").last ?? ""
      return "\(file):\(diagnostic.line ?? 0):\(diagnostic.column ?? 0): \(diagnostic.message)"
    }
  } catch { return ["\(error)"] }
}

private let parameterShape = """
  {
    "name": "parameter", "title": "x", "title_en": "x", "scope": "reference", "rank": 1,
    "fields": [
      {"name": "name", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "valid_from", "type": "date", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "value", "type": "number", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "unit", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "label_fr", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "label_en", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "source", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
      {"name": "sureness", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}}
    ],
    "primaryKey": ["name", "valid_from"], "foreignKeys": []
  }
  """
private let parameterHeader = "name,valid_from,value,unit,label_fr,label_en,source,sureness\n"

private func parameters(_ rows: String) -> [String: String] {
  ["schemas/parameter.json": parameterShape, "reference/parameter.csv": parameterHeader + rows]
}

@Suite struct `The definition language` {
  @Test func `shifts a window, limits by form of cooperation and dates a definition`() throws {
    let read = try catalogue([
      "a": indicator(
        "a",
        counted
          + "\nwindow: rolling-year\nshift: { months: 6 }\napplies_to_forms: [gme_conjoint]\nvalid_from: 2026T1\nvalid_to: 2026T4"
      )
    ])
    let a = try #require(read.indicator("a"))
    #expect(a.window == .rollingYear && a.shift == 2 && a.appliesToForms == ["gme_conjoint"])
    #expect(a.validFrom == Quarter("2026T1") && a.validTo == Quarter("2026T4"))
  }

  @Test func `tests numbers by equality and days against the end of the quarter, and takes medians`() throws {
    let read = try catalogue([
      "a": indicator(
        "a",
        "kind: count\nterm: { count: exits, where: { motif: 3, ended_on: { within_months: 6 } }, absent: zero }"
      ),
      "b": indicator("b", "kind: duration\nterm: { median: exits.motif, absent: zero }").replacing(
        "unit: count", with: "unit: days"),
    ])
    #expect(
      read.indicator("a")?.measure.terms[0].conditions == [
        Condition("motif", .equalTo("3")), Condition("ended_on", .withinMonths(6)),
      ])
    #expect(read.indicator("b")?.measure.terms[0].function == .median)
  }

  private static let incidence = """
    kind: incidence
    horizon: { months: 12 }
    term: { time: exits.motif, where: { motif: 3 }, absent: zero }
    ended: { sex: { known: true } }
    event: { sex: F }
    """

  @Test func `follows a cohort until what is waited for, or anything else, ends the wait`() throws {
    let text = indicator("a", Self.incidence + "\nlost: { sex: X }").replacing(
      "unit: count", with: "unit: percent")
    let incidence = try #require(try catalogue(["a": text]).indicator("a")?.measure.incidence)
    #expect(incidence.months == 12 && incidence.days == 365)
    let (cohort, ended) = (Condition("motif", .equalTo("3")), Condition("sex", .known(true)))
    // What is waited for is one of the ends, and every end is of the cohort.
    #expect(
      incidence.terms.map(\.conditions) == [
        [cohort, ended, Condition("sex", .oneOf(["F"]))], [cohort], [cohort, ended],
        [cohort, ended, Condition("sex", .oneOf(["X"]))],
      ])
    #expect(incidence.terms.allSatisfy { $0.function == .time && $0.field == "motif" && $0.absent == .zero })
    let months = [(3, 91), (6, 182), (12, 365), (24, 730)]
    for (months, days) in months {
      let one = Measure.Incidence(cohort: incidence.cohort, ended: [], event: [], months: months)
      #expect(one.days == days && one.terms.count == 3)
    }
  }

  @Test(arguments: [
    ("horizon: { months: 12 }", "", "a.yaml:1:1: an incidence needs its horizon; add it"),
    ("ended: { sex: { known: true } }", "", "a.yaml:1:1: an incidence needs its ended; add it"),
    ("event: { sex: F }", "event: {}", "a.yaml:13:8: event has no condition; write what must hold"),
    (
      "event: { sex: F }", "event: { sec: F }",
      "a.yaml:13:10: \"exits\" has no field \"sec\"; did you mean \"sex\"?"
    ),
    (
      "time: exits.motif", "count: exits",
      "a.yaml:11:16: the term of an incidence cannot be a count; use time"
    ),
    ("time: exits.motif", "time: exits", "a.yaml:11:15: time needs a field; write time: entity.field"),
    (
      "time: exits.motif", "time: exits.sex",
      "a.yaml:11:15: \"exits.sex\" is a code; time takes a number"
    ),
    ("months: 12", "months: 121", "a.yaml:10:20: a horizon is 120 months at most; correct it"),
    (
      "event: { sex: F }", "event: { ended_on: { within_months: 3 } }",
      "a.yaml:11:7: an incidence has its own horizon; remove within_months from its conditions"
    ),
    (
      "kind: incidence", "kind: count",
      "a.yaml:10:10: only an incidence has horizon; remove it, or write kind: incidence"
    ),
    ("unit: percent", "unit: days", "a.yaml:5:7: an incidence is a share; write unit: percent"),
  ])
  func `says where an incidence is wrong`(part: String, other: String, sentence: String) {
    let text = indicator("a", Self.incidence).replacing("unit: count", with: "unit: percent")
      .replacing(part, with: other)
    let found = sentences(["a": text])
    #expect(found.contains(sentence), "\(found)")
  }

  @Test func `derives an indicator from others, with their window and dated parameters`() throws {
    let read = try catalogue(
      [
        "a": indicator("a", counted + "\nwindow: rolling-year\nshift: { months: 3 }"),
        "b": indicator(
          "b",
          """
          kind: derived
          expression: (a + 1) * parameter(price)
          example:
            text: { fr: "x", en: "x" }
            operands: { a: 2 }
            parameters: { price: 10 }
            value: 30
          """),
      ],
      more: parameters("price,2026-01-01,4,€,Prix,Price,s,weak\nprice,2025-01-01,3,€,Prix,Price,s,official\n")
    )
    let b = try #require(read.indicator("b"))
    #expect(b.window == .rollingYear && b.shift == 1)
    #expect(b.measure.expression?.description == "(a + 1) * parameter(price)")
    #expect(b.example?.operands == ["a": 2] && b.example?.parameters == ["price": 10])
    let price = try #require(read.parameter("price"))
    #expect(price.values.map(\.number) == [3, 4] && price.label.english == "Price")
    #expect(price.value(on: try #require(Day("2025-12-31")))?.sureness == .official)
    #expect(price.value(on: try #require(Day("2024-12-31"))) == nil)
  }

  @Test func `keeps earlier versions beside the newest`() throws {
    let read = try catalogue([
      "a": indicator("a", counted + "\nvalid_from: 2026T1", version: 3),
      "a@2": indicator("a", counted + "\nvalid_from: 2025T1\nvalid_to: 2026T2", version: 2),
      "a@1": indicator("a", counted + "\nvalid_to: 2024T4"),
    ])
    #expect(read.indicators.map(\.id) == ["a", "scored"] && read.earlier.map(\.id) == ["a@2", "a@1"])
    #expect(read.earlier.map(\.version) == [2, 1] && read.earlier.map(\.name) == ["a", "a"])
  }

  @Test(arguments: [
    ("expression: (a + bb) / a", "b.yaml:10:18: there is no indicator \"bb\"; did you mean \"b\"?"),
    ("expression: \"a + scord\"", "b.yaml:10:18: there is no indicator \"scord\"; did you mean \"scored\"?"),
    (
      "expression: 'a  +  a-scored'",
      "b.yaml:10:20: there is no indicator \"a-scored\"; did you mean \"scored\"?; to subtract, put spaces around the minus"
    ),
    ("expression: >-\n  a +\n  aa", "b.yaml:12:3: there is no indicator \"aa\"; did you mean \"a\"?"),
    ("expression: |\n  a\n  + cost", "b.yaml:12:5: there is no indicator \"cost\""),
    (
      "expression: a + parameter(prise)",
      "b.yaml:10:27: reference/parameter.csv has no parameter \"prise\"; did you mean \"price\"?"
    ),
    ("expression: a ++ c", "b.yaml:10:16: \"+\" stands where a name, a number or a parenthesis is expected"),
    ("expression: a + b", "b.yaml:10:17: \"b\" is derived from itself, through \"b\"; break the circle"),
    (
      "expression: a + old",
      "b.yaml:10:17: \"old\" looks at rolling-year, 6 months earlier, \"a\" at quarter; an expression takes indicators of one window"
    ),
    (
      "expression: a\nwindow: rolling-year",
      "b.yaml:11:9: what this is derived from looks at quarter; write window: quarter, or nothing"
    ),
    (
      "expression: a\nshift: { months: 3 }",
      "b.yaml:11:8: a derived indicator is shifted as those it names; remove shift"
    ),
    (
      "expression: a\nbreakdowns: [sex]",
      "b.yaml:11:13: a derived indicator has no rows of its own, so it has no breakdowns; remove it, or write it in the indicators it names"
    ),
    ("window: quarter", "b.yaml:1:1: a derived indicator needs its expression; add it"),
    ("expression: [a]", "b.yaml:10:13: the expression must be a text"),
  ])
  func `says where an expression is wrong`(rest: String, sentence: String) {
    let found = sentences(
      [
        "a": indicator("a", counted), "b": indicator("b", "kind: derived\n" + rest),
        "old": indicator("old", counted + "\nwindow: rolling-year\nshift: { months: 6 }"),
      ], more: parameters("price,2026-01-01,4,€,Prix,Price,s,weak\n"))
    #expect(found == [sentence])
  }

  @Test(arguments: [
    (
      "shift: { months: 4 }",
      "a.yaml:11:18: a window is shifted by whole quarters: 3, 6, 9, 12 months and so on, 120 at most"
    ),
    ("shift: { month: 3 }", "a.yaml:11:10: shift has no key \"month\"; did you mean \"months\"?"),
    (
      "applies_to_forms: [jvz]",
      "a.yaml:11:20: applies_to_forms cannot be \"jvz\"; did you mean \"jvs\"?; use jvs, gme_conjoint, gme_solidaire, accord_cadre or sous_traitance"
    ),
    ("valid_from: 2026", "a.yaml:11:13: valid_from must be a quarter such as 2026T3"),
    ("valid_from: 2026T2\nvalid_to: 2026T1", "a.yaml:12:11: valid_to is before valid_from; correct one"),
    (
      "expression: a",
      "a.yaml:11:13: only a derived indicator has an expression; remove it, or write kind: derived"
    ),
  ])
  func `says where a key is wrong`(rest: String, sentence: String) {
    #expect(sentences(["a": indicator("a", counted + "\n" + rest)]).contains(sentence))
  }

  @Test func `a circle is told once, whatever leads into it and whatever its examples say`() {
    let found = sentences([
      "a": indicator("a", "kind: derived\nexpression: b"),
      "b": indicator("b", "kind: derived\nexpression: c * 2"),
      "c": indicator("c", "kind: derived\nexpression: a - 1"),
    ])
    #expect(
      found == [
        "a.yaml:10:13: \"a\" is derived from itself, through \"b\", \"c\" and \"a\"; break the circle"
      ])
    let example = "\nexample:\n  text: { fr: \"x\", en: \"x\" }\n  operands: { scored: 1 }\n  value: 1"
    let own = sentences([
      "a": indicator("a", "kind: derived\nexpression: a + 1" + example),
      "b": indicator("b", derived("a * 2", "a", value: 2)),
    ])
    #expect(own.count == 1 && own[0].hasPrefix("a.yaml:10:13: \"a\" is derived from itself"), "\(own)")
    let two = sentences([
      "a": indicator("a", "kind: derived\nexpression: b" + example),
      "b": indicator("b", "kind: derived\nexpression: a" + example),
      "c": indicator("c", "kind: derived\nexpression: d"),
      "d": indicator("d", "kind: derived\nexpression: c + a"),
    ])
    #expect(two.count == 2 && two.allSatisfy { $0.contains("is derived from itself") }, "\(two)")
    let unknown = sentences(["a": indicator("a", "kind: derived\nexpression: b" + example)])
    #expect(unknown.count == 1 && unknown[0].contains("there is no indicator"), "\(unknown)")
  }

  @Test func `versions must follow each other without a hole, in one unit`() {
    let newest = indicator("a", counted + "\nvalid_from: 2026T2", version: 2)
    func told(_ old: String, _ new: String? = nil) -> String {
      sentences(["a": new ?? newest, "a@1": old]).first ?? ""
    }
    #expect(told(indicator("a", counted)).contains("a@1.yaml:0:0: an earlier version lacks valid_to"))
    #expect(
      told(indicator("a", counted + "\nvalid_to: 2025T4")).contains(
        "no version is in force between 2025T4 and 2026T2"))
    #expect(told(indicator("a", counted + "\nvalid_to: 2026T1")).isEmpty)
    #expect(told(indicator("a", counted + "\nvalid_to: 2026T4")).isEmpty)
    #expect(
      told(indicator("a", counted + "\nvalid_to: 2026T1", version: 3)).contains(
        "must be that of the file's name, 1"))
    #expect(
      told(indicator("a", counted + "\nvalid_to: 2026T1").replacing("unit: count", with: "unit: people"))
        .contains("another unit is another indicator"))
    #expect(
      told(indicator("a", counted + "\nvalid_to: 2026T1"), indicator("a", counted, version: 2)).contains(
        "lacks valid_from"))
    #expect(
      told(indicator("a", counted + "\nvalid_to: 2026T1"), indicator("a", counted + "\nvalid_from: 2026T2"))
        .contains("raise it there"))
    #expect(
      sentences(["a": newest]) == [
        "a.yaml:2:10: version 2 stands alone: keep the one before it as a@1.yaml, or say under restated why all quarters are computed anew"
      ])
    let why = "\nrestated: { fr: \"x\", en: \"Mistake\" }"
    #expect(sentences(["a": indicator("a", counted + why, version: 2)]).isEmpty)
    #expect(
      sentences(["a": newest + why]).first?.contains("no version is in force before 2026T2") == true)
    #expect(
      told(indicator("a", counted + "\nvalid_to: 2026T1"), newest + why).contains("remove restated"))
    let stray = sentences(
      ["a": newest, "a@1": indicator("a", counted + "\nvalid_to: 2026T1")], more: ["exits/a@x.yaml": "id: a"])
    #expect(stray.count == 1 && stray[0].hasPrefix("a@x.yaml:0:0: the file is not listed"))
  }

  @Test func `an example of arithmetic gives every operand and every parameter`() {
    func told(_ example: String) -> [String] {
      sentences(
        [
          "a": indicator("a", counted),
          "b": indicator(
            "b",
            "kind: derived\nexpression: a * parameter(price)\nexample:\n  text: { fr: \"x\", en: \"x\" }\n  value: 1\n"
              + example),
        ], more: parameters("price,2026-01-01,4,€,Prix,Price,s,weak\n"))
    }
    #expect(told("  operands: { a: 1 }\n  parameters: { price: 1 }").isEmpty)
    #expect(
      told("  operands: { a: null }\n  parameters: { price: 1 }") == [
        "b.yaml:13:10: the example does not come out: 1 was expected, no value was found: not-collected; correct the calculation or the example"
      ])
    #expect(told("  operands: { a: 1 }").first?.contains("lacks its parameters") == true)
    #expect(told("  operands: { c: 1 }\n  parameters: { price: 1 }").contains { $0.contains("no key \"c\"") })
    #expect(
      told("  rows: { exits: [] }\n  parameters: { price: 1 }").contains {
        $0.contains("write operands instead of rows")
      })
  }

  @Test func `a parameter has one label, one unit and one value a day`() {
    let row = "price,2026-01-01,4,€,Prix,Price,s,weak\n"
    func told(_ rows: String) -> String { sentences([:], more: parameters(rows)).joined(separator: "\n") }
    #expect(told(row).isEmpty)
    #expect(told(row + row).contains("parameter.csv:3:0: \"price\" already has a value from 2026-01-01"))
    #expect(told(row + "price,2027-01-01,4,$,Prix,Price,s,weak\n").contains("another label or unit"))
    #expect(told("price,2026-01-01,four,€,Prix,Price,s,weak\n").contains("parameter.csv:2"))
    #expect(
      sentences(
        [:],
        more: [
          "reference/parameter.csv": parameterHeader,
          "schemas/other.json": parameterShape.replacing("\"parameter\"", with: "\"other\""),
        ]
      ).first?.contains("has no shape") == true)
  }
}

@Suite struct `Hostile indicators` {
  private func told(_ rest: String) -> [String] { sentences(["a": indicator("a", rest)]) }

  @Test func `SQL in a name is an unknown name`() {
    let injection = "exits\\\"; DROP TABLE figure.figure; --"
    #expect(told("kind: count\nterm: { count: \"\(injection)\", absent: zero }").count == 1)
    #expect(told("kind: sum\nterm: { sum: \"exits.motif) FROM x; --\", absent: zero }").count == 1)
    #expect(
      told("kind: count\nterm: { count: exits, where: { \"sex = '' OR 1\": F }, absent: zero }").count == 1)
    #expect(told(counted + "\nbreakdowns: [\"sex); DELETE FROM fact.exit; --\"]").count == 1)
    let id = sentences(["a": indicator("a'; DROP TABLE x; --", counted)])
    #expect(id == ["a.yaml:1:5: the id is written with lower-case letters, digits and hyphens"])
    // A constant is bound, never spelt: whatever it holds is only a value.
    #expect(
      told("kind: count\nterm: { count: exits, where: { sex: \"' OR 1 = 1; --\" }, absent: zero }").isEmpty)
  }

  @Test func `a thousand breakdowns, conditions or values are refused in one sentence`() {
    let thousand = (0..<1000).map { "f\($0)" }
    let breakdowns = told(counted + "\nbreakdowns: [\(thousand.joined(separator: ", "))]")
    #expect(breakdowns == ["a.yaml:11:13: breakdowns may list 8 values at most, not 1000; shorten it"])
    let conditions = thousand.map { "\($0): 1" }.joined(separator: ", ")
    let many = told("kind: count\nterm: { count: exits, where: { \(conditions) }, absent: zero }")
    #expect(many == ["a.yaml:10:30: a term has at most 32 conditions, not 1000; keep the needed ones"])
    let values = told(
      "kind: count\nterm: { count: exits, where: { sex: [\(thousand.joined(separator: ", "))] }, absent: zero }"
    )
    #expect(values.count == 1 && values[0].contains("256 values at most, not 1000"))
    let kinds = told(counted + "\napplies_to: [\(thousand.joined(separator: ", "))]")
    #expect(kinds.count == 1 && kinds[0].contains("64 values at most"))
    let rows = told(
      counted
        + "\nexample:\n  text: { fr: \"x\", en: \"x\" }\n  value: 1\n  rows: { exits: [\(thousand.map { _ in "{}" }.joined(separator: ", "))] }"
    )
    #expect(rows.count == 1 && rows[0].contains("200 values at most"))
  }

  @Test
  func `a list of too many indicators is refused in one sentence, and nothing is said of what it holds`() {
    let listing = (0..<600).map { "i\($0)" }.joined(separator: ", ")
    let found = sentences(
      ["a": indicator("a", counted)],
      more: [
        "catalogue.yaml": """
        version: 1
        dimensions:
          - id: exits
            label: { fr: "x", en: "x" }
            description: { fr: "x", en: "x" }
            indicators: [\(listing)]
        """
      ])
    #expect(
      found == [
        "catalogue.yaml:6:17: the indicators of \"exits\" may list 500 values at most, not 600; shorten it"
      ])
  }

  @Test func `a long name is told short, and a name of many lines on one`() {
    let long = told("kind: \(String(repeating: "x", count: 100_000))")
    #expect(long.count == 1 && long[0].count < 800)
    let lines = told("kind: \"count\\n\\r\\u2028[31mfake.yaml:1:1: all is well\"")
    #expect(
      lines.count == 1
        && lines[0].unicodeScalars.allSatisfy {
          $0.properties.generalCategory != .control && $0 != "\u{2028}"
        })
  }

  @Test func `a file of mistakes tells fifty and says that there are more`() {
    let keys = (0..<2000).map { "k\($0): 1" }.joined(separator: "\n")
    let found = told(counted + "\n" + keys)
    #expect(found.count == 51 && found.contains { $0.contains("more mistakes; mend these first") })
  }

  @Test func `five hundred indicators are listed at most`() throws {
    let ids = (0..<501).map { "i\($0)" }.joined(separator: ", ")
    let all = files(["scored": scored]).mapValues { $0.replacing("[scored]", with: "[\(ids)]") }
    let folder = try TemporaryFolder(all)
    let error = #expect(throws: CaptureError.self) { _ = try Catalogue(readingFrom: folder.path) }
    #expect(error?.description.contains("500 values at most, not 501") == true)
  }

  @Test func `a long chain of derived indicators is read once each, and a long circle refused`() throws {
    var chain = ["i0": indicator("i0", counted)]
    for step in 1..<300 {
      chain["i\(step)"] = indicator(
        "i\(step)",
        step == 1
          ? derived("i0 + i0", "i0", value: 2)
          : derived("i\(step - 1) + i\(step - 2)", "i\(step - 1)", "i\(step - 2)", value: 2))
    }
    #expect(try catalogue(chain).derivationOrder().order.count == 299)
    chain["i0"] = indicator("i0", derived("i299", "i299", value: 1))
    let found = sentences(chain)
    #expect(found.count == 1)
  }
}
