import Testing

@testable import Impact

/// Laws every index keeps, on tables and trees drawn from a seed.
@Suite struct `Laws of composite scores` {
  static let means: [Aggregation] = [
    .arithmetic, .geometric, .geometricFromOne, .harmonic, .power(0.5), .power(-2), .power(3),
  ]

  /// Three levels: dimensions below the top, one of them with a level more.
  static func tree(_ means: [Aggregation], weights: [Double], minimumData: Double = 0) throws -> Composite {
    let names = ["a", "b", "c", "d", "e", "f"]
    let nodes: [Hierarchy.Node] = [
      .init("top", below: nil), .init("one", below: "top", weight: weights[0]),
      .init("two", below: "top", weight: weights[1]), .init("deep", below: "two", weight: weights[2]),
      .init("a", below: "one", weight: weights[3]), .init("b", below: "one", weight: weights[4]),
      .init("c", below: "two", weight: weights[5]), .init("d", below: "deep", weight: weights[6]),
      .init("e", below: "deep", weight: weights[7]), .init("f", below: "top", weight: weights[8]),
    ]
    let indicators = names.enumerated().map { index, name in
      Composite.Indicator(name, goalposts: index % 2 == 0 ? .init(low: 0, high: 10) : .init(low: 10, high: 0))
    }
    return try Composite(
      hierarchy: try Hierarchy(nodes), indicators: indicators, scale: Scale(low: 1, high: 100),
      aggregations: nodes.indices.map { means[$0 % means.count] }, minimumData: minimumData)
  }

  struct Case {
    var composite: Composite
    var values: [Double?]
    var generator: SeededGenerator

    init(_ seed: UInt64, holes: Bool, minimumData: Double = 0, means: [Aggregation] = means) throws {
      var generator = SeededGenerator(seed: seed)
      let shuffled = means.shuffled(using: &generator)
      let weights = (0..<9).map { _ in Double.random(in: 0.1...3, using: &generator) }
      composite = try tree(shuffled, weights: weights, minimumData: minimumData)
      values = (0..<6).map { _ in
        holes && Int.random(in: 0..<4, using: &generator) == 0
          ? nil : Double.random(in: -1...11, using: &generator)
      }
      self.generator = generator
    }

    func score(_ values: [Double?], _ composite: Composite? = nil) throws -> Double? {
      let composite = composite ?? self.composite
      let study = try Study(composite, panel(composite.indicators.map(\.name), [[("u", values)]]))
      return try study.levels(0).value(0, composite.hierarchy.top)
    }
  }

  @Test(arguments: UInt64(1)...200) func `a better value never lowers the score`(_ seed: UInt64) throws {
    var drawn = try Case(seed, holes: true)
    guard let before = try drawn.score(drawn.values) else { return }
    for index in drawn.values.indices {
      guard let value = drawn.values[index] else { continue }
      let step = Double.random(in: 0...3, using: &drawn.generator)
      var better = drawn.values
      better[index] = value + (drawn.composite.indicators[index].isReversed ? -step : step)
      let after = try #require(try drawn.score(better))
      #expect(after >= before - 1e-9)
    }
  }

  @Test(arguments: UInt64(1)...50) func `unit and order of the indicators do not matter`(_ seed: UInt64)
    throws
  {
    let drawn = try Case(seed, holes: true)
    let before = try drawn.score(drawn.values)
    var scaled = drawn.composite
    for index in scaled.indicators.indices {
      let posts = try #require(scaled.indicators[index].goalposts)
      scaled.indicators[index].goalposts = .init(low: posts.low * 1000 + 32, high: posts.high * 1000 + 32)
    }
    let after = try drawn.score(drawn.values.map { $0.map { $0 * 1000 + 32 } }, scaled)
    #expect((before == nil) == (after == nil))
    if let before, let after { #expect(abs(before - after) < 1e-8) }

    // The nodes in another order, the columns too.
    let order = [9, 4, 8, 2, 5, 0, 7, 1, 6, 3]
    let nodes = order.map { drawn.composite.hierarchy.nodes[$0] }
    let hierarchy = try Hierarchy(nodes)
    let byName = Dictionary(
      uniqueKeysWithValues: zip(drawn.composite.indicators.map(\.name), drawn.composite.indicators))
    let valueOf = Dictionary(uniqueKeysWithValues: zip(drawn.composite.indicators.map(\.name), drawn.values))
    let indicators = try hierarchy.leaves.map { try #require(byName[hierarchy.nodes[$0].name]) }
    let turned = try Composite(
      hierarchy: hierarchy, indicators: indicators, scale: drawn.composite.scale,
      aggregations: order.map { drawn.composite.aggregations[$0] })
    let other = try drawn.score(indicators.map { valueOf[$0.name] ?? nil }, turned)
    #expect((before == nil) == (other == nil))
    if let before, let other { #expect(abs(before - other) < 1e-9) }
  }

  @Test(arguments: UInt64(1)...50) func `the scale of the weights does not matter`(_ seed: UInt64) throws {
    let drawn = try Case(seed, holes: true, minimumData: 0.4)
    let nodes = drawn.composite.hierarchy.nodes
    let scaled = try Composite(
      hierarchy: try Hierarchy(nodes.map { .init($0.name, below: $0.parent, weight: $0.weight * 7) }),
      indicators: drawn.composite.indicators, scale: drawn.composite.scale,
      aggregations: drawn.composite.aggregations, minimumData: 0.4)
    let (before, after) = (try drawn.score(drawn.values), try drawn.score(drawn.values, scaled))
    #expect((before == nil) == (after == nil))
    if let before, let after { #expect(abs(before - after) < 1e-9) }
  }

  @Test(arguments: UInt64(1)...50) func `with goalposts an added unit moves nobody, in score, band or shares`(
    _ seed: UInt64
  ) async throws {
    var drawn = try Case(seed, holes: true, means: [.arithmetic, .geometricFromOne, .harmonic])
    let names = drawn.composite.indicators.map(\.name)
    let added: [Double?] = (0..<6).map { _ in Double.random(in: -100...100, using: &drawn.generator) }
    let plan = try SensitivityPlan(
      normalisations: [.init("own", .goalposts(stretch: 1)), .init("wider", .goalposts(stretch: 1.2))],
      weights: [
        .init("own", drawn.composite.hierarchy.nodes.map(\.weight)),
        .init("equal", [Double](repeating: 1, count: 10)),
      ],
      aggregations: [
        .init("own", drawn.composite.aggregations),
        .init("mean", [Aggregation](repeating: .arithmetic, count: 10)),
      ],
      leavesOut: true)
    var found: [(Double?, Solidity.Band?, [Solidity.Share]?)] = []
    for rows in [[("u", drawn.values)], [("u", drawn.values), ("v", added)]] {
      let study = try Study(drawn.composite, panel(names, [rows]))
      let solidity = try await SensitivityStudy(study, plan).solidity(0)
      found.append((try study.levels(0).value(0, 0), solidity.band(0), solidity.shares(0)))
    }
    #expect(found[0].0 == found[1].0)
    #expect(found[0].1 == found[1].1)
    #expect(found[0].2 == found[1].2)
  }

  @Test(arguments: UInt64(1)...200)
  func `a value gone missing raises neither the least the score can be nor its coverage`(_ seed: UInt64)
    throws
  {
    let drawn = try Case(seed, holes: true)
    let names = drawn.composite.indicators.map(\.name)
    let whole = try Study(drawn.composite, panel(names, [[("u", drawn.values)]]))
    let before = try #require(try whole.possible(0, in: 0)[0])
    let levels = try whole.levels(0)
    if let score = levels.value(0, 0) { #expect(score >= before.low - 1e-9 && score <= before.high + 1e-9) }
    for index in drawn.values.indices where drawn.values[index] != nil {
      var holed = drawn.values
      holed[index] = nil
      let study = try Study(drawn.composite, panel(names, [[("u", holed)]]))
      let after = try #require(try study.possible(0, in: 0)[0])
      #expect(after.low <= before.low + 1e-9 && after.high >= before.high - 1e-9)
      #expect(try study.levels(0).coverage(0, 0) <= levels.coverage(0, 0) + 1e-12)
    }
  }

  @Test(arguments: UInt64(1)...200) func `the parts of a change sum to it`(_ seed: UInt64) throws {
    var drawn = try Case(
      seed, holes: true, minimumData: Double(seed % 3) * 0.3,
      means: Self.means + [.mazziottaPareto(.downward), .mazziottaPareto(.upward)])
    let later: [Double?] = drawn.values.map { value in
      switch Int.random(in: 0..<5, using: &drawn.generator) {
      case 0: nil
      case 1: value
      default: Double.random(in: 0...10, using: &drawn.generator)
      }
    }
    let names = drawn.composite.indicators.map(\.name)
    let study = try Study(drawn.composite, panel(names, [[("u", drawn.values)], [("u", later)]]))
    // Mazziotta–Pareto may fall below 0, where the mean above it ends: checked elsewhere.
    guard let change = try? study.change(of: 0, from: 0, to: 1) else { return }
    #expect(abs(change.parts.reduce(0) { $0 + $1.amount } - change.amount) < 1e-9)
    let (before, after) = (try study.levels(0).value(0, 0), try study.levels(1).value(0, 0))
    #expect(change.before == before && change.after == after)
    for part in change.parts {
      guard let index = names.firstIndex(of: part.node) else { continue }
      switch part.kind {
      case .moved: #expect(drawn.values[index] != nil && later[index] != nil)
      case .appeared: #expect(drawn.values[index] == nil && later[index] != nil)
      case .disappeared: #expect(drawn.values[index] != nil && later[index] == nil)
      case .replaced: Issue.record("an indicator is not replaced")
      }
    }
  }

  @Test(arguments: UInt64(1)...100)
  func `what a missing value does to a score is never told as a movement of the rest`(_ seed: UInt64) throws {
    let drawn = try Case(seed, holes: false)
    let names = drawn.composite.indicators.map(\.name)
    for index in names.indices {
      var holed = drawn.values
      holed[index] = nil
      let study = try Study(drawn.composite, panel(names, [[("u", drawn.values)], [("u", holed)]]))
      let change = try #require(try study.change(of: 0, from: 0, to: 1))
      for part in change.parts where part.kind == .moved { #expect(part.amount == 0) }
      #expect(change.parts.filter { $0.kind != .moved }.count == 1)
    }
  }

  @Test(arguments: UInt64(1)...100) func `leaving one out by subtraction is computing without it`(
    _ seed: UInt64
  ) throws {
    let drawn = try Case(
      seed, holes: true, minimumData: 0.3, means: Self.means + [.mazziottaPareto(.downward)])
    let study = try Study(
      drawn.composite, panel(drawn.composite.indicators.map(\.name), [[("u", drawn.values)]]))
    let evaluator = Evaluator(drawn.composite)
    var work = Evaluator.Workspace(evaluator.count)
    var row = [Double](repeating: .nan, count: 6)
    study.place(0, 0, into: &row)
    _ = evaluator.evaluate(row, &work)
    for indicator in 0..<6 {
      // A value the mean above cannot take makes the whole run an error, checked elsewhere.
      let quick = evaluator.top(without: indicator, &work)
      if work.refused >= 0 { return }
      var without = row
      without[indicator] = -.infinity
      var other = Evaluator.Workspace(evaluator.count)
      let slow = evaluator.evaluate(without, &other)
      #expect(quick.isFinite == slow.isFinite)
      if quick.isFinite { #expect(abs(quick - slow) < 1e-9 * max(1, abs(slow))) }
    }
  }

  @Test func `ranks of random scores are those of sorting`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<100 {
      let scores: [Double?] = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
        Int.random(in: 0..<9, using: &generator) == 0
          ? nil : (Double.random(in: -100...100, using: &generator) * 4).rounded() / 4
      }
      let expected = scores.map { score in
        score.map { score in scores.filter { ($0 ?? -.infinity) > score }.count + 1 }
      }
      #expect(Ranking.ranks(scores) == expected)
    }
  }
}
