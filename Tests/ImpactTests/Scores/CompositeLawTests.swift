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

  @Test func `a better value never lowers the score`() throws {
    var raised = 0
    for seed in UInt64(1)...200 {
      var drawn = try Case(seed, holes: true)
      guard let before = try drawn.score(drawn.values) else {
        #expect(drawn.values.allSatisfy { $0 == nil }, "seed \(seed): only nothing known gives no score")
        continue
      }
      for index in drawn.values.indices {
        guard let value = drawn.values[index] else { continue }
        let step = Double.random(in: 0...3, using: &drawn.generator)
        var better = drawn.values
        better[index] = value + (drawn.composite.indicators[index].isReversed ? -step : step)
        let after = try #require(try drawn.score(better))
        #expect(after >= before - 1e-9, "seed \(seed), indicator \(index)")
        if after > before + 1e-9 { raised += 1 }
      }
    }
    // Most values lie within their goalposts, and raise the score.
    #expect(raised >= 500)
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

  // It may raise the score itself, as the test below shows. What it never raises is how much is known, and the least the
  // score can be.
  @Test(arguments: UInt64(1)...200)
  func `a value gone missing raises neither the least the score can be nor its coverage`(_ seed: UInt64)
    throws
  {
    let minimum = Double(seed % 4) * 0.25
    let drawn = try Case(seed, holes: true, minimumData: minimum)
    let names = drawn.composite.indicators.map(\.name)
    let tree = drawn.composite.hierarchy
    let effective = tree.effectiveWeights()
    let whole = try Study(drawn.composite, panel(names, [[("u", drawn.values)]]))
    let before = try #require(try whole.possible(0, in: 0)[0])
    let levels = try whole.levels(0)
    // Under a least, what is known of a node below it leaves the score too, and would count were the rest known.
    if minimum == 0, let score = levels.value(0, 0) {
      #expect(score >= before.low - 1e-9 && score <= before.high + 1e-9)
    }
    var gone = 0
    for index in drawn.values.indices where drawn.values[index] != nil {
      var holed = drawn.values
      holed[index] = nil
      let study = try Study(drawn.composite, panel(names, [[("u", holed)]]))
      let after = try #require(try study.possible(0, in: 0)[0])
      #expect(after.low <= before.low + 1e-9 && after.high >= before.high - 1e-9)
      let left = try study.levels(0)
      for node in tree.nodes.indices {
        #expect(left.coverage(0, node) <= levels.coverage(0, node) + 1e-12)
        #expect((left.value(0, node) == nil) || levels.value(0, node) != nil)
      }
      if minimum == 0 {
        // With no least, all that is known counts, by the product of the weights along the tree.
        let known = zip(tree.leaves, holed).reduce(0) { $0 + ($1.1 == nil ? 0 : effective[$1.0]) }
        #expect(abs(left.coverage(0, 0) - known) < 1e-12)
        #expect(levels.coverage(0, 0) - left.coverage(0, 0) > 1e-9)
      }
      gone += 1
    }
    #expect(gone == drawn.values.count { $0 != nil })
  }

  @Test func `a value gone missing can raise the score itself, with what it costs in coverage beside it`()
    throws
  {
    let posts = Scorecard.Goalposts(low: 0, high: 10)
    let index = try flat([.init("a", goalposts: posts), .init("b", goalposts: posts)], weights: [1, 1])
    let levels = try Study(index, panel(["a", "b"], [[("u", [10, 0]), ("v", [10, nil])]])).levels(0)
    #expect(levels.value(0, 0) == 50 && levels.coverage(0, 0) == 1)
    #expect(levels.value(1, 0) == 100 && levels.coverage(1, 0) == 0.5)
  }

  /// Lists of values that lie evenly, on few values, all but one close together, and at the ends of what a number holds.
  private static func lists(seed: UInt64) -> [[Double]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<200).map { round in
      let count = round % 8 == 0 ? round / 8 : Int.random(in: 1...900, using: &generator)
      return (0..<count).map { index in
        let even = Double.random(in: -100...100, using: &generator)
        return switch round % 6 {
        case 0: even
        case 1: (even * 4).rounded() / 4
        case 2: index == 0 ? 1e9 : even * 1e-7
        case 3: index % 7 == 0 ? .greatestFiniteMagnitude : index % 7 == 1 ? -.greatestFiniteMagnitude : even
        case 4: Double(count - index) * 1e-13
        default: even * .leastNonzeroMagnitude
        }
      }
    }
  }

  @Test func `ranks of random scores are those of sorting`() {
    var generator = SeededGenerator(seed: 3)
    for list in Self.lists(seed: 3) {
      let scores: [Double?] = list.map { Int.random(in: 0..<9, using: &generator) == 0 ? nil : $0 }
      // Beyond 10³⁸ twelve decimals are the number itself.
      let known = scores.map { score in
        score.map {
          abs($0) < 1e38 ? ($0 * 1e12).rounded(.toNearestOrEven) : $0.sign == .minus ? -.infinity : .infinity
        }
      }
      let sorted = known.compactMap { $0 }.sorted(by: >)
      let expected = known.map { score in score.flatMap { sorted.firstIndex(of: $0) }.map { $0 + 1 } }
      #expect(Ranking.ranks(scores) == expected)
    }
  }

  @Test func `quantiles found bin by bin are those of sorting`() {
    var selector = Selector()
    for list in Self.lists(seed: 4) {
      selector.take(list)
      guard !list.isEmpty else {
        #expect(selector.quantile(0.5).isNaN && selector.least.isNaN && selector.greatest.isNaN)
        continue
      }
      let sorted = list.sorted()
      #expect(selector.least == sorted.first && selector.greatest == sorted.last)
      for share in [0, 0.025, 0.05, 0.5, 0.95, 0.975, 1] {
        let (found, expected) = (selector.quantile(share), sampleQuantile(sorted, share))
        #expect(found == expected || found.isNaN && expected.isNaN)
      }
    }
  }
}
