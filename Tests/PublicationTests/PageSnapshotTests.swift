import Testing

@testable import Publication

/// One page of each kind, as text, without its style sheet.
struct PageSnapshotTests {
  private static let files = Site(SampleEdition.whole).files

  @Test(arguments: [
    ("fr/index.html", "page-portfolio.html"), ("fr/cooperations/groupement-du-nord.html", "page-review.html"),
    ("en/indicators/in-job-at-6-months.html", "page-indicator.html"), ("en/method.html", "page-method.html"),
    ("fr/returns/atelier-du-canal.html", "page-social-return.html"),
    ("en/contributions/atelier-du-canal.html", "page-contributions.html"),
  ])
  func `one page of each kind`(path: String, name: String) throws {
    let file = try #require(Self.files.first { $0.path == path })
    let text = String(decoding: file.bytes, as: UTF8.self)
    let start = try #require(text.firstRange(of: "<style>")).upperBound
    let end = try #require(text.firstRange(of: "</style>")).lowerBound
    try expectSnapshot(Array((text[..<start] + text[end...]).utf8), named: name)
  }
}
