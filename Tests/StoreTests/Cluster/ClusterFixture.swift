import Glibc
import Postgres
import Testing

@testable import Store

/// A data folder of its own, whose server is stopped and which is removed in every case.
struct ClusterFixture {
  let folder: String
  let cluster: PrivateCluster

  static func run(
    folder: String = "/tmp", name: String = "data", options: PrivateCluster.Options = .small,
    _ body: (ClusterFixture) throws -> Void
  ) throws {
    let base = "\(folder)/jvs-cluster-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(base, 0o755) == 0)
    try #require(chmod(base, 0o755) == 0)
    defer { try? Disk.remove(base) }
    let fixture = ClusterFixture(
      folder: base, cluster: PrivateCluster(data: "\(base)/\(name)", options: options)
    )
    defer {
      try? fixture.cluster.stop()
      fixture.killAll()
      try? Disk.remove(fixture.cluster.socketFolder(fixture.cluster.data))
    }
    try body(fixture)
  }

  var data: String { cluster.data }

  func connect() throws -> Connection { try Connection(cluster.start(), deadline: .seconds(30)) }

  /// The processes that work in the data folder or name it in their arguments.
  func processes() -> [pid_t] {
    Disk.entries("/proc").compactMap { pid_t($0) }
      .filter { pid in
        guard pid != getpid() else { return false }
        let arguments = Disk.read("/proc/\(pid)/cmdline") ?? ""
        if arguments.contains(data) { return true }
        var buffer = [CChar](repeating: 0, count: 4097)
        let count = readlink("/proc/\(pid)/cwd", &buffer, 4096)
        guard count > 0 else { return false }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self).hasPrefix(data)
      }
  }

  /// Kills the server with its children, leaving the zombie that nobody has reaped.
  func killAll() { for pid in processes() { kill(pid, SIGKILL) } }
}

extension PrivateCluster.Options {
  /// Limits and sizes for a test.
  static var small: Self {
    var options = Self()
    options.ballastBytes = 8 << 20
    options.startLimit = .seconds(30)
    options.stopLimit = .seconds(10)
    return options
  }
}

func message(_ body: () throws -> Void) -> ClusterError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ClusterError
  }
}
