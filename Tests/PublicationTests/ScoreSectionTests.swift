import Impact
import Testing

@testable import Publication

/// The score's section of a review: its parts add up as they are shown.
struct ScoreSectionTests {
  @Test func `rounded parts add up to the rounded sum, each within a last digit of itself`() {
    let third = RoundedParts([1.0 / 3, 1.0 / 3, 1.0 / 3], total: 1, decimals: 1)
    #expect(third.parts == [0.4, 0.3, 0.3] && third.total == 1)
    let mixed = RoundedParts([2.25, -1.14, -0.07], total: 1.04, decimals: 1)
    #expect(abs(mixed.parts.reduce(0, +) - mixed.total) < 1e-12)
    #expect(RoundedParts([], total: 0, decimals: 1).total == 0)
    let pulled = RoundedParts([0.02, 0.04], total: -0.1, decimals: 1)
    #expect(abs(pulled.parts.reduce(0, +) + 0.1) < 1e-12)
    var state: UInt64 = 5
    for _ in 0..<500 {
      let amounts = (0..<9).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 40) / 1e6 - 8
      }
      let total = amounts.reduce(0, +)
      let rounded = RoundedParts(amounts, total: total, decimals: 1)
      #expect(abs(rounded.parts.reduce(0, +) - rounded.total) < 1e-9)
      #expect(abs(rounded.total - total) <= 0.05 + 1e-9)
      for (part, amount) in zip(rounded.parts, amounts) { #expect(abs(part - amount) <= 0.1 + 1e-9) }
    }
  }

  private static let files = Dictionary(
    uniqueKeysWithValues: Site(SampleEdition.whole).files.map { ($0.path, $0.bytes) })

  @Test(arguments: ["fr", "en"]) func `each review says the score, its band, and the sum of what moved it`(
    _ language: String
  ) throws {
    let numbers = Numbers(language: language == "fr" ? .french : .english)
    for cooperation in SampleEdition.whole.cooperations {
      let score = try #require(
        SampleEdition.whole.scores.last { $0.cooperation == cooperation.id && $0.dimension == nil })
      let read = try PageReader(#require(Self.files["\(language)/cooperations/\(cooperation.id).html"]))
      let text = read.all("section").map { read.text(of: $0) }.joined(separator: "\n").replacing(
        "\u{A0}", with: " ")
      guard let value = score.value, let band = score.certainty?.methods else { continue }
      #expect(text.contains(numbers.number(value)) && text.contains(numbers.number(band.low)))
      for change in score.changes.values {
        for end in [change.before, change.after] { #expect(text.contains(numbers.number(end, decimals: 1))) }
        let total = (change.after * 10).rounded() / 10 - (change.before * 10).rounded() / 10
        #expect(text.contains(numbers.number(abs(total), decimals: 1)))
      }
      #expect(text.contains(language == "fr" ? "À quel point la note est sûre" : "How sure the score is"))
    }
  }
}
