internal import Glibc  // exp, log1p

/// The binomial distribution: successes among `trials` independent ones of the same chance.
struct Binomial {
  /// Number of trials, at least 0.
  let trials: Int
  /// Chance of each, 0–1.
  let chance: Double

  /// P(X = successes), by Loader's saddle point expansion.
  func mass(_ successes: Int) -> Double {
    guard successes >= 0, successes <= trials else { return 0 }
    guard chance > 0 else { return successes == 0 ? 1 : 0 }
    guard chance < 1 else { return successes == trials ? 1 : 0 }
    let n = Double(trials)
    let x = Double(successes)
    if successes == 0 { return exp(n * log1p(-chance)) }
    if successes == trials { return exp(n * log(chance)) }
    let errors = stirlingError(n) - stirlingError(x) - stirlingError(n - x)
    let deviance =
      devianceTerm(x, mean: n * chance) + devianceTerm(n - x, mean: n * (1 - chance))
    return exp(errors - deviance) * (n / (2 * Double.pi * x * (n - x))).squareRoot()
  }

  /// P(X ≤ successes).
  func atMost(_ successes: Int) -> Double {
    guard successes >= 0 else { return 0 }
    guard successes < trials else { return 1 }
    return IncompleteBeta.upper(Double(successes) + 1, Double(trials - successes), at: chance)
  }

  /// P(X ≥ successes).
  func atLeast(_ successes: Int) -> Double {
    guard successes > 0 else { return 1 }
    guard successes <= trials else { return 0 }
    return IncompleteBeta.lower(Double(successes), Double(trials - successes) + 1, at: chance)
  }
}
