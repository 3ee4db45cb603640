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
  /// The sheet with its rows, in a workbook of several entities; `nil` when the file is about one entity.
  public var sheet: String?
  /// How its columns become fields, when its name is that of a mapping.
  public var mapping: Mapping?
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
  public static func discover(
    in paths: [String], schemas: SchemaSet, mappings: [Mapping] = []
  ) -> Discovery {
    // `asp-emi-exits` is not `asp-emi` with a suffix.
    let mappings = mappings.sorted { ($1.name.utf8.count, $0.name) < ($0.name.utf8.count, $1.name) }
    var search = Search(schemas: schemas, mappings: mappings)
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
    let mappings: [Mapping]
    var found: [ImportFile] = []
    var diagnostics: [Diagnostic] = []
    private var seen: Set<String> = []
    private var visited = 0

    init(schemas: SchemaSet, mappings: [Mapping]) {
      self.schemas = schemas
      self.mappings = mappings
    }

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
      guard let ending = [".csv", ".xlsx"].first(where: name.hasSuffix) else {
        refuse(path, name, isNamed: isNamed)
        return
      }
      // What spreadsheets leave beside a workbook that is open.
      if name.hasPrefix("~$") { return }
      // The refused rows of an earlier import, to be named when they are mended: as long as they are not,
      // importing the folder again would only refuse them again.
      let isRejects = name.hasSuffix(".rejects" + ending)
      if isRejects, !isNamed {
        diagnostics.append(
          Diagnostic(
            file: path, code: "rejects",
            message:
              "these are the refused rows of an earlier import; mend them, then import this file by its name",
            severity: .warning))
        return
      }
      var stem = name.dropLast(ending.utf8.count)
      while stem.hasSuffix(".rejects") { stem = stem.dropLast(8) }
      let pieces = stem.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let entity = pieces.first ?? ""
      let cooperations = parts.dropLast().reversed().filter(ImportFile.isSlug)
      if let mapping = mappings.first(where: { stem == $0.name || stem.hasPrefix($0.name + "-") }) {
        let rest = String(stem.dropFirst(mapping.name.count + 1))
        let suffix = isRejects ? rest + ".rejects" : rest
        found.append(
          ImportFile(
            path: path, entity: mapping.entity, suffix: suffix.isEmpty ? nil : suffix,
            mapping: mapping,
            cooperations: cooperations))
        return
      }
      guard let schema = schemas.schema(named: entity) else {
        if ending == ".xlsx" {
          sheets(of: path, cooperations)
          return
        }
        let hint = NearestName.hint(for: entity, among: schemas.schemas.map(\.name) + mappings.map(\.name))
        report(
          path, "entity",
          "no entity is called \"\(entity)\"\(hint.isEmpty ? "; name the file <entity>.csv" : hint)")
        return
      }
      guard schema.scope != .identity else {
        report(
          path, "identity",
          "the file tells who people are and is not imported with facts; remove it from here and record it "
            + "with jvs person import")
        return
      }
      var suffix = pieces.count > 1 ? pieces[1] : nil
      if suffix == "" {
        report(
          path, "entity",
          "the file's name ends with \"-\"; name it \(entity)\(ending) or \(entity)-<anything>\(ending)")
        return
      }
      // Mended rows come after what they were refused from.
      if isRejects { suffix = [suffix, "rejects"].compactMap(\.self).joined(separator: ".") }
      found.append(ImportFile(path: path, entity: entity, suffix: suffix, cooperations: cooperations))
    }

    /// A workbook whose own name is no entity's: each of its sheets may be called like one.
    private mutating func sheets(of path: String, _ cooperations: [String]) {
      do {
        let workbook = try Workbook(path: path)
        let entities = schemas.schemas.filter { $0.scope == .cooperation }
        var known: [(sheet: Workbook.Sheet, entity: String)] = []
        var others: [String] = []
        for sheet in workbook.sheets {
          if let entity = entities.first(where: { Workbook.isNamed(sheet, after: $0) }) {
            known.append((sheet, entity.name))
          } else if sheet.isVisible {
            others.append(sheet.name)
          }
        }
        guard !known.isEmpty else {
          report(
            path, "entity",
            "neither the workbook nor a sheet of it is called like an entity; name the file <entity>.xlsx, or each sheet <entity>"
          )
          return
        }
        for (sheet, entity) in known {
          found.append(
            ImportFile(path: path, entity: entity, sheet: sheet.name, cooperations: cooperations))
        }
        if !others.isEmpty {
          diagnostics.append(
            Diagnostic(
              file: path, code: "sheet",
              message:
                "\(DefinitionFile.list(others.map { "\"\($0)\"" })) of the workbook \(others.count == 1 ? "is" : "are") not called like an entity and not read",
              severity: .warning))
        }
      } catch let error as CaptureError {
        diagnostics += error.diagnostics
      } catch {
        report(path, "file", "the file cannot be read (\(error))")
      }
    }

    private mutating func refuse(_ path: String, _ name: String, isNamed: Bool) {
      let lower = name.lowercased()
      if [".xlsm", ".xltm", ".xlam"].contains(where: lower.hasSuffix) {
        report(
          path, "macros", "the workbook holds macros, which are programs; save it as .xlsx, without macros")
      } else if [".xls", ".xlsb", ".xltx", ".ods"].contains(where: lower.hasSuffix) {
        report(path, "workbook", "this kind of workbook is not read; save it as .xlsx, named <entity>.xlsx")
      } else if lower.hasSuffix(".csv") || lower.hasSuffix(".xlsx") {
        report(path, "entity", "the name must end with .csv or .xlsx in lower case; rename the file")
      } else if isNamed {
        report(
          path, "file", "this is not a CSV file or a workbook; name a file <entity>.csv or <entity>.xlsx")
      } else {
        diagnostics.append(
          Diagnostic(
            file: path, code: "file", message: "this is not a CSV file or a workbook and is not imported",
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
