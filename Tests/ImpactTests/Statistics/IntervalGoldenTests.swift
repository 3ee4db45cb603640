import Testing

@testable import Impact

@Suite struct `Intervals equal the references` {
  /// The file also holds Agresti and Coull's, Wald's and the continuity-corrected interval, which jvs does not offer.
  @Test func `rates: Wilson, and the beta quantiles of Jeffreys and of Clopper and Pearson`() throws {
    for row in try Golden.rows("proportion_ci/expected") {
      let (x, n) = (try row.number("x"), try row.number("n"))
      let tail = (1 - (try row.number("conf"))) / 2
      let z = NormalDistribution.quantile(1 - tail)
      expectEqual(z, try row.number("z"), within: 1e-12)
      let rate = try #require(Proportion(x, of: n))
      expectEqual(rate.share, try row.number("p"))
      expectEqual(rate.wilson(z: z).low, try row.number("wilson_lo"))
      expectEqual(rate.wilson(z: z).high, try row.number("wilson_hi"))
      let jeffreys = (x + 0.5, n - x + 0.5)
      expectEqual(
        IncompleteBeta.quantile(jeffreys.0, jeffreys.1, tail), try row.number("jeffreys_raw_lo"))
      expectEqual(
        IncompleteBeta.quantile(jeffreys.0, jeffreys.1, 1 - tail), try row.number("jeffreys_raw_hi"))
      let exact = (
        x == 0 ? 0 : IncompleteBeta.quantile(x, n - x + 1, tail),
        x == n ? 1 : IncompleteBeta.quantile(x + 1, n - x, 1 - tail)
      )
      expectEqual(exact.0, try row.number("clopper_pearson_lo"))
      expectEqual(exact.1, try row.number("clopper_pearson_hi"))
    }
  }

  @Test func `counts: Garwood and Byar`() throws {
    for row in try Golden.rows("proportion_ci/expected_poisson_count_ci95") {
      let events = try row.number("count")
      let count = try #require(EventCount(events))
      expectEqual(count.garwood().low, try row.number("garwood_exact_lo"))
      expectEqual(count.garwood().high, try row.number("garwood_exact_hi"))
      expectEqual(count.byar().low, try row.number("byar_lo"))
      expectEqual(count.byar().high, try row.number("byar_hi"))
    }
  }

  @Test func `two rates: Newcombe's difference, Fisher's exact test and the pooled z`() throws {
    for row in try Golden.rows("proportion_ci/expected_two_proportions") {
      let first = try row.rate("x1", "n1")
      let second = try row.rate("x2", "n2")
      let difference = first.difference(from: second)
      expectEqual(difference.estimate, try row.number("diff"))
      expectEqual(difference.interval.low, try row.number("newcombe_lo"))
      expectEqual(difference.interval.high, try row.number("newcombe_hi"))
      let test = try #require(TwoRatesTest(first, second))
      expectEqual(test.fisher, try row.number("fisher_p_two_sided"))
      if try row.text("z_pooled") == "nan" {
        #expect(test.pooledZ == nil)
      } else {
        expectEqual(test.pooledZ?.z, try row.number("z_pooled"))
        expectEqual(test.pooledZ?.p, try row.number("p_z_two_sided"))
      }
    }
  }

  /// Printed to four decimals in Newcombe 1998, Statistics in Medicine 17:857 and 17:873.
  @Test(arguments: [
    (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090),
    (0, 10, 0, 20, -0.1611, 0.2775), (10, 10, 0, 10, 0.6075, 1),
  ]) func `differences Newcombe printed`(
    x1: Double, n1: Double, x2: Double, n2: Double, low: Double, high: Double
  ) throws {
    let first = try #require(Proportion(x1, of: n1))
    let second = try #require(Proportion(x2, of: n2))
    let difference = first.difference(from: second)
    expectEqual(difference.interval.low, low, within: 5.1e-5)
    expectEqual(difference.interval.high, high, within: 5.1e-5)
  }
}
