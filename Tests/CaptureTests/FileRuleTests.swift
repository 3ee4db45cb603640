import Capture
import Foundation
import Impact
import Testing

/// The catalogue of what a file can be told against the sources that tell it.
@Suite struct `Rules of files` {
  static let sources =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Sources"

  /// What reads an imported file, but for the catalogue itself and what reads the definitions.
  static func files() throws -> [String] {
    let folders = ["Capture/Facts", "Capture/Text", "Capture/Workbook", "Store/Capture"]
    let found = try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: "\(sources)/\(folder)").map { "\(folder)/\($0)" }
    }
    let passedOver = [
      "Capture/Facts/SchemaSet.swift", "Capture/Facts/SchemaReader.swift", "Capture/Facts/FileRule.swift",
    ]
    return (found + ["jvs/Session/FileImport.swift", "jvs/Session/Reception.swift"]).sorted()
      .filter { $0.hasSuffix(".swift") && !passedOver.contains($0) }
  }

  /// The codes a source spells: after `code:`, in the functions that make remarks, in `var code`.
  static func codes(in text: String) throws -> Set<String> {
    var found: Set<String> = []
    let call = /(?:code:\s*|(?:report|diagnostic|problem|refusal)\(\s*(?:[A-Za-z.]+,\s*)?)"([a-z][a-z-]*)"/
    for match in text.matches(of: call) { found.insert(String(match.1)) }
    for match in text.matches(of: /code: [^"\n]*\? "([a-z-]+)" : "([a-z-]+)"/) {
      found.formUnion([String(match.1), String(match.2)])
    }
    for block in text.components(separatedBy: "var code: String {").dropFirst() {
      let body = block.components(separatedBy: "\n  }")[0]
      for match in body.matches(of: /"([a-z-]+)"/) { found.insert(String(match.1)) }
    }
    return found
  }

  @Test func `every code a source spells is listed, and every listed code is spelt`() throws {
    var spelt: [String: String] = [:]
    for file in try Self.files() {
      let text = try String(contentsOfFile: "\(Self.sources)/\(file)", encoding: .utf8)
      for code in try Self.codes(in: text) { spelt[code] = file }
    }
    let listed = Set(FileRule.all.map(\.code))
    for (code, file) in spelt.sorted(by: { $0.key < $1.key }) {
      #expect(listed.contains(code), "\(code) of \(file) is not in FileRule")
    }
    for code in listed.sorted() { #expect(spelt[code] != nil, "nothing says \(code)") }
  }

  @Test func `codes are unique and sentences complete`() {
    #expect(Set(FileRule.all.map(\.code)).count == FileRule.all.count)
    for rule in FileRule.all {
      #expect(rule.message.contains("; "), "\(rule.code)")
      #expect(!rule.severities.isEmpty && !rule.source.isEmpty, "\(rule.code)")
    }
  }
}
