internal import Glibc  // lgamma_r, exp, log

/// Rates of small groups drawn towards the rate of all, as far as their size leaves them uncertain: the beta-binomial
/// empirical Bayes estimate `(a + x) / (a + b + n)` (Efron and Morris 1975; Gelman et al., Bayesian Data Analysis, §2.4).
public struct Shrinkage: Hashable, Sendable {
  /// The common rate a / (a + b).
  public let mean: Double
  /// How many people's worth of weight the common rate has, a + b; infinite when the groups do not differ beyond chance.
  public let weight: Double
  private let pooled: Proportion

  private init(mean: Double, weight: Double, pooled: Proportion) {
    self.mean = mean
    self.weight = weight
    self.pooled = pooled
  }

  /// Estimates by moments weighted by size, in closed form: with `S = Σ n (p − μ)²` and `c = n (1 − n/N)`,
  /// `ρ = (S/μ(1−μ) − Σ c/n) / Σ c (1 − 1/n)` and `a + b = 1/ρ − 1` (Kleinman 1973, JASA 68:46).
  ///
  /// - Parameter groups: the rates; `nil` unless at least two groups, and a pooled rate strictly between 0 and 1.
  public init?(moments groups: [Proportion]) {
    let total = groups.reduce(0) { $0 + $1.trials }
    guard groups.count > 1, total > 0 else { return nil }
    guard let pooled = Proportion(groups.reduce(0) { $0 + $1.successes }, of: total) else { return nil }
    let mean = pooled.share
    guard mean > 0, mean < 1 else { return nil }
    var spread = 0.0
    var chance = 0.0
    var scale = 0.0
    for group in groups {
      let n = group.trials
      let difference = group.share - mean
      let c = n * (1 - n / total)
      spread += n * difference * difference
      chance += c / n
      scale += c * (1 - 1 / n)
    }
    let estimate = scale > 0 ? max(0, (spread / (mean * (1 - mean)) - chance) / scale) : 0
    // At 1, rates as far apart as can be, the law has no density; just below it each group keeps its own.
    let correlation = min(0.99, estimate)
    self.init(mean: mean, weight: correlation > 0 ? 1 / correlation - 1 : .infinity, pooled: pooled)
  }

  /// Estimates by maximum likelihood: Newton's method on ln a and ln b, from the estimates by moments.
  ///
  /// - Parameter groups: the rates, of whole numbers; `nil` where moments give none, or where the likelihood has no
  ///   maximum, the groups not differing beyond chance.
  public init?(likelihood groups: [Proportion]) {
    guard let start = Shrinkage(moments: groups), start.weight.isFinite, start.weight > 0 else { return nil }
    var point = (log(start.mean * start.weight), log((1 - start.mean) * start.weight))
    for _ in 0..<200 {
      let (slope, curve) = Shrinkage.derivatives(groups, exp(point.0), exp(point.1))
      let determinant = curve.0 * curve.2 - curve.1 * curve.1
      var step: (Double, Double)
      if curve.0 < 0, determinant > 0 {
        step = (
          -(curve.2 * slope.0 - curve.1 * slope.1) / determinant,
          -(curve.0 * slope.1 - curve.1 * slope.0) / determinant
        )
      } else {
        step = (slope.0.sign == .minus ? -0.1 : 0.1, slope.1.sign == .minus ? -0.1 : 0.1)
      }
      step = (min(1, max(-1, step.0)), min(1, max(-1, step.1)))
      point = (point.0 + step.0, point.1 + step.1)
      guard point.0 < 30, point.1 < 30 else { return nil }
      if abs(step.0) + abs(step.1) < 1e-14 { break }
    }
    let (a, b) = (exp(point.0), exp(point.1))
    self.init(mean: a / (a + b), weight: a + b, pooled: start.pooled)
  }

  /// Slope and curvature of the log-likelihood in ln a and ln b, as sums of reciprocals since counts are whole.
  private static func derivatives(_ groups: [Proportion], _ a: Double, _ b: Double) -> (
    slope: (Double, Double), curve: (Double, Double, Double)
  ) {
    // Σ 1/(s+i) and Σ 1/(s+i)² for i < count: differences of the digamma and trigamma functions.
    func sums(_ start: Double, _ count: Double) -> (Double, Double) {
      var first = 0.0
      var second = 0.0
      for step in 0..<Int(count) {
        let part = 1 / (start + Double(step))
        first += part
        second += part * part
      }
      return (first, second)
    }
    var (da, db, daa, dbb, dab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for group in groups {
      let own = sums(a, group.successes)
      let rest = sums(b, group.trials - group.successes)
      let all = sums(a + b, group.trials)
      da += own.0 - all.0
      db += rest.0 - all.0
      daa += all.1 - own.1
      dbb += all.1 - rest.1
      dab += all.1
    }
    return ((a * da, b * db), (a * a * daa + a * da, a * b * dab, b * b * dbb + b * db))
  }

  /// The log-likelihood of the groups under these parameters, whole.
  func logLikelihood(_ groups: [Proportion]) -> Double {
    let (a, b) = (mean * weight, (1 - mean) * weight)
    func logBeta(_ first: Double, _ second: Double) -> Double {
      logGamma(first) + logGamma(second) - logGamma(first + second)
    }
    return groups.reduce(0) { sum, group in
      let (x, n) = (group.successes, group.trials)
      let choices = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1)
      return sum + choices + logBeta(a + x, b + n - x) - logBeta(a, b)
    }
  }

  /// A group's rate drawn towards the common one.
  public func estimate(_ group: Proportion) -> Double {
    guard weight.isFinite else { return mean }
    return (mean * weight + group.successes) / (weight + group.trials)
  }

  /// The interval of a group's true rate: quantiles of Beta(a + x, b + n − x).
  ///
  /// - Parameters:
  ///   - group: the group.
  ///   - tails: the chance left outside, 0.05 for 95 %.
  /// - Returns: the interval; Wilson's of the common rate when groups do not differ beyond chance.
  public func interval(_ group: Proportion, tails: Double = 0.05) -> Interval {
    guard weight.isFinite else { return pooled.wilson(z: NormalDistribution.quantile(1 - tails / 2)) }
    let (a, b) = posterior(group)
    return Interval(
      low: IncompleteBeta.quantile(a, b, tails / 2), high: IncompleteBeta.quantile(a, b, 1 - tails / 2))
  }

  /// The chance that a group's true rate is above the common one; `nil` when groups do not differ beyond chance.
  public func chanceAboveMean(_ group: Proportion) -> Double? {
    guard weight.isFinite else { return nil }
    let (a, b) = posterior(group)
    return IncompleteBeta.upper(a, b, at: mean)
  }

  private func posterior(_ group: Proportion) -> (a: Double, b: Double) {
    (mean * weight + group.successes, (1 - mean) * weight + group.trials - group.successes)
  }
}
