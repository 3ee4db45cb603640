internal import Postgres

extension SQL {
  /// The rows of an entity, to stand in a `FROM`.
  ///
  /// - Parameters:
  ///   - name: the entity.
  ///   - schema: where the entities are; a worked example has its own.
  ///   - since: a column with the first day asked for, of an entity that is made from such a day on: rows dated before it may
  ///     be there, and are not to be used.
  /// - Returns: the view, or the function of that day.
  static func entity(_ name: String, in schema: String = Archive.measures, since: SQL? = nil) -> SQL {
    guard let since else { return "\(identifier: schema).\(identifier: name)" }
    return "\(identifier: schema).\(identifier: name + "_since")(\(fragment: since))"
  }
}

extension Archive {
  /// The schema of the entities.
  static let measures = "measure"

  /// Entities that a function makes from the first day asked for on.
  ///
  /// Their rows rest on those before, so that a bound on the view's date would not reach the tables it reads.
  func entitiesMadeSince() throws -> Set<String> {
    Set(try connection.execute("SELECT entity FROM measure.bounded").map { try $0.decode() })
  }
}
