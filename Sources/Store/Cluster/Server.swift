internal import Glibc
internal import Postgres

extension PrivateCluster {
  /// Starts the server unless it runs, and waits until it takes connections; the caller holds the lock.
  func startServer(_ place: Place) throws -> Connection.Parameters {
    let limit = ContinuousClock.now + options.startLimit
    var child: Child?
    var logStart = 0
    while true {
      let postmaster = Postmaster(cluster: place.cluster)
      // Connecting decides, whatever the files say.
      let socket = postmaster.socketFolder ?? socketFolder(place.data)
      if let connection = try connect(place, socket: socket, within: .seconds(5)) {
        defer { connection.close() }
        try settle(connection, place)
        return parameters(place, socket: socket, database: Self.database)
      }
      switch postmaster.state {
      case .alive: break  // starting or recovering: wait
      case .gone, .stale:
        if let started = child {
          guard let status = started.exitStatus() else { break }  // not yet so far as to write its file
          let said = log(place, from: logStart)
          guard Self.isLeftover(said), ContinuousClock.now < limit else {
            throw notStarted(place, said, "ended with \(status)")
          }
          child = nil
          usleep(100_000)
        }
        if child == nil {
          try makeRoomToStart(place)
          let fresh = try makeSocketFolder(place)
          try writeSettings(place, socket: fresh)
          rotateLog(place)
          logStart = Disk.status(place.log).map { Int($0.st_size) } ?? 0
          child = try spawn(place, stale: postmaster.state)
        }
      }
      guard ContinuousClock.now < limit else {
        throw notStarted(
          place, log(place, from: logStart),
          "is not ready after \(options.startLimit); it may still be recovering: try again later"
        )
      }
      usleep(20_000)
    }
  }

  private func spawn(_ place: Place, stale: Postmaster.State) throws -> Child {
    let major = Disk.read(place.cluster + "/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    guard let major else { throw damaged(place) }
    let binaries = try ServerBinaries.find(major: major, path: searchPath)
    var environment = Self.environment
    // The server takes a living number in postmaster.pid for another server, and kill(2) says that a
    // zombie lives. It overlooks its own ancestors, so it is told that this is one. Deleting the file
    // instead could let two servers loose on one folder.
    if case .stale(let pid) = stale { environment.append("PG_GRANDPARENT_PID=\(pid)") }
    let (program, arguments) = try command(place, binaries.postgres, ["-D", place.cluster])
    return try Child(program, arguments, environment: environment, output: place.log)
  }

  /// What the last server left keeps the new one from starting for a moment, until its processes end.
  private static func isLeftover(_ said: String) -> Bool {
    said.contains("pre-existing shared memory block") || said.contains("lock file \"postmaster.pid\"")
      || said.contains("already in use") || said.contains("is still in use")
  }

  private func notStarted(_ place: Place, _ said: String, _ what: String) -> ClusterError {
    let isFull = said.contains("No space left on device")
    var sentence = "The database server of \(place.data) \(what)."
    if isFull { sentence += " Its disk is full: free some room and try again." }
    sentence += " The end of \(place.log):\n" + Self.lastLines(said)
    return ClusterError(isFull ? .diskFull : .notStarted, sentence)
  }

  private func log(_ place: Place, from start: Int) -> String {
    let size = Disk.status(place.log).map { Int($0.st_size) } ?? 0
    return Disk.read(place.log, limit: max(1, min(size - start, 1 << 14)), fromEnd: true) ?? ""
  }

  private func rotateLog(_ place: Place) {
    guard let size = Disk.status(place.log)?.st_size, size > 16 << 20 else { return }
    rename(place.log, place.log + ".1")
  }

  /// Connects if a server of this very folder answers; nil when none does, or not yet.
  func connect(_ place: Place, socket: String, within limit: Duration) throws -> Connection? {
    guard Disk.exists(socket + "/.s.PGSQL.5432") else { return nil }
    let connection: Connection
    do {
      connection = try Connection(
        parameters(place, socket: socket, database: "postgres"), within: limit, deadline: .seconds(60)
      )
    } catch let error as PostgresError {
      switch error.state {
      case .some(SQLState.invalidAuthorization), .some(SQLState.invalidPassword):
        throw ClusterError(
          .permission,
          "The server in \(place.data) runs and refuses user \(SystemUser.current.name): \(error.message)"
        )
      default: return nil
      }
    }
    let folder: String
    do {
      folder = try connection.execute("SHOW data_directory", within: limit).only().decode(String.self)
    } catch let error as PostgresError where error.needsReconnection {
      return nil  // it was just stopping
    }
    guard folder == place.cluster else {
      throw ClusterError(
        .notStarted, "The socket in \(socket) is of another server, of \(folder): stop that one first."
      )
    }
    return connection
  }

  func parameters(_ place: Place, socket: String, database: String) -> Connection.Parameters {
    // requirepeer: libpq asks the kernel whose the socket is before it says anything.
    Connection.Parameters([
      ("host", socket), ("port", "5432"), ("user", Self.role), ("dbname", database),
      ("requirepeer", place.owner.name),
    ])
  }

  /// Makes the database if an earlier start did not come so far, and lays the ballast again.
  private func settle(_ connection: Connection, _ place: Place) throws {
    let known = try connection.execute("SELECT 1 FROM pg_database WHERE datname = \(Self.database)")
    if known.isEmpty {
      try connection.execute("CREATE DATABASE \(identifier: Self.database)")
    }
    // Only where there is ample room: giving it up again at the next start would be of no use.
    try layBallast(place, leaving: 256 * Disk.megabyte)
  }

  /// Stops the server and waits until its process is gone; the caller holds the lock.
  func stopServer(_ place: Place) throws {
    guard case .alive(let pid) = Postmaster(cluster: place.cluster).state else { return }
    // Fast: sessions are ended, what is committed is written. Then immediate, which recovers at the next start.
    for (signal, limit) in [(SIGINT, options.stopLimit), (SIGQUIT, .seconds(10))] {
      guard kill(pid, signal) == 0 || errno == ESRCH else {
        throw Disk.failure("stopping the server (process \(pid)) of", place.data)
      }
      let end = ContinuousClock.now + limit
      while ContinuousClock.now < end {
        var status: Int32 = 0
        waitpid(pid, &status, WNOHANG)  // if it is a child of ours
        guard Postmaster.state(of: pid, cluster: place.cluster) == .alive(pid) else { return }
        usleep(10_000)
      }
    }
    throw ClusterError(
      .notStopped, "The server in \(place.data) does not stop: look at process \(pid) and at \(place.log)."
    )
  }
}
