internal import CSpawn
internal import Glibc

/// A program started by posix_spawn: no shell, none of our open files, a session of its own.
struct Child {
  let pid: pid_t

  /// Starts a program; what it says goes to the file `output`, which is made for our eyes only.
  init(_ program: String, _ arguments: [String], environment: [String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Locks and sockets of ours must not live on in a server that outlives us.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    // Our own folder may be out of bounds for the user the program runs as.
    posix_spawn_file_actions_addchdir_np(&actions, "/")

    // Whatever signals we ignore or block, the program starts with the usual ones.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var pid: pid_t = 0
    let outcome = Self.withPointers([program] + arguments) { arguments in
      Self.withPointers(environment) { posix_spawn(&pid, program, &actions, &attributes, arguments, $0) }
    }
    guard outcome == 0 else {
      errno = outcome
      throw Disk.failure("starting", program)
    }
    self.pid = pid
  }

  private static func withPointers<R>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("the list ends with nil") }
      return body(base)
    }
  }

  /// The exit status, or 128 + the signal; nil while the program runs.
  func exitStatus() -> Int32? {
    var status: Int32 = 0
    while true {
      let found = waitpid(pid, &status, WNOHANG)
      if found == 0 { return nil }
      if found < 0 {
        if errno == EINTR { continue }
        return -1  // reaped by someone else
      }
      return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }
  }

  /// Waits for the end; kills the program when `limit` passes first.
  func wait(within limit: Duration) -> Int32 {
    let end = ContinuousClock.now + limit
    while true {
      if let status = exitStatus() { return status }
      if ContinuousClock.now >= end {
        kill(-pid, SIGKILL)  // the session is its own, so is the group
        kill(pid, SIGKILL)
      }
      usleep(5_000)
    }
  }
}
