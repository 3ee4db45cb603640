internal import Impact

/// An Excel workbook (.xlsx), open for reading and untrusted: see ``WorkbookLimits``.
///
///     let workbook = try Workbook(path: "trimestre.xlsx")
///     workbook.sheets.map(\.name)   // ["exit", "follow_up"]
///
/// Formulas are not computed, links are not followed, and a workbook with macros or a password is refused.
public final class Workbook {
  /// One worksheet.
  public struct Sheet: Hashable, Sendable {
    /// The name on its tab.
    public var name: String
    /// Whether its tab is shown.
    public var isVisible: Bool
    /// Its part of the archive.
    var part: String
  }

  /// The file as the user named it.
  public let file: String
  /// The fingerprint of the file's bytes.
  public let fingerprint: Fingerprint
  /// Its worksheets in the order of their tabs.
  public private(set) var sheets: [Sheet] = []

  let archive: ZipArchive
  private(set) var epoch = SerialDate.Epoch.from1900
  private var stylesPart: String?
  private var textsPart: String?
  private let source: any ByteSource
  private let limits: WorkbookLimits

  /// Opens the workbook at `path` and lists its sheets.
  ///
  /// - Throws: ``CaptureError`` when it is no workbook, exceeds the limits or is not safe to read.
  public convenience init(path: String, limits: WorkbookLimits = WorkbookLimits()) throws {
    try self.init(FileSource(path: path), file: path, limits: limits)
  }

  /// Opens a workbook in memory.
  ///
  /// - Throws: ``CaptureError`` when it is no workbook, exceeds the limits or is not safe to read.
  public convenience init(bytes: [UInt8], file: String, limits: WorkbookLimits = WorkbookLimits()) throws {
    try self.init(MemorySource(bytes), file: file, limits: limits)
  }

  init(_ source: any ByteSource, file: String, limits: WorkbookLimits = WorkbookLimits()) throws {
    self.file = file
    self.source = source
    self.limits = limits
    let survey = try Survey(source, file: file, limit: limits.archive)
    fingerprint = survey.fingerprint
    archive = try ZipArchive(source, tail: survey.tail, file: file, limits: limits)
    try refuseOtherKinds()
    try readParts()
  }

  /// Whether the bytes begin like a zip archive, as a workbook does.
  static func isBegun(by bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

  /// - Throws: ``CaptureError`` when the file is no longer what it was when it was opened.
  func checkUnchanged() throws {
    guard try Survey(source, file: file, limit: limits.archive).fingerprint == fingerprint else {
      throw CaptureError(file, code: "changed", "the file changed while it was read; import it again")
    }
  }

  // MARK: Parts

  /// What one pass over the archive's bytes tells.
  private struct Survey {
    var fingerprint: Fingerprint
    /// The end of the file, where the directory of a zip archive is found.
    var tail: [UInt8] = []

    init(_ source: any ByteSource, file: String, limit: Int) throws {
      try source.rewind()
      let digest = Fingerprint.Builder()
      var size = 0
      while case let piece = try source.read(1 << 18), !piece.isEmpty {
        if size == 0, !Workbook.isBegun(by: piece) {
          throw CaptureError(file, code: "workbook", "this is not an Excel workbook; save it as .xlsx")
        }
        size += piece.count
        guard size <= limit else {
          throw CaptureError(
            file, code: "workbook-size", "the workbook is larger than \(limit >> 20) MiB; split it")
        }
        digest.append(piece)
        tail += piece
        if tail.count > 1 << 19 { tail.removeFirst(tail.count - 1 << 17) }
      }
      fingerprint = digest.fingerprint()
    }
  }

  private func refuseOtherKinds() throws {
    for name in archive.entries.keys.sorted() {
      if name == "mimetype" || name == "content.xml" {
        throw archive.refusal(
          "workbook", "this is an OpenDocument workbook; save it as .xlsx or as CSV UTF-8")
      }
      if name.hasSuffix(".bin"), name.contains("vbaproject") { throw hasMacros() }
      if name == "xl/workbook.bin" {
        throw archive.refusal("workbook", "this is a binary workbook (.xlsb); save it as .xlsx")
      }
    }
    guard let types = archive.entry("[Content_Types].xml") else { return }
    let handler = ContentTypesHandler()
    try MarkupReader(archive, types).read(handler)
    if handler.hasMacros { throw hasMacros() }
  }

  private func hasMacros() -> CaptureError {
    archive.refusal(
      "macros", "the workbook holds macros, which are programs; save it as .xlsx, without macros")
  }

  private func readParts() throws {
    let root = try links(of: "")
    if let link = root.first(where: { $0.kind == "officeDocument" }), link.isExternal {
      throw archive.refusal("workbook", "the workbook is only a link to another file; send that file")
    }
    let part = root.first { $0.kind == "officeDocument" }?.part ?? "xl/workbook.xml"
    guard let entry = archive.entry(part) else {
      throw archive.refusal("workbook", "this archive is not an Excel workbook; send an .xlsx or a CSV UTF-8")
    }
    let handler = WorkbookHandler(limit: limits.sheets)
    try MarkupReader(archive, entry).read(handler)
    epoch = handler.usesEpoch1904 ? .from1904 : .from1900
    let links = try links(of: part)
    stylesPart = links.first { $0.kind == "styles" && !$0.isExternal }?.part
    textsPart = links.first { $0.kind == "sharedStrings" && !$0.isExternal }?.part
    for tab in handler.tabs {
      // Sheets of charts and links to other workbooks are no tables.
      guard let link = links.first(where: { $0.id == tab.link }), link.kind == "worksheet", !link.isExternal
      else { continue }
      sheets.append(Sheet(name: tab.name, isVisible: tab.isVisible, part: link.part))
    }
    guard !sheets.isEmpty else {
      throw archive.refusal("workbook", "the workbook holds no worksheet; send one with a table")
    }
  }

  private func links(of part: String) throws -> [Link] {
    let parts = part.split(separator: "/")
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    guard let entry = archive.entry(folder + "_rels/" + (parts.last ?? "") + ".rels") else { return [] }
    let handler = LinksHandler(folder: folder)
    try MarkupReader(archive, entry).read(handler)
    return handler.links
  }

  /// The format of each cell style.
  func formats() throws -> [NumberFormat] {
    guard let entry = stylesPart.flatMap(archive.entry) else { return [] }
    let handler = StylesHandler(limit: limits.formats)
    try MarkupReader(archive, entry).read(handler)
    return handler.formats
  }

  /// The texts cells refer to.
  func sharedTexts() throws -> SharedTexts {
    guard let entry = textsPart.flatMap(archive.entry) else { return SharedTexts() }
    let handler = SharedTextsHandler(archive)
    try MarkupReader(archive, entry).read(handler)
    return handler.texts
  }

  // MARK: Sheets

  /// The worksheet with the rows of `schema`: the one called `name`; without a name, the one called like the
  /// entity or its title, else the first that is shown.
  func sheet(named name: String?, for schema: FactSchema) throws -> Sheet {
    if let name {
      if let sheet = sheets.first(where: { $0.name == name })
        ?? sheets.first(where: { NearestName.folded($0.name) == NearestName.folded(name) })
      {
        return sheet
      }
      throw archive.refusal(
        "sheet",
        "the workbook has no sheet \"\(name)\"\(NearestName.hint(for: name, among: sheets.map(\.name)))")
    }
    return sheets.first { Workbook.isNamed($0, after: schema) } ?? firstSheet
  }

  /// The first sheet that is shown; a workbook always has one.
  var firstSheet: Sheet { sheets.first(where: \.isVisible) ?? sheets[0] }

  /// Whether a tab bears the name or the title of an entity, however its case, accents and spaces are.
  static func isNamed(_ sheet: Sheet, after schema: FactSchema) -> Bool {
    let name = NearestName.folded(sheet.name)
    // A tab holds 31 characters.
    return [schema.name, schema.title.french, schema.title.english].contains {
      NearestName.folded($0) == name || NearestName.folded(String($0.prefix(31))) == name
    }
  }
}

/// A link from one part of the workbook to another.
private struct Link {
  var id: String
  /// The last word of its type.
  var kind: String
  /// The part it points to.
  var part: String
  var isExternal: Bool
}

private final class LinksHandler: MarkupHandler {
  var links: [Link] = []
  let folder: String

  init(folder: String) { self.folder = folder }

  func start(_ name: String, _ attributes: [String: String]) {
    guard name == "Relationship", links.count < 10_000, let id = attributes["Id"],
      let type = attributes["Type"],
      let target = attributes["Target"]
    else { return }
    links.append(
      Link(
        id: id, kind: type.split(separator: "/").last.map(String.init) ?? "", part: part(target),
        isExternal: attributes["TargetMode"] == "External"))
  }

  /// A name inside the archive: `..` goes up but never out.
  private func part(_ target: String) -> String {
    var parts: [Substring] = []
    for part in (target.hasPrefix("/") ? target : folder + target).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

private final class WorkbookHandler: MarkupHandler {
  var tabs: [(name: String, link: String, isVisible: Bool)] = []
  var usesEpoch1904 = false
  let limit: Int

  init(limit: Int) { self.limit = limit }

  func start(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "workbookPr": usesEpoch1904 = ["1", "true", "on"].contains(attributes["date1904"] ?? "")
    case "sheet":
      guard tabs.count < limit, let title = attributes["name"],
        let link = attributes.first(where: { $0.key.hasSuffix(":id") })?.value ?? attributes["id"]
      else { return }
      tabs.append((title, link, (attributes["state"] ?? "visible") == "visible"))
    default: break
    }
  }
}

private final class ContentTypesHandler: MarkupHandler {
  var hasMacros = false

  func start(_ name: String, _ attributes: [String: String]) {
    let type = attributes["ContentType"]?.lowercased() ?? ""
    if type.contains("macroenabled") || type.contains("vbaproject") { hasMacros = true }
  }
}
