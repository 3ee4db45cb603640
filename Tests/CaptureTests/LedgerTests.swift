import Impact
import Testing

@testable import Capture

/// No score may rest on what partners gave: not by its dimension, not by what it reads, not by what it is derived from.
@Suite struct `The ledger of contributions and the scorecard` {
  /// A euro figure of the dimension of exits that reads the ledger by itself.
  private static let gifts = """
    id: gifts
    version: 1
    label: { fr: "Dons", en: "Gifts" }
    question: { fr: "Combien ?", en: "How much?" }
    unit: euro
    direction: higher
    kind: sum
    term: { sum: contributions.value_eur, absent: zero }
    source: { fr: "x", en: "x" }
    limits: { fr: "x", en: "x" }
    example: { text: { fr: "x", en: "x" }, rows: { contributions: [] }, value: 0 }
    """

  /// A derived figure, with the value it has where `operand` is 1.
  private static func derived(_ id: String, _ expression: String, of operand: String, value: Double)
    -> String
  {
    """
    id: \(id)
    version: 1
    label: { fr: "x", en: "x" }
    question: { fr: "x", en: "x" }
    unit: euro
    direction: higher
    kind: derived
    expression: \(expression)
    source: { fr: "x", en: "x" }
    limits: { fr: "x", en: "x" }
    example: { text: { fr: "x", en: "x" }, operands: { \(operand): 1 }, value: \(value) }
    """
  }

  /// What is said of the scorecard when `scored` stands in it.
  private static func found(_ scored: String, _ more: [String: String], newestRate: String? = nil) throws
    -> [Diagnostic]
  {
    var all = catalogueFiles
    for (id, text) in more { all["exits/\(id).yaml"] = text }
    let names = more.keys.filter { !$0.contains("@") }.sorted().joined(separator: ", ")
    all["catalogue.yaml"]?.replace(
      "[rate, length]", with: "[rate, length\(names.isEmpty ? "" : ", " + names)]")
    all["scorecard.yaml"]?.replace("indicator: rate", with: "indicator: \(scored)")
    if let newestRate { all["exits/rate.yaml"]?.replace("version: 2", with: newestRate) }
    let folder = try TemporaryFolder(all)
    do {
      _ = try Catalogue(readingFrom: folder.path)
      return []
    } catch let error as CaptureError { return error.diagnostics }
  }

  @Test func `an indicator that reads it is refused, whatever its dimension`() throws {
    let found = try Self.found("gifts", ["gifts": Self.gifts])
    #expect(found.count == 1, "\(found)")
    let one = try #require(found.first)
    #expect(one.code == "dimension" && one.file.hasSuffix("scorecard.yaml") && one.line == 8)
    #expect(one.message.contains("\"gifts\" reads partners' contributions, which are means, not results"))
  }

  @Test(arguments: Vocabulary.ledger.sorted())
  func `so is one that only divides by it`(entity: String) throws {
    var text = Self.gifts
    text.replace(
      "kind: sum\nterm: { sum: contributions.value_eur, absent: zero }",
      with: """
        kind: ratio
        numerator: { count: exits, absent: zero }
        denominator: { count: \(entity), absent: zero }
        """)
    var all = catalogueFiles
    all["exits/gifts.yaml"] = text
    all["catalogue.yaml"]?.replace("[rate, length]", with: "[rate, length, gifts]")
    all["scorecard.yaml"]?.replace("indicator: rate", with: "indicator: gifts")
    if entity != "contributions" {
      all["facts.yaml"]?.replace("name: contributions", with: "name: \(entity)")
    }
    all["partners/given.yaml"]?.replace("contributions.", with: entity + ".")
    let folder = try TemporaryFolder(all)
    let error = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: folder.path) }
    #expect(error.diagnostics.contains { $0.message.contains("\"gifts\" reads partners' contributions") })
  }

  @Test func `one derived from it is refused with the way that leads there`() throws {
    let found = try Self.found(
      "twice",
      [
        "gifts": Self.gifts, "once": Self.derived("once", "gifts / 2", of: "gifts", value: 0.5),
        "twice": Self.derived("twice", "max(once, 1) * 3", of: "once", value: 3),
      ])
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.message.contains("contributions through \"once\" and \"gifts\"") == true)
    let given = try Self.found("other", ["other": Self.derived("other", "given", of: "given", value: 1)])
    #expect(given.contains { $0.message.contains("through \"given\"") }, "\(given)")
  }

  @Test func `an earlier version counts as much, since it decides its quarters`() throws {
    var earlier = Self.gifts
    earlier.replace("id: gifts", with: "id: rate")
    earlier.replace("unit: euro", with: "unit: percent")
    earlier.replace("direction: higher", with: "direction: higher\nvalid_to: 2025T4")
    let found = try Self.found(
      "rate", ["rate@1": earlier], newestRate: "version: 2\nvalid_from: 2026T1")
    #expect(found.contains { $0.message.contains("\"rate\" reads partners' contributions") }, "\(found)")
  }

  @Test func `a circle of definitions ends, and what reads other facts is scored`() throws {
    let circle = try Self.found(
      "a",
      [
        "a": Self.derived("a", "b + 1", of: "b", value: 2),
        "b": Self.derived("b", "a + 1", of: "a", value: 2),
      ])
    #expect(circle.contains { $0.code == "circular" } && !circle.contains { $0.message.contains("means") })
    #expect(try Self.found("rate", [:]).isEmpty)
  }

  @Test func `the project's own facts have these entities, and its scorecard none of them`() throws {
    let catalogue = try Catalogue(readingFrom: Corpus.folder + "/../../../Indicators")
    for entity in Vocabulary.ledger { #expect(catalogue.vocabulary.entity(entity) != nil, "\(entity)") }
    let all = catalogue.indicators + catalogue.earlier
    #expect(all.wayToLedger(from: "contributions-delivered") == ["contributions-delivered"])
    for part in catalogue.scorecard.parts {
      for component in part.components {
        #expect(all.wayToLedger(from: component.indicator) == nil, "\(component.indicator)")
      }
    }
  }
}
