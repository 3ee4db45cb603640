internal import Glibc

/// What postmaster.pid and /proc say of the server of a folder; neither is believed alone.
struct Postmaster {
  enum State: Equatable {
    /// There is no postmaster.pid, or nobody has its number any more.
    case gone
    /// The number belongs to a dead process nobody has reaped, or to a stranger: the server's own
    /// check would refuse to start, unless it is told that the number is its grandparent's.
    case stale(pid_t)
    /// A server of ours lives.
    case alive(pid_t)
  }

  var state: State
  var socketFolder: String?
  var isReady: Bool

  init(cluster: String) {
    state = .gone
    isReady = false
    guard let text = Disk.read(cluster + "/postmaster.pid") else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count > 4, !lines[4].isEmpty { socketFolder = String(lines[4]) }
    isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    guard let pid = lines.first.flatMap({ pid_t($0) }), pid > 0 else { return }
    // A child of our own that died stays a zombie until we ask for it.
    var status: Int32 = 0
    waitpid(pid, &status, WNOHANG)
    state = Self.state(of: pid, cluster: cluster)
  }

  static func state(of pid: pid_t, cluster: String) -> State {
    guard let stat = Disk.read("/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else { return .gone }
    let name = stat[..<end].split(separator: "(", maxSplits: 1).last ?? ""
    let letter = stat[stat.index(after: end)...].drop { $0 == " " }.first
    guard letter != "Z", letter != "X" else { return .stale(pid) }
    // A server works inside its data folder; the number may have gone to another program since.
    var buffer = [UInt8](repeating: 0, count: 4097)
    let count = buffer.withUnsafeMutableBytes { raw -> Int in
      guard let base = raw.baseAddress else { return -1 }
      return readlink("/proc/\(pid)/cwd", base.assumingMemoryBound(to: CChar.self), 4096)
    }
    guard count > 0 else {
      // Another user's process, which we may not look at: if it calls itself a server, let it be one.
      return name.hasPrefix("postgres") || name.hasPrefix("postmaster") ? .alive(pid) : .stale(pid)
    }
    return String(decoding: buffer[..<count], as: UTF8.self) == cluster ? .alive(pid) : .stale(pid)
  }
}
