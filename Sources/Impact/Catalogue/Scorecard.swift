/// How scores are made: fixed goalposts, weights, and the least data a score needs.
///
/// Goalposts are fixed per methodology version, so that one quarter compares with another and an added
/// cooperation never moves another's score. Partners' contributions never enter: they are means, not
/// results (OECD/JRC handbook 2008, p. 22).
public struct Scorecard: Hashable, Sendable {
  /// Two values that stand for 0 and 100 on one indicator (*bornes*).
  public struct Goalposts: Hashable, Sendable {
    /// The value worth 0; greater than `high` when less is better.
    public var low: Double
    /// The value worth 100.
    public var high: Double
    /// Goalposts; they must differ.
    public init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  /// One indicator's place in a dimension's score.
  public struct Component: Hashable, Sendable {
    /// The indicator's name.
    public var indicator: String
    /// Its goalposts, in the indicator's own unit (a rate as a share).
    public var goalposts: Goalposts
    /// Its weight inside the dimension, above 0.
    public var weight: Double

    /// A component with its weight.
    public init(indicator: String, goalposts: Goalposts, weight: Double) {
      self.indicator = indicator
      self.goalposts = goalposts
      self.weight = weight
    }
  }

  /// One dimension's part of the overall score.
  public struct Part: Hashable, Sendable {
    /// The dimension's name.
    public var dimension: String
    /// Its weight in the overall score, above 0.
    public var weight: Double
    /// The indicators it is made of.
    public var components: [Component]

    /// A part with its components.
    public init(dimension: String, weight: Double, components: [Component]) {
      self.dimension = dimension
      self.weight = weight
      self.components = components
    }
  }

  /// Version of the methodology.
  public var version: Int
  /// Least share of the weight, of a dimension or of the whole, that must be known for a score, 0–1; counted down to
  /// the indicators.
  public var minimumData: Double
  /// Least denominator for a rate to enter a score.
  public var minimumCount: Int
  /// The dimensions that count.
  public var parts: [Part]

  /// The quarter from which this version is the one in force; `nil` when it always was.
  public var validFrom: Quarter?
  /// The other choices its scores are tried against.
  public var sensitivity: SensitivityChoices

  /// A scorecard with all its parts.
  public init(
    version: Int, minimumData: Double, minimumCount: Int, parts: [Part], validFrom: Quarter? = nil,
    sensitivity: SensitivityChoices = .house
  ) {
    self.version = version
    self.validFrom = validFrom
    self.sensitivity = sensitivity
    self.minimumData = minimumData
    self.minimumCount = minimumCount
    self.parts = parts
  }
}
