import Dispatch
import Glibc
import Postgres
import TestSupport
import Testing

/// Hands bytes on between a client and the server, until it is told to freeze.
private final class FreezingProxy: @unchecked Sendable {
  // Unchecked: the flag is atomic enough for a test, the rest is set before the thread starts.
  let port: Int
  private let listener: Int32
  private let server: (host: String, port: UInt16)?
  private let lock = DispatchQueue(label: "proxy")
  private var frozen = false
  private var open: [Int32] = []

  /// Without a server it accepts and never answers.
  init(server: (host: String, port: UInt16)?) throws {
    self.server = server
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let size = length
    let listener = listener
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, size) == 0 && listen(listener, 8) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    try #require(bound)
    port = Int(address.sin_port.bigEndian)
    if server != nil { Thread.start { self.serve() } }
  }

  deinit { close(listener) }

  func freeze() { lock.sync { frozen = true } }
  private var isFrozen: Bool { lock.sync { frozen } }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    lock.sync { for file in open { shutdown(file, Int32(SHUT_RDWR)) } }
  }

  private func serve() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0, let server else { return }
      let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = inet_addr(server.host)
      address.sin_port = server.port.bigEndian
      _ = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      lock.sync { open += [client, upstream] }
      Thread.start { self.pump(client, upstream) }
      Thread.start { self.pump(upstream, client) }
    }
  }

  private func pump(_ from: Int32, _ to: Int32) {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(from, &buffer, buffer.count)
      guard count > 0 else { break }
      while isFrozen { if usleep(20_000) != 0 || isStopped(from) { return } }
      guard write(to, buffer, count) == count else { break }
    }
    shutdown(to, Int32(SHUT_RDWR))
  }

  private func isStopped(_ file: Int32) -> Bool {
    var entry = pollfd(fd: file, events: 0, revents: 0)
    return poll(&entry, 1, 0) > 0 && Int32(entry.revents) & POLLHUP != 0
  }
}

/// A thread for blocking work.
private enum Thread {
  static func start(_ body: @escaping @Sendable () -> Void) {
    DispatchQueue(label: "proxy.pump").async(execute: body)
  }
}

@Suite struct `A deadline` {
  /// Runs `body` and says how long it took.
  private func time(_ body: () throws -> Void) rethrows -> Duration {
    let start = ContinuousClock.now
    try body()
    return ContinuousClock.now - start
  }

  @Test func `ends the wait for a server that accepts and never answers`() throws {
    let mute = try FreezingProxy(server: nil)
    defer { mute.stop() }
    var error: PostgresError?
    let taken = time {
      error = postgresError {
        _ = try Connection(
          ["host": "127.0.0.1", "port": "\(mute.port)", "user": "x", "dbname": "x", "sslmode": "disable"],
          within: .milliseconds(300)
        )
      }
    }
    #expect(error?.origin == .timeout)
    #expect(taken < .seconds(5))
  }

  @Test func `cancels a slow statement, and the connection serves on`() throws {
    let db = try TestDatabase.connect()
    var error: PostgresError?
    let taken = time {
      error = postgresError { try db.execute("SELECT pg_sleep(30)", within: .milliseconds(200)) }
    }
    #expect(error?.origin == .timeout)
    #expect(error?.message.contains("still serves") == true)
    #expect(taken < .seconds(5))
    #expect(try db.execute("SELECT 1").only().decode(Int.self) == 1)
    db.deadline = .milliseconds(200)
    #expect(postgresError { try db.execute("SELECT pg_sleep(30)") }?.origin == .timeout)
    #expect(db.isUsable)
  }

  @Test(arguments: ["statement", "stream", "copy in", "copy out", "transaction"])
  func `ends the wait for a server that freezes in the middle`(call: String) throws {
    let direct = try TestDatabase.connect()
    // Only a server on TCP can be put behind the proxy.
    let host = try direct.execute("SELECT host(inet_server_addr()), inet_server_port()").only()
    let (address, port) = try host.decode((String?, Int?).self)
    let proxy = try FreezingProxy(
      server: (
        host: try #require(address, "JVS_TEST_DATABASE must be reached over TCP"),
        port: UInt16(try #require(port))
      )
    )
    defer { proxy.stop() }
    var parameters = try TestDatabase.parameters
    parameters["host"] = "127.0.0.1"
    parameters["hostaddr"] = nil
    parameters["port"] = "\(proxy.port)"
    let db = try Connection(parameters, deadline: .milliseconds(300))
    try db.run(script: "CREATE TEMPORARY TABLE t (n int, x text)")
    var error: PostgresError?
    let taken = time {
      error = postgresError {
        switch call {
        case "statement":
          proxy.freeze()
          _ = try db.execute("SELECT 1")
        case "stream":
          try db.stream("SELECT g, repeat('x', 100) FROM generate_series(1, 1000000) g") { _ in proxy.freeze()
          }
        case "copy in":
          _ = try db.copyIn("COPY t FROM STDIN") { rows in
            proxy.freeze()
            for n in 0..<1_000_000 { try rows.row(n, "to fill every buffer on the way") }
          }
        case "copy out":
          _ = try db.copyOut("COPY (SELECT g, repeat('x', 100) FROM generate_series(1, 1000000) g) TO STDOUT")
          { _ in
            proxy.freeze()
          }
        default:
          try db.transaction {
            try db.execute("INSERT INTO t VALUES (1)")
            proxy.freeze()
          }
        }
      }
    }
    #expect(error?.origin == .timeout)
    #expect(error?.isOutcomeUnknown == (call == "transaction"))
    #expect(!db.isUsable)
    #expect(taken < .seconds(15))
    #expect(time { db.close() } < .seconds(2))
  }
}
