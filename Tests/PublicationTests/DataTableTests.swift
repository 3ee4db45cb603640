import Testing

@testable import Publication

struct DataTableTests {
  private static let files = Site(SampleEdition.whole).files

  private func read(_ table: DataTable) throws -> PageReader { try PageReader(table.markup.rendered()) }

  private func table(_ names: [String], fold: DataTable.Fold?) -> DataTable {
    DataTable(
      caption: "Apports", columns: names.map { DataTable.Column(name: $0) },
      rows: [names.map { DataTable.Cell(content: .text("of \($0)")) }], fold: fold)
  }

  @Test func `a table that folds stays a table to whoever hears it`() throws {
    var folding = 0
    for file in Self.files where file.path.hasSuffix(".html") {
      var (isFolding, isHead) = (false, false)
      for element in try PageReader(file.bytes).elements {
        switch element.name {
        case "table":
          let kinds = Set(element.attributes["class"]?.split(separator: " ") ?? [])
          isFolding = kinds.contains("fold") || kinds.contains("prio")
          folding += isFolding ? 1 : 0
          #expect((element.attributes["role"] == "table") == isFolding, "\(file.path)")
        case "thead", "tbody":
          isHead = element.name == "thead"
          #expect((element.attributes["role"] == "rowgroup") == isFolding, "\(file.path)")
        case "tr": #expect((element.attributes["role"] == "row") == isFolding, "\(file.path)")
        case "td": #expect((element.attributes["role"] == "cell") == isFolding, "\(file.path)")
        case "th":
          #expect(
            (element.attributes["role"] == (isHead ? "columnheader" : "rowheader")) == isFolding,
            "\(file.path)")
          // A heading of several columns says what it is of by its span.
          let scope = element.attributes["colspan"] == nil ? (isHead ? "col" : "row") : nil
          #expect(isFolding || scope == nil || element.attributes["scope"] == scope, "\(file.path)")
        default: break
        }
      }
    }
    #expect(folding > 20)
  }

  @Test func `folded, each cell has the name of its column`() throws {
    let names = (1...11).map { "colonne \($0)" }
    let read = try read(table(names, fold: .cells))
    let style = try #require(read.all("table").first?.attributes["style"])
    let said = style.split(separator: ";").map(String.init)
    #expect(said == (2...DataTable.named).map { "--h\($0):'colonne \($0)'" })
    // Those the style sheet has no place for say it themselves; the heading of the row needs none.
    let own = read.all("td").map { $0.attributes["style"] }
    #expect(own.count == 10)
    #expect(own.compactMap(\.self) == (DataTable.named + 1...11).map { "--h:'colonne \($0)'" })
    let sheet = String(decoding: StyleSheet.minified, as: UTF8.self)
    for place in 2...DataTable.named {
      #expect(sheet.contains(".fold td:nth-child(\(place)){--h:var(--h\(place))}"), "\(place)")
    }
    #expect(!sheet.contains("--h\(DataTable.named + 1)"))
  }

  @Test func `a table that does not fold says nothing twice`() throws {
    let read = try read(table(["Partenaire", "Promis", "Réalisé"], fold: nil))
    #expect(read.elements.allSatisfy { $0.attributes["style"] == nil })
    #expect(read.elements.filter { $0.attributes["role"] != nil }.map(\.name) == ["div"])
  }

  @Test(arguments: [
    ("l'apport", "'l\\'apport'"), ("a\\b", "'a\\\\b'"), ("x';color:red", "'x\\';color:red'"),
    ("two\nlines", "'two\\a lines'"),
  ])
  func `the name of a column cannot leave its string`(name: String, written: String) throws {
    let read = try read(table(["", name], fold: .cells))
    #expect(read.all("table").first?.attributes["style"] == "--h2:\(written)")
  }
}
