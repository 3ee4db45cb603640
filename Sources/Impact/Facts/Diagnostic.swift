/// Something a reader of files has to say about one place in one of them.
///
/// It never contains a cell's value: the value may be a person's data.
public struct Diagnostic: Hashable, Sendable, Error {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable, Comparable {
    /// The row or file is taken all the same.
    case warning
    /// The row or file is refused.
    case error
    /// Warnings before errors.
    public static func < (left: Severity, right: Severity) -> Bool { left == .warning && right == .error }
  }

  /// The file, as the user named it.
  public var file: String
  /// The line, from 1; `nil` when the whole file is meant.
  public var line: Int?
  /// The column: of the text for a definition, of the table for data; from 1.
  public var column: Int?
  /// The name of the data field concerned.
  public var field: String?
  /// A stable code: `type`, `required`, `reference`.
  public var code: String
  /// A sentence that says what is wrong and what to do.
  public var message: String
  /// The same sentence in French, for the partner who sent the file; `nil` where there is none.
  public var french: String?
  /// How much it matters.
  public var severity: Severity

  /// A remark about a place.
  public init(
    file: String, line: Int? = nil, column: Int? = nil, field: String? = nil, code: String, message: String,
    french: String? = nil, severity: Severity = .error
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.field = field
    self.code = code
    self.message = message
    self.french = french
    self.severity = severity
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: sentence`.
  public var description: String {
    var place = file
    if let line { place += ":\(line)" }
    if line != nil, let column { place += ":\(column)" }
    return "\(place): \(message)"
  }
}
