import Impact
import Store
import TestSupport
import Testing

/// What an example gives when it is read, against what the statements of a computation give.
@Suite(.archive) struct `An example counted without a database` {
  private static let quarter = WorkedExample.quarter

  /// Rows of an entity: every answer may be missing, dates are around the quarter, numbers small, negative or decimal.
  private static func rows(
    of entity: Vocabulary.Entity, _ generator: inout SeededGenerator
  ) -> [[String: String]] {
    (0..<generator.below(9)).map { _ in
      var row: [String: String] = [:]
      for field in entity.fields where generator.below(5) > 0 {
        row[field.name] =
          switch field.kind {
          case .boolean: generator.below(2) == 0 ? "true" : "false"
          case .number:
            ["0", "1", "-3", "6", "12", "80", "400", "0.1", "0.2", "-0.3", "1500.75"][generator.below(11)]
          case .date: day(&generator)
          case .category: field.values[generator.below(field.values.count)].code
          case .code: "P\(generator.below(3))"
          }
      }
      for name in [entity.date, entity.until].compactMap(\.self) {
        row[name] = generator.below(3) == 0 ? nil : day(&generator)
      }
      return row
    }
  }

  /// A day of the four years around the quarter, as often as not at one of its ends.
  private static func day(_ generator: inout SeededGenerator) -> String {
    let ends = [quarter.start, quarter.end, quarter.next.start, quarter.start.adding(days: -1)]
    if generator.below(2) == 0 { return ends[generator.below(4)].description }
    return quarter.start.adding(days: generator.below(1500) - 1100).description
  }

  /// What of a content a count decides: intervals follow from it.
  private static func told(_ content: Figure.Content) -> [String] {
    switch content {
    case .absent(let reason): [reason.rawValue]
    case .value(let value):
      [
        "\(value.number)", "\(value.numerator as Any)", "\(value.denominator as Any)",
        "\(value.count as Any)",
      ]
    }
  }

  @Test(arguments: `Worked examples`.indicators)
  func `is counted as recorded rows are, whatever they are`(indicator: Indicator) throws {
    let vocabulary = try Fixture.catalogue().vocabulary
    let archive = try Fixture.archive()
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    guard indicator.measure.expression == nil else { return }
    for turn in 0..<3 {
      var example = WorkedExample(text: indicator.label, value: 0)
      for name in Set(indicator.measure.terms.map(\.entity)).sorted() {
        example.rows[name] = Self.rows(of: try #require(vocabulary.entity(name)), &generator)
      }
      let counted = try archive.content(of: example, for: indicator, vocabulary: vocabulary)
      let read = example.content(of: indicator, vocabulary: vocabulary)
      #expect(
        Self.told(read) == Self.told(counted), "seed \(seed), turn \(turn), \(example.rows)")
    }
  }
}
