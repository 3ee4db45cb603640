internal import Glibc  // libm: log, exp, pow

/// The arithmetic of one aggregation, without a branch on anything but its kind.
///
/// All but Mazziotta–Pareto are quasi-arithmetic means: `f(mean) = Σ w f(x) / Σ w`. That is what makes a value
/// left out cheap to take off again, and a change exact to take apart.
struct MeanKernel: Sendable {
  enum Kind: UInt8 { case arithmetic, geometric, fromOne, harmonic, power, paretoDown, paretoUp }

  let kind: Kind
  let exponent: Double
  /// `geometricFromOne` counts `1 + step × (x − low)`.
  let low: Double
  let step: Double

  /// - Precondition: not `copeland`, which is no mean of one unit's values.
  init(_ aggregation: Aggregation, scale: Scale) {
    switch aggregation {
    case .arithmetic: kind = .arithmetic
    case .geometric: kind = .geometric
    case .geometricFromOne: kind = .fromOne
    case .harmonic: kind = .harmonic
    case .power: kind = .power
    case .mazziottaPareto(.downward): kind = .paretoDown
    case .mazziottaPareto(.upward): kind = .paretoUp
    case .copeland: preconditionFailure("Copeland's rule is computed over units")
    }
    exponent = if case .power(let exponent) = aggregation { exponent } else { 1 }
    low = scale.low
    step = 99 / (scale.high - scale.low)
  }

  /// Whether the mean is defined for this value.
  @inline(__always)
  func accepts(_ x: Double) -> Bool {
    switch kind {
    case .arithmetic, .paretoDown, .paretoUp: true
    case .geometric, .harmonic, .power: x > 0
    case .fromOne: 1 + step * (x - low) > 0
    }
  }

  var isPareto: Bool { kind == .paretoDown || kind == .paretoUp }

  @inline(__always)
  func transformed(_ x: Double) -> Double {
    switch kind {
    case .arithmetic, .paretoDown, .paretoUp: x
    case .geometric: log(x)
    case .fromOne: log(1 + step * (x - low))
    case .harmonic: 1 / x
    case .power: pow(x, exponent)
    }
  }

  @inline(__always)
  func restored(_ y: Double) -> Double {
    switch kind {
    case .arithmetic, .paretoDown, .paretoUp: y
    case .geometric: exp(y)
    case .fromOne: (exp(y) - 1) / step + low
    case .harmonic: 1 / y
    case .power: pow(y, 1 / exponent)
    }
  }

  /// The mean of what was added up.
  @inline(__always)
  func mean(_ sums: MeanSums) -> Double { mean(weight: sums.weight, first: sums.first, second: sums.second) }

  @inline(__always)
  func mean(weight: Double, first: Double, second: Double) -> Double {
    switch kind {
    case .paretoDown:
      let mean = first / weight
      return mean > 0 ? 2 * mean - second / weight / mean : .nan
    case .paretoUp:
      let mean = first / weight
      return mean > 0 ? second / weight / mean : .nan
    default: return restored(first / weight)
    }
  }

  /// The slope of the chord of `f` between two values, `f'` where they meet.
  func slope(_ a: Double, _ b: Double) -> Double {
    let middle = (a + b) / 2
    let isClose = abs(b - a) <= 1e-7 * max(abs(a), abs(b), 1e-300)
    switch kind {
    case .arithmetic, .paretoDown, .paretoUp: return 1
    case .geometric: return b == a ? 1 / a : log1p((b - a) / a) / (b - a)
    case .fromOne:
      let first = 1 + step * (a - low)
      return b == a ? step / first : log1p(step * (b - a) / first) / (b - a)
    case .harmonic: return -1 / (a * b)
    case .power:
      return isClose
        ? exponent * pow(middle, exponent - 1) : (pow(b, exponent) - pow(a, exponent)) / (b - a)
    }
  }
}

/// What a mean is made of, added up value by value.
struct MeanSums {
  /// Σ w.
  var weight = 0.0
  /// Σ w f(x).
  var first = 0.0
  /// Σ w x², which only Mazziotta–Pareto needs.
  var second = 0.0

  @inline(__always)
  mutating func add(_ kernel: MeanKernel, _ x: Double, _ weight: Double) {
    self.weight += weight
    first += weight * kernel.transformed(x)
    second += weight * x * x
  }
}
