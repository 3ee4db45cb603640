import Foundation

/// A file written so that it is there whole or not at all, whatever ends the writer.
enum WholeFile {
  /// Writes the pieces `content` hands over, for the user alone to read unless `mode` says otherwise; a file
  /// of that name is replaced.
  ///
  /// - Throws: a `Failure` that says what could not be written, or whatever `content` throws; then what bears
  ///   that name is as it was. Only a file is replaced: never a device, a pipe, a link or a folder.
  static func write(
    to path: String, mode: mode_t = 0o600, _ content: (_ put: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let draft = try Draft(of: path, mode: mode)
    try content { bytes in try draft.append(bytes) }
    try draft.putInPlace()
  }

  /// A file being written piece by piece: put in place at the end, or gone with the last who holds it.
  final class Draft {
    private let path: String
    private let draft: String
    private var descriptor: Int32

    /// - Throws: a `Failure` when the file cannot be made.
    init(of path: String, mode: mode_t = 0o600) throws {
      try WholeFile.refuseOtherThanFile(path)
      let folder = (path as NSString).deletingLastPathComponent
      // Hidden, so that a folder's import never takes what a dead writer left for a file.
      draft = "\(folder.isEmpty ? "." : folder)/.tmp-\(getpid())-\((path as NSString).lastPathComponent)"
      self.path = path
      unlink(draft)
      descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      guard descriptor >= 0 else { throw WholeFile.failure("create", path) }
    }

    deinit {
      guard descriptor >= 0 else { return }
      close(descriptor)
      unlink(draft)
    }

    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) throws { try WholeFile.append(bytes, to: descriptor, path) }

    /// Puts the file in its place, whole; nothing can be added afterwards.
    func putInPlace() throws {
      guard fsync(descriptor) == 0 else { throw WholeFile.failure("make durable", path) }
      let open = descriptor
      descriptor = -1
      guard close(open) == 0 else { throw given(up: "close") }
      guard rename(draft, path) == 0 else { throw given(up: "put in place") }
    }

    private func given(up what: String) -> Failure {
      let failure = WholeFile.failure(what, path)
      unlink(draft)
      return failure
    }
  }

  /// A rename would put a file in the place of `/dev/null`, where the writer may do that.
  private static func refuseOtherThanFile(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.cannotWrite, "\(path) is not a file and is not replaced; name another place")
    }
  }

  private static func append(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Glibc.write(descriptor, $0 + offset, bytes.count - offset) } ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("write", path) }
      offset += count
    }
  }

  private static func failure(_ what: String, _ path: String) -> Failure {
    Failure(.cannotWrite, "could not \(what) \(path): \(String(cString: strerror(errno)))")
  }
}
