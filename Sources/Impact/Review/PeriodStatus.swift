/// How far the review of a cooperation's quarter has come (*provisoire, validé, clos*).
public struct PeriodStatus: Hashable, Sendable {
  /// The states, in their order.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Nobody has signed yet: figures may change without a word.
    case provisional
    /// Its author holds it for complete.
    case submitted
    /// A second person agrees: what arrives now is late, and is restated.
    case validated
    /// Nothing more is expected.
    case closed
  }

  /// Who did something, and when.
  public struct Signature: Hashable, Sendable {
    /// The name given.
    public var name: String
    /// The day in Paris.
    public var day: Day

    /// A name and a day.
    public init(name: String, day: Day) {
      self.name = name
      self.day = day
    }
  }

  /// The cooperation's name in data.
  public var cooperation: String
  /// The quarter.
  public var quarter: Quarter
  /// How far it has come.
  public var state: State
  /// Who submitted it, unless it is provisional.
  public var submitted: Signature?
  /// Who validated it, if it is validated or closed.
  public var validated: Signature?
  /// Who closed it, if it is closed.
  public var closed: Signature?

  /// A state with its signatures.
  public init(
    cooperation: String, quarter: Quarter, state: State, submitted: Signature? = nil,
    validated: Signature? = nil, closed: Signature? = nil
  ) {
    self.cooperation = cooperation
    self.quarter = quarter
    self.state = state
    self.submitted = submitted
    self.validated = validated
    self.closed = closed
  }

  /// Whether what arrives for the quarter is late.
  public var isLocked: Bool { state == .validated || state == .closed }
}
