import CSpawn
import Glibc
import Postgres
import Testing

@testable import Store

@Suite(.serialized) struct `The folder of the private cluster` {
  /// Runs `body` on a disk of its own; does nothing when the machine does not let us mount one.
  private func onDisk(megabytes: Int, _ body: (String) throws -> Void) throws {
    let point = "/tmp/jvs-disk-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(point, 0o755) == 0)
    defer { rmdir(point) }
    guard mount("tmpfs", point, "tmpfs", 0, "size=\(megabytes)m,mode=755") == 0 else { return }
    defer { umount2(point, Int32(MNT_DETACH)) }
    try body(point)
  }

  @Test func `refuses to begin when the disk has too little room, saying how much is needed`() throws {
    var options = PrivateCluster.Options.small
    options.freeBytes = { _ in 10 << 20 }
    try ClusterFixture.run(options: options) { fixture in
      let start = message { _ = try fixture.cluster.start() }
      #expect(start?.kind == .diskFull)
      #expect(start?.description.contains("10 MiB free") == true)
      #expect(start?.description.contains("88 MiB") == true)
      #expect(!Disk.exists(fixture.data + "/cluster"))

      let small = message { try fixture.cluster.requireFree(importing: 1000) }
      #expect(small?.description.contains("needs 1024 MiB") == true)
      let large = message { try fixture.cluster.requireFree(importing: 1 << 30) }
      #expect(large?.description.contains("needs 4096 MiB") == true)
    }
  }

  @Test func `starts again on a full disk by giving up its ballast, and has every committed row`() throws {
    try onDisk(megabytes: 176) { point in
      var options = PrivateCluster.Options.small
      options.ballastBytes = 64 << 20
      options.initialBytes = 64 << 20
      try ClusterFixture.run(folder: point, options: options) { fixture in
        var db = try fixture.connect()
        #expect(Disk.exists(fixture.data + "/ballast"))
        try db.run(script: "CREATE TABLE kept (n int, filling text)")
        var committed = 0
        do {
          while committed < 1000 {
            try db.execute(
              "INSERT INTO kept SELECT \(committed), repeat(md5(random()::text), 60) FROM generate_series(1, 500)"
            )
            committed += 1
          }
        } catch let error as PostgresError {
          #expect(error.state == .diskFull || error.origin == .connection)
        }
        #expect(committed < 1000)
        db.close()
        fixture.killAll()
        db = try fixture.connect()
        #expect(!Disk.exists(fixture.data + "/ballast"))
        let counted = try db.execute("SELECT count(*) FROM kept").only().decode(Int.self)
        #expect(counted >= committed * 500)
        try db.run(script: "DROP TABLE kept")
      }
    }
  }

  @Test func `says so when it cannot be written`() throws {
    let check = { (folder: String) in
      let cluster = PrivateCluster(data: folder + "/data", options: .small)
      let error = message { _ = try cluster.start() }
      #expect(error?.kind == .permission)
      #expect(error?.description.contains(folder) == true)
      #expect(error?.description.contains("--data") == true)
    }
    if geteuid() == 0 {
      try onDisk(megabytes: 1) { point in
        try #require(mount("tmpfs", point, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        check(point)
      }
    } else {
      let folder = "/tmp/jvs-closed-\(UInt32.random(in: 0 ... .max))"
      try #require(mkdir(folder, 0o555) == 0)
      defer { rmdir(folder) }
      check(folder)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root runs the server as another user"))
  func `names the folder that the server's user cannot enter`() throws {
    try ClusterFixture.run(name: "closed/data") { fixture in
      let closed = fixture.folder + "/closed"
      try #require(mkdir(closed, 0o700) == 0)
      let error = message { _ = try fixture.cluster.start() }
      #expect(error?.kind == .permission)
      #expect(error?.description.contains("chmod o+x \(closed)") == true)
    }
  }
}
