import Testing

@testable import Impact

/// Numbers of scipy 1.17 and statsmodels 0.15, computed once.
@Suite struct `Tests of two figures equal scipy` {
  static let counts: [(Double, Double, Double, Double)] = [
    (3, 12, 1, 0.03515625), (10, 10, 1, 1.0), (0, 5, 1, 0.0625), (9, 40, 0.25, 1),
    (30, 60, 1.0 / 3, 0.08721571817931749), (2, 0, 0.25, 0.04), (200, 150, 1, 0.008720036530555947),
    (0, 0, 1, 1),
  ]
  @Test(arguments: counts) func `two counts`(first: Double, second: Double, exposure: Double, p: Double)
    throws
  {
    let first = try #require(EventCount(first))
    let second = try #require(EventCount(second))
    expectEqual(TwoCountsTest(first, second, exposure: exposure).p, p)
  }

  static let rates: [(Double, Double, Double, Double, Double)] = [
    (120.0, 400.0, 150.0, 390.0, 0.01331874696094128), (8, 40, 70, 900, 0.013508416840927228),
    (1, 3, 0, 9, 0.25), (2000, 5000, 2100, 5000, 0.04412145224842155), (0, 7, 0, 9, 1),
    (0, 5000, 5000, 5000, 0),
  ]
  @Test(arguments: rates) func `two rates`(x1: Double, n1: Double, x2: Double, n2: Double, p: Double) throws {
    let first = try #require(Proportion(x1, of: n1))
    let second = try #require(Proportion(x2, of: n2))
    let test = try #require(TwoRatesTest(first, second))
    expectEqual(test.fisher, p)
    expectEqual(TwoRatesTest(second, first)?.fisher, p)
  }

  @Test func `rates of sums are no counts`() throws {
    let hours = try #require(Proportion(10.5, of: 20))
    #expect(TwoRatesTest(hours, hours) == nil)
    #expect(EventCount(2.5) == nil && EventCount(-1) == nil)
  }

  static let days: [Double] = [12, 45, 33, 78, 120, 9, 61, 200, 34, 55, 71, 18]
  static let others: [Double] = [44, 80, 95, 130, 61, 77, 150]

  @Test func `Student's and Welch's intervals of mean durations, from values or from their sums`() throws {
    let mean = try #require(SampleMean(Self.days))
    expectEqual(mean.student()?.low, 27.09153872894813)
    expectEqual(mean.student()?.high, 95.57512793771855)
    let sums = try #require(
      SampleMean(
        count: 12, sum: Self.days.reduce(0, +), sumOfSquares: Self.days.reduce(0) { $0 + $1 * $1 }))
    expectEqual(sums.student()?.low, 27.09153872894813)
    let other = try #require(SampleMean(Self.others))
    let (difference, p) = try #require(mean.difference(from: other))
    expectEqual(difference.estimate, -29.666666666666664)
    expectEqual(difference.interval.low, -74.22831742548364)
    expectEqual(difference.interval.high, 14.89498409215031)
    expectEqual(p, 0.17754536674564791)
  }

  @Test func `one value shows no spread`() throws {
    #expect(SampleMean([4])?.student() == nil)
    #expect(SampleMean([]) == nil && SampleMean(count: 0, sum: 0, sumOfSquares: 0) == nil)
    #expect(Bootstrap([4]) == nil)
    #expect(SampleMean([4, 4])?.student() == Interval(low: 4, high: 4))
  }

  @Test func `Benjamini and Hochberg's adjusted values`() {
    let review = FalseDiscovery([0.01, 0.04, 0.03, 0.005, 0.2, 0.6, 0.04, 1.0])
    let expected = [0.04, 0.064, 0.064, 0.04, 0.26666666666666666, 0.6857142857142857, 0.064, 1.0]
    for (value, known) in zip(review.adjusted, expected) { expectEqual(value, known) }
    #expect(review.kept(at: 0.05) == [true, false, false, true, false, false, false, false])
    #expect(FalseDiscovery([]).adjusted == [])
  }

  /// scipy drew 200 000 replicates with another generator: 95.5 % of such intervals agree to a tenth of their width.
  @Test func `bootstrap intervals lie where scipy's do`() throws {
    let mean = try #require(Bootstrap(Self.days, draws: 20_000))
    expectEqual(mean.percentile().low, 35.75, within: 0.03)
    expectEqual(mean.percentile().high, 93.41666666666667, within: 0.02)
    expectEqual(mean.accelerated().low, 39.5, within: 0.03)
    expectEqual(mean.accelerated().high, 103.08333333333333, within: 0.03)
    let median = try #require(Bootstrap(Self.days, statistic: Bootstrap.median, draws: 20_000))
    expectEqual(median.accelerated().low, 25.5, within: 0.2)
    expectEqual(median.accelerated().high, 74.5, within: 0.1)
  }

  @Test func `the same values in any order give the same bytes`() throws {
    let one = try #require(Bootstrap(Self.days))
    let other = try #require(Bootstrap(Array(Self.days.reversed())))
    #expect(one.accelerated() == other.accelerated() && one.percentile() == other.percentile())
    let seeded = try #require(Bootstrap(Self.days, seed: 2))
    #expect(seeded.percentile() != one.percentile())
    // The first draws, so that a change of generator cannot go unseen.
    var generator = SeededGenerator(seed: 1)
    #expect(
      [generator.next(), generator.next()] == [10_451_216_379_200_822_465, 13_757_245_211_066_428_519])
  }

  @Test func `an expected rate with its range`() throws {
    let strata: [(n: Double, r: Double)] = [(12, 0.4), (7, 0.65), (20, 0.25)]
    let fairness = try #require(
      IndirectStandardisation(
        strata.compactMap { n, r in
          Proportion(r * 100, of: 100).map { .init(events: 3, people: n, standard: $0) }
        }))
    expectEqual(fairness.expected, 14.35)
    expectEqual(fairness.expectedRange().low, 9.0 / 39)
    expectEqual(fairness.expectedRange().high, 20.0 / 39)
    expectEqual(fairness.ratio()?.value, 9 / 14.35)
    expectEqual(fairness.ratio()?.interval.high, (EventCount(9)?.byar().high ?? 0) / 14.35)
    #expect(IndirectStandardisation([]) == nil)
  }

  @Test func `a beta-binomial law, as scipy gives it`() {
    let law = BetaBinomial(trials: 12, chance: 2.3 / 7, weight: 7)
    expectEqual(law.masses[0], 0.06593736977230645)
    expectEqual(law.masses[3], 0.14973625854354544)
    expectEqual(law.masses[12], 0.0013148446643699255)
    expectEqual(law.mean, 3.942857142857143)
    expectEqual(law.variance, 6.287448979591837)
    // With a chance that may be anything, every number is as likely.
    for mass in BetaBinomial(trials: 4, chance: 0.5, weight: 2).masses { expectEqual(mass, 0.2) }
    // A chance known from very many people is certain.
    let certain = BetaBinomial(trials: 40, chance: 0.3, weight: nil)
    for (one, other) in zip(certain.masses, BetaBinomial(trials: 40, chance: 0.3, weight: 1e9).masses) {
      expectEqual(one, other, within: 1e-7)
    }
    // A great number of trials neither overflows nor loses its sum.
    expectEqual(BetaBinomial(trials: 2000, chance: 0.98, weight: 3000).masses.reduce(0, +), 1)
  }

  @Test func `an estimated standard widens the range and the ratio, and a great one is as good as known`()
    throws
  {
    func standard(_ scale: Double) throws -> [IndirectStandardisation.Stratum] {
      try [(12.0, 0.4), (7, 0.65), (20, 0.25)].map { n, r in
        IndirectStandardisation.Stratum(
          events: 3, people: n, standard: try #require(Proportion(r * 20 * scale, of: 20 * scale)))
      }
    }
    let known = try #require(IndirectStandardisation(standard(1)))
    let small = try #require(IndirectStandardisation(standard(1), estimatedAround: 0.4))
    let great = try #require(IndirectStandardisation(standard(1e6), estimatedAround: 0.4))
    #expect(small.variance > known.variance && known.standardVariance == 0)
    #expect(small.expectedRange().low <= known.expectedRange().low)
    #expect(small.expectedRange().high >= known.expectedRange().high)
    #expect(great.expectedRange() == known.expectedRange())
    let (wide, narrow) = (try #require(small.ratio()), try #require(known.ratio()))
    #expect(wide.interval.low < narrow.interval.low && wide.interval.high > narrow.interval.high)
    expectEqual(great.ratio()?.interval.low, narrow.interval.low, within: 1e-3)
    expectEqual(great.ratio()?.interval.high, narrow.interval.high, within: 1e-3)
    // Donner and Zou's equation for a ratio, computed apart from Byar's limits of 9 and the normal ones of what is expected.
    expectEqual(small.expected, 14.463636363636365)
    expectEqual(wide.interval.low, 0.2722958690761991)
    expectEqual(wide.interval.high, 1.3325710712260304)
    for common in [0.0, 1] {
      #expect(IndirectStandardisation(try standard(1), estimatedAround: common) == nil)
    }
  }

  @Test func `Aalen and Johansen's error and interval, as lifelines prints them`() throws {
    let times: [Double] = [3, 5, 7, 8, 11, 13, 17, 19, 23, 29, 31, 37]
    let causes = [1, 0, 2, 1, 3, 1, 0, 2, 1, 1, 0, 2]
    let curve = CumulativeIncidence(zip(times, causes).map { TimeToEvent(time: $0, cause: $1) })
    let known: [(Double, Double, Double, Double, Double)] = [
      (3, 0.08333333333333333, 0.07978559231302818, 0.0050528354789907285, 0.3110704099899873),
      (8, 0.175, 0.11277743568639961, 0.027389680566867466, 0.42979869707350427),
      (13, 0.2666666666666666, 0.1323575404671699, 0.06333918032459465, 0.5309131943031054),
      (23, 0.3766666666666666, 0.15113337254324835, 0.11249685550754944, 0.6463926475941884),
      (31, 0.4866666666666666, 0.15849523885827216, 0.1742450571921034, 0.7431684700310937),
    ]
    for (time, share, error, low, high) in known {
      let step = try #require(curve.step(at: time))
      expectEqual(step.incidence[1], share)
      expectEqual(step.errors[1], error)
      expectEqual(step.interval(of: 1)?.low, low)
      expectEqual(step.interval(of: 1)?.high, high)
    }
    #expect(curve.step(at: 2) == nil)
    #expect(curve.time(to: 0.2, of: 1) == 13 && curve.time(to: 0.9, of: 1) == nil)
  }
}
