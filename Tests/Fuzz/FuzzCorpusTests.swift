import Foundation
import Testing

@testable import Capture

/// What fuzzing has found interesting, or broken once, is read again at every run of the tests.
@Suite struct `The inputs of the fuzzers` {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/corpus"

  @Test(arguments: FuzzTarget.allCases)
  func `are read or refused, and break no law`(target: FuzzTarget) throws {
    let folder = Self.folder + "/" + target.rawValue
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    try #require(!names.isEmpty)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      #expect(throws: Never.self, "\(target.rawValue)/\(name)") { try target.run(bytes) }
    }
  }
}
