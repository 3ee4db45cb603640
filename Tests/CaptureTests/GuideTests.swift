import Capture
import Foundation
import Impact
import Testing

/// `Indicators/README.md` as a reader who is no programmer follows it, and what they are told when they slip.
@Suite struct `The guide to definitions` {
  private static let folder =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Indicators"

  /// The definition of the guide: the blocks of its steps, one after the other.
  private static func definition() throws -> String {
    let guide = try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
    let steps = try #require(guide.range(of: "## Write an indicator from scratch"))
    let end = try #require(guide.range(of: "## Change what an indicator means"))
    let parts = guide[steps.upperBound..<end.lowerBound].components(separatedBy: "```")
    return parts.filter { $0.hasPrefix("yaml\n") }.map { String($0.dropFirst(5)) }.joined()
  }

  /// Every file of `Indicators/`, with the definition added as the guide says.
  private static func files(_ definition: Data) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[path] = FileManager.default.contents(atPath: folder + "/" + path)
    }
    let listing = try #require(files["catalogue.yaml"].map { String(decoding: $0, as: UTF8.self) })
    files["catalogue.yaml"] = Data(
      listing.replacing("      - entries\n", with: "      - entries\n      - bridge-share\n").utf8)
    files["exits/bridge-share.yaml"] = definition
    return files
  }

  /// What is said of the folder with that definition, without the folder's own name; nothing when it is in order.
  private static func sentences(_ definition: Data, more: [String: Data] = [:]) throws -> [String] {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("guide-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    for (path, content) in try files(definition).merging(more, uniquingKeysWith: { $1 })
    where !content.isEmpty {
      let file = place.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file)
    }
    do {
      _ = try Catalogue(readingFrom: place.path)
      return []
    } catch let error as CaptureError {
      return error.diagnostics.map { $0.description.replacing(place.path + "/exits/", with: "") }
    }
  }

  @Test func `makes an indicator that is accepted and gives the answer of its example`() throws {
    #expect(try Self.sentences(Data(Self.definition().utf8)).isEmpty)
  }

  @Test func `shows the sentence of an example that does not come out, with its place`() throws {
    let text = try Self.definition().replacing(
      "class: durable, bridge: false", with: "class: other, bridge: false"
    )
    .replacing("class: transition, bridge: false }\n", with: "class: other, bridge: false }\n")
    let told = try #require(try Self.sentences(Data(text.utf8)).first)
    let guide = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let place = try #require(told.split(separator: " ").first)
    #expect(guide.contains("exits/" + place + " the example does not come out:"))
  }

  @Test(arguments: [
    ("  fr: \"Parmi", "\tfr: \"Parmi", "5:1: the indent is a tab; write spaces"),
    (
      "  fr: \"Parmi", "\u{A0} fr: \"Parmi",
      "5:1: the indent is a space of another kind, U+00A0; write plain spaces"
    ),
    (
      "partenaire ?\"\n", "partenaire ?\n",
      "5:7: a text in quotes is not closed on this line; end it with the same quote"
    ),
    (
      "bridge: true }, absent: zero }", "bridge: true } }",
      "11:14: the numerator does not say what it means that there is no row; add absent: zero or absent: unknown"
    ),
    (
      "kind: ratio\n", "kind: ratio\nbreakdowns: sex\n",
      "11:13: breakdowns must be a list; write it between [ and ]"
    ),
    (
      "numerator:   {", "numerator {",
      "11:32: a colon begins a second value on this line; give the key before it its colon, or put the text between quotes"
    ),
    (
      "bridge: true }", "bridge: true, length_days: { at-least: 30 } }",
      "11:114: the test of \"length_days\" has no key \"at-least\"; did you mean \"at_least\"?"
    ),
    ("kind: ratio\n", "kind: ratio\ncolour: red\n", "11:1: the indicator has no key \"colour\"; remove it"),
    (
      "bridge: true }", "bridge: true, length_days: \">= 30\" }",
      "11:112: \"length_days\" must be a number such as 12 or 0.5, or a test such as { at_least: 12 }"
    ),
    (
      "unit: percent", "unit: euro",
      "7:7: what only counts rows is no number of euro; use percent, count or people"
    ),
    (
      "  value: 0.25", "  value: 25",
      "30:10: the example does not come out: 25 was expected, 0.25 was found; a percentage is written as a share, 0.25; correct the calculation or the example"
    ),
    (
      "  numerator: 1", "  numerator: 2",
      "31:14: the example does not come out: 2 was expected as numerator, 1 was found; correct the calculation or the example"
    ),
    (
      "Part des passerelles", "Part des\u{1B}passerelles",
      "3:23: a control character stands in the file; remove it"
    ),
    (
      "Part des passerelles", String(repeating: "x", count: 201),
      "3:14: the label in French has 201 characters; write it in 200 at most"
    ),
  ])
  func `is helped out of a slip`(right: String, wrong: String, sentence: String) throws {
    let text = try Self.definition()
    try #require(text.contains(right))
    let slipped = text.replacing(right, with: wrong, maxReplacements: 1)
    #expect(try Self.sentences(Data(slipped.utf8)) == ["bridge-share.yaml:" + sentence])
  }

  @Test func `tells of fields and mappings what they may be`() throws {
    let text = try Self.definition()
    let field = text.replacing("kind: ratio\n", with: "kind: ratio\nbreakdowns: [gender]\n")
    #expect(
      try Self.sentences(Data(field.utf8)).first?.contains("no field \"gender\"; use pathway, ") == true)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let unmapped = lines.filter { !$0.hasPrefix("mappings:") }.joined(separator: "\n")
    #expect(
      try Self.sentences(Data(unmapped.utf8)).first?.contains("as in mappings: { sdg: \"8.5\" }, or") == true)
  }

  @Test func `may be followed with an editor that begins a file with a mark or ends lines as Windows does`()
    throws
  {
    let text = try Self.definition()
    #expect(try Self.sentences(Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)).isEmpty)
    #expect(try Self.sentences(Data(text.replacing("\n", with: "\r\n").utf8)).isEmpty)
  }

  @Test func `tells the first of many mistakes, and how many are left`() throws {
    let strays = (0..<80).map { ("exits/stray-\($0).yaml", Data("x: 1\n".utf8)) }
    let told = try Self.sentences(
      Data(Self.definition().utf8), more: Dictionary(uniqueKeysWithValues: strays))
    #expect(told.count == 51 && told.last?.hasSuffix("30 more mistakes; mend these first") == true)
  }
}

/// How the texts of definitions are set.
@Suite struct `The texts of definitions` {
  private static let folder =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Indicators"

  /// The texts of one language in every definition, with the file each stands in.
  private static func texts(_ language: String) throws -> [(file: String, text: Substring)] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.flatMap {
      path in
      let content = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
      return content.matches(of: try Regex("\\b\(language): \"((?:[^\"\\\\]|\\\\.)*)\"")).compactMap {
        match in
        match.output[1].substring.map { (path, $0) }
      }
    }
  }

  @Test func `in French never let a line break before a mark of punctuation, a unit or within a number`()
    throws
  {
    let texts = try Self.texts("fr")
    #expect(texts.count > 1_000)
    let breaking = /[ ][;:?!»%€]|«[ ]|[0-9] [0-9]{3}(?![0-9])|'/
    #expect(texts.filter { $0.text.contains(breaking) }.map { "\($0.file): \($0.text)" } == [])
  }

  @Test func `in English are set with the quotes and apostrophes of print`() throws {
    let texts = try Self.texts("en").filter {
      $0.file == "facts.yaml" || $0.file.contains("/") && !$0.file.hasPrefix("mappings/")
    }
    #expect(texts.count > 500)
    #expect(texts.filter { $0.text.contains(/'|\\"/) }.map { "\($0.file): \($0.text)" } == [])
    #expect(texts.filter { $0.text.contains(/[Ww]hich share/) }.map { "\($0.file): \($0.text)" } == [])
  }
}
