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
  ///   - who: with whose rights the work is done in the private database; a database that was named is used
  ///     with the login that was named. `.migrate` applies missing migrations, to others they are an error.
  ///   - console: who is told of each step.
  ///   - work: what is done with the open store.
  /// - Returns: what `work` returns.
  /// - Throws: a `Failure` when there is no usable store, or whatever `work` throws.
  static func open<R>(
    _ places: Places, as who: Operator, console: Console, _ work: (Session) throws -> R
  ) throws -> R {
    let home = try places.homeFolder()
    let migrator = try Migrator(folder: home + "/SQL")
    return try withConnection(places, as: who, console: console) { connection in
      if who == .migrate {
        for name in try migrator.migrate(connection) { console.detail("applied \(name)") }
        if !places.namesDatabase { try Access(connection).grantOperators() }
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
    _ places: Places, as who: Operator, console: Console, _ work: (Connection) throws -> R
  ) throws -> R {
    Interruption.listen()
    if places.namesDatabase {
      let connection =
        try (places.database ?? environment("DATABASE_URL")).map {
          try Connection(Connection.Parameters(conninfo: $0))
        } ?? Connection([:])
      if who != .migrate { try refuseUnlimited(connection, places) }
      return try use(connection, work)
    }
    let cluster = PrivateCluster(data: places.dataFolder)
    guard try who == .migrate || cluster.status().state != .absent else {
      throw Failure(
        .databaseUnavailable,
        "there is no database in \(places.dataFolder); run jvs init, or name one with --database")
    }
    let use = try ClusterUse(of: places.dataFolder)
    var parameters = try cluster.start()
    defer { use.end(stopping: cluster) }
    console.detail("database: private server in \(places.dataFolder)")
    parameters["user"] = who.login
    return try self.use(connect(parameters), work)
  }

  private static func connect(_ parameters: Connection.Parameters) throws -> Connection {
    do {
      return try Connection(parameters)
    } catch SQLState.invalidAuthorization {
      // A server made, or started, by a jvs that had no logins for its commands yet.
      throw Failure(
        .databaseUnavailable,
        "the private database does not know the logins of this jvs; run jvs db stop, then jvs db migrate")
    }
  }

  /// Row-level security holds for everybody but a superuser: such a login is used knowingly or not at all.
  private static func refuseUnlimited(_ connection: Connection, _ places: Places) throws {
    let access = Access(connection)
    guard !places.knowsUnlimited, try access.isUnlimited() else { return }
    throw Failure(
      .notPermitted,
      "the login “\(try access.currentLogin())” is a superuser or bypasses row-level security; name one that jvs "
        + "db grant made, or say --i-know")
  }

  private static func use<R>(_ connection: Connection, _ work: (Connection) throws -> R) throws -> R {
    // A killed command must not leave a statement running, or a lock held, until its backend next writes.
    if connection.serverVersion >= 140_000 {
      try connection.execute("SET client_connection_check_interval TO '1s'")
    }
    // A step of a command may use a connection of its own, with other rights.
    let outer = try Interruption.cover(connection.canceller)
    defer { _ = try? Interruption.cover(outer) }
    return try work(connection)
  }
}
