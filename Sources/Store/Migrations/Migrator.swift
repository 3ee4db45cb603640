internal import Foundation
public import Postgres

/// Brings a database to the shape of the `SQL/` folder: forward only, each file once, in one transaction
/// with the row that records it.
public struct Migrator {
  /// Why a database and a folder cannot be brought together.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// There is no migration to be found.
    case noFiles(folder: String)
    /// An applied file was edited since.
    case edited(name: String)
    /// A file is missing or a number was skipped.
    case hole(name: String)
    /// The database knows files the folder does not have.
    case newerDatabase(name: String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .noFiles(let folder):
        "no migration was found in \(folder); name the folder that holds SQL/ with --home"
      case .edited(let name):
        "the migration \(name) was edited after it was applied; restore it and put the change in a new file"
      case .hole(let name):
        "the migration \(name) is missing from the folder or comes before an applied one; "
          + "migrations are numbered without a hole and only added at the end"
      case .newerDatabase(let name):
        "the database already has \(name), which this version of jvs does not know; use a newer jvs"
      }
    }
  }

  /// One file of the folder.
  public struct Migration: Hashable, Sendable {
    /// `0001-operations`.
    public var name: String
    /// Its statements.
    public var script: String
  }

  /// The files in order.
  public let migrations: [Migration]

  /// The migrations of a folder.
  ///
  /// - Parameter folder: the `SQL` folder.
  /// - Throws: `Failure.noFiles`, `Failure.hole`, or an error of the file system.
  public init(folder: String) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.hasSuffix(".sql") }.sorted()
    guard !files.isEmpty else { throw Failure.noFiles(folder: folder) }
    migrations = try files.enumerated().map { index, file in
      guard file.hasPrefix(Migrator.padded(index + 1) + "-") else { throw Failure.hole(name: file) }
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      return Migration(name: String(file.dropLast(4)), script: text)
    }
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The names of the files the database does not have yet.
  public func pending(in connection: Connection) throws -> [String] {
    let applied = try applied(in: connection)
    return migrations.dropFirst(applied.count).map(\.name)
  }

  /// Applies what is missing, and says what it applied.
  ///
  /// - Throws: a `Failure`, or the database's error; then nothing of the failing file stays.
  @discardableResult
  public func migrate(_ connection: Connection) throws -> [String] {
    try connection.run(
      script: """
        SELECT pg_advisory_lock(7239014);
        CREATE SCHEMA IF NOT EXISTS ops;
        CREATE TABLE IF NOT EXISTS ops.migration (
          name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
        """)
    defer { try? connection.run(script: "SELECT pg_advisory_unlock(7239014)") }
    let applied = try applied(in: connection)
    let missing = migrations.dropFirst(applied.count)
    for migration in missing {
      try connection.transaction {
        try connection.run(script: migration.script)
        try connection.execute(
          """
          INSERT INTO ops.migration (name, sha256)
          VALUES (\(migration.name), encode(sha256(convert_to(\(migration.script), 'UTF8')), 'hex'))
          """)
      }
    }
    // Rights on the database itself do not come with a copy or a dump of it.
    let isProtected: Bool = try connection.execute(
      "SELECT to_regproc('access.protect_database') IS NOT NULL")[0].decode()
    if isProtected { try connection.run(script: "CALL access.protect_database()") }
    return missing.map(\.name)
  }

  /// The names of the applied files, checked against the folder.
  private func applied(in connection: Connection) throws -> [String] {
    let exists: Bool = try connection.execute("SELECT to_regclass('ops.migration') IS NOT NULL")[0].decode()
    guard exists else { return [] }
    var names: [String] = []
    for row in try connection.execute("SELECT name, sha256 FROM ops.migration ORDER BY name") {
      let (name, digest) = try row.decode((String, String).self)
      guard let position = migrations.firstIndex(where: { $0.name == name }) else {
        throw Failure.newerDatabase(name: name)
      }
      guard position == names.count else { throw Failure.hole(name: migrations[names.count].name) }
      let same: Bool = try connection.execute(
        "SELECT encode(sha256(convert_to(\(migrations[position].script), 'UTF8')), 'hex') = \(digest)")[0]
        .decode()
      guard same else { throw Failure.edited(name: name) }
      names.append(name)
    }
    return names
  }
}
