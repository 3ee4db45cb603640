import Foundation
import Testing

/// Compares `actual` with the file of that name under `Snapshots/`.
///
/// `JVS_RECORD=1 swift test` writes the files anew, and that run fails, so that a recording is never taken
/// for a pass.
func expectSnapshot(
  _ actual: [UInt8], named name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: file).deletingLastPathComponent()
  let url = folder.appending(components: "Snapshots", name)
  if ProcessInfo.processInfo.environment["JVS_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual).write(to: url)
    Issue.record(
      "recorded \(name); look at what changed, then run without JVS_RECORD", sourceLocation: sourceLocation)
    return
  }
  guard let expected = try? Data(contentsOf: url) else {
    Issue.record("no snapshot \(name); run JVS_RECORD=1 swift test", sourceLocation: sourceLocation)
    return
  }
  guard Array(expected) != actual else { return }
  let old = String(decoding: expected, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  let new = String(decoding: actual, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  let changes = new.difference(from: old).map { change in
    switch change {
    case .insert(let offset, let line, _): (offset, "+\(offset + 1): \(line)")
    case .remove(let offset, let line, _): (offset, "-\(offset + 1): \(line)")
    }
  }
  let shown = changes.sorted { $0.0 < $1.0 }.prefix(40).map(\.1).joined(separator: "\n")
  Attachment.record(actual, named: name, sourceLocation: sourceLocation)
  Issue.record("\(name) changed:\n\(shown)", sourceLocation: sourceLocation)
}
