import Testing

@testable import Impact

/// Every way of making values comparable keeps their order, or refuses.
@Suite struct `Normalisations keep the order of values` {
  static let all: [Normalisation] =
    [
      .none, .goalposts(stretch: 1), .goalposts(stretch: 1.2), .minMax,
      .zScore(mean: 0, deviation: 1, isPopulation: false),
      .zScore(mean: 100, deviation: 10, isPopulation: true),
      .distanceToTarget, .aboveBelowMean(share: 0.2), .percentileRank, .rank, .borda,
    ]
    + [Normalisation.Reference.mean, .best, .worst, .unit("u0")].flatMap { reference in
      [.distanceToReference(reference, .ratio), .distanceToReference(reference, .difference)]
    }

  @Test(arguments: all.indices) func `a better value is never worth less, whatever the signs`(_ place: Int)
    throws
  {
    let normalisation = Self.all[place]
    var generator = SeededGenerator(seed: 41)
    var (kept, refused) = (0, 0)
    for _ in 0..<400 {
      let isReversed = Bool.random(using: &generator)
      // Around 0, and wholly above or below it.
      let shift: Double = Double(Int.random(in: -1...1, using: &generator)) * 20
      let values = (0..<6).map { _ in Double.random(in: -10...10, using: &generator) + shift }
      let posts = Scorecard.Goalposts(low: shift + (isReversed ? 8 : -8), high: shift + (isReversed ? -8 : 8))
      let indicator = Composite.Indicator(
        "x", isReversed: isReversed, goalposts: posts,
        target: shift + Double.random(in: -12...12, using: &generator))
      let found: [Double?]
      do throws(ScoreError) {
        found = try normalisation.normalised(
          values, as: indicator, units: values.indices.map { "u\($0)" })
      } catch {
        switch error {
        case .targetNotBetter, .referenceNotPositive: refused += 1
        default: Issue.record("\(error)")
        }
        continue
      }
      kept += 1
      let order = values.indices.sorted { isReversed ? values[$0] > values[$1] : values[$0] < values[$1] }
      for (worse, better) in zip(order, order.dropFirst()) {
        let (low, high) = (try #require(found[worse]), try #require(found[better]))
        #expect(low <= high + 1e-12, "\(values[worse]) → \(low), \(values[better]) → \(high)")
      }
    }
    #expect(kept >= 100)
    switch normalisation {
    case .distanceToTarget, .distanceToReference: #expect(refused >= 20)
    default: #expect(refused == 0)
    }
  }

  @Test func `distances to a target come out by hand`() throws {
    let values: [Double?] = [2, 4, nil, 8, 12]
    #expect(
      try Normalisation.distanceToTarget.normalised(values, as: .init("x", target: 10)) == [
        0, 25, nil, 75, 100,
      ])
    let less = Composite.Indicator("x", isReversed: true, target: 4)
    let found = try Normalisation.distanceToTarget.normalised([12, 8, 4, 2], as: less, scale: .unit)
    #expect(found == [0, 0.5, 1, 1])
  }

  @Test func `a target or a reference that turns the order round is refused`() throws {
    #expect(throws: ScoreError.targetNotBetter(indicator: "x", target: 5, worst: 10)) {
      try Normalisation.distanceToTarget.normalised([10, 20, 30], as: .init("x", target: 5))
    }
    #expect(throws: ScoreError.targetNotBetter(indicator: "x", target: 30, worst: 30)) {
      try Normalisation.distanceToTarget.normalised(
        [10, 20, 30], as: .init("x", isReversed: true, target: 30))
    }
    let mean = Normalisation.distanceToReference(.mean, .ratio)
    #expect(throws: ScoreError.referenceNotPositive(indicator: "x", reference: -8)) {
      try mean.normalised([-15, -8, -1], as: .init("x"))
    }
    #expect(throws: ScoreError.referenceNotPositive(indicator: "x", reference: 0)) {
      try mean.normalised([-1, 1], as: .init("x"))
    }
    let unit = Normalisation.distanceToReference(.unit("u"), .ratio)
    #expect(throws: ScoreError.lacks(indicator: "x", what: "a value of the unit compared with")) {
      try unit.normalised([nil, 1], as: .init("x"), units: ["u", "v"])
    }
    #expect(throws: ScoreError.self) {
      try Normalisation.zScore(mean: 0, deviation: -1, isPopulation: false).normalised(
        [1, 2], as: .init("x"))
    }
  }
}
