internal import CCrypto

/// The SHA-256 of some bytes: the same bytes have the same fingerprint, on every machine.
///
///     Fingerprint(of: Array("abc".utf8)).hex   // ba7816bf…
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  /// The fingerprint of `bytes`.
  public init(of bytes: [UInt8]) {
    let builder = Builder()
    builder.append(bytes)
    self = builder.fingerprint()
  }

  fileprivate init(digest: [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    hex = String(decoding: text, as: UTF8.self)
  }

  /// The digits.
  public var description: String { hex }

  /// Makes a fingerprint from bytes that arrive in pieces.
  public final class Builder {
    private let context: OpaquePointer

    /// A builder that has seen no byte yet.
    public init() {
      guard let context = EVP_MD_CTX_new() else { fatalError("libcrypto has no memory for a digest") }
      self.context = context
      precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto offers no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds the next piece.
    public func append(_ bytes: [UInt8]) {
      bytes.withUnsafeBytes { raw in
        precondition(EVP_DigestUpdate(context, raw.baseAddress, raw.count) == 1, "libcrypto could not digest")
      }
    }

    /// The fingerprint of everything appended; the builder starts again from nothing.
    public func fingerprint() -> Fingerprint {
      var digest = [UInt8](repeating: 0, count: 32)
      var length: UInt32 = 0
      precondition(
        EVP_DigestFinal_ex(context, &digest, &length) == 1 && length == 32, "libcrypto could not digest")
      precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto offers no SHA-256")
      return Fingerprint(digest: digest)
    }
  }
}
