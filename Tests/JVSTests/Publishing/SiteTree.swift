import Capture
import Foundation
import Testing

/// A published site as a reader finds it, for the one promise: old or new, never half of one.
struct SiteTree {
  let path: String

  /// The release folders there are.
  var folders: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/releases")) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// What writers leave behind when killed.
  var leftovers: [String] {
    [path, path + "/releases"].flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasPrefix(".tmp-") }
    }
  }

  /// The release folder that `index.html` points to.
  func current() throws -> String {
    let page = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
    return try #require(folders.first { page.contains($0) }, "index.html points to no folder there is")
  }

  /// Every folder is whole, and what points points to one of them.
  func verify() throws {
    for folder in folders { try verify(folder) }
    _ = try current()
    let latest = try String(contentsOfFile: path + "/latest.json", encoding: .utf8)
    #expect(folders.contains { latest.contains($0) }, "latest.json points to no folder there is")
  }

  private func verify(_ folder: String) throws {
    let root = path + "/releases/" + folder
    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: root + "/manifest.json")))
    let listed = SiteTree.digests(manifest)
    try #require(!listed.isEmpty, "the manifest of \(folder) lists nothing")
    for (file, digest) in listed {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: root + "/" + file)))
      #expect(Fingerprint(of: bytes).hex == digest, "\(folder)/\(file) is not what the manifest says")
    }
  }

  // A manifest says {"path": …, "sha256": …} a file; other keys are its own business.
  private static func digests(_ value: Any) -> [(String, String)] {
    if let list = value as? [Any] { return list.flatMap(digests) }
    guard let object = value as? [String: Any] else { return [] }
    if let path = object["path"] as? String, let digest = object["sha256"] as? String {
      return [(path, digest)]
    }
    return object.values.flatMap(digests)
  }
}
