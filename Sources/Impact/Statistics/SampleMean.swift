/// A mean of durations from its three sums, which is all the database needs to give.
public struct SampleMean: Hashable, Sendable {
  /// How many values.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their variance, over n − 1; `nil` for a single value.
  public let variance: Double?

  /// The mean of `count` values of that sum and sum of squares; `nil` for no value.
  public init?(count: Int, sum: Double, sumOfSquares: Double) {
    guard count > 0, sum.isFinite, sumOfSquares.isFinite else { return nil }
    self.count = count
    mean = sum / Double(count)
    // Rounding may leave a tiny negative number where all values agree.
    variance =
      count > 1 ? max(0, (sumOfSquares - sum * sum / Double(count)) / Double(count - 1)) : nil
  }

  /// The mean of these values; `nil` for none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    self.count = values.count
    self.mean = mean
    variance =
      values.count > 1
      ? values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1) : nil
  }

  /// The mean of `count` values, whose variance is read back from its 95 % Student interval.
  init?(count: Int, mean: Double, student interval: Interval) {
    guard count > 1, interval.high >= interval.low else { return nil }
    self.count = count
    self.mean = mean
    let critical = StudentDistribution.critical(tails: 0.05, freedom: Double(count - 1))
    let error = (interval.high - interval.low) / 2 / critical
    variance = error * error * Double(count)
  }

  /// The mean of all the values of several samples, whose means and variances tell those of all: the squares around each
  /// mean, and those of the means around the common one; `nil` for no sample, or where a sample of several has no variance.
  init?(pooling samples: [SampleMean]) {
    let count = samples.reduce(0) { $0 + $1.count }
    guard count > 0, samples.allSatisfy({ $0.count == 1 || $0.variance != nil }) else { return nil }
    let mean = samples.reduce(0) { $0 + $1.mean * Double($1.count) } / Double(count)
    let squares = samples.reduce(0) { sum, sample in
      let distance = sample.mean - mean
      return sum + (sample.variance ?? 0) * Double(sample.count - 1) + distance * distance
        * Double(sample.count)
    }
    self.count = count
    self.mean = mean
    variance = count > 1 ? squares / Double(count - 1) : nil
  }

  /// A single value, which shows no spread.
  init(single value: Double) {
    count = 1
    mean = value
    variance = nil
  }

  /// Student's interval `mean ± t(n−1) s/√n` (Student 1908); `nil` below two values, which show no spread.
  ///
  /// - Parameter tails: the chance left outside, 0.05 for 95 %.
  /// - Returns: the interval, or `nil`.
  public func student(tails: Double = 0.05) -> Interval? {
    guard let variance else { return nil }
    let critical = StudentDistribution.critical(tails: tails, freedom: Double(count - 1))
    let spread = critical * (variance / Double(count)).squareRoot()
    return Interval(low: mean - spread, high: mean + spread)
  }

  /// How much higher this mean is than another, with Welch's interval (Welch 1947, Biometrika 34:28); `nil` when
  /// either has fewer than two values or neither varies.
  ///
  /// - Parameters:
  ///   - other: the mean compared with, of other rows.
  ///   - tails: the chance left outside.
  /// - Returns: the difference with its interval and two-sided p-value, or `nil`.
  public func difference(from other: SampleMean, tails: Double = 0.05) -> (Difference, p: Double)? {
    guard let own = variance, let their = other.variance else { return nil }
    let first = own / Double(count)
    let second = their / Double(other.count)
    let squared = first + second
    guard squared > 0 else { return nil }
    let freedom =
      squared * squared
      / (first * first / Double(count - 1) + second * second / Double(other.count - 1))
    let estimate = mean - other.mean
    let spread = StudentDistribution.critical(tails: tails, freedom: freedom) * squared.squareRoot()
    let p = StudentDistribution.twoTails(estimate / squared.squareRoot(), freedom: freedom)
    return (
      Difference(estimate: estimate, interval: Interval(low: estimate - spread, high: estimate + spread)), p
    )
  }
}
