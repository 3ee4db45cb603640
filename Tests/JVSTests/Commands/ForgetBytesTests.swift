import Foundation
import Testing

/// What an erasure leaves on the disk: nothing that names the person.
@Suite(.serialized) struct ForgetBytesTests {
  /// Files below a folder whose bytes hold one of some words.
  private func files(below folder: String, holding words: [String]) throws -> [String] {
    var found: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
        !name.hasSuffix("/ballast"), name != "ballast", !name.contains(".s.PGSQL")
      else { continue }
      // The server may take a file away while the folder is walked.
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
        continue
      }
      if words.contains(where: { bytes.range(of: Data($0.utf8)) != nil }) { found.append(name) }
    }
    return found
  }

  @Test func `in the data folder, its log, the site and the exports no byte names the forgotten`()
    async throws
  {
    // A short path: the server's socket stands in it.
    let folder = "/tmp/jvs-forget-\(UInt32.random(in: .min ... .max))"
    let place = Workplace(database: "", folder: folder)
    let data = folder + "/data"
    let options = ["--data", data, "--home", Tool.root]
    defer { try? FileManager.default.removeItem(atPath: folder) }
    @discardableResult
    func jvs(_ arguments: String...) async throws -> Tool.Outcome {
      let outcome = try await Tool.jvs(arguments + options)
      try #require(outcome.code == 0, "jvs \(arguments) ended with \(outcome.code): \(outcome.err)")
      return outcome
    }
    let words = ["Zazoubert", "ZAZOUBERT", "Éloïse", "06 12 34 56 78"]
    try await jvs("init", "--quiet")
    _ = try await Tool.jvs(["db", "start", "--data", data])
    do {
      try await jvs("import", place.writeDelivery())
      try await jvs("release", "--quarter", "2026T1")
      try await jvs("publish", "--site", folder + "/site")
      try await jvs("person", "key", "new", "--cooperation", "essai")
      let file = try place.write(
        "secret/identity.csv",
        "participant,last_name,first_names,birth_date,contact\nP1,Zazoubert,Éloïse,03/02/1991,06 12 34 56 78\n"
      )
      try await jvs("person", "import", file, "--cooperation", "essai")
      // A correction leaves the name of before as a dead row; a sweep of the server makes statistics.
      _ = try place.write(
        "secret/identity.csv",
        "participant,last_name,first_names,birth_date,contact\nP1,Zazoubert,Éloïse,03/02/1991,\n")
      try await jvs("person", "import", file, "--cooperation", "essai")
      try await jvs("db", "stop")
      #expect(!(try files(below: data, holding: words)).isEmpty, "the search finds what is there")
      try FileManager.default.removeItem(atPath: folder + "/secret")
      let site = try Workplace.bytes(folder + "/site")
      let outcome = try await jvs(
        "person", "forget", "--cooperation", "essai", "--participant", "P1", "--confirm", "--backup-days",
        "30")
      #expect(outcome.out.contains("30 day(s)"))
      #expect(try files(below: folder, holding: words) == [])
      try await jvs("release", "--quarter", "2026T1")
      try await jvs("publish", "--site", folder + "/site")
      #expect(try Workplace.bytes(folder + "/site") == site)
      try await jvs("db", "stop")
      #expect(try files(below: folder, holding: words) == [])
    } catch {
      _ = try? await Tool.jvs(["db", "stop", "--data", data])
      throw error
    }
  }
}

extension Workplace {
  /// The bytes of every file below a folder.
  static func bytes(_ folder: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where name != ".lock" {
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      found[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return found
  }
}
