import Testing

@testable import Impact

/// A small scorecard of two dimensions.
enum ScoreFixture {
  static let scorecard = Scorecard(
    version: 1, minimumData: 0.6, minimumCount: 5,
    parts: [
      Scorecard.Part(
        dimension: "exits", weight: 2,
        components: [
          Scorecard.Component(indicator: "dynamic", goalposts: .init(low: 0.2, high: 0.8), weight: 2),
          Scorecard.Component(indicator: "durable", goalposts: .init(low: 0, high: 0.5), weight: 1),
        ]),
      Scorecard.Part(
        dimension: "activity", weight: 1,
        components: [
          Scorecard.Component(indicator: "absenteeism", goalposts: .init(low: 0.2, high: 0), weight: 1)
        ]),
    ])

  /// The same, tried against nothing: quick to compute.
  static var plain: Scorecard {
    var plain = scorecard
    plain.sensitivity = SensitivityChoices(draws: 0)
    return plain
  }

  static func rate(_ numerator: Double, _ denominator: Double) -> Figure.Content {
    .value(
      Figure.Value(
        number: numerator / denominator, numerator: numerator, denominator: denominator,
        count: Int(denominator),
        interval: Proportion(numerator, of: denominator)?.wilson()))
  }
}

@Suite struct `Scores with fixed goalposts` {
  static let quarter = Quarter(index: 8106)

  static func scores(_ values: [String: Figure.Content], card: Scorecard = ScoreFixture.plain) -> [Score] {
    (try? Score.history(card, cooperation: "c", quarters: [quarter]) { indicator, quarter in
      values[indicator].map {
        Figure(
          key: Figure.Key(indicator: indicator, cooperation: "c", quarter: quarter), content: $0,
          status: .final,
          indicatorVersion: 1)
      }
    }) ?? []
  }

  @Test func `arithmetic inside a dimension, geometric across`() throws {
    let scores = Self.scores([
      "dynamic": ScoreFixture.rate(5, 10), "durable": ScoreFixture.rate(2, 10),
      "absenteeism": ScoreFixture.rate(10, 100),
    ])
    // dynamic (0.5 − 0.2) / 0.6 = 50; durable 0.2 / 0.5 = 40; exits (2 × 50 + 40) / 3; absenteeism half-way.
    let exits = try #require(scores[0].value)
    #expect(abs(exits - 140.0 / 3) < 1e-9)
    let activity = try #require(scores[1].value)
    #expect(abs(activity - 50) < 1e-9)
    let overall = try #require(scores[2].value)
    let first = 1 + exits * 0.99
    let second = 1 + activity * 0.99
    // The weights are 2 and 1: the cube of the mean is the product.
    let mean = 1 + overall * 0.99
    #expect(abs(mean * mean * mean - first * first * second) < 1e-6)
    #expect(scores[0].contributions.reduce(0) { $0 + $1.weight } == 1)
  }

  @Test func `values beyond the goalposts are clipped, less is better reads backwards`() {
    let posts = Scorecard.Goalposts(low: 0.2, high: 0)
    #expect(Score.normalised(0.3, between: posts) == 0)
    #expect(Score.normalised(-0.1, between: posts) == 100)
    #expect(abs(Score.normalised(0.05, between: posts) - 75) < 1e-9)
  }

  @Test func `too little data is an answer, and what does not apply is not missing`() throws {
    let little = Self.scores(["durable": ScoreFixture.rate(2, 10), "absenteeism": ScoreFixture.rate(10, 100)])
    #expect(little[0].value == nil && little[0].absence == .notEnoughData)
    #expect(abs(little[0].coverage - 1.0 / 3) < 1e-9)
    #expect(little[2].absence == .notEnoughData, "one third of the overall weight is known")
    let few = Self.scores([
      "dynamic": ScoreFixture.rate(2, 4), "durable": ScoreFixture.rate(1, 4),
      "absenteeism": ScoreFixture.rate(1, 100),
    ])
    #expect(few[0].absence == .notEnoughData, "a rate on four people does not enter a score")
    let exempt = Self.scores(["dynamic": .absent(.notApplicable), "durable": ScoreFixture.rate(2, 10)])
    #expect(try #require(exempt[0].value) == 40)
    #expect(exempt[0].coverage == 1)
  }

  @Test func `a better value never lowers a score, and a missing one never raises the coverage`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let trials = Double(Int.random(in: 5...40, using: &generator))
      let low = Double(Int.random(in: 0..<Int(trials), using: &generator))
      let other = ScoreFixture.rate(Double(Int.random(in: 0...10, using: &generator)), 10)
      func overall(_ successes: Double) -> Double {
        Self.scores(["dynamic": ScoreFixture.rate(successes, trials), "durable": other, "absenteeism": other]
        )[2]
        .value ?? -1
      }
      #expect(overall(low) <= overall(low + 1) + 1e-12)
      let complete = Self.scores(["dynamic": other, "durable": other])[0].coverage
      let holed = Self.scores(["dynamic": other])[0].coverage
      #expect(holed <= complete)
    }
  }

  @Test func `the scale of the weights does not matter`() throws {
    var scaled = ScoreFixture.plain
    for part in scaled.parts.indices {
      scaled.parts[part].weight *= 7
      for component in scaled.parts[part].components.indices {
        scaled.parts[part].components[component].weight *= 3
      }
    }
    let values = [
      "dynamic": ScoreFixture.rate(6, 11), "durable": ScoreFixture.rate(3, 11),
      "absenteeism": ScoreFixture.rate(7, 90),
    ]
    for (one, other) in zip(Self.scores(values), Self.scores(values, card: scaled)) {
      #expect(abs(try #require(one.value) - (try #require(other.value))) < 1e-9)
    }
  }
}
