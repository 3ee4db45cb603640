import Impact
import Testing

@testable import Capture

/// The whole catalogue in little, with one text of one file replaced.
private func folder(_ file: String, _ old: String, _ new: String) throws -> TemporaryFolder {
  var changed = catalogueFiles
  let text = try #require(changed[file])
  try #require(text.contains(old), "\(old)")
  changed[file] = text.replacing(old, with: new)
  return try TemporaryFolder(changed)
}

@Suite struct `A worked example` {
  @Test(arguments: [
    ("value: 0.5", "value: 0.6", "26:10: the example does not come out: 0.6 was expected, 0.5 was found"),
    (
      "value: 0.5", "value: null",
      "26:10: the example does not come out: no value was expected, 0.5 was found"
    ),
    (
      "numerator: 1", "numerator: 2",
      "27:14: the example does not come out: 2 was expected as numerator, 1 was found"
    ),
    (
      "denominator: 2", "denominator: 3",
      "28:16: the example does not come out: 3 was expected as denominator, 2 was found"
    ),
    // The calculation is wrong, not the example.
    (
      "examined: true, class: [durable, NO]", "examined: true, class: [NO]",
      "26:10: the example does not come out: 0.5 was expected, 0 was found"
    ),
    (
      "where: { length_days: { known: true } }", "where: { length_days: { known: false } }",
      "26:10: the example does not come out: 0.5 was expected, no value was found: not-collected"
    ),
  ])
  func `that gives another answer is refused where the answer stands, in one sentence`(
    old: String, new: String, sentence: String
  ) throws {
    let folder = try folder("exits/rate.yaml", old, new)
    let error = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: folder.path) }
    #expect(error.diagnostics.map(\.code) == ["example"])
    #expect(
      error.diagnostics.first?.description.hasSuffix(
        "exits/rate.yaml:\(sentence); correct the calculation or the example") == true, "\(error)")
    // What a release was made from was accepted by the rules of its day.
    #expect(try Catalogue(readingFrom: folder.path, isKept: true).indicators.count == 3)
  }

  @Test func `that is not there is asked for, and nothing is asked of a file that is refused already`() throws
  {
    let bare = try folder(
      "partners/given.yaml",
      "example: { text: { fr: \"Rien.\", en: \"Nothing.\" }, rows: { contributions: [] }, value: 0 }", "")
    let error = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: bare.path) }
    #expect(
      error.diagnostics.map(\.message) == [
        "the indicator lacks its example; write a small case with a known answer"
      ])
    #expect(error.diagnostics.first?.line == 1)
    #expect(try Catalogue(readingFrom: bare.path, isKept: true).indicator("given")?.example == nil)
    let wrong = try folder("exits/rate.yaml", "direction: higher", "direction: highest")
    let other = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: wrong.path) }
    #expect(other.diagnostics.allSatisfy { $0.code != "example" })
    // Words that are refused make no example wrong.
    let words = try folder("facts.yaml", "code: durable,", "code: lasting,")
    let told = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: words.path) }
    #expect(told.diagnostics.allSatisfy { $0.code != "example" }, "\(told)")
  }
}
