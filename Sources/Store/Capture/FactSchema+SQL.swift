internal import Impact
internal import Postgres

extension FactSchema {
  /// The table that keeps the entity.
  var table: SQL {
    // No table is called identity.identity: an identity can only be recorded by `register`.
    let space =
      switch scope {
      case .cooperation: "fact"
      case .reference: "reference"
      case .identity: "identity"
      }
    return "\(identifier: space).\(identifier: name)"
  }

  /// The columns of the entity, in the order of the schema.
  var columns: SQL { FactSchema.list(fields.map(\.name)) }

  /// Column names separated by commas, each after `prefix`.
  static func list(_ names: [String], prefix: SQL = "") -> SQL {
    names.map { "\(fragment: prefix)\(identifier: $0)" as SQL }.joined(separator: ", ")
  }

  /// The type a field is kept in.
  static func type(_ kind: Kind) -> SQL {
    switch kind {
    case .string: "text"
    case .integer: "integer"
    case .number: "numeric"
    case .boolean: "boolean"
    case .date, .yearmonth: "date"
    }
  }
}
