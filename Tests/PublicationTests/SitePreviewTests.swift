import Foundation
import Impact
import Testing

@testable import Publication

/// Not a check: writes the sample site where a person, or a browser, can look at it.
///
///     JVS_WRITE_SITE=/tmp/site swift test --filter SitePreviewTests
@Suite(.enabled(if: ProcessInfo.processInfo.environment["JVS_WRITE_SITE"] != nil))
struct SitePreviewTests {
  @Test func `write the sample site`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["JVS_WRITE_SITE"])
    let site = Site(SampleEdition.whole)
    let release = SampleEdition.whole.release
    let inside = (site.files + [site.manifest { "\($0.count)" }]).map { file in
      Site.File(path: "releases/preview/\(file.path)", bytes: file.bytes)
    }
    for file in inside + Site.pointer(to: "preview", release: release, isSample: true) {
      let url = URL(filePath: folder).appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
  }
}
