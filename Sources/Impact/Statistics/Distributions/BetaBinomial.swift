/// Successes among trials whose chance is itself known only as far as so many people tell: `Beta(wμ, w(1 − μ))`.
struct BetaBinomial: Hashable, Sendable {
  /// Trials, from 1.
  let trials: Int
  /// The mean chance μ, 0–1.
  let chance: Double
  /// The people w the chance is known from, above 0; `nil` when it is certain, which is the binomial law.
  let weight: Double?

  var mean: Double { Double(trials) * chance }

  /// `n μ (1 − μ) (w + n) / (w + 1)`, without the last factor for a certain chance.
  var variance: Double {
    let binomial = mean * (1 - chance)
    return weight.map { binomial * ($0 + Double(trials)) / ($0 + 1) } ?? binomial
  }

  /// The part of the variance that the uncertain chance makes: `n² μ (1 − μ) / (w + 1)`.
  var meanVariance: Double {
    weight.map { Double(trials) * mean * (1 - chance) / ($0 + 1) } ?? 0
  }

  /// The chance of each number of successes, from 0 to `trials`.
  var masses: [Double] {
    guard let weight else {
      let law = Binomial(trials: trials, chance: chance)
      return (0...trials).map(law.mass)
    }
    let (a, b) = (weight * chance, weight * (1 - chance))
    // By ratios of neighbours, scaled to one in the end: the first alone may be too small for a number.
    var masses = [1.0]
    for k in 0..<trials {
      let (k, n) = (Double(k), Double(trials))
      masses.append(masses[masses.count - 1] * (n - k) / (k + 1) * (a + k) / (b + n - k - 1))
      if masses[masses.count - 1] > 1e200 { for index in masses.indices { masses[index] *= 1e-200 } }
    }
    let total = masses.reduce(0, +)
    return masses.map { $0 / total }
  }
}
