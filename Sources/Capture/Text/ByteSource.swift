internal import Glibc

/// Bytes that can be read twice from the start, in pieces.
protocol ByteSource: AnyObject {
  /// The next bytes, at most `count`; empty at the end.
  func read(_ count: Int) throws -> [UInt8]
  /// Goes back to the first byte.
  func rewind() throws
}

/// Bytes in memory.
final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(_ count: Int) -> [UInt8] {
    let end = min(bytes.count, position + count)
    defer { position = end }
    return Array(bytes[position..<end])
  }

  func rewind() { position = 0 }
}

/// An open file; every read goes to the same file even when its name is given to another one meanwhile.
final class FileSource: ByteSource {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws {
    self.path = path
    // Without O_NONBLOCK a named pipe would wait for a writer for ever.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileSource.failure(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw FileSource.failure(path, code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      Glibc.close(descriptor)
      throw CaptureError(path, code: "file", "this is not a file; name a file")
    }
  }

  deinit { Glibc.close(descriptor) }

  func read(_ count: Int) throws -> [UInt8] {
    var failed: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while true {
        let length = Glibc.read(descriptor, buffer.baseAddress, count)
        if length < 0, errno == EINTR { continue }
        if length < 0 { failed = errno }
        filled = max(0, length)
        return
      }
    }
    if failed != 0 { throw FileSource.failure(path, failed) }
    return bytes
  }

  /// A second descriptor of the same file, for a library that closes its own.
  func duplicate() throws -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw FileSource.failure(path, errno) }
    return copy
  }

  /// Closes what ``duplicate()`` gave when no library took it.
  func close(_ copy: Int32) { _ = Glibc.close(copy) }

  func rewind() throws {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileSource.failure(path, errno) }
  }

  /// All the bytes of a file of at most `limit` bytes.
  static func contents(of path: String, limit: Int) throws -> [UInt8] {
    let source = try FileSource(path: path)
    var all: [UInt8] = []
    while true {
      let piece = try source.read(65_536)
      if piece.isEmpty { return all }
      all += piece
      guard all.count <= limit else {
        throw CaptureError(path, code: "size", "the file is larger than \(limit / 1024) KiB; split it")
      }
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> CaptureError {
    if code == ENOENT {
      return CaptureError(path, code: "missing", "the file does not exist; check its name")
    }
    return CaptureError(path, code: "file", "the file cannot be read (\(String(cString: strerror(code))))")
  }
}
