import Impact
import Store
import TestSupport
import Testing

/// Every definition of the project, on its own worked example.
@Suite(.archive) struct `Worked examples` {
  static let indicators: [Indicator] = (try? Fixture.catalogue().definitions) ?? []

  @Test func `the catalogue holds at least seventy indicators over the seven subjects`() throws {
    let catalogue = try Fixture.catalogue()
    #expect(catalogue.indicators.count >= 70)
    #expect(Set(catalogue.indicators.map(\.dimension)).count == 7)
    #expect(catalogue.indicators.allSatisfy { $0.example != nil })
  }

  @Test func `disclosure knows every entity whose rows are about a person`() throws {
    let vocabulary = try Fixture.catalogue().vocabulary
    let personal = Set(vocabulary.entities.filter { $0.field("participant") != nil }.map(\.name))
    // One it did not know would let a funder read how many did or had something, down to a single person.
    #expect(personal == Indicator.personalEntities)
  }

  @Test(arguments: indicators)
  func `each indicator gives its worked example's figure`(indicator: Indicator) throws {
    let example = try #require(indicator.example)
    let content = try Fixture.archive().content(
      of: example, for: indicator, vocabulary: try Fixture.catalogue().vocabulary)
    let difference = example.difference(from: content)
    #expect(difference == nil)
  }
}
