internal import CCrypto
public import Impact

/// A secret of 32 bytes that turns identities into digests nobody can turn back, or guess, without it.
///
/// It lives in a file outside the database, named `<key id>.key`: 64 hexadecimal digits. It prints nothing of
/// itself.
public struct PseudonymKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// Why a key cannot be had.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// No folder holds it.
    case missing(id: String, folders: [String])
    /// Others than the owner may read it.
    case readable(path: String)
    /// The file is not 64 hexadecimal digits.
    case damaged(path: String)
    /// The file holds another key than the one the database knows under this name.
    case foreign(id: String)
    /// There is a file of that name already.
    case exists(path: String)
    /// The file cannot be written.
    case unwritable(path: String, reason: String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .missing(let id, let folders):
        "the key “\(id)” is in none of \(folders.joined(separator: ", ")); restore its file, or name its folder "
          + "with JVS_KEYS"
      case .readable(let path):
        "the key \(path) can be read by other users; make it private (chmod 600 for the file, 700 for its "
          + "folder), and rotate it if others may have read it"
      case .damaged(let path):
        "the key \(path) is not 64 hexadecimal digits; restore it from its backup"
      case .foreign(let id):
        "the file of the key “\(id)” holds another key than the one the identities were recorded with; "
          + "restore the right one"
      case .exists(let path):
        "there is a key \(path) that the database does not know; if it belongs to a backup keep it, move it away, then "
          + "try again"
      case .unwritable(let path, let reason): "the key \(path) cannot be written: \(reason)"
      }
    }
  }

  /// Its name, which is no secret.
  public let id: String
  private let secret: [UInt8]

  /// A key from its bytes.
  ///
  /// - Parameters:
  ///   - id: its name.
  ///   - secret: exactly 32 bytes.
  public init(id: String, secret: [UInt8]) {
    precondition(secret.count == 32, "a key has 32 bytes")
    self.id = id
    self.secret = secret
  }

  /// Makes a key from the system's own randomness.
  public static func random(id: String) -> PseudonymKey {
    var generator = SystemRandomNumberGenerator()
    return PseudonymKey(
      id: id, secret: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  /// HMAC-SHA-256 of some bytes under this key: 32 bytes.
  public func digest(of bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let made = HMAC(EVP_sha256(), secret, Int32(secret.count), bytes, bytes.count, &digest, &length)
    precondition(made != nil && length == 32, "libcrypto could not digest")
    return digest
  }

  /// HMAC-SHA-256 of the canonical identity.
  public func pseudonym(of identity: PersonIdentity) -> [UInt8] { digest(of: identity.canonical) }

  /// The digest of a constant: tells whether a file still holds the key the database was told of.
  public var checkValue: [UInt8] { digest(of: Array("jvs key check".utf8)) }

  /// Its name only.
  public var description: String { "key \(id)" }

  /// Shows its name only.
  public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
