import Impact
import Store

/// What a rate is beside those of other cooperations, for a reader at a terminal; no line for a figure that is not compared.
struct FairnessText {
  let lines: [String]

  init(_ explanation: Explanation, catalogue: Catalogue) {
    guard explanation.indicator.isCompared, explanation.figure.key.part == nil else {
      lines = []
      return
    }
    let title = ["", "beside the other cooperations / à publics comparables:"]
    guard let fairness = explanation.fairness, let standing = fairness.standing(explanation.figure.key) else {
      lines =
        title + [
          "  not compared: it takes this rate of at least two cooperations that you may read, this one included"
        ]
      return
    }
    let others = fairness.standings.count - 1
    lines =
      title + [
        "  common rate    \(fairness.common.share) over this and \(others) other cooperation(s) that you may read"
      ] + FairnessText.expected(standing, fairness, catalogue.words(of: explanation.indicator))
  }

  /// What is expected, by what people are told apart, and who has no like elsewhere.
  private static func expected(
    _ standing: Fairness.Standing, _ fairness: Fairness, _ words: [String: String]
  ) -> [String] {
    guard let people = standing.ownPeople else {
      return ["  expected       nothing: its people are not told apart"]
    }
    guard let expected = people.expected else {
      return ["  expected       nothing: no other cooperation has anybody in this rate"]
    }
    let kind =
      people.isForItsPeople
      ? "for its people / pour son public"
      : "the plain rate of the others, whoever their people are / taux des autres, quel que soit leur public"
    let steps = zip(["nobody told apart"] + fairness.features.map { "+ \($0)" }, people.unmatched).map {
      "\($0) \($1)"
    }
    return [
      "  expected       \(expected.rate), 95 % range \(expected.range.low) to \(expected.range.high): \(kind)",
      "  told apart by  "
        + (people.isForItsPeople
          ? people.features.map { words[$0] ?? $0 }.joined(separator: "; ") : "nothing / rien"),
      "  without a like \(people.withoutComparator) of \(Int(standing.rate.trials)) people / sans équivalent ailleurs",
      "  by feature     \(steps.joined(separator: ", ")); the finest with at most "
        + "\(Int(Fairness.mostWithoutComparator * 100)) % without a like is kept",
    ]
  }
}

/// What a rate is beside those of other cooperations, for a machine.
struct FairnessAnswer: Encodable {
  struct Feature: Encodable {
    var name: String
    var fr: String
    var en: String
  }

  /// The rate over all that were compared.
  var commonRate: Double
  /// How many were, this one among them.
  var cooperations: Int
  /// `like`: what is expected is for its people; `others`: it is the plain rate of the others.
  var comparedWith: String?
  /// What its people were told apart by; none beside the plain rate of the others.
  var features: [Feature]
  var expectedRate: Double?
  var expectedLow: Double?
  var expectedHigh: Double?
  /// Its people in the comparison, and those among them that count.
  var comparedNumerator: Double?
  var comparedDenominator: Double?
  /// Its people without a like elsewhere.
  var withoutComparator: Int?
  /// The same when none, the first, the first two… of the features declared tell them apart.
  var withoutComparatorByFeature: [Int]

  /// The answer; `nil` for a figure that is not compared.
  init?(_ explanation: Explanation, catalogue: Catalogue) {
    guard let fairness = explanation.fairness, let standing = fairness.standing(explanation.figure.key) else {
      return nil
    }
    commonRate = fairness.common.share
    cooperations = fairness.standings.count
    let people = standing.ownPeople
    comparedWith = people?.expected.map { _ in people?.isForItsPeople == true ? "like" : "others" }
    let used = people?.features ?? []
    features = catalogue.features(comparing: explanation.indicator).prefix(used.count).map {
      Feature(name: $0.name, fr: $0.label.french, en: $0.label.english)
    }
    expectedRate = people?.expected?.rate
    expectedLow = people?.expected?.range.low
    expectedHigh = people?.expected?.range.high
    comparedNumerator = people?.expected?.observed.successes
    comparedDenominator = people?.expected?.observed.trials
    withoutComparator = people?.withoutComparator
    withoutComparatorByFeature = people?.unmatched ?? []
  }
}

extension Fairness {
  /// Where a rate stands; `nil` when it is not among those compared.
  fileprivate func standing(_ key: Figure.Key) -> Standing? {
    standings.first { $0.cooperation == key.cooperation }
  }
}

extension Catalogue {
  /// The features a rate is compared by, by name, in both languages.
  fileprivate func words(of indicator: Indicator) -> [String: String] {
    Dictionary(
      features(comparing: indicator).map {
        ($0.name, "\($0.name) (\($0.label.french) / \($0.label.english))")
      }
    ) { first, _ in first }
  }
}
