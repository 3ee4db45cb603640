internal import Dispatch

/// Work done by a thread of its own while this one goes on: figures are made of what was counted while the server counts
/// the next cooperations and stores the last ones.
final class Ahead<Value: Sendable>: @unchecked Sendable {
  // Unchecked: `result` is written before `done` is signalled, and read after.
  private var result: Result<Value, any Error>?
  private let done = DispatchSemaphore(value: 0)

  /// Begins the work.
  ///
  /// - Parameters:
  ///   - queue: does one work after another. A queue of its own has a thread of its own, whatever waits on the shared ones.
  ///   - work: what is done.
  init(
    on queue: DispatchQueue = DispatchQueue(label: "jvs.ahead"),
    _ work: @escaping @Sendable () throws -> Value
  ) {
    queue.async { [self] in
      result = Result(catching: work)
      done.signal()
    }
  }

  /// Waits for the work's end.
  ///
  /// - Returns: what it made; to be asked for once.
  /// - Throws: its error.
  func value() throws -> Value {
    done.wait()
    defer { result = nil }
    guard let result else { preconditionFailure("the work ahead was asked for twice") }
    return try result.get()
  }
}
