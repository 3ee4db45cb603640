import Foundation
import Testing

/// The built command, run as a process of its own as a user runs it.
enum Tool {
  /// Said when there is nothing to test: a test that cannot run has failed.
  struct Absent: Error, CustomStringConvertible {
    var description: String
  }

  /// What a run left.
  struct Outcome {
    /// Exit code, or 128 + the signal that ended it.
    var code: Int32
    var out: String
    var err: String

    /// The one JSON value that is all of standard output.
    func json() throws -> Any {
      try #require(out.last == "\n" && out.dropLast().allSatisfy { $0 != "\n" }, "one line: \(out)")
      return try JSONSerialization.jsonObject(with: Data(out.utf8), options: [.fragmentsAllowed])
    }
  }

  /// The root of the repository.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The command: the one of `JVS_TEST_BINARY`, else the one beside the tests.
  static func binary() throws -> String {
    let named = ProcessInfo.processInfo.environment["JVS_TEST_BINARY"] ?? ""
    let path = named.isEmpty ? beside() : named
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Absent(
        description: "there is no jvs at \(path): run the tests with Deploy/test, or build it and name it "
          + "in JVS_TEST_BINARY")
    }
    return path
  }

  // Under `swift test` the process is the test bundle or the toolchain's helper, with the bundle's path
  // among the arguments.
  private static func beside() -> String {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("jvs").path
  }

  /// Starts a program with an environment free of what would name another database or folder.
  static func start(_ program: String, _ arguments: [String], folder: String = root) throws -> Running {
    var environment = ProcessInfo.processInfo.environment
    for name in environment.keys where name.hasPrefix("PG") || name.hasPrefix("JVS_") {
      environment[name] = nil
    }
    environment["DATABASE_URL"] = nil
    return try Running(program, arguments, environment: environment, folder: folder)
  }

  /// Runs the command to its end.
  static func jvs(_ arguments: [String], folder: String = root) async throws -> Outcome {
    try await start(binary(), arguments, folder: folder).finish()
  }
}

/// A started process; what it says goes to files, so that it never waits for a reader.
final class Running {
  private let process = Process()
  private let folder: String
  private let commandLine: String

  init(_ program: String, _ arguments: [String], environment: [String: String], folder place: String) throws {
    folder = NSTemporaryDirectory() + "jvs-tool-\(UInt64.random(in: .min ... .max))"
    commandLine = ([program] + arguments).joined(separator: " ")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["out", "err"] {
      try Data().write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: place)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
    process.standardError = FileHandle(forWritingAtPath: folder + "/err")
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The number of the process.
  var pid: Int32 { process.processIdentifier }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end; a watchdog ends what hangs, which is then a failure.
  func finish(within limit: Duration = .seconds(300)) async throws -> Tool.Outcome {
    let end = ContinuousClock.now + limit
    while process.isRunning {
      if ContinuousClock.now > end {
        kill(process.processIdentifier, SIGKILL)
        throw Tool.Absent(description: "“\(commandLine)” did not end within \(limit)")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    let status = process.terminationStatus
    return Tool.Outcome(
      code: process.terminationReason == .uncaughtSignal ? 128 + status : status,
      out: try String(contentsOfFile: folder + "/out", encoding: .utf8),
      err: try String(contentsOfFile: folder + "/err", encoding: .utf8))
  }
}
