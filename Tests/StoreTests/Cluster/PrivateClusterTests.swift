import Dispatch
import Glibc
import Postgres
import Testing

@testable import Store

@Suite(.serialized) struct `The private cluster` {
  @Test func `is made at the first start, keeps its rows, and stops`() throws {
    try ClusterFixture.run { fixture in
      #expect(try fixture.cluster.status().state == .absent)
      let db = try fixture.connect()
      try db.run(script: "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)")
      let status = try fixture.cluster.status()
      #expect(status.state == .running)
      #expect(
        status.pid != nil && status.socket != nil && status.sizeBytes > 20 << 20 && status.freeBytes > 0)

      let settings = try db.execute(
        """
        SELECT current_setting('listen_addresses'), current_setting('data_checksums'), current_setting('jit'),
          current_setting('wal_recycle'), current_setting('client_connection_check_interval'),
          current_setting('server_encoding'), current_setting('lc_collate'), current_database()
        """
      )
      #expect(
        try settings.only().texts == ["", "on", "off", "off", "1s", "UTF8", "C", "jvs"]
      )
      // Starting what runs is connecting to it.
      let again = try fixture.connect()
      #expect(try fixture.cluster.status().pid == status.pid)
      #expect(try again.execute("SELECT n FROM kept").only().decode(Int.self) == 1)
      // The lock is ours again: the server did not inherit it.
      try fixture.cluster.withLock {}

      try fixture.cluster.stop()
      #expect(try fixture.cluster.status().state == .stopped)
      #expect(fixture.processes().isEmpty)
      try fixture.cluster.stop()
      #expect(try fixture.connect().execute("SELECT n FROM kept").only().decode(Int.self) == 1)
    }
  }

  @Test func `as root runs as another user, in a session of its own, for nobody else`() throws {
    try ClusterFixture.run { fixture in
      let db = try fixture.connect()
      let pid = try #require(try fixture.cluster.status().pid)
      let process = try #require(Disk.status("/proc/\(pid)"))
      if geteuid() == 0 {
        #expect(process.st_uid != 0)
      } else {
        #expect(process.st_uid == geteuid())
      }
      #expect(getsid(pid_t(pid)) == pid_t(pid))
      // No file of ours is open in it but its log and /dev/null.
      let files = Disk.entries("/proc/\(pid)/fd").map { link -> String in
        var buffer = [CChar](repeating: 0, count: 4097)
        let count = readlink("/proc/\(pid)/fd/\(link)", &buffer, 4096)
        return String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
      #expect(!files.contains { $0.hasSuffix("cluster.lock") })
      let socket = try #require(try fixture.cluster.status().socket)
      let folder = try #require(Disk.status(socket))
      #expect(folder.st_mode & 0o777 == 0o700)
      #expect(try db.execute("SELECT count(*) FROM pg_hba_file_rules").only().decode(Int.self) == 1)
    }
  }

  @Test func `runs again after its processes were killed, with every committed row`() throws {
    try ClusterFixture.run { fixture in
      var db = try fixture.connect()
      try db.run(script: "CREATE TABLE kept (n int)")
      for round in 1...3 {
        try db.execute("INSERT INTO kept VALUES (\(round))")
        let pid = try #require(try fixture.cluster.status().pid)
        fixture.killAll()
        // Our own child, not reaped: pg_ctl would call it running.
        let stat = try #require(Disk.read("/proc/\(pid)/stat"))
        #expect(stat.contains(") Z ") || round > 1)
        db = try fixture.connect()
        #expect(try db.execute("SELECT count(*) FROM kept").only().decode(Int.self) == round)
      }
    }
  }

  @Test func `runs again beside a zombie that nobody reaps`() throws {
    try ClusterFixture.run { fixture in
      try fixture.connect().run(script: "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
      fixture.killAll()
      // The number in postmaster.pid goes to a zombie of another parent, which we cannot reap.
      let output = fixture.folder + "/zombie"
      let parent = try Child(
        "/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], environment: ["PATH=/usr/bin:/bin"],
        output: output
      )
      defer {
        kill(parent.pid, SIGKILL)
        _ = parent.wait(within: .seconds(5))
      }
      usleep(300_000)
      let zombie = try #require(Disk.read(output)?.split(separator: "\n").first.flatMap { pid_t($0) })
      let stat = try #require(Disk.read("/proc/\(zombie)/stat"))
      #expect(stat.contains(") Z "))
      // The server writes its number into two files, and its check is the same for both.
      for path in [fixture.data + "/cluster/postmaster.pid", fixture.data + "/socket/.s.PGSQL.5432.lock"] {
        let lines = try #require(Disk.read(path)).split(separator: "\n", omittingEmptySubsequences: false)
        try Disk.write(([Substring("\(zombie)")] + lines.dropFirst()).joined(separator: "\n"), to: path)
        if geteuid() == 0, let owner = Disk.status(fixture.data + "/cluster") {
          try #require(chown(path, owner.st_uid, owner.st_gid) == 0)
        }
      }
      #expect(try fixture.cluster.status().state == .stopped)
      #expect(try fixture.connect().execute("SELECT n FROM kept").only().decode(Int.self) == 7)
    }
  }

  @Test func `is complete although initdb was killed`() throws {
    try ClusterFixture.run { fixture in
      for delay in [30, 120, 250, 400, 600] {
        let isDone = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
          _ = try? fixture.cluster.start()
          isDone.signal()
        }
        usleep(UInt32(delay) * 1000)
        if !Disk.exists(fixture.data + "/cluster") { fixture.killAll() }
        isDone.wait()
        #expect(!Disk.entries(fixture.data).contains { $0.hasPrefix("cluster.new-") })
      }
      // What a killed jvs leaves behind is swept.
      try Disk.makeFolders(fixture.data + "/cluster.new-1/base")
      try Disk.write("15\n", to: fixture.data + "/cluster.new-1/PG_VERSION")
      let db = try fixture.connect()
      #expect(!Disk.exists(fixture.data + "/cluster.new-1"))
      // initdb makes these last: a cluster cut short starts all the same, and has fewer.
      let count = try db.execute("SELECT count(*) FROM information_schema.tables").only().decode(Int.self)
      if db.serverVersion / 10000 == 15 { #expect(count == 208) }
    }
  }

  @Test func `started twice at once is one server`() throws {
    try ClusterFixture.run { fixture in
      let group = DispatchGroup()
      let failures = Failures()
      for _ in 0..<3 {
        DispatchQueue.global().async(group: group) {
          do { _ = try fixture.cluster.start() } catch { failures.add(error) }
        }
      }
      group.wait()
      #expect(failures.all.isEmpty)
      let state = try fixture.cluster.status().state
      #expect(state == .running)
    }
  }

  @Test func `names the process that holds the folder`() throws {
    var options = PrivateCluster.Options.small
    options.lockLimit = .milliseconds(200)
    try ClusterFixture.run(options: options) { fixture in
      try fixture.cluster.withLock {
        let error = message { _ = try fixture.cluster.start() }
        #expect(error?.kind == .busy)
        #expect(error?.description.contains("process \(getpid())") == true)
      }
    }
  }

  @Test func `leaves alone a folder that is no cluster of ours`() throws {
    try ClusterFixture.run { fixture in
      let cluster = fixture.data + "/cluster"
      try Disk.makeFolders(cluster)
      if geteuid() == 0 {
        let owner = try #require(SystemUser(named: "postgres"))
        try #require(chown(cluster, owner.id, owner.group) == 0)
      }
      try Disk.write("precious", to: cluster + "/PG_VERSION")
      #expect(try fixture.cluster.status().state == .damaged)
      let error = message { _ = try fixture.cluster.start() }
      #expect(error?.kind == .damaged)
      #expect(Disk.read(cluster + "/PG_VERSION") == "precious")
    }
  }

  @Test func `listens in a short folder when the path is too long for a socket`() throws {
    let long = String(repeating: "l", count: 100)
    try ClusterFixture.run(name: long) { fixture in
      let db = try fixture.connect()
      let socket = try #require(try fixture.cluster.status().socket)
      #expect((socket + "/.s.PGSQL.5432").utf8.count <= 107)
      #expect(!socket.hasPrefix(fixture.data))
      #expect(try db.execute("SELECT 1").only().decode(Int.self) == 1)
    }
  }

  @Test func `says which server program is missing`() throws {
    let error = message { _ = try ServerBinaries.find(major: nil, path: "/nowhere", debian: "/nowhere") }
    #expect(error?.kind == .postgresNotFound)
    #expect(error?.description.contains("apt install postgresql") == true)
    let other = message { _ = try ServerBinaries.find(major: 99, path: "/nowhere") }
    #expect(other?.description.contains("postgresql-99") == true)
  }

  @Test func `says why a server does not start, in the words of its log`() throws {
    try ClusterFixture.run { fixture in
      _ = try fixture.cluster.start()
      try fixture.cluster.stop()
      let path = fixture.data + "/cluster/postgresql.conf"
      let settings = try #require(Disk.read(path))
      try Disk.write(settings + "no_such_setting = 1\n", to: path)
      let error = message { _ = try fixture.cluster.start() }
      #expect(error?.kind == .notStarted)
      #expect(error?.description.contains("no_such_setting") == true)
    }
  }
}

/// Errors of several threads.
private final class Failures: @unchecked Sendable {
  // Unchecked: every access is on the queue.
  private let queue = DispatchQueue(label: "failures")
  private var list: [any Error] = []

  func add(_ error: any Error) { queue.sync { list.append(error) } }
  var all: [any Error] { queue.sync { list } }
}
