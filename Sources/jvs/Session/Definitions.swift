import Capture
import Foundation
import Impact
import Store

extension Session {
  /// Brings the parameter tables in line with `Indicators/reference/`: the files are the whole truth.
  ///
  /// - Returns: how many rows were recorded or closed.
  @discardableResult
  func recordReference(console: Console) throws -> Int {
    var changed = 0
    for schema in try schemas().schemas where schema.scope == .reference {
      let path = indicators + "/reference/\(schema.name).csv"
      let receipt = try FileImport(
        path: path, name: "reference/\(schema.name).csv", schema: schema, today: .todayInParis()
      )
      .record(in: archive, cooperation: nil, isComplete: true)
      guard receipt.rejected == 0 else { throw CaptureError(receipt.diagnostics) }
      changed += receipt.recorded + receipt.closed
      if receipt.batch != nil {
        console.detail("parameters: \(schema.name), \(receipt.recorded) row(s) recorded")
      }
    }
    return changed
  }

  /// Whether the login of the session may write the parameter tables.
  func mayWriteReference() throws -> Bool {
    try Access(archive.connection).mayDo(.compute)
  }

  /// The definition files as they are now, to be kept with a release.
  func definitionFiles() throws -> [Archive.DefinitionFile] {
    try DefinitionFolder(indicators).files.map { Archive.DefinitionFile(path: $0.path, content: $0.bytes) }
  }

  /// The catalogue a release was made from: today's when it has not changed since, else the kept one.
  func catalogue(of release: Release) throws -> Catalogue {
    let present = try catalogue()
    if present.digest == release.catalogueDigest { return present }
    let folder = NSTemporaryDirectory() + "jvs-definitions-\(getpid())-\(release.id)"
    try? FileManager.default.removeItem(atPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for file in try archive.definitions(of: release) {
      let target = URL(fileURLWithPath: folder + "/" + file.path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.content).write(to: target)
    }
    return try Catalogue(readingFrom: folder, isKept: true)
  }
}
