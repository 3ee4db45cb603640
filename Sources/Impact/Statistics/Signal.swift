/// Whether a series moved beyond its usual variation by the end of a quarter.
public struct Signal: Hashable, Sendable {
  /// The verdict on the quarter.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// A rule fired on the better side.
    case improvement
    /// A rule fired on the worse side.
    case concern
    /// A rule fired on an indicator without a better side.
    case change
    /// No rule fired.
    case usual
    /// Fewer points than a judgement needs.
    case tooFew = "too-few"
    /// Not judged for another reason, which `silence` says.
    case notJudged = "not-judged"
  }

  /// Why a series is not judged.
  public enum Silence: String, Hashable, Sendable, CaseIterable {
    /// Fewer points than a judgement needs.
    case tooFew = "too-few"
    /// Its windows share months, so that no point stands for itself.
    case overlap
    /// It adds up since the beginning, so that each point contains the one before.
    case cumulative
    /// The cooperation ended inside the quarter: its total counts fewer months than the others.
    case cutShort = "cut-short"
    /// The quarter under review has no value.
    case noValue = "no-value"
  }

  /// What the verdict rests on.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// A control chart of dated months, the last three of which are the quarter's.
    case months
    /// A control chart of quarters, the last of which is judged.
    case quarters
    /// The interval of the difference from the quarter before, points being too few for a chart.
    case difference
  }

  /// One point of the chart.
  public struct Point: Hashable, Sendable {
    /// The quarter it stands for, or belongs to.
    public var quarter: Quarter
    /// The first day of its month; `nil` for a point that is a whole quarter.
    public var month: Day?
    /// The value.
    public var value: Double
    /// Lower limit of usual variation; `nil` when there are too few points.
    public var low: Double?
    /// Upper limit of usual variation.
    public var high: Double?
    /// Rules that fire at this point.
    public var rules: [ControlRule]
    /// A point of the chart.
    public init(
      quarter: Quarter, month: Day? = nil, value: Double, low: Double?, high: Double?, rules: [ControlRule]
    ) {
      self.quarter = quarter
      self.month = month
      self.value = value
      self.low = low
      self.high = high
      self.rules = rules
    }
  }

  /// The verdict on the quarter.
  public var verdict: Class
  /// Why there is none; `nil` for what was judged.
  public var silence: Silence?
  /// What it rests on.
  public var basis: Basis
  /// Whether the last signal is towards higher values; `nil` without a signal.
  public var isUpward: Bool?
  /// Mean of the series, or its pooled rate; `nil` when there are too few points.
  public var mean: Double?
  /// The points, in order of time.
  public var points: [Point]
  /// The chance, were nothing different, of a quarter at least as far from those before; `nil` when it was not tested.
  public var p: Double?
  /// The series that would look like this by chance alone, for the rate of false alarms; `nil` without a chart.
  public var stable: StableSeries?

  /// A verdict with its chart.
  public init(
    verdict: Class, isUpward: Bool?, mean: Double?, points: [Point], basis: Basis = .quarters,
    p: Double? = nil, stable: StableSeries? = nil
  ) {
    self.verdict = verdict
    self.basis = basis
    self.isUpward = isUpward
    self.mean = mean
    self.points = points
    self.p = p
    self.stable = stable
  }

  /// A series shown without a verdict, and the reason why.
  ///
  /// - Parameters:
  ///   - silence: the reason.
  ///   - points: what is known, shown without limits.
  ///   - basis: what a verdict would have rested on.
  public init(silent silence: Silence, points: [Point], basis: Basis = .quarters) {
    self.init(
      verdict: silence == .tooFew ? .tooFew : .notJudged, isUpward: nil, mean: nil,
      points: points.map {
        Point(quarter: $0.quarter, month: $0.month, value: $0.value, low: nil, high: nil, rules: [])
      }, basis: basis)
    self.silence = silence
  }

  /// Whether the quarter was judged at all.
  public var isJudged: Bool { ![.tooFew, .notJudged].contains(verdict) }

  /// Whether something moved beyond its usual variation.
  public var isAlarm: Bool { [.improvement, .concern, .change].contains(verdict) }

  /// The verdict on a move in that direction; `nil` is no move.
  static func verdict(_ isUpward: Bool?, _ direction: Direction) -> Class {
    switch (isUpward, direction) {
    case (nil, _): .usual
    case (_, .neutral): .change
    case (true?, .higher), (false?, .lower): .improvement
    case (true?, .lower), (false?, .higher): .concern
    }
  }
}
