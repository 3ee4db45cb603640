import Dispatch
import Glibc
import Postgres
import Synchronization

/// SIGTERM and SIGINT while a command uses the database: what runs is cancelled and rolled back, and the
/// command says so and ends; a second signal, or eight seconds, end it at once.
///
/// What a hard end leaves is what a crash leaves: the server undoes it, the next command sweeps it.
final class Interruption: Sendable {
  /// Thrown at the next safe point after a signal.
  struct Stopped: Error {}

  private struct State {
    var signal: Int32?
    var isAcknowledged = false
    var canceller: Canceller?
    var sources: [any DispatchSourceSignal] = []
  }

  private static let shared = Interruption()
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "jvs.signals")

  private init() {}

  /// Starts to listen; from here a signal no longer kills the process by itself.
  static func listen() {
    shared.state.withLock { state in
      guard state.sources.isEmpty else { return }
      // A reader of our output that leaves is an error of writing, not a death in the middle of a step.
      _ = signal(SIGPIPE, SIG_IGN)
      for number in [SIGTERM, SIGINT] {
        _ = signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: shared.queue)
        source.setEventHandler { shared.take(number) }
        source.resume()
        state.sources.append(source)
      }
    }
  }

  /// Names the connection whose statement a signal cancels, and says which one it was before.
  @discardableResult
  static func cover(_ canceller: Canceller?) throws -> Canceller? {
    let before = shared.state.withLock { state in
      let before = state.canceller
      state.canceller = canceller
      return before
    }
    try check()
    return before
  }

  /// The signal received, if any.
  static var signalNumber: Int32? { shared.state.withLock { $0.signal } }

  /// A safe point: ends the work here when a signal came.
  static func check() throws {
    if signalNumber != nil { throw Stopped() }
  }

  /// The end of the command, when an error is the echo of a signal; no statement is cancelled after it.
  ///
  /// `isRetried` says that something runs the command again by itself, and is to know it may.
  static func failure(behind error: any Error, isRetried: Bool) -> Failure? {
    let isEcho = error is Stopped || (error as? PostgresError)?.state == .queryCanceled
    return shared.state.withLock { state in
      guard isEcho, let number = state.signal else { return nil }
      state.isAcknowledged = true
      return Failure(
        isRetried ? .tryLater : number == SIGINT ? .interrupted : .terminated,
        "stopped by \(number == SIGINT ? "SIGINT" : "SIGTERM"); what was not finished is undone, run it again"
      )
    }
  }

  private func take(_ number: Int32) {
    let isFirst = state.withLock { state in
      defer { state.signal = state.signal ?? number }
      return state.signal == nil
    }
    guard isFirst else { _exit(128 + number) }
    queue.asyncAfter(deadline: .now() + 8) { _exit(128 + number) }
    cancel()
  }

  // Again every second: the first may fall between two statements.
  private func cancel() {
    let (canceller, isOver) = state.withLock { ($0.canceller, $0.isAcknowledged) }
    guard !isOver else { return }
    canceller?.cancel(within: .seconds(1))
    queue.asyncAfter(deadline: .now() + 1) { self.cancel() }
  }
}
