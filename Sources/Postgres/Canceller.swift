internal import CLibpq
internal import Dispatch

/// A token with which any thread asks the server to stop what a connection is running.
public final class Canceller: @unchecked Sendable {
  // Unchecked: PQcancel is documented as safe from any thread, on a PGcancel that nothing changes.
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }
  deinit { PQfreeCancel(handle) }

  /// Sends the request and waits for it to be taken, for at most `limit`.
  ///
  /// Returns whether the server took it; the statement then fails with ``SQLState/queryCanceled``
  /// unless it ended first. PQcancel knows no deadline, so it runs on a thread of its own, which a
  /// frozen network may keep until the network ends it.
  @discardableResult
  public func cancel(within limit: Duration = .seconds(2)) -> Bool {
    let outcome = Outcome()
    DispatchQueue(label: "postgres.cancel").async {
      outcome.isTaken = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
        PQcancel(self.handle, message.baseAddress, 256) == 1
      }
      outcome.done.signal()
    }
    guard outcome.done.wait(timeout: .now() + .nanoseconds(Int(limit.nanoseconds))) == .success else {
      return false
    }
    return outcome.isTaken
  }

  private final class Outcome: @unchecked Sendable {
    // Unchecked: written before `done` is signalled, read after.
    var isTaken = false
    let done = DispatchSemaphore(value: 0)
  }
}

extension Duration {
  /// The duration in nanoseconds, at most some hundred years.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, tooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return tooLarge ? (seconds < 0 ? .min / 2 : .max / 2) : product &+ attoseconds / 1_000_000_000
  }
}
