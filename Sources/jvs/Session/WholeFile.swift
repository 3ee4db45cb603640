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
    try refuseOtherThanFile(path)
    let folder = (path as NSString).deletingLastPathComponent
    // Hidden, so that a folder's import never takes what a dead writer left for a file.
    let draft = "\(folder)/.tmp-\(getpid())-\((path as NSString).lastPathComponent)"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("create", path) }
    var isOpen = true
    do {
      try content { bytes in try append(bytes, to: descriptor, path) }
      guard fsync(descriptor) == 0 else { throw failure("make durable", path) }
      isOpen = false
      guard close(descriptor) == 0 else { throw failure("close", path) }
      guard rename(draft, path) == 0 else { throw failure("put in place", path) }
    } catch {
      if isOpen { close(descriptor) }
      unlink(draft)
      throw error
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
