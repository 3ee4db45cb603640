/// Rows refused after they were read, all of them, and why: a dozen bytes a row, however many there are.
///
///     var refusals = Refusals()
///     refusals.add([4, 9], because: unknownPathway)
///     refusals[line: 9]   // [unknownPathway, at line 9]
///
/// What is told of a file is capped; what its sender must mend is not.
public struct Refusals: Hashable, Sendable {
  /// What stands in a sentence for the number of another line that a row clashes with.
  public static let otherLine = "\u{FFFC}"

  private struct Entry: Hashable {
    var line: Int32
    /// The other line it clashes with; 0 when there is none.
    var other: Int32
    /// The place of the reason.
    var reason: Int32
  }

  private var reasons: [Diagnostic] = []
  /// In order of line.
  private var entries: [Entry] = []

  /// No row.
  public init() {}

  /// The refused rows among what is said of a file.
  public init(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics where diagnostic.severity == .error {
      if let line = diagnostic.line { add([(line, 0)], because: diagnostic) }
    }
  }

  /// Whether no row is refused.
  public var isEmpty: Bool { entries.isEmpty }

  /// The number of rows; one refused for several reasons counts once.
  public var rows: Int {
    var rows = 0
    var last: Int32 = -1
    for entry in entries where entry.line != last {
      rows += 1
      last = entry.line
    }
    return rows
  }

  /// Adds rows refused for one reason; its own line does not matter.
  public mutating func add(_ lines: [Int], because reason: Diagnostic) {
    add(lines.map { ($0, 0) }, because: reason)
  }

  /// Adds rows refused for what another line says; the reason's sentences name it by ``otherLine``.
  public mutating func add(_ lines: [(line: Int, other: Int)], because reason: Diagnostic) {
    guard !lines.isEmpty else { return }
    let place = Int32(reasons.count)
    reasons.append(reason)
    let isInOrder = entries.last.map { $0.line <= lines[0].line } ?? true
    entries.reserveCapacity(entries.count + lines.count)
    for (line, other) in lines {
      entries.append(
        Entry(line: Int32(clamping: line), other: Int32(clamping: other), reason: place))
    }
    if !isInOrder || zip(lines, lines.dropFirst()).contains(where: { $0.line > $1.line }) {
      entries.sort { ($0.line, $0.reason) < ($1.line, $1.reason) }
    }
  }

  /// Why the row at a line is refused; nothing when it is not.
  public subscript(line line: Int) -> [Diagnostic] {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if Int(entries[middle].line) < line { low = middle + 1 } else { high = middle }
    }
    var found: [Diagnostic] = []
    while low < entries.count, Int(entries[low].line) == line {
      found.append(diagnostic(entries[low]))
      low += 1
    }
    return found
  }

  /// The first refusals of each reason in full, at most `limit` of each, and how many those leave out.
  public func told(_ limit: Int) -> (diagnostics: [Diagnostic], omitted: Int) {
    var counts = Array(repeating: 0, count: reasons.count)
    var diagnostics: [Diagnostic] = []
    for entry in entries {
      counts[Int(entry.reason)] += 1
      if counts[Int(entry.reason)] <= limit { diagnostics.append(diagnostic(entry)) }
    }
    return (diagnostics, entries.count - diagnostics.count)
  }

  private func diagnostic(_ entry: Entry) -> Diagnostic {
    var diagnostic = reasons[Int(entry.reason)]
    diagnostic.line = Int(entry.line)
    if entry.other > 0 {
      diagnostic.message.replace(Refusals.otherLine, with: String(entry.other))
      diagnostic.french?.replace(Refusals.otherLine, with: String(entry.other))
    }
    return diagnostic
  }
}
