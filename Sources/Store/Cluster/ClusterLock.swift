internal import Glibc

/// The lock on a data folder: one process at a time makes, starts or stops its cluster.
struct ClusterLock {
  private let file: Int32

  /// Takes the lock, waiting at most `limit` for another process to let go of it.
  init(_ path: String, within limit: Duration) throws {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Disk.failure("opening the lock file", path) }
    let end = ContinuousClock.now + limit
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        defer { _ = Glibc.close(file) }
        throw Disk.failure("locking", path)
      }
      guard ContinuousClock.now < end else {
        _ = Glibc.close(file)
        let holder = Disk.read(path).flatMap { Int($0.prefix { $0.isNumber }) }
        throw ClusterError(
          .busy,
          "The data folder \(Disk.folder(of: path)) is in use by "
            + (holder.map { "process \($0)" } ?? "another process")
            + ": wait until it ends, or stop it, and try again."
        )
      }
      usleep(20_000)
    }
    self.file = file
    // For whoever waits; the lock itself is the kernel's and dies with us.
    let text = Array("\(getpid())\n".utf8)
    if ftruncate(file, 0) == 0 { _ = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) } }
  }

  /// Lets go of the lock.
  func release() { _ = Glibc.close(file) }
}
