import Testing

@testable import Impact

private typealias TAI = TechnologyAchievement

@Suite struct `Published composite indicators come out` {
  @Test(arguments: [("EW", 0), ("BAP", 2)])
  func `the Technology Achievement Index has its published ranks, 23 of 23`(_ scheme: String, _ column: Int)
    throws
  {
    let weights = try #require(TAI.weights[scheme])
    let scores = try TAI.scores(try flat(TAI.indicators(), weights: weights, scale: .unit))
    #expect(Ranking.ranks(scores) == TAI.countries.map { $0.ranks[column] })
  }

  @Test func `with six indicators it has its published ranks, 23 of 23`() throws {
    let chosen = [0, 1, 2, 3, 6, 7]
    let scores = try TAI.scores(
      try flat(TAI.indicators(chosen), weights: chosen.map { _ in 1 }, scale: .unit))
    #expect(Ranking.ranks(scores) == TAI.countries.map { $0.ranks[4] })
  }

  @Test func `the geometric mean of the values as printed has its published ranks, 23 of 23`() throws {
    let indicators = TAI.indicators.map { Composite.Indicator($0) }
    let scores = try TAI.scores(
      try flat(indicators, weights: indicators.map { _ in 1 }, aggregation: .geometric, normalisation: .none))
    #expect(Ranking.ranks(scores) == TAI.countries.map { $0.ranks[5] })
    #expect(abs(try #require(scores[0]) - 30.917657497664962) < 1e-12)
  }

  @Test(arguments: [("FA", 1, 19, 1), ("AHP", 3, 20, 2)])
  func `with weights printed in two digits most ranks come out, the rest nearly`(
    _ scheme: String, _ column: Int, _ same: Int, _ shift: Int
  ) throws {
    let weights = try #require(TAI.weights[scheme])
    let scores = try TAI.scores(try flat(TAI.indicators(), weights: weights, scale: .unit))
    let shifts = zip(Ranking.ranks(scores), TAI.countries).map { abs(($0 ?? 0) - $1.ranks[column]) }
    #expect(shifts.filter { $0 == 0 }.count == same)
    #expect(shifts.max() == shift)
  }

  @Test func `min-max over the countries is another method`() throws {
    let scores = try TAI.scores(
      try flat(TAI.indicators(), weights: [1, 1, 1, 1, 1, 1, 1, 1], normalisation: .minMax, scale: .unit))
    let same = zip(Ranking.ranks(scores), TAI.countries).filter { $0.0 == $0.1.ranks[0] }
    #expect(same.count == 11)
  }

  @Test func `the scores of 2001 come out to the third decimal`() throws {
    let scores = try TAI.scores(try flat(TAI.indicators(), weights: [1, 1, 1, 1, 1, 1, 1, 1], scale: .unit))
    for (country, published) in [
      ("Finland", 0.744), ("United States", 0.733), ("Japan", 0.698), ("Spain", 0.481),
    ] {
      let place = try #require(TAI.countries.firstIndex { $0.name == country })
      #expect(abs(try #require(scores[place]) - published) < 0.0015)
    }
  }

  /// Table 15, schooling: Finland, the United States, Sweden, Singapore and Slovenia.
  @Test func `every normalisation of table 15 comes out`() throws {
    let schooling = TAI.countries.map { $0.values[6] }
    let indicator = Composite.Indicator("schooling")
    let mean = Normalisation.Reference.mean
    let expected: [(Normalisation, Scale, [Double])] = [
      (.rank, .unit, [15, 23, 19, 1]),
      (
        .zScore(mean: 0, deviation: 1, isPopulation: false), .unit,
        [0.2564099188574532, 1.5246740336362534, 1.1441947992026136, -1.5825730475718074]
      ),
      (
        .zScore(mean: 0, deviation: 1, isPopulation: true), .unit,
        [0.2621726590379959, 1.5589406499786205, 1.1699102526964333, -1.61814092782591]
      ),
      (.minMax, .unit, [0.5918367346938775, 1, 0.8775510204081634, 0]),
      (
        .distanceToReference(mean, .ratio), .unit,
        [1.042138649750793, 1.2505663797009516, 1.188038060715904, 0.739918441323063]
      ),
      (.distanceToReference(.best, .ratio), .unit, [0.8333333333333334, 1, 0.95, 0.5916666666666667]),
      (
        .distanceToReference(.worst, .ratio), .unit,
        [1.4084507042253522, 1.6901408450704227, 1.6056338028169015, 1]
      ),
      (
        .distanceToReference(mean, .difference), .unit,
        [0.04213864975079294, 0.2505663797009515, 0.18803806071590398, -0.26008155867693705]
      ),
      (
        .distanceToReference(.worst, .difference), .unit,
        [0.4084507042253522, 0.6901408450704226, 0.6056338028169015, 0]
      ),
      (.aboveBelowMean(share: 0.2), .unit, [0, 1, 0, -1]),
      (.percentileRank, .hundred, [65.21739130434783, 100, 82.6086956521739, 4.3478260869565215]),
      (.borda, .unit, [14, 22, 18, 0]),
    ]
    for (normalisation, scale, values) in expected {
      let found = try normalisation.normalised(schooling, as: indicator, scale: scale)
      for (place, value) in zip([0, 1, 2, 9], values) {
        #expect(abs(try #require(found[place]) - value) < 1e-12, "\(normalisation.name), country \(place)")
      }
    }
    let byUnit = try Normalisation.distanceToReference(.unit("United States"), .ratio).normalised(
      schooling, as: indicator, units: TAI.countries.map(\.name))
    #expect(abs(try #require(byUnit[0]) - 10.0 / 12) < 1e-15)
  }

  @Test func `the eigenvalues of table 16 come out`() throws {
    let found = try Correlations(TAI.countries.map(\.values), names: TAI.indicators).eigenvalues
    let expected = [
      3.3543612072880005, 1.7460601162147003, 0.9848620302345868, 0.893915733086609, 0.471196130661423,
      0.29945203187311936, 0.1744221814516296, 0.0757305691899036,
    ]
    for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-10) }
    #expect(found.prefix(4).map { ($0 / 8 * 1000).rounded() / 10 } == [41.9, 21.8, 12.3, 11.2])
  }

  @Test func `the comparisons of table 20 give its weights and their consistency`() throws {
    let table = try AnalyticHierarchy([
      [1, 2, 3, 2, 5, 5, 1, 3], [1 / 2, 1, 2, 1 / 2, 4, 4, 1 / 2, 3],
      [1 / 3, 1 / 2, 1, 1 / 4, 2, 2, 1 / 5, 1 / 2],
      [1 / 2, 2, 4, 1, 4, 4, 1 / 2, 3], [1 / 5, 1 / 4, 1 / 2, 1 / 4, 1, 1, 1 / 5, 1 / 2],
      [1 / 5, 1 / 4, 1 / 2, 1 / 4, 1, 1, 1 / 5, 1 / 2], [1, 2, 5, 2, 5, 5, 1, 4],
      [1 / 3, 1 / 3, 2, 1 / 3, 2, 2, 1 / 4, 1],
    ])
    let expected = [
      0.22906330769259273, 0.13457100405180836, 0.05936172809627971, 0.1761449453590684, 0.03854229879351344,
      0.03854229879351344, 0.25223481197694436, 0.07153960523627947,
    ]
    for (one, other) in zip(table.weights, expected) { #expect(abs(one - other) < 1e-12) }
    #expect(abs(table.eigenvalue - 8.211079397090737) < 1e-9)
    #expect(abs(try #require(table.consistencyRatio) - 0.021385957152050352) < 1e-9)
  }

  @Test func `the outranking matrix of table 36 and the orders of table 37 come out`() throws {
    let rows = [
      [187, 125.6, 200.2, 50.7, 3.08, 4.15, 10.0, 27.4], [289, 130.0, 179.1, 66.2, 2.997, 4.073, 12.0, 13.9],
      [271, 156.6, 125.8, 59.7, 3.096, 4.145, 11.4, 15.3], [994, 64.6, 49.0, 80.8, 3.003, 3.865, 9.5, 10.0],
      [779, 9.8, 4.8, 66.7, 2.972, 3.653, 10.8, 23.2],
    ]
    let outranking = try Outranking(rows, weights: [1, 1, 1, 1, 1, 1, 1, 1])
    let expected = [
      [0, 0.5, 0.375, 0.75, 0.625], [0.5, 0, 0.5, 0.625, 0.625], [0.625, 0.5, 0, 0.75, 0.625],
      [0.25, 0.375, 0.25, 0, 0.75], [0.375, 0.375, 0.375, 0.25, 0],
    ]
    for one in 0..<5 { for other in 0..<5 { #expect(outranking[one, other] == expected[one][other]) } }
    let best = try outranking.bestOrders()
    #expect(best.support == 6.375)
    #expect(best.orders == [[1, 2, 0, 3, 4], [2, 0, 1, 3, 4], [2, 1, 0, 3, 4]])
    #expect(outranking.support(of: [0, 1, 2, 3, 4]) == 6.125)
    #expect(outranking.support(of: [1, 2, 3, 0, 4]) == 5.875)
    #expect(outranking.support(of: [0, 1, 3, 4, 2]) == 5.375)
  }

  @Test func `Copeland's rule over the 23 countries comes out`() throws {
    let scores = try Outranking(TAI.countries.map(\.values), weights: [1, 1, 1, 1, 1, 1, 1, 1]).copeland
    #expect(
      scores == [
        19, 20, 20, 10, 3, 8, 6, 7, 6, -1, 3, 14, -3, -6, -2, -1, -2, -11, -15, -16, -18, -21, -20,
      ])
    let levels = try Study(
      try flat(
        TAI.indicators(), weights: [1, 1, 1, 1, 1, 1, 1, 1], aggregation: .copeland, normalisation: .none),
      TAI.table
    ).levels(0)
    #expect(TAI.countries.indices.map { levels.value($0, 0) } == scores.map { Double($0) })
  }

  @Test func `Borda's and Condorcet's small cases of tables 25, 28 and 31 come out`() throws {
    func ballots(_ counted: [(Double, String)]) -> [BordaCount.Ballots] {
      counted.map { count, order in .init(count, order.unicodeScalars.map { Int($0.value) - 97 }) }
    }
    let first = ballots([(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")])
    #expect(BordaCount.points(first, candidates: 4) == [24, 44, 38, 20])
    let counts = BordaCount.majorities(first, candidates: 4)
    #expect(counts[2][1] > 10.5 && counts[1][3] > 10.5 && counts[3][0] > 10.5, "c > b > d > a")
    let second = ballots([(23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba")])
    #expect(BordaCount.points(second, candidates: 3) == [58, 69, 53])
    let majorities = BordaCount.majorities(second, candidates: 3)
    #expect(majorities[1][2] + majorities[1][0] + majorities[2][0] == 104, "b > c > a")
  }

  @Test func `Alkire and Foster's counting comes out`() throws {
    func row(_ text: String) -> [Bool] { text.map { $0 == "1" } }
    let sixth = 1.0 / 6
    let eighteenth = 1.0 / 18
    let a = try CountingMeasure(
      [row("0001000010"), row("1101111100"), row("0011000001"), row("1010101100")],
      weights: [sixth, sixth, sixth, sixth] + [Double](repeating: eighteenth, count: 6), sizes: [4, 7, 5, 4],
      cutoff: 1.0 / 3)
    for (score, expected) in zip(a.scores, [2.0 / 9, 13.0 / 18, 7.0 / 18, 0.5]) {
      #expect(abs(score - expected) < 1e-12)
    }
    #expect(a.isPoor == [false, true, true, true])
    #expect(abs(a.headcount - 0.8) < 1e-12)
    #expect(abs(try #require(a.intensity) - 0.5625) < 1e-12)
    #expect(abs(a.adjustedHeadcount - 0.45) < 1e-12)
    for (cutoff, h, mean, m0) in [
      (0.25, 0.75, 7.0 / 12, 0.4375), (0.5, 0.5, 0.75, 0.375), (1, 0.25, 1, 0.25),
    ] {
      let b = try CountingMeasure(
        [row("0010"), row("1111"), row("0000"), row("0101")], weights: [1, 1, 1, 1], cutoff: cutoff)
      #expect(b.headcount == h && b.adjustedHeadcount == m0)
      #expect(abs(try #require(b.intensity) - mean) < 1e-12)
    }
    let none = try CountingMeasure([row("0000")], weights: [1, 1, 1, 1], cutoff: 0.5)
    #expect(none.intensity == nil && none.adjustedHeadcount == 0)
  }

  @Test(arguments: [1, 2, 3]) func `the exact sensitivity run comes out, however many tasks share it`(
    _ tasks: Int
  )
    async throws
  {
    let equal = [Double](repeating: 0.125, count: 8)
    let composite = try flat(TAI.indicators(), weights: equal, scale: .unit)
    let plan = try SensitivityPlan(
      normalisations: [.init("goalposts", .goalposts(stretch: 1)), .init("min-max", .minMax)],
      weights: ["EW", "FA", "BAP", "AHP"].map { .init($0, [1] + (TAI.weights[$0] ?? [])) },
      aggregations: [Aggregation.arithmetic, .geometricFromOne].map {
        .init($0.name, [Aggregation](repeating: $0, count: 9))
      }, leavesOut: true)
    let solidity = try await SensitivityStudy(try Study(composite, TAI.table), plan).solidity(0, tasks: tasks)
    #expect(solidity.runs == 144)
    for (one, other) in zip(solidity.shifts, SensitivityReference.shifts) {
      #expect(abs(one - other) < 1e-12)
    }
    let shares = try #require(solidity.shiftShares)
    for (one, other) in zip(shares, SensitivityReference.shares) {
      #expect(abs(one.first - other.first) < 1e-12)
      #expect(abs(one.total - other.total) < 1e-12)
    }
    for (unit, expected) in SensitivityReference.ranks.enumerated() {
      let band = try #require(solidity.rankBand(unit))
      #expect(abs(band.low - expected.low) < 1e-9 && abs(band.high - expected.high) < 1e-9)
      #expect(band.median == expected.median)
    }
    #expect(solidity.separateRanks.allSatisfy { $0 == nil }, "every band meets another: nothing is ranked")
  }

  /// Sobol' indices of Ishigami's function are no full factorial; of a sum of independent parts they are exact.
  @Test func `shares of variance of an additive and of a multiplicative grid come out`() throws {
    var shares = VarianceShares(levels: [3, 2, 2])
    var additive: [Double] = []
    var product: [Double] = []
    for a in [-1.0, 0, 1] {
      for b in [-1.0, 1] {
        for c in [-1.0, 1] {
          additive.append(3 * a + 2 * b + c)
          product.append(a * b)
        }
      }
    }
    let (ofSum, ofProduct) = (shares.shares(additive), shares.shares(product))
    let added = try #require(ofSum)
    // Variances 9 × 2/3, 4 and 1.
    for (share, expected) in zip(added, [6.0 / 11, 4.0 / 11, 1.0 / 11]) {
      #expect(abs(share.first - expected) < 1e-12)
      #expect(abs(share.first - share.total) < 1e-12)
    }
    let multiplied = try #require(ofProduct)
    #expect(multiplied.allSatisfy { abs($0.first) < 1e-12 })
    for (share, expected) in zip(multiplied, [1.0, 1, 0]) { #expect(abs(share.total - expected) < 1e-12) }
    let ofNothing = shares.shares([Double](repeating: 4, count: 12))
    #expect(ofNothing == nil)
  }
}
