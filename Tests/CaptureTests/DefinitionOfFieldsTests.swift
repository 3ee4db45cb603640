import Impact
import Testing

@testable import Capture

/// What fields, breakdowns and mappings must say of themselves.
@Suite struct `Fields say how they are made` {
  private static let shape = """
    {
      "name": "exit", "title": "x", "title_en": "x", "scope": "cooperation", "rank": 1,
      "fields": [
        {"name": "pathway", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
        {"name": "exited_on", "type": "date", "title": "x", "title_en": "x", "constraints": {"required": true}}
      ],
      "primaryKey": ["pathway"], "foreignKeys": []
    }
    """
  private static let table = """
    {
      "name": "base", "title": "Base", "title_en": "Base", "scope": "reference", "rank": 2,
      "fields": [
        {"name": "kind", "type": "string", "title": "x", "title_en": "x", "constraints": {"required": true}},
        {"name": "valid_from", "type": "date", "title": "x", "title_en": "x", "constraints": {"required": true}},
        {"name": "hours", "type": "number", "title": "Heures", "title_en": "Hours", "constraints": {"required": true}}
      ],
      "primaryKey": ["kind", "valid_from"], "foreignKeys": []
    }
    """

  private func facts(_ field: String, _ entity: String = "files: [exit]") -> String {
    """
    entities:
      - name: exits
        label: { fr: "x", en: "x" }
        date: exited_on
        \(entity)
        fields:
          - { name: pathway, kind: code, label: { fr: "x", en: "x" } }
          - { name: sex, kind: code, label: { fr: "x", en: "x" }, definition: { fr: "x", en: "x" } }
          - { name: examined, kind: boolean, label: { fr: "x", en: "x" }, \(field) }
    """
  }

  private func read(_ facts: String, isKept: Bool = false) throws -> (Vocabulary?, [String]) {
    let folder = try TemporaryFolder([
      "facts.yaml": facts, "schemas/exit.json": Self.shape, "schemas/base.json": Self.table,
    ])
    let file = DefinitionFile(path: folder.path + "/facts.yaml")
    let schemas = try SchemaSet(readingFrom: folder.path + "/schemas")
    let vocabulary = VocabularyReader(file: file, schemas: schemas, isKept: isKept).read()
    return withExtendedLifetime(folder) { (vocabulary, file.diagnostics.map(\.message)) }
  }

  @Test func `a field that is no column of the files needs its definition, but in a release made before`()
    throws
  {
    let bare = facts("tables: []")
    let (_, told) = try read(bare)
    #expect(told.count == 1 && told[0].contains("\"exits.examined\" is no column of the files"), "\(told)")
    #expect(try read(bare, isKept: true).1.isEmpty)
    #expect(try read(facts("definition: { fr: \"x\", en: \"x\" }")).1.isEmpty)
    #expect(
      try read(facts("definition: { fr: \"x\", en: \"x\" }", "until: exited_on")).1.contains {
        $0.contains("lacks its files")
      })
  }

  @Test func `reasons, tables, inputs and fixed fields are held against what there is`() throws {
    let whole = """
      definition: { fr: "x", en: "Said" }, tables: [{ name: base, only: { kind: EI } }],
              reasons: [{ where: { sex: { known: false } }, label: { fr: "x", en: "Unknown" } }]
      """
    let (vocabulary, told) = try read(facts(whole, "files: [exit]\n    fixed: { pathway: [sex] }"))
    #expect(told.isEmpty)
    let field = try #require(vocabulary?.entity("exits")?.field("examined"))
    #expect(field.definition?.english == "Said")
    #expect(field.tables == [Vocabulary.Table(name: "base", only: ["kind": "EI"])])
    #expect(field.reasons.map(\.conditions) == [[Condition("sex", .known(false))]])
    #expect(vocabulary?.entity("exits")?.fixed == ["pathway": ["sex"]])
    for (wrong, entity, hint) in [
      (whole.replacing("base", with: "bass"), "files: [exit]", "did you mean \"base\"?"),
      (whole.replacing("kind: EI", with: "kin: EI"), "files: [exit]", "has no column \"kin\""),
      (whole.replacing("where: { sex", with: "where: { sec"), "files: [exit]", "did you mean \"sex\"?"),
      (whole, "files: [exi]", "did you mean \"exit\"?"),
      (whole, "files: [exit]\n    fixed: { pathway: [sec] }", "did you mean \"sex\"?"),
      (
        whole, "files: [exit]\n    inputs: [{ entity: exitz, match: {}, span: day }]",
        "did you mean \"exits\"?"
      ),
      (
        whole, "files: [exit]\n    inputs: [{ entity: exits, match: { sec: sex }, span: day }]",
        "has no field \"sec\""
      ),
    ] {
      let told = try read(facts(wrong, entity)).1
      #expect(told.contains { $0.contains(hint) }, "\(hint) in \(told)")
    }
  }

  @Test
  func `what people are compared by is told apart by, in the order written, and says nothing of health`()
    throws
  {
    let definition = "definition: { fr: \"x\", en: \"x\" }"
    func compared(_ names: String) -> String {
      facts(definition, "files: [exit]\n    compared_by: [\(names)]")
        .replacing(
          "fields:",
          with:
            "fields:\n      - { name: rqth, kind: boolean, label: { fr: \"x\", en: \"x\" }, \(definition) }"
        )
        .replacing("name: sex, kind: code", with: "name: rsa, kind: boolean")
    }
    let (vocabulary, told) = try read(compared("rsa, examined"))
    #expect(told.isEmpty && vocabulary?.entity("exits")?.comparedBy == ["rsa", "examined"])
    #expect(try read(facts(definition)).0?.entity("exits")?.comparedBy == [])
    for (names, hint) in [
      ("rsb", "did you mean \"rsa\"?"), ("pathway", "a category or a yes-or-no field; remove \"pathway\""),
      ("rsa, rsa", "\"rsa\" stands twice in compared_by"), ("rqth", "\"rqth\" tells of health"),
    ] {
      let told = try read(compared(names)).1
      #expect(told.count == 1 && told[0].contains(hint), "\(hint) in \(told)")
    }
    // A release made before: what it has of the features that were fixed.
    #expect(try read(facts(definition), isKept: true).0?.entity("exits")?.comparedBy == ["sex"])
    #expect(try read(compared("examined"), isKept: true).0?.entity("exits")?.comparedBy == ["examined"])
  }

  @Test func `no rate is compared by what it counts`() throws {
    func told(_ features: String, cohort: Bool = false) throws -> [Diagnostic] {
      var files = catalogueFiles
      files["facts.yaml"]?.replace(
        "fixed: { participant: [class] }",
        with: "compared_by: [\(features)]\n    fixed: { participant: [class] }")
      var rate = try #require(files["exits/rate.yaml"])
      rate.replace(
        "denominator: { distinct: exits.participant, where: { length_days: { known: true } }, absent: unknown }",
        with: "denominator: { count: exits, where: { examined: true }, absent: zero }")
      rate.replace("length_days: 20 }", with: "length_days: 20, examined: true }")
      if !cohort, let start = rate.firstRange(of: "cohort:"), let end = rate.firstRange(of: "breakdowns:") {
        rate.removeSubrange(start.lowerBound..<end.lowerBound)
      }
      files["exits/rate.yaml"] = rate
      let folder = try TemporaryFolder(files)
      do {
        _ = try Catalogue(readingFrom: folder.path)
        return []
      } catch let error as CaptureError { return error.diagnostics }
    }
    let wrong = try told("class")
    #expect(wrong.map(\.code) == ["field"] && wrong[0].file.hasSuffix("exits/rate.yaml"))
    #expect(wrong[0].message.contains("counts by \"class\", which also tells people apart"))
    #expect(try told("class", cohort: true).isEmpty, "a rate observed later is not compared")
  }

  @Test func `different people are broken down by what is one for each of them only`() throws {
    let rate = try #require(catalogueFiles["exits/rate.yaml"])
    func told(_ breakdowns: String, isKept: Bool = false) throws -> [String] {
      var files = catalogueFiles
      files["exits/rate.yaml"] = rate.replacing("breakdowns: [class]", with: breakdowns)
      let folder = try TemporaryFolder(files)
      do {
        _ = try Catalogue(readingFrom: folder.path, isKept: isKept)
        return []
      } catch let error as CaptureError { return error.diagnostics.map(\.message) }
    }
    #expect(try told("breakdowns: [class]").isEmpty && told("breakdowns: [participant]").isEmpty)
    #expect(
      try told("breakdowns: [examined]") == [
        "\"examined\" may change for one \"exits.participant\", who would then count in two parts; break down by class"
      ])
    #expect(try told("breakdowns: [examined]", isKept: true).isEmpty)
  }

  private static let frames = """
    frames:
      - name: iris
        label: { fr: "x", en: "x" }
        source: { fr: "x", en: "x" }
        codes: [{ code: PI3527, label: { fr: "x", en: "Placement" } }]
      - name: sdg
        label: { fr: "x", en: "x" }
        source: { fr: "x", en: "x" }
        codes: [{ code: "8.5", label: { fr: "x", en: "x" } }]
    """

  @Test func `every indicator names a listed code, or says why none fits`() throws {
    func told(_ mappings: String, isKept: Bool = false) throws -> [String] {
      var files = catalogueFiles
      files["frames.yaml"] = Self.frames
      let none = "\nmappings: { none: { fr: \"x\", en: \"Nothing fits\" } }"
      for name in ["exits/length.yaml", "partners/given.yaml"] { files[name]? += none }
      files["exits/rate.yaml"]?.replace("mappings: { sdg: 8.50, iris: PI3527 }", with: mappings)
      let folder = try TemporaryFolder(files)
      do {
        let read = try Catalogue(readingFrom: folder.path, isKept: isKept)
        #expect(read.indicator("length")?.unmapped?.english == "Nothing fits")
        #expect(read.frames.first?.label(of: "PI3527")?.english == "Placement")
        return []
      } catch let error as CaptureError { return error.diagnostics.map(\.message) }
    }
    #expect(try told("mappings: { sdg: 8.5, iris: PI3527 }").isEmpty)
    #expect(try told("mappings: { iris: PI3526 }").first?.contains("did you mean \"PI3527\"?") == true)
    #expect(try told("mappings: { sdg: \"18.5\" }").first?.contains("no code \"18.5\" of sdg") == true)
    #expect(try told("mappings: { iris: drop table }").count == 1)
    #expect(try told("mappings: {}").first?.contains("mappings is empty") == true)
    #expect(try told("").first?.contains("lacks its mappings") == true)
    #expect(try told("", isKept: true).isEmpty)
    #expect(
      try told("mappings: { iris: PI3527, none: { fr: \"x\", en: \"x\" } }").first?.contains("keep one")
        == true)
  }
}
