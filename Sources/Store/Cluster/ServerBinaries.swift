internal import Glibc

/// The programs of an installed PostgreSQL server.
struct ServerBinaries: Equatable {
  static let oldest = 15

  var folder: String
  var major: Int

  var initdb: String { folder + "/initdb" }
  var postgres: String { folder + "/postgres" }
  var controlData: String { folder + "/pg_controldata" }

  /// The newest server, or the one of `major` that made an existing cluster.
  static func find(major: Int?, path: String, debian: String = "/usr/lib/postgresql") throws -> ServerBinaries
  {
    let found = candidates(path: path, debian: debian)
    if let major {
      if let fitting = found.first(where: { $0.major == major }) { return fitting }
      throw ClusterError(
        .postgresNotFound,
        "The data folder was made by PostgreSQL \(major), whose server is not installed:"
          + " install it (Debian: apt install postgresql-\(major))."
      )
    }
    guard let newest = found.filter({ $0.major >= oldest }).max(by: { $0.major < $1.major }) else {
      throw ClusterError(
        .postgresNotFound,
        "No PostgreSQL server \(oldest) or later was found in PATH or \(debian):"
          + " install one (Debian: apt install postgresql), or name a database with --database."
      )
    }
    return newest
  }

  private static func candidates(path: String, debian: String) -> [ServerBinaries] {
    let folders =
      path.split(separator: ":").map(String.init) + Disk.entries(debian).map { "\(debian)/\($0)/bin" }
    var found: [ServerBinaries] = []
    for folder in folders where folder.hasPrefix("/") {
      // Debian's own links lead out of /usr/bin into the folder of the version.
      guard access(folder + "/initdb", X_OK) == 0, access(folder + "/postgres", X_OK) == 0,
        let real = try? Disk.resolved(folder + "/postgres")
      else { continue }
      let home = Disk.folder(of: real)
      guard access(home + "/initdb", X_OK) == 0, !found.contains(where: { $0.folder == home }),
        let major = version(of: real)
      else { continue }
      found.append(ServerBinaries(folder: home, major: major))
    }
    return found
  }

  /// The major version: Debian's folder says it, elsewhere the program is asked.
  private static func version(of postgres: String) -> Int? {
    let parts = postgres.split(separator: "/")
    if parts.count >= 4, parts[parts.count - 2] == "bin", parts[parts.count - 4] == "postgresql",
      let major = Int(parts[parts.count - 3])
    {
      return major
    }
    let output = "/tmp/.jvs-version-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { _ = unlink(output) }
    guard
      let child = try? Child(postgres, ["--version"], environment: ["LC_ALL=C"], output: output),
      child.wait(within: .seconds(10)) == 0, let text = Disk.read(output),
      let number = text.split(separator: " ").first(where: { $0.first?.isNumber ?? false })
    else { return nil }
    return Int(number.prefix { $0.isNumber })
  }
}
