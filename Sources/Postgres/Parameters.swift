internal import CLibpq

extension Connection {
  /// Where and as whom to connect: libpq's keywords, as `host`, `port`, `dbname`, `user`.
  ///
  /// What is not given comes from libpq's own environment (`PGHOST`, `PGPASSFILE`, `PGSERVICE`…).
  /// The description never holds a password.
  public struct Parameters: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
  {
    /// The keywords and values, in the order given; a later one overrides an earlier one.
    public private(set) var pairs: [(keyword: String, value: String)]

    /// Makes parameters from keywords and values.
    public init(_ pairs: [(String, String)] = []) {
      self.pairs = pairs.map { (keyword: $0.0, value: $0.1) }
    }

    /// Makes parameters from keywords and values.
    public init(_ pairs: KeyValuePairs<String, String>) {
      self.pairs = pairs.map { (keyword: $0.key, value: $0.value) }
    }

    /// Reads a URL (`postgresql://user@host/database`) or a text of keywords (`host=… dbname=…`).
    public init(conninfo: String) throws {
      var message: UnsafeMutablePointer<CChar>?
      defer { PQfreemem(message) }
      guard !conninfo.holdsNUL, let options = PQconninfoParse(conninfo, &message) else {
        // libpq's message quotes the text, and the text may hold a password.
        throw PostgresError(
          .usage,
          "the database address cannot be read: write postgresql://user@host:5432/database"
            + " or host=… port=… dbname=… user=… (special characters in a URL are %-encoded)"
        )
      }
      defer { PQconninfoFree(options) }
      pairs = []
      var option = options
      while let keyword = option.pointee.keyword {
        if let value = option.pointee.val {
          pairs.append((keyword: String(cString: keyword), value: String(cString: value)))
        }
        option += 1
      }
    }

    /// The value of a keyword; set it to nil to leave it to libpq's environment.
    public subscript(keyword: String) -> String? {
      get { pairs.last { $0.keyword == keyword }?.value }
      set {
        pairs.removeAll { $0.keyword == keyword }
        if let newValue { pairs.append((keyword: keyword, value: newValue)) }
      }
    }

    /// Host, port, database and user, for a message; nothing else.
    public var description: String {
      ["host", "hostaddr", "port", "dbname", "user", "service"]
        .compactMap { keyword in
          // A dbname may itself be a URL with a password in it.
          self[keyword].map { "\(keyword)=" + ($0.contains("=") || $0.contains("://") ? "…" : $0) }
        }
        .joined(separator: " ")
    }

    /// Host, port, database and user; nothing else.
    public var debugDescription: String { description }

    /// Shows the description only, so that a dump holds no password.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
  }
}
