import Foundation

/// One line on standard error redrawn in place on a terminal, and silent elsewhere.
struct Progress {
  private let label: String
  private let total: Int
  private let isLive: Bool
  private var done = 0
  private var drawn: ContinuousClock.Instant?

  /// A line for work of `total` parts.
  init(_ label: String, total: Int, console: Console) {
    self.label = label
    self.total = total
    isLive =
      !console.isQuiet && isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb"
      && environment("NO_PROGRESS") == nil
  }

  /// Another part is done; drawn at most ten times a second.
  mutating func advance(_ what: String) {
    done += 1
    let now = ContinuousClock.now
    guard isLive, done == total || drawn.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    drawn = now
    draw("\r\u{1B}[2K\(label) \(done)/\(total) \(what)")
  }

  /// The work is over: the line is cleared.
  func finish() {
    guard isLive, drawn != nil else { return }
    draw("\r\u{1B}[2K")
  }

  private func draw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
