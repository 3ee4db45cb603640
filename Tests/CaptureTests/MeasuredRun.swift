import Foundation
import Testing

/// A run of the command that tells the most memory it held.
struct MeasuredRun {
  var code: Int32
  var said: String
  /// Most resident memory, in MiB, as the system counted it.
  var peak: Int

  /// Checks `path` with the command, from the root of the repository.
  init(checking path: String) throws {
    let process = Process()
    let root = Corpus.folder + "/../../.."
    let output = path + ".said"
    try Data().write(to: URL(fileURLWithPath: output))
    process.executableURL = URL(fileURLWithPath: try MeasuredRun.binary())
    process.arguments = ["check", path]
    process.currentDirectoryURL = URL(fileURLWithPath: root)
    process.standardInput = FileHandle.nullDevice
    let handle = FileHandle(forWritingAtPath: output)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    // The peak is asked of the running process: that of an ended one includes its parent's, and it only
    // ever grows, so the last answer counts.
    var peak = 0
    let end = ContinuousClock.now + .seconds(120)
    while process.isRunning {
      peak = max(peak, MeasuredRun.peak(of: process.processIdentifier))
      if ContinuousClock.now > end { process.terminate() }
      usleep(1_000)
    }
    process.waitUntilExit()
    try #require(peak > 0, "the run was too short to be measured")
    code =
      process.terminationReason == .uncaughtSignal
      ? 128 + process.terminationStatus : process.terminationStatus
    said = String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: output))) ?? Data(), as: UTF8.self)
    self.peak = peak / 1024
  }

  private static func peak(of process: Int32) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else { return 0 }
    return Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  /// The command: that of `JVS_TEST_BINARY`, else the one beside the tests.
  private static func binary() throws -> String {
    let named = ProcessInfo.processInfo.environment["JVS_TEST_BINARY"] ?? ""
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    let beside = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("jvs").path
    let path = named.isEmpty ? beside : named
    try #require(FileManager.default.isExecutableFile(atPath: path), "there is no jvs at \(path); build it")
    return path
  }
}
