internal import Foundation
internal import Glibc

/// The folders that hold keys.
public struct KeyFolder: Sendable {
  /// Where keys are looked for, in order; new ones are written to the first that is not systemd's.
  public let places: [Place]

  /// One folder.
  public struct Place: Hashable, Sendable {
    /// Where it is.
    public var path: String
    /// Whether systemd made it: it gives the service access by group rights, and nothing is written there.
    public var isCredentials: Bool

    /// A folder.
    public init(path: String, isCredentials: Bool) {
      self.path = path
      self.isCredentials = isCredentials
    }
  }

  /// The folders in order.
  public init(_ places: [Place]) { self.places = places }

  /// The folder new keys and the journal of erasures are written to.
  public var writable: String? { places.first { !$0.isCredentials }?.path }

  /// The key of that name.
  ///
  /// - Throws: ``PseudonymKey/Failure`` when it is missing, damaged or not private.
  public func key(_ id: String) throws -> PseudonymKey {
    for place in places {
      let path = "\(place.path)/\(id).key"
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var status = stat()
      // Asked of the open file, so that nobody can exchange it in between.
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw PseudonymKey.Failure.damaged(path: path)
      }
      let others: mode_t = place.isCredentials ? 0o007 : 0o077
      guard status.st_mode & others == 0 else { throw PseudonymKey.Failure.readable(path: path) }
      var bytes = [UInt8](repeating: 0, count: 80)
      let count = read(descriptor, &bytes, bytes.count)
      guard count == 64 || count == 65 && bytes[64] == 0x0A,
        let secret = KeyFolder.bytes(ofHex: Array(bytes[..<64]))
      else { throw PseudonymKey.Failure.damaged(path: path) }
      return PseudonymKey(id: id, secret: secret)
    }
    throw PseudonymKey.Failure.missing(id: id, folders: places.map(\.path))
  }

  /// Makes a key and writes it, for its owner only; nothing that exists is ever overwritten.
  ///
  /// - Throws: ``PseudonymKey/Failure`` when it cannot be written.
  public func make(_ id: String) throws -> PseudonymKey {
    guard let folder = writable else {
      throw PseudonymKey.Failure.unwritable(
        path: id, reason: "no folder may be written to; name one with JVS_KEYS")
    }
    let path = "\(folder)/\(id).key"
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw KeyFolder.unwritable(path) }
    var secret = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    defer { for index in secret.indices { secret[index] = 0 } }
    try KeyFolder.write(Array((KeyFolder.hex(secret) + "\n").utf8), to: path, flags: O_EXCL)
    return PseudonymKey(id: id, secret: secret)
  }

  /// Takes back a key that nothing was recorded with.
  public func discard(_ key: PseudonymKey) {
    guard let folder = writable else { return }
    unlink("\(folder)/\(key.id).key")
  }

  /// Appends a line to the journal of erasures, on the disk before it returns.
  ///
  /// - Throws: ``PseudonymKey/Failure`` when it cannot be written: then nothing may be erased.
  public func journal(_ line: String) throws {
    guard let folder = writable else {
      throw PseudonymKey.Failure.unwritable(
        path: KeyFolder.journalName, reason: "no folder may be written to; name one with JVS_KEYS")
    }
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw KeyFolder.unwritable(folder) }
    // A line of its own even after one that a crash cut short.
    try KeyFolder.write(
      Array(("\n" + line + "\n").utf8), to: "\(folder)/\(KeyFolder.journalName)", flags: O_APPEND)
  }

  /// The lines of the journal of erasures, oldest first; none when there is no journal.
  public func journal() throws -> [String] {
    guard let folder = writable, FileManager.default.fileExists(atPath: "\(folder)/\(KeyFolder.journalName)")
    else { return [] }
    let text = try String(contentsOfFile: "\(folder)/\(KeyFolder.journalName)", encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }

  /// The name of the journal of erasures.
  public static let journalName = "erasures.journal"

  private static func write(_ bytes: [UInt8], to path: String, flags: Int32) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? PseudonymKey.Failure.exists(path: path) : unwritable(path)
    }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw unwritable(path)
    }
  }

  private static func unwritable(_ path: String) -> PseudonymKey.Failure {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }

  /// Lower-case hexadecimal digits.
  public static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes that hexadecimal digits spell; `nil` when they do not.
  public static func bytes(ofHex text: [UInt8]) -> [UInt8]? {
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case 0x30...0x39: digit - 0x30
      case 0x61...0x66: digit - 0x61 + 10
      case 0x41...0x46: digit - 0x41 + 10
      default: nil
      }
    }
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
