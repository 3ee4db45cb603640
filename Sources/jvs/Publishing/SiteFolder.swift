import Foundation
import Publication

/// The folder readers see: immutable `releases/<name>/` folders and a small page that points to one of them.
///
/// A reader finds the old site or the new one, never half of one, whatever kills the writer: files are
/// written beside, made durable, renamed into place, and only then pointed to.
struct SiteFolder {
  /// Where a test makes a step fail or a process die; does nothing in production.
  var checkpoint: (String) throws -> Void = { _ in }

  let path: String

  init(_ path: String) { self.path = absolute(path) }

  /// Makes a site current.
  ///
  /// - Parameters:
  ///   - files: the content of the release's folder, its manifest last.
  ///   - name: the folder's name.
  ///   - pointer: the files of the top that point to it.
  ///   - mayPublish: asked right before the switch: whether this run still holds the lock.
  /// - Returns: whether anything was written.
  /// - Throws: a `Failure` that says what could not be written; then the old site stays.
  func publish(
    _ files: [Site.File], as name: String, pointer: [Site.File], mayPublish: () throws -> Bool
  ) throws -> Bool {
    try makeFolder(path + "/releases")
    let lock = try FolderLock(path + "/.lock")
    defer { lock.release() }
    try sweep()
    let folder = path + "/releases/" + name
    let isThere = FileManager.default.fileExists(atPath: folder + "/manifest.json")
    if isThere, pointer.allSatisfy({ contents(path + "/" + $0.path) == $0.bytes }) { return false }
    if !isThere {
      let draft = path + "/releases/.tmp-\(getpid())"
      try makeFolder(draft)
      for file in files {
        let target = draft + "/" + file.path
        try makeFolder((target as NSString).deletingLastPathComponent)
        try Interruption.check()
        try checkpoint("write \(file.path)")
        try write(file.bytes, to: target)
      }
      try syncTree(draft)
      try checkpoint("rename release")
      guard rename(draft, folder) == 0 else { throw failure("rename \(draft)") }
      try sync(path + "/releases")
    }
    guard try mayPublish() else {
      throw Failure(.tryLater, "the lock was lost before the site could be switched; the old site stays")
    }
    for file in pointer {
      let draft = path + "/.tmp-\(getpid())-" + file.path
      try checkpoint("point \(file.path)")
      try write(file.bytes, to: draft)
      guard rename(draft, path + "/" + file.path) == 0 else { throw failure("rename \(file.path)") }
    }
    try sync(path)
    return true
  }

  /// Removes what a killed writer left behind.
  ///
  /// A link is removed, never followed.
  private func sweep() throws {
    for folder in [path, path + "/releases"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix(".tmp-") {
        try FileManager.default.removeItem(atPath: folder + "/" + name)
      }
    }
  }

  private func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .cannotWrite, "the folder \(folder) cannot be made; check that its parent exists and is writable")
    }
  }

  private func contents(_ file: String) -> [UInt8]? {
    FileManager.default.contents(atPath: file).map(Array.init)
  }

  private func write(_ bytes: [UInt8], to file: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw failure("create \(file)") }
    defer { close(descriptor) }
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        return Glibc.write(descriptor, base + offset, bytes.count - offset)
      }
      guard count > 0 else { throw failure("write \(file)") }
      offset += count
    }
    // A failed fsync is final: what was written may be lost, so the draft is given up.
    guard fsync(descriptor) == 0 else { throw failure("make \(file) durable") }
  }

  private func syncTree(_ folder: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    for name in names {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder),
        isFolder.boolValue
      {
        try sync(folder + "/" + name)
      }
    }
    try sync(folder)
  }

  private func sync(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { throw failure("open \(folder)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("make \(folder) durable") }
  }

  private func failure(_ what: String) -> Failure {
    Failure(
      .cannotWrite, "could not \(what): \(String(cString: strerror(errno))); the old site stays as it was")
  }
}

/// A lock on a file, held by one process at a time and given back when it ends, however it ends.
struct FolderLock {
  private let descriptor: Int32

  init(_ file: String) throws {
    descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Failure(.cannotWrite, "the lock \(file) cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Failure(.tryLater, "another jvs is publishing to this site; try again in a minute")
    }
  }

  func release() { close(descriptor) }
}
