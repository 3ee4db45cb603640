extension CSVScanner {
  /// How a file is written.
  public struct Dialect: Hashable, Sendable, CustomStringConvertible {
    /// Between fields: `;`, `,` or a tab.
    public var delimiter: Character
    /// How bytes stand for characters.
    public var encoding: TextEncoding

    /// The dialect in words.
    public var description: String {
      let name =
        switch delimiter {
        case ";": "semicolons"
        case ",": "commas"
        default: "tabs"
        }
      return "\(encoding.rawValue), separated by \(name)"
    }
  }

  /// What a strict reader refuses.
  public enum Limit {
    /// Longest field, in bytes.
    public static let field = 64 * 1024
    /// Longest record, in bytes.
    public static let record = 1024 * 1024
    /// Most columns.
    public static let columns = 200
  }
}
