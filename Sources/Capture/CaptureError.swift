public import Impact

/// Files that cannot be read as what they should be, with every reason found.
public struct CaptureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and where, in order of file, line and column.
  public private(set) var diagnostics: [Diagnostic]

  /// An error with its reasons.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics.sorted {
      ($0.file, $0.line ?? 0, $0.column ?? 0, $0.message) < (
        $1.file, $1.line ?? 0, $1.column ?? 0, $1.message
      )
    }
  }

  /// An error with the first of its reasons, and how many are left: whoever mends these may ask for the next.
  init(_ all: [Diagnostic], atMost most: Int, of folder: String) {
    self.init(all)
    guard diagnostics.count > most else { return }
    let left = diagnostics.count - most
    diagnostics =
      diagnostics.prefix(most) + [
        Diagnostic(file: folder, code: "budget", message: "\(left) more mistakes; mend these first")
      ]
  }

  init(
    _ file: String, line: Int? = nil, column: Int? = nil, field: String? = nil, code: String,
    _ message: String
  ) {
    self.init([
      Diagnostic(file: file, line: line, column: column, field: field, code: code, message: message)
    ])
  }

  /// One line a reason.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
