import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A workbook read by other means than those it was written with: unzip, and an XML parser.
struct UnzippedWorkbook {
  /// One check of cells.
  struct Check: Hashable {
    var range: String
    var type: String
    var first: String
    var second: String
    var message: String
  }

  private let parts: [String: Element]
  /// The sheets' names and the numbers of their parts, in order.
  let sheets: [String]

  init(_ bytes: [UInt8]) throws {
    let folder = NSTemporaryDirectory() + "jvs-unzipped-\(UInt64.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/book.zip"))
    let unzip = Process()
    unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
    unzip.arguments = ["-q", folder + "/book.zip", "-d", folder]
    try unzip.run()
    unzip.waitUntilExit()
    try #require(unzip.terminationStatus == 0, "the archive is whole")
    var parts: [String: Element] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where name.hasSuffix(".xml") {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      let root: Element = try #require(Element.root(of: data), "\(name) is no XML")
      parts[name] = root
    }
    self.parts = parts
    sheets = try #require(parts["xl/workbook.xml"]).all("sheet").compactMap { $0.attributes["name"] }
  }

  private func part(of sheet: String) throws -> Element {
    let number = try #require(sheets.firstIndex(of: sheet)) + 1
    return try #require(parts["xl/worksheets/sheet\(number).xml"])
  }

  /// The texts and numbers of a sheet, a row a list; empty cells are left out.
  func rows(of sheet: String) throws -> [[String]] {
    let shared = parts["xl/sharedStrings.xml"]?.all("si").map { $0.all("t").map(\.text).joined() } ?? []
    return try part(of: sheet).all("row").map { row in
      row.all("c").compactMap { cell in
        guard let value = cell.all("v").first?.text else { return nil }
        return cell.attributes["t"] == "s" ? Int(value).map { shared[$0] } : value
      }
    }
  }

  /// The checks of a sheet in order of column.
  func checks(of sheet: String) throws -> [Check] {
    try part(of: sheet).all("dataValidation").map { check in
      Check(
        range: check.attributes["sqref"] ?? "", type: check.attributes["type"] ?? "",
        first: check.all("formula1").first?.text ?? "", second: check.all("formula2").first?.text ?? "",
        message: check.attributes["error"] ?? "")
    }
  }

  /// Whether the first row stays when the sheet is scrolled.
  func isHeaderFrozen(in sheet: String) throws -> Bool {
    try part(of: sheet).all("pane").contains {
      $0.attributes["ySplit"] == "1" && $0.attributes["state"] == "frozen"
    }
  }

  /// The remarks of the workbook by cell.
  func notes() -> [String: String] {
    Dictionary(
      (parts["xl/comments1.xml"]?.all("comment") ?? []).map { note in
        (note.attributes["ref"] ?? "", note.all("t").map(\.text).joined())
      }, uniquingKeysWith: { $1 })
  }

  /// The number formats of a sheet's columns, in order.
  func formats(of sheet: String) throws -> [String] {
    let styles = try #require(parts["xl/styles.xml"])
    let own = Dictionary(
      styles.all("numFmt").map { ($0.attributes["numFmtId"] ?? "", $0.attributes["formatCode"] ?? "") },
      uniquingKeysWith: { $1 })
    let looks = try #require(styles.all("cellXfs").first).all("xf").map { $0.attributes["numFmtId"] ?? "" }
    return try part(of: sheet).all("col").flatMap { column in
      let (first, last) = (Int(column.attributes["min"] ?? "") ?? 0, Int(column.attributes["max"] ?? "") ?? 0)
      let id = looks[column.attributes["style"].flatMap { Int($0) } ?? 0]
      return Array(repeating: own[id] ?? id, count: last - first + 1)
    }
  }
}

/// An element of an XML document.
private final class Element {
  var name: String
  var attributes: [String: String]
  var children: [Element] = []
  var text = ""

  init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// All elements of that name inside, in the order of the document.
  func all(_ name: String) -> [Element] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
  }

  static func root(of data: Data) -> Element? {
    let builder = Builder()
    let parser = XMLParser(data: data)
    parser.delegate = builder
    return parser.parse() ? builder.document.children.first : nil
  }

  private final class Builder: NSObject, XMLParserDelegate {
    let document = Element("", [:])
    lazy var open = [document]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = Element(name, attributes)
      open.last?.children.append(element)
      open.append(element)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { open.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
  }
}
