internal import Glibc

/// The file operations the cluster needs, with errors that are sentences.
enum Disk {
  static let megabyte = 1 << 20

  static var lastError: String { String(cString: strerror(errno)) }

  static func failure(_ what: String, _ path: String) -> ClusterError {
    let code = errno
    let reason = String(cString: strerror(code))
    switch code {
    case EACCES, EPERM, EROFS:
      return ClusterError(
        .permission,
        "\(what) \(path) failed (\(reason)): let user \(SystemUser.current.name) write there"
          + " or choose another folder with --data"
      )
    case ENOSPC, EDQUOT:
      return ClusterError(.diskFull, "\(what) \(path) failed (\(reason)): free some room on that disk")
    default: return ClusterError(.permission, "\(what) \(path) failed (\(reason))")
    }
  }

  /// The entry itself, not what a link points to; nil when there is none.
  static func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  static func isFolder(_ path: String) -> Bool {
    status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  static func exists(_ path: String) -> Bool { status(path) != nil }

  /// Makes a folder and those above it.
  static func makeFolders(_ path: String, mode: mode_t = 0o755) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw ClusterError(.permission, "\(path) is no folder: choose another one with --data")
      }
      return
    }
    let parent = folder(of: path)
    if parent != path { try makeFolders(parent, mode: mode) }
    if mkdir(path, mode) != 0, errno != EEXIST { throw failure("making the folder", path) }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path without links and dots.
  static func resolved(_ path: String) throws -> String {
    guard let real = realpath(path, nil) else { throw failure("reading the folder", path) }
    defer { free(real) }
    return String(cString: real)
  }

  static func entries(_ path: String) -> [String] {
    guard let handle = opendir(path) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder with all in it, following no link.
  static func remove(_ path: String) throws {
    guard let status = status(path) else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in entries(path) { try remove(path + "/" + name) }
      guard rmdir(path) == 0 || errno == ENOENT else { throw failure("removing the folder", path) }
    } else {
      guard unlink(path) == 0 || errno == ENOENT else { throw failure("removing", path) }
    }
  }

  /// The bytes a folder takes on the disk.
  static func size(_ path: String) -> Int {
    guard let status = status(path) else { return 0 }
    var sum = Int(status.st_blocks) * 512
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in entries(path) { sum += size(path + "/" + name) }
    }
    return sum
  }

  /// The bytes an ordinary user can still write on the disk of a folder.
  static func freeBytes(_ path: String) throws -> Int {
    var space = statvfs()
    guard statvfs(path, &space) == 0 else { throw failure("asking for the free space of", path) }
    return Int(space.f_bavail) * Int(space.f_frsize)
  }

  /// The first bytes of a file; nil when it cannot be read.
  static func read(_ path: String, limit: Int = 1 << 16, fromEnd: Bool = false) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { _ = Glibc.close(file) }
    if fromEnd {
      let end = lseek(file, 0, SEEK_END)
      lseek(file, max(0, end - off_t(limit)), SEEK_SET)
    }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let got = bytes[count...].withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      guard got > 0 else { break }
      count += got
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Writes a whole file durably: under another name, flushed, then renamed over the old one.
  static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    let fresh = path + ".new-\(getpid())"
    _ = unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { throw failure("writing", fresh) }
    do {
      try writeAll(Array(text.utf8), to: file, path: fresh)
      guard fchmod(file, mode) == 0, fsync(file) == 0 else { throw failure("writing", fresh) }
      guard Glibc.close(file) == 0, rename(fresh, path) == 0 else { throw failure("writing", path) }
    } catch {
      _ = unlink(fresh)
      throw error
    }
    try flushFolder(folder(of: path))
  }

  static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws {
    var start = 0
    while start < bytes.count {
      let sent = bytes[start...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if sent < 0, errno == EINTR { continue }
      guard sent >= 0 else { throw failure("writing", path) }
      start += sent
    }
  }

  /// Makes the names in a folder durable.
  static func flushFolder(_ path: String) throws {
    let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw failure("flushing the folder", path) }
    defer { _ = Glibc.close(file) }
    guard fsync(file) == 0 else { throw failure("flushing the folder", path) }
  }
}
