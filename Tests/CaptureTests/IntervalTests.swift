import Capture
import Foundation
import Impact
import Testing

/// Which interval the indicators of `Indicators/` get follows from what their entities say of their rows.
@Suite struct `The intervals of the catalogue` {
  private static let folder =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Indicators"
  private let catalogue: Catalogue

  init() throws { catalogue = try Catalogue(readingFrom: Self.folder) }

  @Test(arguments: [
    ("entries", IntervalMethod.byar), ("exits", .byar), ("job-placements", .byar),
    ("dynamic-exit-rate", .wilson), ("in-job-at-6-months", .wilson), ("women-share", .wilson),
    ("eligibility-share", .wilson), ("pass-iae-ending-in-3-months", .wilson),
    ("cost-per-durable-exit", .garwoodInverse), ("pathway-length", .student),
    ("durable-pathway-length", .bootstrap), ("durable-job-within-12-months", .logLog),
    ("method-gap", .wilsonProduct),
  ])
  func `of what happens to people independently is told`(_ name: String, _ method: IntervalMethod) throws {
    let indicator = try #require(catalogue.indicator(name))
    #expect(indicator.intervalMethod == method && !indicator.countsLinkedRows)
  }

  @Test(arguments: [
    "rsa-months-worked", "contracts-signed", "immersions", "barriers-concerned", "contributions-count",
    "etp-under-consumption", "delivery-completeness", "renewal-rate", "barriers-lifted-rate",
    "partner-turnover-rate", "reception-delay", "community-return",
  ])
  func `of linked rows is not`(_ name: String) throws {
    let indicator = try #require(catalogue.indicator(name))
    #expect(indicator.intervalMethod == nil && indicator.countsLinkedRows)
    #expect(indicator.intervalAbsence == .linkedRows)
  }

  @Test(arguments: ["participants-served", "participants-present", "hours-worked", "operating-margin"])
  func `of a full count or arithmetic on amounts is none`(_ name: String) throws {
    let indicator = try #require(catalogue.indicator(name))
    #expect(indicator.intervalMethod == nil && !indicator.countsLinkedRows)
    #expect(indicator.intervalAbsence == .fullCount)
  }

  @Test func `or the reason why there is none, of every indicator`() {
    for indicator in catalogue.definitions {
      #expect((indicator.intervalMethod == nil) == (indicator.intervalAbsence != nil), "\(indicator.id)")
    }
    // Nothing in the catalogue is left at “derived”.
    #expect(!catalogue.definitions.contains { $0.intervalAbsence == .sharedRows })
  }

  @Test func `is told in the guide as facts.yaml has it`() throws {
    let guide = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    for (rows, line) in [(Vocabulary.Rows.events, "| `events` |"), (.people, "| `people` |")] {
      let row = try #require(guide.split(separator: "\n").first { $0.hasPrefix(line) })
      let named = Set(row.split(separator: "`").map(String.init))
        .intersection(catalogue.vocabulary.entities.map(\.name))
      #expect(named == Set(catalogue.vocabulary.entities.filter { $0.rows == rows }.map(\.name)))
    }
  }
}
