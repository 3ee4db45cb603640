import Foundation
import Impact
import Testing

@testable import Publication

/// Nothing that leads to one person, and nothing of health or justice, stands in a published file.
struct SensitivityTests {
  private let files = Site(EditionFixture.edition()).files

  /// Every name a machine reads in a file: the header of a table, the keys of a JSON tree.
  private func names(_ file: Site.File) throws -> [String] {
    let text = String(decoding: file.bytes, as: UTF8.self)
    if file.path.hasSuffix(".csv") {
      let header = try #require(text.split(whereSeparator: \.isNewline).first)
      return header.split(whereSeparator: { ",;".contains($0) }).map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\u{FEFF} "))
      }
    }
    guard file.path.hasSuffix(".json") else { return [] }
    var found: [String] = []
    func walk(_ value: Any) {
      if let tree = value as? [String: Any] {
        found += tree.keys
        tree.values.forEach(walk)
      } else if let list = value as? [Any] {
        list.forEach(walk)
      }
    }
    walk(try JSONSerialization.jsonObject(with: Data(file.bytes)))
    return found
  }

  @Test func `no export has a column that leads to a person or tells of health or justice`() throws {
    var tables = 0
    for file in files {
      let names = try names(file)
      tables += names.isEmpty ? 0 : 1
      for name in names {
        #expect(!Sensitivity.leadingFields.contains(name), "\(name) in \(file.path)")
        #expect(Sensitivity(in: name) == nil, "\(name) in \(file.path)")
        #expect(!Sensitivity.healthFields.contains(name), "\(name) in \(file.path)")
      }
    }
    #expect(tables >= 5, "the tables and trees of the site were walked")
  }

  @Test func `a breakdown that tells of health or justice goes whole, and nothing else does`() {
    func figure(_ indicator: String, _ field: String?, _ value: String = "") -> Figure {
      Figure(
        key: Figure.Key(
          indicator: indicator, cooperation: "c", quarter: EditionFixture.last,
          part: field.map { Figure.Part(field: $0, value: value) }),
        content: .absent(.notCollected), status: .final, maturity: nil, indicatorVersion: 1)
    }
    let whole = figure("barriers", nil)
    let sex = figure("barriers", "sex", "F")
    let other = figure("elsewhere", "kind", "logement")
    let all = [
      whole, figure("barriers", "kind", "logement"), figure("barriers", "kind", "sante"), sex,
      figure("barriers", "kind", "justice"), other,
    ]
    #expect(Sensitivity.shown(all) == [whole, sex, other])
    #expect(Sensitivity.shown([whole, sex, other]) == [whole, sex, other])
  }
}
