internal import Glibc

/// Waits on libpq's socket with a deadline.
struct Socket {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// What the socket is ready for.
  struct Readiness {
    var canRead: Bool
    var canWrite: Bool
  }

  /// Waits until the socket can be read or written; nil when `limit` passes first.
  func wait(reading: Bool, writing: Bool, until limit: ContinuousClock.Instant?) throws -> Readiness? {
    guard descriptor >= 0 else { throw PostgresError(.connection, "the connection to the server is closed") }
    while true {
      var entry = pollfd(
        fd: descriptor, events: Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0)), revents: 0
      )
      var milliseconds: Int32 = -1
      if let limit {
        let left = (limit - ContinuousClock.now).nanoseconds
        // Rounded up, so that the last wait does not turn into a busy loop.
        milliseconds = left <= 0 ? 0 : Int32(clamping: (left + 999_999) / 1_000_000)
      }
      let ready = poll(&entry, 1, milliseconds)
      if ready > 0 {
        // An error or a hang-up is readable: the next read says which.
        let events = Int32(entry.revents)
        return Readiness(
          canRead: events & (POLLIN | POLLERR | POLLHUP | POLLNVAL) != 0, canWrite: events & POLLOUT != 0
        )
      }
      if ready == 0 {
        if let limit, ContinuousClock.now >= limit { return nil }
        continue
      }
      guard errno == EINTR || errno == EAGAIN else {
        throw PostgresError(.connection, "waiting for the server failed: \(String(cString: strerror(errno)))")
      }
    }
  }
}
