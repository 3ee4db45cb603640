import Capture
import Foundation
import Impact
import Postgres
import Store

/// An open store and the definitions, for as long as a command works.
struct Session {
  let archive: Archive
  let places: Places
  let home: String

  /// The folder of the definitions.
  var indicators: String { home + "/Indicators" }

  /// The checked catalogue.
  func catalogue() throws -> Catalogue { try Catalogue(readingFrom: indicators) }

  /// The shapes of the import files.
  func schemas() throws -> SchemaSet { try SchemaSet(readingFrom: indicators + "/schemas") }

  /// How files of other systems become facts, read from Indicators/mappings.
  func mappings(_ schemas: SchemaSet) throws -> [Mapping] {
    try Mapping.all(readingFrom: indicators + "/mappings", schemas: schemas)
  }

  /// Opens the store, does the work and closes: a private server that was not running is stopped again.
  ///
  /// - Parameters:
  ///   - places: where things are.
  ///   - migrating: whether missing migrations are applied; otherwise they are an error.
  ///   - console: who is told of each step.
  ///   - work: what is done with the open store.
  /// - Returns: what `work` returns.
  /// - Throws: a `Failure` when there is no usable store, or whatever `work` throws.
  static func open<R>(
    _ places: Places, migrating: Bool = false, console: Console, _ work: (Session) throws -> R
  ) throws -> R {
    let home = try places.homeFolder()
    let migrator = try Migrator(folder: home + "/SQL")
    return try withConnection(places, creating: migrating, console: console) { connection in
      if migrating {
        for name in try migrator.migrate(connection) { console.detail("applied \(name)") }
      } else {
        let pending = try migrator.pending(in: connection)
        guard pending.isEmpty else {
          throw Failure(
            .databaseUnavailable,
            "the database lacks \(pending.count) migration(s), from \(pending[0]); run jvs db migrate")
        }
      }
      return try work(Session(archive: Archive(connection), places: places, home: home))
    }
  }

  /// The configured database, or the private one, started when needed and stopped after.
  static func withConnection<R>(
    _ places: Places, creating: Bool, console: Console, _ work: (Connection) throws -> R
  ) throws -> R {
    Interruption.listen()
    if let named = places.database ?? environment("DATABASE_URL") {
      return try use(Connection(Connection.Parameters(conninfo: named)), work)
    }
    if environment("PGHOST") != nil || environment("PGSERVICE") != nil {
      return try use(Connection([:]), work)
    }
    let cluster = PrivateCluster(data: places.dataFolder)
    guard try creating || cluster.status().state != .absent else {
      throw Failure(
        .databaseUnavailable,
        "there is no database in \(places.dataFolder); run jvs init, or name one with --database")
    }
    let use = try ClusterUse(of: places.dataFolder)
    let parameters = try cluster.start()
    defer { use.end(stopping: cluster) }
    console.detail("database: private server in \(places.dataFolder)")
    return try self.use(Connection(parameters), work)
  }

  private static func use<R>(_ connection: Connection, _ work: (Connection) throws -> R) throws -> R {
    // A killed command must not leave a statement running, or a lock held, until its backend next writes.
    if connection.serverVersion >= 140_000 {
      try connection.execute("SET client_connection_check_interval TO '1s'")
    }
    try Interruption.cover(connection)
    return try work(connection)
  }
}
