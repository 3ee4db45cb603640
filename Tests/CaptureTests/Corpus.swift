import Foundation

/// The files kept beside the tests.
enum Corpus {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Corpus"

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }
}
