internal import Glibc

extension PrivateCluster {
  /// Wipes what an interrupted initialisation left; the caller holds the lock.
  func sweep(_ place: Place) throws {
    for name in Disk.entries(place.data) where name.hasPrefix("cluster.new-") {
      // An initdb whose parent was killed may still be writing there: it fails once its folder is gone.
      var failure: (any Error)?
      for _ in 0..<50 {
        do {
          try Disk.remove(place.data + "/" + name)
          failure = nil
          break
        } catch {
          failure = error
          usleep(20_000)
        }
      }
      if let failure { throw failure }
    }
  }

  /// Makes a cluster under another name and renames it once it is complete and on the disk.
  func initialise(_ place: Place) throws {
    let binaries = try ServerBinaries.find(major: nil, path: searchPath)
    try requireFree(bytes: options.initialBytes + options.ballastBytes, for: "a new database")
    let fresh = place.data + "/cluster.new-\(getpid())"
    guard mkdir(fresh, 0o700) == 0 else { throw Disk.failure("making the folder", fresh) }
    do {
      if geteuid() == 0, lchown(fresh, place.owner.id, place.owner.group) != 0 {
        throw Disk.failure("giving user \(place.owner.name) the folder", fresh)
      }
      try runInitdb(place, binaries, fresh)
      try verify(place, binaries, fresh)
      let path = fresh + "/postgresql.conf"
      guard let settings = Disk.read(path) else { throw Disk.failure("reading", path) }
      try Disk.write(settings + "\n# Written anew at each start:\ninclude '../server.conf'\n", to: path)
      try Disk.write("1\n", to: fresh + "/JVS_CLUSTER")
      guard rename(fresh, place.cluster) == 0 else { throw Disk.failure("renaming", fresh) }
      try Disk.flushFolder(place.data)
    } catch {
      try? sweep(place)
      throw error
    }
    try layBallast(place, leaving: 0)
  }

  private func runInitdb(_ place: Place, _ binaries: ServerBinaries, _ folder: String) throws {
    let output = place.data + "/initdb.log"
    _ = unlink(output)
    defer { _ = unlink(output) }
    let (program, arguments) = try command(
      place, binaries.initdb,
      [
        "--pgdata=\(folder)", "--username=\(Self.role)", "--auth-local=peer", "--auth-host=reject",
        "--data-checksums", "--encoding=UTF8", "--locale=C", "--no-instructions",
      ]
    )
    let status = try Child(program, arguments, environment: Self.environment, output: output)
      .wait(within: .seconds(300))
    guard status == 0 else {
      let said = Self.lastLines(Disk.read(output, fromEnd: true) ?? "")
      let kind: ClusterError.Kind = said.contains("No space left") ? .diskFull : .notStarted
      throw ClusterError(
        kind,
        "Making the database in \(place.data) failed (initdb ended with \(status)); try again. It said:\n\(said)"
      )
    }
  }

  /// initdb ended well; the control file must say so too.
  private func verify(_ place: Place, _ binaries: ServerBinaries, _ folder: String) throws {
    let output = place.data + "/initdb.log"
    _ = unlink(output)
    defer { _ = unlink(output) }
    let (program, arguments) = try command(place, binaries.controlData, ["--pgdata=\(folder)"])
    let status = try Child(program, arguments, environment: Self.environment, output: output)
      .wait(within: .seconds(60))
    let lines = (Disk.read(output) ?? "").split(separator: "\n")
    func says(_ key: String, _ value: String) -> Bool {
      lines.contains { $0.hasPrefix(key + ":") && $0.hasSuffix(" " + value) }
    }
    guard status == 0, says("Database cluster state", "shut down"), says("Data page checksum version", "1"),
      Disk.exists(folder + "/PG_VERSION")
    else {
      throw ClusterError(.notStarted, "The database made in \(place.data) is not complete: try again.")
    }
  }

  var searchPath: String { options.searchPath ?? getenv("PATH").map { String(cString: $0) } ?? "" }

  static func lastLines(_ text: String, _ count: Int = 12) -> String {
    text.split(separator: "\n").suffix(count).map { "  " + $0 }.joined(separator: "\n")
  }
}
