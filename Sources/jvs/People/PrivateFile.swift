import Foundation

/// Files with a person's data, readable by their owner only from their first byte on.
enum PrivateFile {
  static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(.cannotWrite, "the folder \(path) cannot be made; name another")
    }
  }

  /// Writes a new file; nothing is ever overwritten.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotWrite,
        errno == EEXIST
          ? "\(path) exists already and is not overwritten; move it away, or name another folder"
          : "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
    } catch {
      unlink(path)
      throw Failure(.cannotWrite, "\(path) could not be written; make room and try again")
    }
  }
}
