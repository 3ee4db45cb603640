import Testing

@testable import Impact

@Suite struct `Scores outside their domain are refused` {
  @Test func `a circle, an orphan, two tops, twice the same name and weights of nothing make no tree`() {
    func problem(_ nodes: [Hierarchy.Node]) -> Hierarchy.Problem? {
      do {
        _ = try Hierarchy(nodes)
        return nil
      } catch { return error }
    }
    #expect(problem([]) == .empty)
    #expect(
      problem([
        .init("top", below: nil), .init("a", below: "b"), .init("b", below: "c"), .init("c", below: "a"),
      ])
        == .cyclic(1, ["a", "b", "c", "a"]))
    #expect(problem([.init("a", below: "a")]) == .cyclic(0, ["a", "a"]))
    #expect(problem([.init("top", below: nil), .init("a", below: "tip")]) == .unknownParent(1, "tip"))
    #expect(problem([.init("top", below: nil), .init("other", below: nil)]) == .secondTop(1, "other"))
    #expect(problem([.init("top", below: nil), .init("top", below: nil)]) == .duplicate(1, "top"))
    #expect(
      problem([.init("top", below: nil), .init("a", below: "top", weight: 0)]) == .weightsSumToZero(0, "top"))
    #expect(problem([.init("top", below: nil), .init("a", below: "top", weight: -1)]) == .weight(1, "a"))
    #expect(Hierarchy.Problem.cyclic(1, ["a", "b", "a"]).description.contains("a → b → a"))
  }

  @Test func `equal goalposts, values at 0 under a geometric mean and a flat column are refused`() throws {
    #expect(throws: ScoreError.equalGoalposts(indicator: "x")) {
      try flat([.init("x", goalposts: .init(low: 3, high: 3))], weights: [1])
    }
    let geometric = try flat(
      [.init("x"), .init("y")], weights: [1, 1], aggregation: .geometric, normalisation: .none)
    let zero = try Study(geometric, panel(["x", "y"], [[("u", [1, 0])]]))
    #expect(throws: ScoreError.notPositive(node: "y", mean: .geometric, unit: "u", period: nil)) {
      try zero.levels(0)
    }
    let minMax = try flat([.init("x")], weights: [1], normalisation: .minMax)
    #expect(throws: ScoreError.noSpread(indicator: "x")) {
      try Study(minMax, panel(["x"], [[("u", [2]), ("v", [2])]]))
    }
    #expect(throws: ScoreError.unknownUnit("w")) {
      try Study(
        try flat([.init("x")], weights: [1], normalisation: .distanceToReference(.unit("w"), .ratio)),
        panel(["x"], [[("u", [2])]]))
    }
    #expect(throws: ScoreError.self) { try Study(minMax, panel(["z"], [[("u", [2])]])) }
  }

  @Test func `comparisons and budgets that are none are refused`() {
    #expect(throws: ScoreError.self) { try AnalyticHierarchy([[1, 2], [2, 1]]) }
    #expect(throws: ScoreError.self) { try AnalyticHierarchy([[1, 2]]) }
    #expect(throws: ScoreError.self) { try AnalyticHierarchy([[1, 0], [0, 1]]) }
    #expect(throws: ScoreError.self) { try BudgetAllocation.weights([[0, 0]]) }
    #expect(throws: ScoreError.self) { try BudgetAllocation.weights([[1, 2], [1]]) }
    #expect(throws: ScoreError.self) { try BudgetAllocation.weights([[1, -2]]) }
    #expect(throws: ScoreError.self) { try Outranking([[1, 2]], weights: [0, 0]) }
    #expect(throws: ScoreError.self) { try Aggregation.geometric.value([1, 0], weights: [1, 1]) }
    #expect(throws: ScoreError.self) { try Aggregation.arithmetic.value([1], weights: [0]) }
    #expect(throws: ScoreError.self) { try Aggregation.copeland.value([1], weights: [1]) }
  }

  @Test func `a column that does not vary correlates with nothing, whatever the rounding of its mean`() {
    for count in [2, 3, 7, 1001] {
      #expect(throws: ScoreError.constant(indicator: "y")) {
        try Correlations((0..<count).map { [Double($0), 0.1] }, names: ["x", "y"])
      }
    }
  }

  @Test func `Copeland's rule refuses what is asked of one unit's score, a value without a mean its reason`()
    throws
  {
    let copeland = try Study(
      try flat([.init("x"), .init("y")], weights: [1, 1], aggregation: .copeland, normalisation: .none),
      panel(["x", "y"], [[("u", [1, 2]), ("v", [2, 1])], [("u", [2, 2]), ("v", [1, 1])]]))
    #expect(throws: ScoreError.notByUnit(node: "index", what: "what moved it")) {
      try copeland.change(of: 0, from: 0, to: 1)
    }
    #expect(throws: ScoreError.self) { try copeland.influences(of: 0, in: 0) }
    #expect(throws: ScoreError.self) { try copeland.possible(0, in: 0) }
    #expect(throws: ScoreError.self) {
      try Uncertainty(indicators: 2, draws: 3, seed: 1).intervals(
        copeland, unit: 0, period: 0, estimates: [nil, nil])
    }
    #expect(throws: ScoreError.self) { try SensitivityChoices().plan(for: copeland.composite) }

    let pareto = try flat(
      [.init("x"), .init("y")], weights: [1, 1], aggregation: .mazziottaPareto(.downward),
      normalisation: .none)
    let study = try Study(
      pareto, panel(["x", "y"], [[("u", [1, 1]), ("v", [1, -1]), ("w", [nil, nil])]]))
    #expect(
      throws: ScoreError.noMean(node: "index", mean: .mazziottaPareto(.downward), unit: "v", period: nil)
    ) { try study.levels(0) }
    // One unit at a time: who has nothing known is missing, not refused.
    let one = try Study(pareto, panel(["x", "y"], [[("w", [nil, nil]), ("u", [1, 1])]])).levels(0)
    #expect(one.value(0, 0) == nil && one.value(1, 0) == 1)
  }

  @Test func `another mean that refuses a value is named, not the index's own`() throws {
    let index = try flat([.init("x"), .init("y")], weights: [1, 1], normalisation: .none)
    let study = try Study(index, panel(["x", "y"], [[("u", [1, 0])]]))
    let plan = try SensitivityChoices(aggregations: [.harmonic]).plan(for: index)
    #expect(throws: ScoreError.notPositive(node: "y", mean: .harmonic, unit: "u", period: nil)) {
      try SensitivityStudy(study, plan).solidity(ofUnit: 0, in: 0)
    }
    let upward = try SensitivityChoices(aggregations: [.mazziottaPareto(.upward)]).plan(for: index)
    let below = try Study(index, panel(["x", "y"], [[("u", [1, -3])]]))
    #expect(throws: ScoreError.noMean(node: "index", mean: .mazziottaPareto(.upward), unit: "u", period: nil))
    {
      try SensitivityStudy(below, upward).solidity(ofUnit: 0, in: 0)
    }
  }

  @Test func `two things compared cannot disagree, and a third can`() throws {
    let pair = try AnalyticHierarchy([[1, 3], [1.0 / 3, 1]])
    #expect(pair.consistencyRatio == nil)
    #expect(zip(pair.weights, [0.75, 0.25]).allSatisfy { abs($0 - $1) < 1e-12 })
    let circle = try AnalyticHierarchy([[1, 9, 1.0 / 9], [1.0 / 9, 1, 9], [9, 1.0 / 9, 1]])
    #expect(try #require(circle.consistencyRatio) > 1)
  }

  @Test func `each expert counts the same, whatever the points given out`() throws {
    #expect(try BudgetAllocation.weights([[30, 70], [1, 1]]) == [0.4, 0.6])
  }
}

@Suite struct `Means by hand` {
  @Test func `each mean has its textbook value`() throws {
    let values: [Double] = [1, 4, 16]
    let weights: [Double] = [1, 1, 2]
    #expect(try Aggregation.arithmetic.value(values, weights: weights) == 9.25)
    #expect(abs(try Aggregation.geometric.value(values, weights: weights) - 5.656854249492381) < 1e-12)
    #expect(abs(try Aggregation.harmonic.value(values, weights: weights) - 4 / 1.375) < 1e-12)
    #expect(abs(try Aggregation.power(2).value(values, weights: weights) - 132.25.squareRoot()) < 1e-12)
    // Mean 100, variance 150: 100 ∓ 1.5.
    let around: [Double] = [100, 85, 115]
    #expect(abs(try Aggregation.mazziottaPareto(.downward).value(around, weights: [1, 1, 1]) - 98.5) < 1e-12)
    #expect(abs(try Aggregation.mazziottaPareto(.upward).value(around, weights: [1, 1, 1]) - 101.5) < 1e-12)
    // Counted from 1 to 100, 0 and 100 have the geometric mean 10.
    #expect(abs(try Aggregation.geometricFromOne.value([0, 100], weights: [1, 1]) - 9 / 0.99) < 1e-12)
  }

  @Test func `the effective weights are the products along the tree`() throws {
    let tree = try Hierarchy([
      .init("top", below: nil), .init("a", below: "top", weight: 3), .init("b", below: "top", weight: 1),
      .init("a1", below: "a", weight: 1), .init("a2", below: "a", weight: 2),
    ])
    let shares = tree.effectiveWeights()
    for (one, other) in zip(shares, [1, 0.75, 0.25, 0.25, 0.5]) { #expect(abs(one - other) < 1e-12) }
    #expect(tree.leaves.map { tree.nodes[$0].name } == ["b", "a1", "a2"])
    #expect(tree.depths == [0, 1, 1, 2, 2])
  }

  @Test func `the logarithmic mean takes a geometric change apart`() throws {
    let index = try flat(
      [.init("x"), .init("y")], weights: [1, 1], aggregation: .geometric, normalisation: .none)
    let study = try Study(index, panel(["x", "y"], [[("u", [1, 4])], [("u", [4, 9])]]))
    let change = try #require(try study.change(of: 0, from: 0, to: 1))
    // 2 → 6; L(6, 2) = 4 / ln 3, halves of ln 4 and of ln 9/4.
    #expect(abs(change.parts[0].amount - 4 / 1.0986122886681098 * 0.5 * 1.3862943611198906) < 1e-12)
    #expect(abs(change.parts[1].amount - 4 / 1.0986122886681098 * 0.5 * 0.8109302162163288) < 1e-12)
  }

  @Test func `the uncertainty of one rate is that of its interval, and draws do not depend on other units`()
    throws
  {
    let index = try flat([.init("x", goalposts: .init(low: 0, high: 1))], weights: [1])
    let alone = try Study(index, panel(["x"], [[("u", [0.5])]]))
    let both = try Study(index, panel(["x"], [[("v", [0.1]), ("u", [0.5])]]))
    let estimate = Uncertainty.Estimate(
      0.5, Interval(low: 0.3, high: 0.6), limits: Interval(low: 0, high: 1))
    let draws = Uncertainty(indicators: 1, draws: 1000, seed: 7)
    let found = try #require(try draws.intervals(alone, unit: 0, period: 0, estimates: [estimate])[0])
    #expect(abs(found.low - 30) < 0.2 && abs(found.high - 60) < 0.2)
    #expect(try draws.intervals(both, unit: 1, period: 0, estimates: [estimate])[0] == found)
    #expect(
      try draws.intervals(alone, unit: 0, period: 0, estimates: [nil])[0] == Interval(low: 50, high: 50))
  }
}
