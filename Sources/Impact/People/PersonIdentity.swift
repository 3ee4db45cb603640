/// Who a participant is: kept apart from every fact, and never published.
///
/// It prints nothing of itself, so that no log and no error can show it by accident.
public struct PersonIdentity: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The participant's code in the cooperation.
  public var participant: String
  /// Last name at birth.
  public var lastName: String
  /// First names, as on the identity document.
  public var firstNames: String
  /// Date of birth.
  public var birthDate: Day
  /// Telephone, e-mail or address.
  public var contact: String?
  /// Number of the PASS IAE, which opens the right to an integration pathway.
  public var passIAENumber: String?

  /// An identity with all its parts.
  public init(
    participant: String, lastName: String, firstNames: String, birthDate: Day, contact: String? = nil,
    passIAENumber: String? = nil
  ) {
    self.participant = participant
    self.lastName = lastName
    self.firstNames = firstNames
    self.birthDate = birthDate
    self.contact = contact
    self.passIAENumber = passIAENumber
  }

  /// Says that it is one, and not whose.
  public var description: String { "an identity" }

  /// Says that it is one, and not whose.
  public var debugDescription: String { description }
}

extension PersonIdentity: CustomReflectable {
  /// Shows no part.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
