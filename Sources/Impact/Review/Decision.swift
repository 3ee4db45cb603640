/// What a review decided, carried from review to review until it is closed (*décision*).
public struct Decision: Hashable, Sendable {
  /// Its code.
  public var id: String
  /// The cooperation's name in data.
  public var cooperation: String
  /// The quarter whose review took it.
  public var quarter: Quarter
  /// The text, in French.
  public var text: String
  /// Who answers for it.
  public var owner: String
  /// When it should be done; `nil` when no day was set.
  public var dueOn: Day?
  /// Whether somebody said it is done.
  public var isClosed: Bool
  /// The day it was done; `nil` when it is not, or when nobody said the day.
  public var closedOn: Day?
  /// Who signs.
  public var signedBy: String

  /// A decision with all its parts.
  public init(
    id: String, cooperation: String, quarter: Quarter, text: String, owner: String, dueOn: Day?,
    isClosed: Bool, closedOn: Day? = nil, signedBy: String
  ) {
    self.id = id
    self.cooperation = cooperation
    self.quarter = quarter
    self.text = text
    self.owner = owner
    self.dueOn = dueOn
    self.isClosed = isClosed
    self.closedOn = closedOn
    self.signedBy = signedBy
  }

  /// Whether it still has to be done on a day.
  public func isOpen(on day: Day) -> Bool { !isClosed || (closedOn.map { $0 > day } ?? false) }

  /// Whether its day has passed on a day and it is still open.
  public func isOverdue(on day: Day) -> Bool { isOpen(on: day) && (dueOn.map { $0 < day } ?? false) }
}
