public import Impact
internal import Yams

/// Every schema of import files and parameter tables, in the order files are imported.
///
///     let schemas = try SchemaSet(readingFrom: "Indicators/schemas")
///     schemas.schema(named: "exit")
///
/// A file `<name>.json` is a Table Schema (Frictionless): `name`, `title`, `title_en`, `scope`
/// (`cooperation`, `reference` or `identity`), `rank`, `fields`, `primaryKey`, `foreignKeys`; nothing else is allowed, so
/// that a misspelt constraint cannot be ignored.
public struct SchemaSet: Sendable {
  /// The schemas in order of rank.
  public let schemas: [FactSchema]
  private let ranks: [String: Int]

  /// Reads every `.json` file of a folder.
  ///
  /// - Throws: ``CaptureError`` with everything that is wrong in any of the files.
  public init(readingFrom folder: String) throws {
    var diagnostics: [Diagnostic] = []
    var drafts: [Draft] = []
    let names = try Folder.names(in: folder)
    for name in names where !name.hasPrefix(".") {
      let path = Folder.path(folder, name)
      guard name.hasSuffix(".json") else {
        if !name.lowercased().hasSuffix(".md") {
          diagnostics.append(
            Diagnostic(
              file: path, code: "file", message: "this is not a schema; name it <entity>.json or move it"))
        }
        continue
      }
      let reader = SchemaReader(path: path, expectedName: String(name.dropLast(5)))
      if let draft = reader.read() { drafts.append(draft) }
      diagnostics += reader.file.diagnostics
    }
    if names.isEmpty {
      diagnostics.append(
        Diagnostic(file: folder, code: "empty", message: "the folder holds no schema; add them"))
    }
    drafts.sort { ($0.rank, $0.schema.name) < ($1.rank, $1.schema.name) }
    // References can only be judged when every file was read.
    if diagnostics.isEmpty { diagnostics += SchemaSet.crossChecks(drafts) }
    guard diagnostics.isEmpty else { throw CaptureError(diagnostics) }
    schemas = drafts.map(\.schema)
    ranks = Dictionary(uniqueKeysWithValues: drafts.map { ($0.schema.name, $0.rank) })
  }

  /// The schema of that entity.
  public func schema(named name: String) -> FactSchema? { schemas.first { $0.name == name } }

  /// The entity's place in the order of import.
  public func rank(of name: String) -> Int? { ranks[name] }

  struct Draft {
    var schema: FactSchema
    var rank: Int
    var path: String
    var rankNode: Node?
    var referenceNodes: [Node]
  }

  private static func crossChecks(_ drafts: [Draft]) -> [Diagnostic] {
    let byName = Dictionary(uniqueKeysWithValues: drafts.map { ($0.schema.name, $0) })
    var found: [Diagnostic] = []
    func report(_ draft: Draft, _ node: Node?, _ code: String, _ message: String) {
      found.append(
        Diagnostic(
          file: draft.path, line: node?.mark?.line, column: node?.mark?.column, code: code, message: message))
    }
    for (before, after) in zip(drafts, drafts.dropFirst())
    where before.rank == after.rank && before.schema.scope == after.schema.scope {
      report(
        after, after.rankNode, "rank",
        "rank \(after.rank) is already that of \"\(before.schema.name)\"; give another")
    }
    for draft in drafts {
      for (reference, node) in zip(draft.schema.references, draft.referenceNodes) {
        guard let target = byName[reference.entity] else {
          report(
            draft, node, "reference",
            "there is no entity \"\(reference.entity)\"\(NearestName.hint(for: reference.entity, among: byName.keys.sorted()))"
          )
          continue
        }
        guard target.schema.scope == draft.schema.scope else {
          report(
            draft, node, "reference", "\"\(reference.entity)\" is of another scope; refer to one of the same")
          continue
        }
        if target.rank >= draft.rank {
          report(
            draft, node, "rank",
            "\"\(reference.entity)\" is imported after \"\(draft.schema.name)\"; give it a lower rank")
        }
        if Set(reference.targetFields) != Set(target.schema.key) {
          report(
            draft, node, "reference",
            "a reference must point to the key of \"\(reference.entity)\", which is \(DefinitionFile.list(target.schema.key))"
          )
        }
        for (name, targetName) in zip(reference.fields, reference.targetFields) {
          guard let field = draft.schema.field(name), let other = target.schema.field(targetName) else {
            continue
          }
          if field.kind != other.kind {
            report(
              draft, node, "reference",
              "\"\(name)\" is \(field.kind.rawValue) but \"\(reference.entity).\(targetName)\" is \(other.kind.rawValue); give them one type"
            )
          }
        }
      }
    }
    return found
  }
}
