/// Why the private cluster could not do what was asked; the sentence says what to do.
public struct ClusterError: Error, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable {
    /// No PostgreSQL server of a fitting version is installed.
    case postgresNotFound
    /// Another process holds the data folder.
    case busy
    /// A folder or file cannot be used by the user who needs it.
    case permission
    /// The disk has too little room.
    case diskFull
    /// The data folder holds something else than a complete cluster; it is left as it is.
    case damaged
    /// The server did not start.
    case notStarted
    /// The server did not stop.
    case notStopped
  }

  /// What kind of trouble it is.
  public var kind: Kind
  /// The sentence.
  public var description: String

  /// Makes an error of a kind with its sentence.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
