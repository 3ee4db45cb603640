import Foundation
import Testing

@testable import jvs

/// What `WholeFile` replaces, and what it leaves alone.
struct WholeFileTests {
  /// A folder of one test only.
  private func withFolder(_ work: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "jvs-whole-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
  }

  private func kind(_ path: String) -> FileAttributeType? {
    try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
  }

  @Test func `a file is replaced whole`() throws {
    try withFolder { folder in
      let path = folder + "/figures.csv"
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      try WholeFile.write(to: path) { put in try put(Array("new".utf8)) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["figures.csv"])
    }
  }

  @Test(arguments: [FileAttributeType.typeDirectory, .typeSymbolicLink, .typeUnknown])
  func `what is no file stays what it is`(_ other: FileAttributeType) throws {
    try withFolder { folder in
      let path = folder + "/figures.csv"
      switch other {
      case .typeDirectory:
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      case .typeSymbolicLink:
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "elsewhere")
      default: try #require(mkfifo(path, 0o600) == 0)
      }
      let before = kind(path)
      let failure = #expect(throws: Failure.self) {
        try WholeFile.write(to: path) { put in try put(Array("new".utf8)) }
      }
      #expect(failure?.description.contains("is not a file and is not replaced") == true)
      #expect(kind(path) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["figures.csv"])
    }
  }
}
