import Foundation
import Testing

@testable import Impact

/// Intervals on simulated data whose truth is known: how many of them contain it.
///
/// With 4 000 replicates the standard error of a coverage of 95 % is 0.34 points; bounds are three of them around what
/// theory says of each interval, so that a wrong formula fails and chance does not.
@Suite struct `Intervals cover what they say` {
  static let replicates = 4000

  private func coverage(seed: UInt64, _ isCovered: (inout SeededGenerator) -> Bool) -> Double {
    var generator = SeededGenerator(seed: seed)
    var covered = 0
    for _ in 0..<Self.replicates where isCovered(&generator) { covered += 1 }
    return Double(covered) / Double(Self.replicates)
  }

  private func successes(_ generator: inout SeededGenerator, of trials: Int, chance: Double) -> Double {
    var count = 0
    for _ in 0..<trials where generator.unit() < chance { count += 1 }
    return Double(count)
  }

  private func normal(_ generator: inout SeededGenerator) -> Double {
    NormalDistribution.quantile(max(1e-12, generator.unit()))
  }

  /// Averaged over all rates Wilson's interval covers about 95 %, for any number of people (Brown, Cai and DasGupta 2001).
  @Test(arguments: [5, 7, 12, 30, 100]) func `Wilson's, over all rates`(trials: Int) {
    let share = coverage(seed: UInt64(trials)) { generator in
      let chance = generator.unit()
      let x = successes(&generator, of: trials, chance: chance)
      guard let interval = Proportion(x, of: Double(trials))?.wilson() else { return false }
      return interval.low <= chance && chance <= interval.high
    }
    #expect(0.94 < share && share < 0.965, "\(share)")
  }

  /// The interval everyone knows does not, which is why it is not used, and shows that this measure can fail.
  @Test func `the textbook interval of a rate covers far less with seven people`() {
    let share = coverage(seed: 7) { generator in
      let chance = generator.unit()
      let rate = successes(&generator, of: 7, chance: chance) / 7
      return abs(rate - chance) <= normalQuantile95 * (rate * (1 - rate) / 7).squareRoot()
    }
    #expect(share < 0.85, "\(share)")
  }

  @Test(arguments: [(6, 9), (12, 14), (40, 30)]) func `Newcombe's difference`(first: Int, second: Int) {
    let share = coverage(seed: 11) { generator in
      let (p, q) = (generator.unit(), generator.unit())
      let x = successes(&generator, of: first, chance: p)
      let y = successes(&generator, of: second, chance: q)
      guard let one = Proportion(x, of: Double(first)), let other = Proportion(y, of: Double(second)) else {
        return false
      }
      let interval = one.difference(from: other).interval
      return interval.low <= p - q && p - q <= interval.high
    }
    #expect(0.94 < share && share < 0.975, "\(share)")
  }

  /// Garwood's covers at least 95 % at every mean; Byar's follows it within a point from one expected event on.
  @Test(arguments: [0.8, 2, 5, 12, 40]) func `Garwood's and Byar's counts`(mean: Double) {
    var known: [Double: (Interval, Interval)] = [:]
    var byar = 0
    let garwood = coverage(seed: 13) { generator in
      // Arrivals at unit rate until the mean.
      var events = 0.0
      var clock = 0.0
      while true {
        clock -= log(1 - generator.unit())
        if clock > mean { break }
        events += 1
      }
      guard let count = EventCount(events) else { return false }
      let (exact, closed) = known[events] ?? (count.garwood(), count.byar())
      known[events] = (exact, closed)
      if closed.low <= mean && mean <= closed.high { byar += 1 }
      return exact.low <= mean && mean <= exact.high
    }
    #expect(garwood > 0.945, "\(garwood)")
    #expect(Double(byar) / Double(Self.replicates) > 0.94)
    #expect(garwood < 0.995)
  }

  @Test func `Student's mean of normal values`() {
    let share = coverage(seed: 17) { generator in
      let values = (0..<8).map { _ in 90 + 30 * normal(&generator) }
      guard let interval = SampleMean(values)?.student() else { return false }
      return interval.low <= 90 && 90 <= interval.high
    }
    #expect(0.94 < share && share < 0.96, "\(share)")
  }

  /// Durations are skewed: with fifteen exponential ones Student's and the BCa interval cover about 92 %, as is known.
  @Test func `Student's and the bootstrap's mean of skewed durations`() {
    var student = 0
    var accelerated = 0
    var generator = SeededGenerator(seed: 19)
    let runs = 500
    for run in 0..<runs {
      let values = (0..<15).map { _ in -90 * log(1 - generator.unit()) }
      if let interval = SampleMean(values)?.student(), interval.low <= 90, 90 <= interval.high {
        student += 1
      }
      if let interval = Bootstrap(values, draws: 400, seed: UInt64(run))?.accelerated(), interval.low <= 90,
        90 <= interval.high
      {
        accelerated += 1
      }
    }
    let shares = (Double(student) / Double(runs), Double(accelerated) / Double(runs))
    #expect(0.88 < shares.0 && shares.0 < 0.96, "\(shares)")
    #expect(0.87 < shares.1 && shares.1 < 0.96, "\(shares)")
  }

  /// With six values the interval covers about 92 %, and comes to 95 % from a dozen on.
  @Test(arguments: [(6, 0.87), (12, 0.91), (30, 0.91)])
  func `the bootstrap's median of skewed durations`(count: Int, least: Double) {
    var covered = 0
    var generator = SeededGenerator(seed: 29)
    let runs = 500
    for run in 0..<runs {
      let values = (0..<count).map { _ in -90 * log(1 - generator.unit()) }
      guard let interval = SampleMedian(values)?.bootstrap(seed: UInt64(run)) else { continue }
      if interval.low <= 90 * log(2.0), 90 * log(2.0) <= interval.high { covered += 1 }
    }
    let share = Double(covered) / Double(runs)
    #expect(least < share && share < 0.98, "\(share)")
  }

  /// Forty people leave at rates of 1 % a week for a job and 1.5 % otherwise, seen for up to 60 weeks.
  @Test func `waiting times: the share left, and the share in a job, at half a year`() {
    var incidence = 0
    let runs = 1500
    var survival = 0
    var generator = SeededGenerator(seed: 23)
    for _ in 0..<runs {
      let people = (0..<40).map { _ in
        let time = -log(1 - generator.unit()) / 0.025
        let limit = 20 + 40 * generator.unit()
        let cause = generator.unit() < 0.4 ? 1 : 2
        return time <= limit ? TimeToEvent(time: time, cause: cause) : TimeToEvent(time: limit, cause: 0)
      }
      let left = 0.5220457767610161  // exp(−0.025 × 26)
      if let interval = KaplanMeier(people).steps.last(where: { $0.time <= 26 })?.interval(),
        interval.low <= left, left <= interval.high
      {
        survival += 1
      }
      let employed = 0.4 * (1 - left)
      if let interval = CumulativeIncidence(people).step(at: 26)?.interval(of: 1), interval.low <= employed,
        employed <= interval.high
      {
        incidence += 1
      }
    }
    #expect(abs(Double(survival) / Double(runs) - 0.95) < 0.02, "\(survival)")
    #expect(abs(Double(incidence) / Double(runs) - 0.945) < 0.025, "\(incidence)")
  }

  @Test func `the range of an expected rate holds it at least 95 times in 100`() throws {
    let strata = [(12, 0.4), (7, 0.65), (20, 0.25)]
    let standard = try strata.map { try #require(Proportion($0.1 * 100, of: 100)) }
    let fairness = try #require(
      IndirectStandardisation(
        zip(strata, standard).map { .init(events: 0, people: Double($0.0), standard: $1) }))
    let range = fairness.expectedRange()
    let share = coverage(seed: 29) { generator in
      let events = strata.reduce(0) { $0 + successes(&generator, of: $1.0, chance: $1.1) }
      return range.low <= events / 39 && events / 39 <= range.high
    }
    #expect(0.945 < share && share < 0.985, "\(share)")
  }

  /// A third as many people elsewhere as here set the standard: taken as known, their rates promise too much.
  @Test func `expected rates of a standard of few people, taken as known and as estimated`() {
    let strata: [(people: Int, others: Int, chance: Double)] = [
      (12, 5, 0.4), (7, 3, 0.6), (20, 8, 0.3), (9, 2, 0.5),
    ]
    var generator = SeededGenerator(seed: 37)
    var covered = (known: 0, estimated: 0)
    let runs = 2000
    for _ in 0..<runs {
      var (events, total) = (0.0, 0.0)
      let groups = strata.compactMap { stratum -> IndirectStandardisation.Stratum? in
        let own = successes(&generator, of: stratum.people, chance: stratum.chance)
        let theirs = successes(&generator, of: stratum.others, chance: stratum.chance)
        events += own
        total += theirs
        return Proportion(theirs, of: Double(stratum.others)).map {
          .init(events: own, people: Double(stratum.people), standard: $0)
        }
      }
      let rate = events / 48
      func holds(_ range: Interval?) -> Bool { range.map { $0.low <= rate && rate <= $0.high } ?? false }
      if holds(IndirectStandardisation(groups)?.expectedRange()) { covered.known += 1 }
      let common = (total + 0.5) / 19
      if holds(IndirectStandardisation(groups, estimatedAround: common)?.expectedRange()) {
        covered.estimated += 1
      }
    }
    let shares = (Double(covered.known) / Double(runs), Double(covered.estimated) / Double(runs))
    #expect(shares.0 < 0.85, "\(shares)")
    #expect(0.9 < shares.1, "\(shares)")
  }

  /// Empirical Bayes intervals ignore that the common rate is itself estimated, so that they cover a little less.
  @Test func `shrunken rates are nearer the truth than raw ones, and their intervals hold it`() throws {
    var generator = SeededGenerator(seed: 31)
    var covered = 0
    var raw = 0.0
    var shrunken = 0.0
    let sizes = [3, 5, 7, 9, 12, 14, 18, 22, 25, 30, 35, 40, 50, 80]
    for _ in 0..<150 {
      let truths = sizes.map { _ in
        // Beta(8, 12) as the 8th of 19 ordered uniform numbers.
        (0..<19).map { _ in generator.unit() }.sorted()[7]
      }
      let groups = try zip(sizes, truths).map { size, truth in
        try #require(Proportion(successes(&generator, of: size, chance: truth), of: Double(size)))
      }
      guard let shrinkage = Shrinkage(moments: groups) else { continue }
      for (group, truth) in zip(groups, truths) {
        let interval = shrinkage.interval(group)
        if interval.low <= truth, truth <= interval.high { covered += 1 }
        raw += (group.share - truth) * (group.share - truth)
        shrunken += (shrinkage.estimate(group) - truth) * (shrinkage.estimate(group) - truth)
      }
    }
    #expect(shrunken < raw / 1.5)
    let share = Double(covered) / Double(150 * sizes.count)
    #expect(0.78 < share && share < 0.97, "\(share)")
  }

  @Test func `of true nulls, Benjamini and Hochberg keep any in no more reviews than they say`() {
    let share = coverage(seed: 37) { generator in
      FalseDiscovery((0..<30).map { _ in generator.unit() }).kept(at: 0.1).contains(true)
    }
    #expect(share < 0.115, "\(share)")
  }

  @Test func `exact tests of two stable figures alarm at most as often as they say`() {
    let rates = coverage(seed: 41) { generator in
      guard let one = Proportion(successes(&generator, of: 14, chance: 0.4), of: 14),
        let other = Proportion(successes(&generator, of: 17, chance: 0.4), of: 17),
        let test = TwoRatesTest(one, other)
      else { return true }
      return test.fisher <= 0.05
    }
    #expect(rates < 0.06, "\(rates)")
  }
}
