import Impact
import Testing

@testable import Capture

@Suite struct `A derived cost, read` {
  /// A catalogue with `spent`, a sum, `left`, a count of exits, and `cost`, the one over the other.
  private func cost(_ expression: String, spent: String = "sum", rows: String = "events") throws -> Indicator
  {
    var all = catalogueFiles
    func text(_ id: String, _ unit: String, _ rest: String) -> String {
      """
      id: \(id)
      version: 1
      label: { fr: "x", en: "x" }
      question: { fr: "x", en: "x" }
      unit: \(unit)
      direction: neutral
      source: { fr: "x", en: "x" }
      limits: { fr: "x", en: "x" }
      \(rest)
      """
    }
    let example = "example: { text: { fr: \"x\", en: \"x\" }, "
    all["exits/spent.yaml"] = text(
      "spent", "euro",
      "kind: \(spent)\nterm: { sum: contributions.value_eur, absent: zero }\n\(example)rows: { contributions: [] }, value: 0 }"
    )
    all["exits/left.yaml"] = text(
      "left", "count",
      "kind: count\nterm: { count: exits, absent: zero }\n\(example)rows: { exits: [] }, value: 0 }")
    all["exits/cost.yaml"] = text(
      "cost", "euro",
      "kind: derived\nexpression: \(expression)\n\(example)operands: { spent: 6, left: 3 }, value: 2 }")
    all["catalogue.yaml"]?.replace("[rate, length]", with: "[rate, length, cost, spent, left]")
    all["facts.yaml"]?.replace("rows: events", with: "rows: \(rows)")
    let folder = try TemporaryFolder(all)
    return try #require(try Catalogue(readingFrom: folder.path).indicator("cost"))
  }

  @Test func `takes its interval from what it names, whatever the order of the pages`() throws {
    #expect(try cost("spent / left").intervalMethod == .garwoodInverse)
    #expect(try cost("spent / left", spent: "observed").intervalMethod == .garwoodInverse)
    // What happens to one person again and again tells no chance.
    #expect(try cost("spent / left", rows: "linked").intervalMethod == nil)
    #expect(try cost("spent / left", rows: "linked").intervalAbsence == .linkedRows)
    #expect(try cost("spent - left - 1").intervalMethod == .carried)
    #expect(try cost("spent / left + left - left").intervalAbsence == .sharedRows)
  }
}
