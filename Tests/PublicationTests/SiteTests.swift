import Foundation
import Impact
import Testing

@testable import Publication

struct SiteTests {
  private let site = Site(EditionFixture.edition())

  /// A digest good enough to tell files apart (FNV-1a).
  private func digest(_ bytes: [UInt8]) -> String {
    String(bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
  }

  private func text(_ file: Site.File) -> String { String(decoding: file.bytes, as: UTF8.self) }

  @Test func `files are in order and their paths differ`() {
    let paths = site.files.map(\.path)
    #expect(paths == paths.sorted())
    #expect(Set(paths).count == paths.count)
    #expect(paths.contains("data/figures.csv"))
    #expect(!paths.contains("manifest.json"))
  }

  @Test func `the same edition is the same bytes`() {
    let again = Site(EditionFixture.edition())
    #expect(again.files == site.files)
    #expect(again.manifest(digest: digest) == site.manifest(digest: digest))
  }

  @Test func `the manifest lists every file with its digest and nothing else`() throws {
    let manifest = site.manifest(digest: digest)
    #expect(manifest.path == "manifest.json")
    let parsed = try JSONSerialization.jsonObject(with: Data(manifest.bytes))
    let json = try #require(parsed as? [String: Any])
    #expect(json["release"] as? String == "2026T3-r2")
    #expect(json["quarter"] as? String == "2026T3")
    #expect(json["cut"] as? String == "2026-10-15")
    #expect(json["batch"] as? Int == 42)
    #expect(json["software_version"] as? String == "1.0.0")
    #expect(json["data_nature"] as? String == "données d'exemple")
    #expect((json["audience"] as? [String: Any])?["id"] as? String == "funder")
    #expect((json["catalogue"] as? [String: Any])?["version"] as? String == "2026.1")
    #expect((json["catalogue"] as? [String: Any])?["digest"] as? String == "0123456789abcdef")
    let listed = try #require(json["files"] as? [[String: Any]])
    #expect(listed.count == site.files.count)
    for (entry, file) in zip(listed, site.files) {
      #expect(entry["path"] as? String == file.path)
      #expect(entry["bytes"] as? Int == file.bytes.count)
      #expect(entry["sha256"] as? String == digest(file.bytes))
    }
  }

  @Test func `a site of real data only is not called a sample`() throws {
    let manifest = Site(EditionFixture.edition(isSample: false)).manifest(digest: digest)
    #expect(text(manifest).contains("\"data_nature\": \"données réelles\""))
  }

  @Test func `the entry page leads to both languages`() throws {
    let pointer = Site.pointer(to: "2026T3-r2-funder-0123", release: EditionFixture.release, isSample: true)
    #expect(pointer.map(\.path) == ["index.html", "latest.json"])
    let page = try text(#require(pointer.first))
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"))
    #expect(page.contains("content=\"0; url=releases/2026T3-r2-funder-0123/fr/index.html\""))
    for language in ["fr", "en"] {
      #expect(page.contains("href=\"releases/2026T3-r2-funder-0123/\(language)/index.html\""))
      #expect(page.contains("<section lang=\"\(language)\">"))
    }
    #expect(page.contains("données arrêtées au 15\u{A0}octobre 2026"))
    #expect(page.contains("data cut on 15\u{A0}October 2026"))
    #expect(page.contains("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"))
    #expect(page.contains("<link rel=\"icon\" href=\"data:,\">"))
    #expect(page.components(separatedBy: "<h1>").count == 2)
    #expect(page.components(separatedBy: "<main>").count == 2)
    #expect(page.contains("Données d’exemple"))
    #expect(page.contains("Sample data"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"))
  }

  @Test func `real data have no banner`() throws {
    let pointer = Site.pointer(to: "a", release: EditionFixture.release, isSample: false)
    #expect(!pointer.contains { text($0).contains("exemple") || text($0).contains("Sample") })
  }

  @Test func `the name of a release cannot become markup`() throws {
    var release = EditionFixture.release
    release.id = "\"><b>"
    let pointer = Site.pointer(to: "\"><b>", release: release, isSample: true)
    let page = try #require(pointer.first)
    #expect(!text(page).contains("<b>"))
    let file = try #require(pointer.last)
    let parsed = try JSONSerialization.jsonObject(with: Data(file.bytes))
    let latest = try #require(parsed as? [String: String])
    #expect(latest["release"] == "\"><b>")
    #expect(latest["folder"] == "releases/\"><b>")
    #expect(latest["cut"] == "2026-10-15")
    #expect(latest["next_due"] == "2027-01-16")
  }
}
