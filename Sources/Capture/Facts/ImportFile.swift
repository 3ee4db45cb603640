internal import Foundation
public import Impact

/// A file to import: what its rows are and which cooperation it may belong to.
public struct ImportFile: Hashable, Sendable {
  /// The file as the user named it, or found under a folder the user named.
  public var path: String
  /// The entity its rows are: `exit` for `exit.csv` and `exit-corrections.csv`.
  public var entity: String
  /// What follows the entity in the file's name: `corrections`.
  public var suffix: String?
  /// Names of enclosing folders that may be a cooperation's, nearest first.
  public var cooperations: [String]

  /// What was found where the user pointed.
  public struct Discovery: Hashable, Sendable {
    /// The files in the order of their import.
    public var files: [ImportFile]
    /// Why the others are none.
    public var diagnostics: [Diagnostic]
  }

  /// The import files among `paths`, folders searched to their depths.
  ///
  /// In order of the entity's rank, then files without a suffix, then by name: corrections come after what
  /// they correct.
  public static func discover(in paths: [String], schemas: SchemaSet) -> Discovery {
    var search = Search(schemas: schemas)
    for path in paths { search.visit(path) }
    let files = search.found.sorted { ImportFile.order($0, schemas) < ImportFile.order($1, schemas) }
    return Discovery(files: files, diagnostics: search.diagnostics)
  }

  private static func order(_ file: ImportFile, _ schemas: SchemaSet) -> (Int, String, Int, String, String) {
    let name = file.path.split(separator: "/").last.map(String.init) ?? ""
    return (
      schemas.rank(of: file.entity) ?? Int.max, file.entity, file.suffix == nil ? 0 : 1, name, file.path
    )
  }

  private struct Search {
    let schemas: SchemaSet
    var found: [ImportFile] = []
    var diagnostics: [Diagnostic] = []
    private var seen: Set<String> = []
    private var visited = 0

    init(schemas: SchemaSet) { self.schemas = schemas }

    mutating func visit(_ path: String) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        report(path, "missing", "there is no such file or folder; check its name")
        return
      }
      guard isFolder.boolValue else {
        file(path, isNamed: true)
        return
      }
      let before = visited
      folder(path, depth: 0)
      if visited == before { report(path, "empty", "the folder holds no file to import; name another") }
    }

    private mutating func folder(_ path: String, depth: Int) {
      // A link that points to an enclosing folder would never end.
      guard depth < 32 else {
        report(path, "depth", "the folders are nested too deeply; name this one")
        return
      }
      do {
        for name in try Folder.names(in: path) where !name.hasPrefix(".") {
          let inner = Folder.path(path, name)
          if Folder.exists(inner) { folder(inner, depth: depth + 1) } else { file(inner, isNamed: false) }
        }
      } catch {
        diagnostics += (error as? CaptureError)?.diagnostics ?? []
      }
    }

    private mutating func file(_ path: String, isNamed: Bool) {
      visited += 1
      let absolute = Folder.absolute(path)
      guard seen.insert(absolute).inserted else { return }
      let parts = absolute.split(separator: "/").map(String.init)
      let name = parts.last ?? ""
      guard name.hasSuffix(".csv") else {
        refuse(path, name, isNamed: isNamed)
        return
      }
      // The refused rows of an earlier import, to be named when they are mended: as long as they are not,
      // importing the folder again would only refuse them again.
      let isRejects = name.hasSuffix(".rejects.csv")
      if isRejects, !isNamed {
        diagnostics.append(
          Diagnostic(
            file: path, code: "rejects",
            message:
              "these are the refused rows of an earlier import; mend them, then import this file by its name",
            severity: .warning))
        return
      }
      var stem = name.dropLast(4)
      while stem.hasSuffix(".rejects") { stem = stem.dropLast(8) }
      let pieces = stem.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let entity = pieces.first ?? ""
      guard schemas.schema(named: entity) != nil else {
        let hint = NearestName.hint(for: entity, among: schemas.schemas.map(\.name))
        report(
          path, "entity",
          "no entity is called \"\(entity)\"\(hint.isEmpty ? "; name the file <entity>.csv" : hint)")
        return
      }
      var suffix = pieces.count > 1 ? pieces[1] : nil
      if suffix == "" {
        report(
          path, "entity", "the file's name ends with \"-\"; name it \(entity).csv or \(entity)-<anything>.csv"
        )
        return
      }
      // Mended rows come after what they were refused from.
      if isRejects { suffix = [suffix, "rejects"].compactMap(\.self).joined(separator: ".") }
      found.append(
        ImportFile(
          path: path, entity: entity, suffix: suffix,
          cooperations: parts.dropLast().reversed().filter(ImportFile.isSlug)))
    }

    private mutating func refuse(_ path: String, _ name: String, isNamed: Bool) {
      let lower = name.lowercased()
      if [".xlsx", ".xlsm", ".xls", ".ods"].contains(where: lower.hasSuffix) {
        report(path, "workbook", "this is a workbook; save each sheet as CSV UTF-8, named <entity>.csv")
      } else if lower.hasSuffix(".csv") {
        report(path, "entity", "the name must end with .csv in lower case; rename the file")
      } else if isNamed {
        report(path, "file", "this is not a CSV file; name a file <entity>.csv")
      } else {
        diagnostics.append(
          Diagnostic(
            file: path, code: "file", message: "this is not a CSV file and is not imported",
            severity: .warning))
      }
    }

    private mutating func report(_ path: String, _ code: String, _ message: String) {
      diagnostics.append(Diagnostic(file: path, code: code, message: message))
    }
  }

  /// Whether a name can be a cooperation's: lower-case letters, digits and inner hyphens, at most 63.
  static func isSlug(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard (1...63).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D else { return false }
    return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}
