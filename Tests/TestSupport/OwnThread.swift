internal import Foundation
internal import Synchronization

/// Blocking work on a thread of its own.
///
/// A task would share the few threads of the cooperative pool with every other test that blocks one, and may get
/// none for as long as they do.
public final class OwnThread<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)
  private let ended = NSCondition()

  /// Starts the work at once.
  public init(_ work: @escaping @Sendable () throws -> Value) {
    Thread.detachNewThread { [self] in
      let result = Result { try work() }
      ended.lock()
      outcome.withLock { $0 = result }
      ended.broadcast()
      ended.unlock()
    }
  }

  /// Whether the work has come to an end, good or bad.
  public var isFinished: Bool { outcome.withLock { $0 != nil } }

  /// What the work returned, once it has.
  ///
  /// - Throws: what the work threw.
  public func value() throws -> Value {
    ended.lock()
    defer { ended.unlock() }
    while true {
      if let result = outcome.withLock({ $0 }) { return try result.get() }
      ended.wait()
    }
  }
}
