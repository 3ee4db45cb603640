/// A cooperation's score for one quarter, on one dimension or overall (*note*).
public struct Score: Hashable, Sendable {
  /// Why a score cannot be given.
  public enum Absence: String, Hashable, Sendable {
    /// Less is known than the scorecard's minimum.
    case notEnoughData = "not-enough-data"
    /// None of its indicators makes sense for the cooperation.
    case notApplicable = "not-applicable"
  }

  /// One indicator's part in a dimension's score.
  public struct Contribution: Hashable, Sendable {
    /// The indicator's name.
    public var indicator: String
    /// Its value, `nil` when absent or resting on too few.
    public var value: Double?
    /// Its value between the goalposts, 0–100.
    public var normalised: Double?
    /// Its share of the dimension's known weight, 0–1; 0 when absent.
    public var weight: Double
    /// By how much the overall score would move if the indicator were not in the scorecard; `nil` without a value
    /// or without an overall score.
    public var leftOut: Double?
    /// What the overall score would gain if the indicator came to its upper goalpost; `nil` likewise.
    public var atBest: Double?

    /// A part with its weight.
    public init(
      indicator: String, value: Double?, normalised: Double?, weight: Double, leftOut: Double? = nil,
      atBest: Double? = nil
    ) {
      self.indicator = indicator
      self.value = value
      self.normalised = normalised
      self.weight = weight
      self.leftOut = leftOut
      self.atBest = atBest
    }
  }

  /// How sure a score is.
  public struct Certainty: Hashable, Sendable {
    /// Where nine tenths of the methods tried that give a score put it; `nil` when none is tried.
    public var methods: Interval?
    /// Number of methods tried.
    public var runs: Int
    /// How many of them give a score; the others leave too little known.
    ///
    /// `nil` in releases made before it was kept.
    public var scoredRuns: Int?
    /// Its 95 % interval from the few people its rates rest on; `nil` when none of them has an interval.
    public var sampling: Interval?
    /// Where it could lie if everything missing were known; `nil` when the score does not apply.
    public var possible: Interval?
    /// What each choice of method explains of its variance, in the order of ``SensitivityPlan/Factor``; empty when
    /// nothing varies or some method gives no score.
    public var shares: [Solidity.Share]

    /// How sure a score is.
    public init(
      methods: Interval? = nil, runs: Int = 0, scoredRuns: Int? = nil, sampling: Interval? = nil,
      possible: Interval? = nil, shares: [Solidity.Share] = []
    ) {
      self.methods = methods
      self.runs = runs
      self.scoredRuns = scoredRuns
      self.sampling = sampling
      self.possible = possible
      self.shares = shares
    }
  }

  /// Since when a score is compared.
  public enum Span: String, Hashable, Sendable, CaseIterable {
    /// The quarter before.
    case quarter
    /// The same quarter of the year before.
    case year

    /// The quarter compared with.
    public func start(from quarter: Quarter) -> Quarter {
      quarter.advanced(by: self == .quarter ? -1 : -4)
    }
  }

  /// The cooperation's name in data.
  public var cooperation: String
  /// The quarter.
  public var quarter: Quarter
  /// The dimension, or `nil` for the overall score.
  public var dimension: String?
  /// 0–100, or `nil` with a reason in `absence`.
  public var value: Double?
  /// The reason for its absence.
  public var absence: Absence?
  /// Share of the weight it rests on, 0–1, counted down to the indicators; a dimension without a score adds nothing
  /// to the whole.
  public var coverage: Double
  /// The parts it is made of; empty for the overall score.
  public var contributions: [Contribution]
  /// Version of the scorecard; `nil` in releases made before scores kept it.
  public var methodology: Int?
  /// How sure it is; `nil` in releases made before scores kept it.
  public var certainty: Certainty?
  /// What moved the overall score; nothing for dimensions, and where one end has no score.
  public var changes: [Span: ScoreChange]

  /// A score with its parts.
  public init(
    cooperation: String, quarter: Quarter, dimension: String?, value: Double?, absence: Absence?,
    coverage: Double, contributions: [Contribution], methodology: Int? = nil, certainty: Certainty? = nil,
    changes: [Span: ScoreChange] = [:]
  ) {
    self.cooperation = cooperation
    self.quarter = quarter
    self.dimension = dimension
    self.value = value
    self.absence = absence
    self.coverage = coverage
    self.contributions = contributions
    self.methodology = methodology
    self.certainty = certainty
    self.changes = changes
  }
}
