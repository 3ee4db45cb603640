import Capture
import Foundation
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Runs on an empty database of its own: the template of the other suites is already migrated.
@Suite struct `Migrations` {
  /// A folder of migrations and an empty database, both gone afterwards.
  private func withFolder(_ files: [String: String], _ body: (String, Connection) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "jvs-migrations-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files { try write(text, name, folder) }
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try TestDatabase.connect().execute("CREATE DATABASE \(identifier: name)")
    defer { _ = try? TestDatabase.connect().execute("DROP DATABASE \(identifier: name) WITH (FORCE)") }
    try body(folder, TestDatabase.connect(database: name))
  }

  private func write(_ text: String, _ name: String, _ folder: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  private static let two = ["0001-a.sql": "CREATE TABLE a (x int);", "0002-b.sql": "CREATE TABLE b (x int);"]

  @Test func `each file is applied once, in order, and recorded`() throws {
    try withFolder(Self.two) { folder, connection in
      let migrator = try Migrator(folder: folder)
      #expect(try migrator.pending(in: connection) == ["0001-a", "0002-b"])
      #expect(try migrator.migrate(connection) == ["0001-a", "0002-b"])
      #expect(try migrator.migrate(connection).isEmpty)
      #expect(try migrator.pending(in: connection).isEmpty)
    }
  }

  @Test func `a failing file leaves nothing of itself, and those before it stay`() throws {
    var files = Self.two
    files["0003-c.sql"] = "CREATE TABLE c (x int); SELECT 1/0;"
    try withFolder(files) { folder, connection in
      let migrator = try Migrator(folder: folder)
      #expect(throws: PostgresError.self) { try migrator.migrate(connection) }
      #expect(try migrator.pending(in: connection) == ["0003-c"])
      let exists: Bool = try connection.execute("SELECT to_regclass('c') IS NOT NULL")[0].decode()
      #expect(!exists)
    }
  }

  @Test func `an edited file, a hole and a newer database are refused`() throws {
    try withFolder(Self.two) { folder, connection in
      try Migrator(folder: folder).migrate(connection)
      try write("CREATE TABLE a (x bigint);", "0001-a.sql", folder)
      #expect(throws: Migrator.Failure.edited(name: "0001-a")) {
        try Migrator(folder: folder).migrate(connection)
      }
      try write(Self.two["0001-a.sql"] ?? "", "0001-a.sql", folder)
      try FileManager.default.removeItem(atPath: folder + "/0002-b.sql")
      #expect(throws: Migrator.Failure.newerDatabase(name: "0002-b")) {
        try Migrator(folder: folder).migrate(connection)
      }
      try write("SELECT 1;", "0003-c.sql", folder)
      #expect(throws: Migrator.Failure.hole(name: "0003-c.sql")) { try Migrator(folder: folder) }
    }
  }

  @Test func `a folder without migrations is refused`() throws {
    try withFolder([:]) { folder, _ in
      #expect(throws: Migrator.Failure.noFiles(folder: folder)) { try Migrator(folder: folder) }
    }
  }

  @Test func `every table shape has its table, column for column`() throws {
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try TestDatabase.connect().execute("CREATE DATABASE \(identifier: name)")
    defer { _ = try? TestDatabase.connect().execute("DROP DATABASE \(identifier: name) WITH (FORCE)") }
    let connection = try TestDatabase.connect(database: name)
    try Migrator(folder: Fixture.root + "/SQL").migrate(connection)
    for schema in try Fixture.schemas().schemas where schema.scope != .identity {
      let space = schema.scope == .reference ? "reference" : "fact"
      let columns: [String] = try connection.execute(
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = \(space) AND table_name = \(schema.name)
          AND column_name NOT IN ('cooperation_id', 'batch_from', 'batch_to', 'import_id', 'source_line', 'segment')
        ORDER BY ordinal_position
        """
      ).map { try $0.decode() }
      #expect(columns == schema.fields.map(\.name), "\(schema.name)")
    }
  }

  @Test func `every entity of the vocabulary has its view with its fields`() throws {
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try TestDatabase.connect().execute("CREATE DATABASE \(identifier: name)")
    defer { _ = try? TestDatabase.connect().execute("DROP DATABASE \(identifier: name) WITH (FORCE)") }
    let connection = try TestDatabase.connect(database: name)
    try Migrator(folder: Fixture.root + "/SQL").migrate(connection)
    for entity in try Fixture.catalogue().vocabulary.entities {
      let columns: [String] = try connection.execute(
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'measure' AND table_name = \(entity.name)
        """
      ).map { try $0.decode() }
      let wanted = entity.fields.map(\.name) + ["cooperation_id", "import_id", "source_line"]
      #expect(Set(wanted).isSubset(of: Set(columns)), "\(entity.name)")
    }
  }
}
