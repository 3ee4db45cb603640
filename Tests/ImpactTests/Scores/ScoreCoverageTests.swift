import Testing

@testable import Impact

/// How much of the weight a score rests on, and the least of it.
@Suite struct `Coverage is counted down to the indicators` {
  static let quarter = Quarter(index: 8106)

  /// Two levels by hand, with effective weights 0.3, 0.1, 0.3 and 0.3.
  static func two(minimumData: Double, mean: Aggregation = .arithmetic) throws -> Composite {
    let nodes: [Hierarchy.Node] = [
      .init("top", below: nil), .init("p", below: "top", weight: 2), .init("q", below: "top", weight: 3),
      .init("a", below: "p", weight: 3), .init("b", below: "p", weight: 1), .init("c", below: "q", weight: 1),
      .init("d", below: "q", weight: 1),
    ]
    return try Composite(
      hierarchy: try Hierarchy(nodes), indicators: ["a", "b", "c", "d"].map { Composite.Indicator($0) },
      normalisation: .none, aggregations: [mean] + nodes.dropFirst().map { _ in .arithmetic },
      minimumData: minimumData)
  }

  static let holes: [(values: [Double?], coverage: Double)] = [
    ([1, 1, 1, 1], 1), ([nil, 1, 1, 1], 0.7), ([1, nil, 1, 1], 0.9), ([1, 1, nil, 1], 0.7),
    ([nil, 1, nil, 1], 0.4), ([1, nil, nil, nil], 0.3), ([nil, nil, 1, 1], 0.6), ([nil, nil, nil, nil], 0),
  ]

  @Test(arguments: holes.indices) func `two levels have the coverage of their effective weights`(_ place: Int)
    throws
  {
    let (values, coverage) = Self.holes[place]
    let names = ["a", "b", "c", "d"]
    let free = try Study(try Self.two(minimumData: 0), panel(names, [[("u", values)]])).levels(0)
    #expect(abs(free.coverage(0, 0) - coverage) < 1e-12)
    for minimum in [0.25, 0.5, 0.65, 0.8, 1] {
      let levels = try Study(try Self.two(minimumData: minimum), panel(names, [[("u", values)]])).levels(0)
      #expect((levels.value(0, 0) != nil) == (levels.coverage(0, 0) >= minimum - 1e-12))
      if coverage < minimum - 1e-12 { #expect(levels.value(0, 0) == nil, "\(values) below \(minimum)") }
    }
  }

  @Test func `what does not apply leaves with its weight at its own level`() throws {
    let index = try Self.two(minimumData: 0)
    var table = panel(["a", "b", "c", "d"], [[("u", [1, nil, 1, 1])]])
    // p is a alone: all of it is known.
    table[0, 0, 1] = .notApplicable
    #expect(try Study(index, table).levels(0).coverage(0, 0) == 1)
    // p is b alone, and b is not known: q is what is left, three fifths.
    table[0, 0, 0] = .notApplicable
    table[0, 0, 1] = .missing
    #expect(abs(try Study(index, table).levels(0).coverage(0, 0) - 0.6) < 1e-12)
    // p does not apply at all: q is the whole.
    table[0, 0, 1] = .notApplicable
    let levels = try Study(index, table).levels(0)
    #expect(levels.coverage(0, 0) == 1 && !levels.isApplicable(0, 1))
  }

  @Test func `a node below the least data covers nothing of the node above`() throws {
    let levels = try Study(
      try Self.two(minimumData: 0.6), panel(["a", "b", "c", "d"], [[("u", [nil, 1, 1, 1])]])
    ).levels(0)
    #expect(levels.value(0, 1) == nil && abs(levels.coverage(0, 1) - 0.25) < 1e-12)
    #expect(abs(levels.coverage(0, 0) - 0.6) < 1e-12 && levels.value(0, 0) == 1)
  }

  @Test func `Copeland's rule over half-known nodes has the same coverage`() throws {
    let names = ["a", "b", "c", "d"]
    for (values, coverage) in Self.holes {
      let table = panel(names, [[("u", values), ("v", [2, 2, 2, 2])]])
      let levels = try Study(try Self.two(minimumData: 0, mean: .copeland), table).levels(0)
      #expect(abs(levels.coverage(0, 0) - coverage) < 1e-12, "\(values)")
    }
    let screened = try Study(
      try Self.two(minimumData: 0.7, mean: .copeland),
      panel(names, [[("u", [1, nil, nil, 1]), ("v", [2, 2, 2, 2])]])
    ).levels(0)
    #expect(screened.value(0, 0) == nil && screened.value(0, 2) == nil)
  }

  /// The issue's own case: three values of the house's scorecard, 38 % of its weight.
  @Test func `half-known dimensions do not make a whole`() throws {
    let rate = ScoreFixture.rate(5, 10)
    let card = Scorecard(
      version: 1, minimumData: 0.6, minimumCount: 5,
      parts: [
        part("exits", 0.4, [("e1", 0.35), ("e2", 0.3), ("e3", 0.2), ("e4", 0.15)]),
        part("activity", 0.2, [("a1", 0.6), ("a2", 0.4)]),
        part("people", 0.2, [("p1", 0.5), ("p2", 0.5)]), part("economy", 0.2, [("m1", 1)]),
      ], sensitivity: SensitivityChoices(draws: 0))
    func scores(_ known: Set<String>) throws -> [Score] {
      try Score.history(card, cooperation: "c", quarters: [Self.quarter]) { indicator, quarter in
        Figure(
          key: Figure.Key(indicator: indicator, cooperation: "c", quarter: quarter),
          content: known.contains(indicator) ? rate : .absent(.notCollected), status: .final,
          indicatorVersion: 1)
      }
    }
    let few = try scores(["e1", "e2", "a1"])
    #expect(few[0].value != nil && few[1].value != nil, "two dimensions are known well enough")
    let whole = try #require(few.last)
    #expect(whole.value == nil && whole.absence == .notEnoughData)
    #expect(abs(whole.coverage - 0.38) < 1e-12)
    let most = try #require(try scores(["e1", "e2", "e4", "a1", "a2", "p1", "p2", "m1"]).last)
    #expect(most.value != nil && abs(most.coverage - 0.92) < 1e-12)
  }

  private func part(_ dimension: String, _ weight: Double, _ components: [(String, Double)]) -> Scorecard.Part
  {
    Scorecard.Part(
      dimension: dimension, weight: weight,
      components: components.map {
        Scorecard.Component(indicator: $0.0, goalposts: .init(low: 0, high: 1), weight: $0.1)
      })
  }

  /// Four levels drawn from a seed, against effective weights multiplied out indicator by indicator.
  @Test(arguments: UInt64(1)...60) func `four levels have the coverage of their effective weights`(
    _ seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: seed)
    var nodes: [Hierarchy.Node] = [.init("n", below: nil)]
    func grow(_ name: String, _ depth: Int) {
      for child in 0..<Int.random(in: 1...3, using: &generator) {
        let below = "\(name)\(child)"
        nodes.append(
          .init(below, below: name, weight: Double(Int.random(in: 1...5, using: &generator))))
        // One branch always goes down all four levels.
        if depth < 4, child == 0 || Bool.random(using: &generator) { grow(below, depth + 1) }
      }
    }
    grow("n", 1)
    let tree = try Hierarchy(nodes)
    #expect(tree.depths.max() == 4)
    let names = tree.leaves.map { tree.nodes[$0].name }
    let index = try Composite(
      hierarchy: tree, indicators: names.map { Composite.Indicator($0) }, normalisation: .none,
      aggregations: nodes.map { _ in .arithmetic })
    let cells = names.map { _ in Int.random(in: 0..<4, using: &generator) }
    var table = panel(names, [[("u", cells.map { $0 == 0 ? nil : 1 })]])
    for (place, cell) in cells.enumerated() where cell == 1 { table[0, 0, place] = .notApplicable }

    // What applies, then each indicator's product of shares of weight from the top down.
    func applies(_ node: Int) -> Bool {
      tree.children[node].isEmpty
        ? cells[tree.leaves.firstIndex(of: node) ?? 0] != 1 : tree.children[node].contains(where: applies)
    }
    func known(below node: Int, _ share: Double) -> Double {
      if tree.children[node].isEmpty { return cells[tree.leaves.firstIndex(of: node) ?? 0] > 1 ? share : 0 }
      let below = tree.children[node].filter(applies)
      let total = below.reduce(0) { $0 + tree.nodes[$1].weight }
      return below.reduce(0) { $0 + known(below: $1, share * tree.nodes[$1].weight / total) }
    }
    let levels = try Study(index, table).levels(0)
    for node in tree.nodes.indices {
      #expect(abs(levels.coverage(0, node) - known(below: node, 1)) < 1e-12, "\(tree.nodes[node].name)")
    }
  }
}
