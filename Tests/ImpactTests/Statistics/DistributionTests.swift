import Testing

@testable import Impact

/// Numbers of scipy 1.17, computed once.
@Suite struct `Distributions equal scipy` {
  @Test(arguments: [
    (0.5, 0.1, 0.34527915398142317, 0.6547208460185768), (0.5, 3, 0.9856941215645704, 0.014305878435429641),
    (5, 2, 0.052653017343711125, 0.9473469826562889), (5, 12, 0.992399609318933, 0.007600390681066992),
    (100, 90, 0.15822098918643007, 0.84177901081357), (1e4, 10100, 0.8413487504471796, 0.15865124955282037),
    (1e6, 999_000, 0.15865521357430365, 0.8413447864256963),
  ]) func `incomplete gamma`(a: Double, x: Double, lower: Double, upper: Double) {
    expectEqual(IncompleteGamma.lower(a, x), lower, within: 1e-11)
    expectEqual(IncompleteGamma.upper(a, x), upper, within: 1e-11)
  }

  @Test(arguments: [
    (0.5, 0.5, 0.3, 0.36901011956554536, 0.6309898804344546), (3, 7, 0.2, 0.26180249600000016, 0.738197504),
    (20, 1, 0.9, 0.12157665459056931, 0.8784233454094307),
    (200, 300, 0.45, 0.9881463456202628, 0.011853654379737118),
    (1e5, 2e5, 0.334, 0.7807618138321535, 0.21923818616786694),
    (0.01, 5, 0.01, 0.9746446808823579, 0.025355319117642012),
    (5e6, 5e6, 0.5001, 0.7364553684685946, 0.263544631531441),
  ]) func `incomplete beta`(a: Double, b: Double, x: Double, lower: Double, upper: Double) {
    expectEqual(IncompleteBeta.lower(a, b, at: x), lower, within: 1e-10)
    expectEqual(IncompleteBeta.upper(a, b, at: x), upper, within: 1e-10)
  }

  @Test(arguments: [
    (0.05, 1.0, 12.706204736174694), (0.05, 2.5, 3.5746548420036817), (0.05, 6, 2.4469118511449786),
    (0.01, 30, 2.7499956535672254), (0.05, 10000, 1.960201239890626),
  ]) func `Student's t`(tails: Double, freedom: Double, critical: Double) {
    expectEqual(StudentDistribution.critical(tails: tails, freedom: freedom), critical)
    expectEqual(StudentDistribution.twoTails(critical, freedom: freedom), tails)
  }

  @Test func `chi-square and normal quantiles`() {
    expectEqual(ChiSquare.quantile(0.025, freedom: 2), 0.05063561596857975)
    expectEqual(ChiSquare.quantile(0.975, freedom: 12), 23.33666415864534)
    expectEqual(ChiSquare.quantile(0.95, freedom: 2000), 2105.154236164641)
    expectEqual(NormalDistribution.quantile(1e-10), -6.361340902404056)
    expectEqual(NormalDistribution.quantile(0.975), normalQuantile95, within: 1e-14)
    expectEqual(NormalDistribution.quantile(0.5), 0)
  }

  @Test(arguments: [
    (3, 10, 0.3, 0.2668279319999998, 0.6496107184000002), (0, 5, 0.2, 0.32768, 0.32768),
    (5, 5, 0.2, 0.00032, 1), (500, 1000, 0.52, 0.011327071894764533, 0.10858106325437784),
    (333_400, 1_000_000, 1.0 / 3, 0.0008378218583243081, 0.5566959488197133),
  ]) func `binomial chances`(x: Int, n: Int, p: Double, mass: Double, atMost: Double) {
    let law = Binomial(trials: n, chance: p)
    expectEqual(law.mass(x), mass, within: 1e-12)
    expectEqual(law.atMost(x), atMost, within: 1e-11)
    expectEqual(law.atMost(x - 1) + law.atLeast(x), 1, within: 1e-11)
  }

  @Test func `a quantile undoes its distribution`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let a = 0.05 + 40 * generator.unit()
      let b = 0.05 + 40 * generator.unit()
      let p = generator.unit()
      expectEqual(IncompleteBeta.lower(a, b, at: IncompleteBeta.quantile(a, b, p)), p)
      expectEqual(IncompleteGamma.lower(a, IncompleteGamma.quantile(a, p)), p)
    }
  }
}
