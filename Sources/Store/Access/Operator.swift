/// As whom a command of `jvs` connects to its private database: with the rights its work needs and no others.
///
/// PostgreSQL asks the kernel who connects, and lets the account that owns the data folder take these logins.
/// That account is also the superuser: this stops mistakes and defects of `jvs`, not the account itself.
public enum Operator: String, Hashable, Sendable, CaseIterable {
  /// Makes and changes the database.
  case migrate
  /// Records partners' files.
  case capture
  /// Computes, releases, publishes, explains.
  case compute
  /// The nightly chain: records and computes.
  case nightly
  /// Keeps identities, and the link between them and the facts.
  case identity
  /// Submits, validates, closes and reopens quarters.
  case review
  /// Looks, and changes nothing.
  case audit

  /// The login.
  public var login: String {
    switch self {
    case .migrate: PrivateCluster.role
    case .capture: "jvs_operator_import"
    case .compute: "jvs_operator_compute"
    case .nightly: "jvs_operator_nightly"
    case .identity: "jvs_operator_identity"
    case .review: "jvs_operator_review"
    case .audit: "jvs_operator_audit"
    }
  }

  /// The groups it is a member of; the owner of the private database needs none.
  public var groups: [Group] {
    switch self {
    case .migrate: []
    case .capture: [.capture]
    case .compute: [.compute]
    case .nightly: [.capture, .compute]
    case .identity: [.identity, .capture]
    case .review: [.director]
    case .audit: [.auditor]
    }
  }
}
