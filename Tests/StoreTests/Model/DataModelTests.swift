import Capture
import Foundation
import Impact
import Store
import TestSupport
import Testing

@Suite(.archive) struct `Data model` {
  @Test func `the page on the tables in SQL/README.md is that of the database`() throws {
    let archive = try Fixture.archive()
    let page = try archive.dataModel(Fixture.schemas().schemas).page
    let readme = try String(contentsOfFile: Fixture.root + "/SQL/README.md", encoding: .utf8)
    let parts = readme.components(separatedBy: "<!-- jvs db diagram -->\n")
    try #require(parts.count == 3, "SQL/README.md must have the marker twice")
    #expect(
      parts[1].trimmingCharacters(in: .newlines) == page.trimmingCharacters(in: .newlines),
      "put the output of jvs db diagram between the two markers of SQL/README.md")
  }

  @Test func `every fact and parameter has its row, and every reference its line`() throws {
    let archive = try Fixture.archive()
    let schemas = try Fixture.schemas().schemas
    let page = try archive.dataModel(schemas).page
    // Who people are is not part of the page on facts.
    for schema in schemas where schema.scope != .identity {
      let space = schema.scope == .reference ? "reference" : "fact"
      #expect(page.contains("| `\(space).\(schema.name)` | \(schema.title.english) |"))
      for reference in schema.references {
        #expect(
          page.contains(
            " \(schema.name) : \"\(reference.fields.joined(separator: ", "))\"\n"), "\(schema.name)")
      }
    }
    // A segment is a part of a fact, not a table to know.
    #expect(!page.contains("monthly_activity_0"))
    #expect(page.contains("| `pathway`, `month` | `month` |"))
    #expect(page.contains("`from_quarter` to `to_quarter`"))
    // What SQL itself keeps: a release points to the one before it, a reject to its import.
    #expect(page.contains("import ||--o{ reject"))
  }
}
