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

  @Test(arguments: [
    ("fr", "La note en sort : une dimension trop peu connue n’y entre pas, même pour ce qui en est connu."),
    ("en", "The score is outside: a dimension known too little is not in it, not even with what is known."),
  ])
  func `a score outside of what it could be were all known says why`(_ language: String, _ sentence: String)
    throws
  {
    var edition = SampleEdition.whole
    let place = try #require(
      edition.scores.lastIndex { $0.dimension == nil && $0.value != nil && $0.certainty?.possible != nil })
    let value = try #require(edition.scores[place].value)
    for (low, high, isOutside) in [
      (value - 2, value + 2, false), (value + 1, value + 9, true), (value - 9, value - 1, true),
    ] {
      edition.scores[place].certainty?.possible = Interval(low: low, high: high)
      let path = "\(language)/cooperations/\(edition.scores[place].cooperation).html"
      let page = try #require(Site(edition).files.first { $0.path == path })
      let read = try PageReader(page.bytes)
      let text = read.all("section").map { read.text(of: $0) }.joined(separator: "\n")
      #expect(text.replacing("\u{A0}", with: " ").contains(sentence) == isOutside)
    }
  }

  private static let files = Dictionary(
    uniqueKeysWithValues: Site(SampleEdition.whole).files.map { ($0.path, $0.bytes) })

  @Test(arguments: ["fr", "en"]) func `each review says the score, its band, and the sum of what moved it`(
    _ language: String
  ) throws {
    let numbers = Numbers(language: language == "fr" ? .french : .english)
    var (told, moved) = (0, 0)
    for cooperation in SampleEdition.whole.cooperations {
      let score = try #require(
        SampleEdition.whole.scores.last { $0.cooperation == cooperation.id && $0.dimension == nil })
      let read = try PageReader(#require(Self.files["\(language)/cooperations/\(cooperation.id).html"]))
      let text = read.all("section").map { read.text(of: $0) }.joined(separator: "\n").replacing(
        "\u{A0}", with: " ")
      guard let value = score.value, let band = score.certainty?.methods else {
        #expect(
          text.contains(
            language == "fr"
              ? "Données insuffisantes pour une note d’ensemble" : "Not enough data for an overall score"),
          "\(cooperation.id)")
        continue
      }
      told += 1
      #expect(text.contains(numbers.number(value)) && text.contains(numbers.number(band.low)))
      for change in score.changes.values {
        for end in [change.before, change.after] { #expect(text.contains(numbers.number(end, decimals: 1))) }
        let total = (change.after * 10).rounded() / 10 - (change.before * 10).rounded() / 10
        #expect(text.contains(numbers.number(abs(total), decimals: 1)))
        moved += 1
      }
      for question in language == "fr"
        ? [
          "Sur quoi elle repose", "Ce qui l’a fait bouger", "À quel point elle est sûre",
          "Ce qui la changerait",
        ]
        : ["What it rests on", "What moved it", "How sure it is", "What would change it"]
      { #expect(text.contains(question), "\(cooperation.id): \(question)") }
    }
    #expect(told >= 2 && moved >= 2)
  }

  /// The rows of the table whose caption begins so, cell by cell.
  private static func rows(_ page: PageReader, captioned start: String) -> [[String]] {
    var rows: [[String]] = []
    var isInside = false
    for element in page.elements {
      switch element.name {
      case "table": isInside = false
      case "caption": isInside = page.text(of: element).hasPrefix(start)
      case "tr" where isInside: rows.append([])
      case "th", "td":
        if isInside { rows[rows.count - 1].append(page.text(of: element)) }
      default: break
      }
    }
    return rows
  }

  @Test func `the movements of the table add up to that of the score, to the digit shown`() throws {
    var added = 0
    for cooperation in SampleEdition.whole.cooperations {
      let score = try #require(
        SampleEdition.whole.scores.last { $0.cooperation == cooperation.id && $0.dimension == nil })
      let page = try PageReader(#require(Self.files["en/cooperations/\(cooperation.id).html"]))
      let rows = Self.rows(page, captioned: "What the score rests on")
      let head = try #require(rows.first)
      #expect(head.filter { $0.hasPrefix("Since") }.count == score.changes.count)
      for column in head.indices where head[column].hasPrefix("Since") {
        let tenths = try rows.dropFirst().map { row in
          let number = row[column].prefix { $0 != "," }.replacing("−", with: "-").replacing("+", with: "")
          return Int((try #require(Double(number)) * 10).rounded())
        }
        #expect(tenths.dropLast().reduce(0, +) == tenths.last, "\(cooperation.id): \(head[column])")
        added += 1
      }
    }
    #expect(added > 0)
  }

  @Test func `a quarter that lost or gained data says so apart from what moved`() throws {
    let change = ScoreChange(
      before: 50.04, after: 53.26,
      parts: [.init(.moved, "a", -1.14), .init(.disappeared, "b", 4.36), .init(.moved, "c", 0)])
    let rounded = RoundedChange(change)
    #expect(rounded.before == 50 && rounded.after == 53.3)
    #expect(rounded.parts.map(\.node) == ["a", "b"])
    #expect(abs(rounded.parts.reduce(0) { $0 + $1.amount } - 3.3) < 1e-9)
  }

  /// What a review says of the score once the last quarter's scores are changed, as English text.
  private static func told(_ change: (inout Score) -> Void) throws -> String {
    var edition = SampleEdition.whole
    for index in edition.scores.indices
    where edition.scores[index].cooperation == SampleEdition.canal
      && edition.scores[index].quarter == SampleEdition.last
    { change(&edition.scores[index]) }
    let path = "en/cooperations/\(SampleEdition.canal).html"
    let page = try PageReader(try #require(Site(edition).files.first { $0.path == path }).bytes)
    return page.all("section").map { page.text(of: $0) }.joined(separator: "\n").replacing(
      "\u{A0}", with: " ")
  }

  @Test func `methods that give no score are told beside those that do`() throws {
    let all = try Self.told { score in
      let runs = score.certainty?.runs
      score.certainty?.scoredRuns = runs
    }
    let runs = try #require(all.firstMatch(of: /Nine tenths of ([0-9,]+) methods tried/)).1
    let some = try Self.told { if $0.dimension == nil { $0.certainty?.scoredRuns = 12 } }
    #expect(some.contains("Of \(runs) methods tried, 12 give a score"))
    #expect(some.contains("too little data for the rest"))
    let before = try Self.told { $0.certainty?.scoredRuns = nil }
    #expect(before.contains("Nine tenths of \(runs) methods tried"), "as releases made before say it")
  }

  @Test func `a dimension without a score weighs nothing in the whole, and says why it has none`() throws {
    let first = try #require(SampleCatalogue.scorecard.parts.first)
    let others = SampleCatalogue.scorecard.parts.dropFirst().flatMap(\.components).map(\.indicator)
    for (absence, words) in [
      (Score.Absence.notEnoughData, "too little"), (.notApplicable, "not applicable"),
    ] {
      let text = try Self.told { score in
        if score.dimension == first.dimension {
          (score.value, score.absence, score.coverage) = (nil, absence, 0.5)
          score.certainty = nil
        } else if score.dimension == nil {
          score.coverage = 0.75
        }
      }
      #expect(text.contains(words))
      let sentence = try #require(text.firstMatch(of: /indicators known of [0-9]+\. The heaviest: (.*?)\./)).1
      let named = SampleCatalogue.catalogue.indicators.filter { sentence.contains($0.label.english) }.map(
        \.id)
      #expect(!named.isEmpty && named.allSatisfy(others.contains), "\(sentence)")
      let start = "Share of the weight the score rests on: "
      let shares = try #require(text.split(separator: "\n").first { $0.contains(start) })
      #expect(shares.contains("Overall 75%"), "\(shares)")
      #expect(shares.contains(" 50%") == (absence == .notEnoughData), "\(shares)")
    }
  }
}
