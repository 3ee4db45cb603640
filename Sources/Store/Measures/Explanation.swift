public import Impact

/// How a figure came about (*reçu*): the statement, what each term counted, and from which rows.
public struct Explanation: Sendable {
  /// A row of a partner's file.
  public struct Source: Hashable, Sendable {
    /// The file, as it was named at import.
    public var file: String
    /// The line in it.
    public var line: Int
  }

  /// One term of the figure.
  public struct Account: Sendable {
    /// The definition's term.
    public var term: Term
    /// Its total; `nil` when nothing matched and nothing adds up.
    public var total: Double?
    /// The rows that count, by file and line.
    public var used: [Source]
    /// Rows of the window left out, by the condition that left them out.
    public var leftOut: [(condition: Condition, rows: Int)]
    /// The statement that counted it, with `$n` in the place of constants.
    public var statement: String
    /// The constants, in order.
    public var parameters: [String]
  }

  /// The figure.
  public var figure: Figure
  /// Its definition.
  public var indicator: Indicator
  /// What it was seen from.
  public var perspective: Archive.Perspective
  /// Its terms, in the order of the definition.
  public var accounts: [Account]
  /// The figures a derived one is made of, in the order of its expression.
  public var operands: [Figure]
}
