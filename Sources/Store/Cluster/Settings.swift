internal import Glibc

extension PrivateCluster {
  /// Writes what the server reads at its start; all of it beside the cluster, where it cannot write itself.
  func writeSettings(_ place: Place, socket: String) throws {
    func quoted(_ text: String) -> String {
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    try Disk.write(
      """
      # Written by jvs at each start of the server: changes here are lost.
      listen_addresses = ''
      port = 5432
      unix_socket_directories = \(quoted(socket))
      unix_socket_permissions = 0700
      hba_file = \(quoted(place.access))
      ident_file = \(quoted(place.identities))

      # What is committed stays.
      fsync = on
      full_page_writes = on
      synchronous_commit = on
      restart_after_crash = on
      wal_recycle = off

      # Nobody holds the others up for ever.
      client_connection_check_interval = '1s'
      idle_in_transaction_session_timeout = '60s'
      lock_timeout = '10s'

      # The same answers everywhere.
      timezone = 'UTC'
      log_timezone = 'UTC'
      lc_messages = 'C'
      jit = off

      # The log never holds a value of the data.
      logging_collector = off
      log_destination = 'stderr'
      log_line_prefix = '%m [%p] '
      log_error_verbosity = terse
      log_min_error_statement = panic
      log_parameter_max_length = 0
      log_parameter_max_length_on_error = 0

      """,
      to: place.settings
    )
    try Disk.write(
      "# Written by jvs: only over the Unix socket, and only as listed in pg_ident.conf.\nlocal all all peer map=jvs\n",
      to: place.access)
    var lines = ["# Written by jvs: the system's users and the roles they may take."]
    for user in place.owner.name == "root" ? ["root"] : [place.owner.name, "root"] {
      for role in [Self.role] + options.roles { lines.append("jvs \"\(user)\" \"\(role)\"") }
    }
    try Disk.write(lines.joined(separator: "\n") + "\n", to: place.identities)
  }

  /// The folder of the socket: inside the data folder, or a short one where the path would be too long.
  func makeSocketFolder(_ place: Place) throws -> String {
    let folder = socketFolder(place.data)
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Disk.failure("making the folder", folder) }
    // /tmp is everybody's: a folder someone else prepared there is not ours.
    guard var status = Disk.status(folder), status.st_mode & S_IFMT == S_IFDIR else {
      throw ClusterError(.permission, "\(folder) is no folder: remove it and try again.")
    }
    if geteuid() == 0, status.st_uid == 0 {
      guard lchown(folder, place.owner.id, place.owner.group) == 0 else {
        throw Disk.failure("giving user \(place.owner.name) the folder", folder)
      }
      status.st_uid = place.owner.id
    }
    guard status.st_uid == place.owner.id, status.st_mode & 0o077 == 0 else {
      throw ClusterError(
        .permission,
        "\(folder) is not a folder of user \(place.owner.name) alone: remove it and try again."
      )
    }
    return folder
  }

  /// PostgreSQL takes socket paths of at most 107 bytes, and splits its list of folders at commas.
  func socketFolder(_ data: String) -> String {
    let inside = data + "/socket"
    let isPlain = !inside.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
    if isPlain, Self.fits(inside) { return inside }
    // FNV-1a, so that the same data folder always leads to the same name.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in data.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let name = "/jvs-" + String(hash, radix: 16)
    // Root's own runtime folder is closed to the user the server runs as.
    if geteuid() != 0, let runtime = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }),
      runtime.hasPrefix("/"), Disk.isFolder(runtime), Self.fits(runtime + name)
    {
      return runtime + name
    }
    return "/tmp" + name
  }

  private static func fits(_ folder: String) -> Bool { (folder + "/.s.PGSQL.5432").utf8.count <= 107 }
}
