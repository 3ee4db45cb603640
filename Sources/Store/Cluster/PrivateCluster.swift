internal import Glibc
public import Postgres

/// The PostgreSQL server `jvs` runs for itself when no database is named.
///
/// Everything is inside the data folder: `cluster` (the server's own files), `server.conf`, `server.log`,
/// `socket`, `ballast` and `cluster.lock`. The server listens on a Unix socket only. Those who may
/// connect are the user the server runs as, and root: the socket's folder is closed to others, and the
/// server asks the kernel who connects (`peer`) and maps these two users to ``PrivateCluster/role``.
/// No password exists, so none can leak. The account that owns the folder is the database's superuser.
///
/// As root, the server runs as the owner of the cluster, at first `postgres`; PostgreSQL refuses root.
///
/// What was once made is never repaired: a cluster is made under another name and renamed when it is
/// complete, so that a folder called `cluster` without its marker is reported and left alone.
public struct PrivateCluster: Sendable {
  /// The role to connect as, owner of the database.
  public static let role = "jvs_root"
  /// The database.
  public static let database = "jvs"

  /// The data folder.
  public let data: String
  /// What can be set.
  public var options: Options

  /// What can be set; the defaults serve.
  public struct Options: Sendable {
    /// The user the server runs as when root makes the cluster.
    public var serverUser = "postgres"
    /// Where server programs are looked for before Debian's own folders; nil is the environment's PATH.
    public var searchPath: String?
    /// Other roles that the server's owner and root may connect as: those of the commands.
    public var roles: [String] = Operator.allCases.filter { $0 != .migrate }.map(\.login)
    /// How long to wait for another process that holds the data folder.
    public var lockLimit: Duration = .seconds(60)
    /// How long the server may take to be ready; after a crash it first replays its log.
    public var startLimit: Duration = .seconds(60)
    /// How long the server may take to stop, before it is stopped the hard way.
    public var stopLimit: Duration = .seconds(30)
    /// The file that is given up when the disk is full, so that the server can start and be emptied.
    public var ballastBytes = 64 << 20
    /// The room a start needs.
    public var startBytes = 48 << 20
    /// The room a new cluster needs, besides the ballast.
    public var initialBytes = 80 << 20
    /// Asks for the free bytes of the disk of a folder; nil asks the operating system.
    public var freeBytes: (@Sendable (String) throws -> Int)?

    /// The defaults.
    public init() {}
  }

  /// Names the data folder; nothing is read or made before ``start()``.
  public init(data: String, options: Options = Options()) {
    self.data = data
    self.options = options
  }

  /// What the cluster is doing.
  public struct Status: Sendable, Equatable {
    /// What the cluster is doing.
    public enum State: String, Sendable {
      /// There is no cluster in the data folder.
      case absent
      /// The cluster is complete and no server runs.
      case stopped
      /// A server process lives and takes no connections: it starts, recovers or stops.
      case starting
      /// A connection was made just now.
      case running
      /// The folder holds something that is no complete cluster.
      case damaged
    }

    /// What the cluster is doing.
    public var state: State
    /// The process of the server.
    public var pid: Int?
    /// The folder of the server's socket.
    public var socket: String?
    /// The version of a running server, else the major version of the cluster.
    public var version: String?
    /// The bytes the data folder takes.
    public var sizeBytes: Int
    /// The bytes free on its disk.
    public var freeBytes: Int
  }

  /// Makes the cluster if there is none, starts the server if it does not run, and says how to connect.
  ///
  /// The server outlives this process; ``stop()`` ends it.
  public func start() throws -> Connection.Parameters {
    try locked { place in
      try sweep(place)
      switch try folderState(place) {
      case .absent: try initialise(place)
      case .damaged: throw damaged(place)
      default: break
      }
      return try startServer(place)
    }
  }

  /// Stops the server; it finishes what is committed and ends the sessions of others.
  ///
  /// Does nothing when no server runs.
  public func stop() throws {
    guard Disk.exists(data) else { return }
    try locked { place in try stopServer(place) }
  }

  /// Tells what the cluster is doing; running is only said after connecting.
  public func status() throws -> Status {
    var status = Status(state: .absent, sizeBytes: 0, freeBytes: 0)
    guard Disk.exists(data) else {
      var above = try absolute(data)
      while !Disk.exists(above), above != "/" { above = Disk.folder(of: above) }
      status.freeBytes = try freeBytes(above)
      return status
    }
    let place = try place()
    status.sizeBytes = Disk.size(place.data)
    status.freeBytes = try freeBytes(place.data)
    status.state = try folderState(place)
    guard status.state == .stopped else { return status }
    status.version = Disk.read(place.cluster + "/PG_VERSION").map { String($0.prefix { $0 != "\n" }) }
    let postmaster = Postmaster(cluster: place.cluster)
    guard case .alive(let pid) = postmaster.state else { return status }
    status.state = .starting
    status.pid = Int(pid)
    status.socket = postmaster.socketFolder
    guard let socket = postmaster.socketFolder,
      let connection = try connect(place, socket: socket, within: .seconds(2))
    else { return status }
    defer { connection.close() }
    status.state = .running
    status.version = connection.parameterStatus("server_version")
    return status
  }

  /// Holds the lock of the data folder while `body` runs, so that nobody makes, starts or stops the cluster.
  ///
  /// `body` must not call ``start()`` or ``stop()``: they would wait for the lock.
  public func withLock<R>(_ body: () throws -> R) throws -> R {
    try locked { _ in try body() }
  }

  func locked<R>(_ body: (Place) throws -> R) throws -> R {
    try Disk.makeFolders(absolute(data))
    let path = try Disk.resolved(data)
    let lock = try ClusterLock(path + "/cluster.lock", within: options.lockLimit)
    defer { lock.release() }
    // Only now, since another process may just have made the cluster, and with it its owner.
    return try body(try place())
  }

  private func absolute(_ path: String) throws -> String {
    guard path.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }), !path.isEmpty else {
      throw ClusterError(
        .permission,
        "The name of the data folder is empty or holds control characters: choose another with --data."
      )
    }
    guard !path.hasPrefix("/") else { return path }
    guard let current = getcwd(nil, 0) else { throw Disk.failure("finding the current folder for", path) }
    defer { free(current) }
    return String(cString: current) + "/" + path
  }
}
