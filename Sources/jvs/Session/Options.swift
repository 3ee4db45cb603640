public import ArgumentParser
import Foundation
public import Impact

/// Where things are, said once for every command.
struct Places: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder that holds Indicators/ and SQL/.",
      discussion: "Default: JVS_HOME, else the current folder, else /usr/share/jvs."))
  var home: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder of the private database, the inbox and the reports.",
      discussion: "Default: JVS_DATA, else .jvs in the current folder."))
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The PostgreSQL database to use, as a URL or libpq connection string.",
      discussion: "Default: DATABASE_URL, else PGHOST or PGSERVICE, else a private server in the data folder."
    ))
  var database: String?

  @Flag(
    name: .customLong("i-know"),
    help:
      "Use --database with a login that no right limits (a superuser), knowing that nothing then protects the rows."
  )
  var knowsUnlimited = false

  /// Whether a database was named; else the private one is used.
  var namesDatabase: Bool {
    database != nil || ["DATABASE_URL", "PGHOST", "PGSERVICE"].contains { environment($0) != nil }
  }

  /// The data folder.
  var dataFolder: String { absolute(data ?? environment("JVS_DATA") ?? ".jvs") }

  /// The data folder, when the private database is the one in use.
  func privateData() throws -> String {
    guard database == nil, environment("DATABASE_URL") == nil else {
      throw Failure(.usage, "a database is configured; jvs starts and stops only its own private one")
    }
    return dataFolder
  }

  /// The folder that holds Indicators/ and SQL/.
  func homeFolder() throws -> String {
    if let named = home ?? environment("JVS_HOME") {
      guard isHome(named) else {
        throw Failure(
          .usage, "\(named) does not hold Indicators/ and SQL/; name the folder that does with --home")
      }
      return absolute(named)
    }
    guard let found = [".", "/usr/share/jvs"].first(where: isHome) else {
      throw Failure(
        .usage,
        "Indicators/ and SQL/ are neither here nor in /usr/share/jvs; name the folder that holds them with --home"
      )
    }
    return absolute(found)
  }

  private func isHome(_ folder: String) -> Bool {
    ["Indicators", "SQL"].allSatisfy { FileManager.default.fileExists(atPath: folder + "/" + $0) }
  }
}

/// How much is said, and to whom.
struct Voice: ParsableArguments {
  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  @Flag(name: .long, help: "Say every step.")
  var verbose = false

  @Flag(name: .long, help: "Answer in JSON on standard output, for a machine to read.")
  var json = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other; give one.") }
  }

  /// What the options ask for.
  var console: Console { Console(isQuiet: quiet, isVerbose: verbose, isJSON: json) }
}

extension Quarter: ExpressibleByArgument {
  /// Reads `2026T3`.
  public init?(argument: String) { self.init(argument) }
}

extension Day: ExpressibleByArgument {
  /// Reads `2026-10-16`.
  public init?(argument: String) { self.init(argument) }
}

/// A variable of the environment that is set and not empty.
func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
}

/// A path from the root, so that it stays true if the folder changes.
func absolute(_ path: String) -> String {
  URL(fileURLWithPath: path).standardizedFileURL.path
}

extension Day {
  /// Today in Paris, where every cooperation is: the one place that reads the clock for a date.
  static func todayInParis() -> Day {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Paris") ?? .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    return Day(parts.year ?? 1970, parts.month ?? 1, parts.day ?? 1) ?? Day(daysSinceEpoch: 0)
  }
}
