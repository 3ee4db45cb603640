import Testing

@testable import Impact

@Suite struct `Intervals of rates` {
  /// x, n, low, high: computed once by an independent implementation of the same formula.
  static let wilson: [(Double, Double, Double, Double)] = [
    (0, 1, 0, 0.7934506856227626),
    (1, 1, 0.20654931437723745, 1),
    (0, 3, 5.551115123125783e-17, 0.5614970317550454),
    (1, 3, 0.06149194472039621, 0.7923403991979522),
    (0, 5, 0, 0.43448246478317476),
    (1, 5, 0.03622410863243014, 0.6244653702374747),
    (5, 5, 0.5655175352168251, 1),
    (2, 7, 0.08221892400405678, 0.6410655481673808),
    (3, 12, 0.08894166839405471, 0.5323053349335657),
    (5, 12, 0.19326031365875665, 0.6804886874504503),
    (7, 20, 0.18119182410108206, 0.5671457233147638),
    (0, 20, 0, 0.16112515805281938),
    (20, 20, 0.8388748419471806, 1),
    (1, 29, 0.006113214292762653, 0.17175521879320288),
    (12, 30, 0.24590628116801852, 0.5767963974667752),
    (15, 148, 0.0623863995307363, 0.16048724172330803),
    (81, 263, 0.2552885198782742, 0.36620957698280004),
    (41, 87, 0.36982264609147514, 0.5751364060317501),
    (50, 100, 0.4038315303659956, 0.5961684696340044),
    (0, 100, 3.469446951953614e-18, 0.03699349820698568),
    (100, 100, 0.9630065017930143, 1),
    (7, 1000, 0.0033948684009907646, 0.014378315465766588),
    (993, 1000, 0.9856216845342334, 0.9966051315990092),
  ]
  @Test(arguments: wilson) func `Wilson's interval equals the reference`(
    successes: Double, trials: Double, low: Double, high: Double
  ) throws {
    let interval = try #require(Proportion(successes, of: trials)).wilson()
    #expect(abs(interval.low - low) < 1e-9)
    #expect(abs(interval.high - high) < 1e-9)
  }

  @Test func `the interval contains the rate and stays between 0 and 1`() throws {
    for trials in 1...60 {
      for successes in 0...trials {
        let rate = try #require(Proportion(Double(successes), of: Double(trials)))
        let interval = rate.wilson()
        #expect(0 <= interval.low && interval.low <= rate.share)
        #expect(rate.share <= interval.high && interval.high <= 1)
      }
    }
  }

  @Test func `no rate exists without a denominator or beyond it`() {
    #expect(Proportion(0, of: 0) == nil)
    #expect(Proportion(4, of: 3) == nil)
    #expect(Proportion(-1, of: 3) == nil)
  }
}
