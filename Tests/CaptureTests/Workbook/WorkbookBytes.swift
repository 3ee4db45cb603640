/// Writes workbooks as spreadsheets do, and as none would.
struct WorkbookBytes {
  /// One cell.
  enum Cell: ExpressibleByStringLiteral {
    /// A text among the shared ones.
    case shared(String)
    /// A text inside the cell.
    case inline(String)
    /// A number as it is stored, with the index of its style.
    case number(String, style: Int = 0)
    case boolean(Bool)
    case error(String)
    /// A formula with the value last computed, if any.
    case formula(String, value: String?, type: String = "n", style: Int = 0)
    /// The attributes and the inside of a `c`, as they are.
    case raw(attributes: String, inside: String)
    case none

    init(stringLiteral value: String) { self = value.isEmpty ? .none : .shared(value) }
  }

  struct Sheet {
    var name: String
    var rows: [[Cell]]
    var state = "visible"
    /// What stands instead of the rows.
    var data: String?
  }

  /// The styles of ``styles``, by what they show.
  enum Style {
    static let date = 1
    static let dateTime = 2
    static let month = 3
    static let percent = 4
    static let euros = 5
    static let duration = 6
    static let postcode = 7
    static let longDate = 8
    static let hoursWithUnit = 9
    static let text = 10
  }

  var sheets: [Sheet]
  var usesEpoch1904 = false
  /// Parts that replace or join the usual ones.
  var parts: [(name: String, text: String)] = []
  /// Usual parts left out.
  var omitted: [String] = []
  var prefix = ""
  var sharedCount: String?

  init(_ rows: [[Cell]], name: String = "Feuil1") { sheets = [Sheet(name: name, rows: rows)] }
  init(sheets: [Sheet]) { self.sheets = sheets }

  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  private static let styles = """
    <styleSheet xmlns="\(main)"><numFmts count="5">\
    <numFmt numFmtId="164" formatCode="mmm\\-yy;@"/><numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;€&quot;"/>\
    <numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="00000"/>\
    <numFmt numFmtId="168" formatCode="[$-40C]d\\ mmmm\\ yyyy"/><numFmt numFmtId="169" formatCode="0.00&quot; heures/mois&quot;"/>\
    </numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="11">\
    <xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22"/><xf numFmtId="164"/>\
    <xf numFmtId="10"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/>\
    <xf numFmtId="169"/><xf numFmtId="49"/></cellXfs></styleSheet>
    """

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\r", with: "&#13;")
  }

  static func letters(_ column: Int) -> String {
    (column >= 26 ? letters(column / 26 - 1) : "")
      + String(Character(Unicode.Scalar(UInt8(0x41 + column % 26))))
  }

  /// Every part with its text, in order.
  func texts() -> [(name: String, text: String)] {
    var shared: [String] = []
    var indices: [String: Int] = [:]
    func index(_ text: String) -> Int {
      if let known = indices[text] { return known }
      shared.append(text)
      indices[text] = shared.count - 1
      return shared.count - 1
    }
    let p = prefix.isEmpty ? "" : prefix + ":"
    let namespace = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix)"
    func cell(_ cell: Cell, _ reference: String) -> String {
      switch cell {
      case .none: ""
      case .shared(let text):
        "<\(p)c r=\"\(reference)\" t=\"s\"><\(p)v>\(index(text))</\(p)v></\(p)c>"
      case .inline(let text):
        "<\(p)c r=\"\(reference)\" t=\"inlineStr\"><\(p)is><\(p)t xml:space=\"preserve\">\(WorkbookBytes.escaped(text))</\(p)t></\(p)is></\(p)c>"
      case .number(let number, let style):
        "<\(p)c r=\"\(reference)\" s=\"\(style)\"><\(p)v>\(number)</\(p)v></\(p)c>"
      case .boolean(let value): "<\(p)c r=\"\(reference)\" t=\"b\"><\(p)v>\(value ? 1 : 0)</\(p)v></\(p)c>"
      case .error(let name): "<\(p)c r=\"\(reference)\" t=\"e\"><\(p)v>\(name)</\(p)v></\(p)c>"
      case .formula(let formula, let value, let type, let style):
        "<\(p)c r=\"\(reference)\" t=\"\(type)\" s=\"\(style)\"><\(p)f>\(WorkbookBytes.escaped(formula))</\(p)f>"
          + (value.map { "<\(p)v>\(WorkbookBytes.escaped($0))</\(p)v>" } ?? "") + "</\(p)c>"
      case .raw(let attributes, let inside): "<\(p)c \(attributes)>\(inside)</\(p)c>"
      }
    }
    let bodies = sheets.map { sheet in
      let rows =
        sheet.data
        ?? sheet.rows.enumerated().map { row, cells in
          "<\(p)row r=\"\(row + 1)\">"
            + cells.enumerated().map { column, value in
              cell(value, WorkbookBytes.letters(column) + "\(row + 1)")
            }.joined() + "</\(p)row>"
        }.joined()
      return
        "<\(p)worksheet \(namespace)=\"\(WorkbookBytes.main)\"><\(p)dimension ref=\"A1\"/><\(p)sheetData>\(rows)</\(p)sheetData></\(p)worksheet>"
    }
    var found: [(name: String, text: String)] = [
      (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
      ),
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(WorkbookBytes.package)\"><Relationship Id=\"rId1\" Type=\"\(WorkbookBytes.office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<\(p)workbook \(namespace)=\"\(WorkbookBytes.main)\" xmlns:r=\"\(WorkbookBytes.office)\"><\(p)workbookPr\(usesEpoch1904 ? " date1904=\"1\"" : "")/><\(p)sheets>"
          + sheets.enumerated().map {
            "<\(p)sheet name=\"\(WorkbookBytes.escaped($1.name))\" sheetId=\"\($0 + 1)\" state=\"\($1.state)\" r:id=\"rId\($0 + 1)\"/>"
          }.joined() + "</\(p)sheets></\(p)workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(WorkbookBytes.package)\">"
          + sheets.indices.map {
            "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(WorkbookBytes.office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
          }.joined()
          + "<Relationship Id=\"rS\" Type=\"\(WorkbookBytes.office)/styles\" Target=\"/xl/styles.xml\"/><Relationship Id=\"rT\" Type=\"\(WorkbookBytes.office)/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
      ),
      ("xl/styles.xml", WorkbookBytes.styles),
      (
        "xl/sharedStrings.xml",
        "<\(p)sst \(namespace)=\"\(WorkbookBytes.main)\" count=\"\(sharedCount ?? "\(shared.count)")\" uniqueCount=\"\(sharedCount ?? "\(shared.count)")\">"
          + shared.map {
            "<\(p)si><\(p)t xml:space=\"preserve\">\(WorkbookBytes.escaped($0))</\(p)t></\(p)si>"
          }
          .joined() + "</\(p)sst>"
      ),
    ]
    for (index, body) in bodies.enumerated() { found.append(("xl/worksheets/sheet\(index + 1).xml", body)) }
    found = found.map { ($0.name, WorkbookBytes.declaration + $0.text) }
    for part in parts {
      if let place = found.firstIndex(where: { $0.name == part.name }) {
        found[place].text = part.text
      } else {
        found.append(part)
      }
    }
    return found.filter { !omitted.contains($0.name) }
  }

  /// The archive, open for more entries.
  func zip() -> ZipBytes {
    var zip = ZipBytes()
    for part in texts() { zip.add(part.name, part.text) }
    return zip
  }

  /// The whole file.
  var bytes: [UInt8] { zip().archive }
}
