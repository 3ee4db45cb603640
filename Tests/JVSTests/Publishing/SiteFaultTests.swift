import Foundation
import Testing

/// `jvs publish` under strace: the disk fills up, or the process dies, at a call that touches the site.
///
/// One at a time: each starts processes that fill the machine.
@Suite(.serialized) struct SiteFaultTests {
  /// A call on the site: the n-th of its name in its thread.
  private struct Call: Hashable {
    var name: String
    var number: Int
  }

  private static let names = "openat,write,fsync,rename,renameat,renameat2,mkdir,mkdirat"
  private static let strace = "/usr/bin/strace"

  /// Most faults of one name and effect: those in the middle of many alike are met with a stride.
  private static let most = 4

  @Test(arguments: ["error=ENOSPC", "error=EIO", "signal=SIGKILL"])
  func `the site is the old one or the new one`(_ effect: String) async throws {
    guard FileManager.default.isExecutableFile(atPath: SiteFaultTests.strace) else {
      throw Tool.Absent(description: "strace is not installed; Deploy/test installs it")
    }
    // One small cooperation: the writer is the same, and its calls need not wait for a hundred pages.
    try await Workplace.with(.small) { place in
      let old = place.folder + "/old"
      try await place.succeed("publish", "--site", old, "--release", "2026T2-r1", "--quiet")
      let calls = try await callsOnSite(place, old: old)
      #expect(calls.contains { $0.name == "fsync" } && calls.contains { $0.name.hasPrefix("rename") })
      var failed = 0
      for call in calls {
        let site = "\(place.folder)/site-\(call.name)-\(call.number)"
        try FileManager.default.copyItem(atPath: old, toPath: site)
        let outcome = try await publish(
          place, to: site, strace: ["-e", "inject=\(call.name):\(effect):when=\(call.number)"],
          trace: "/dev/null")
        let tree = SiteTree(path: site)
        try tree.verify()
        let current = try tree.current()
        #expect(current.hasPrefix("2026T2-r1-") || current.hasPrefix("2026T3-r1-"), "\(call)")
        if outcome.code == 0 {
          #expect(current.hasPrefix("2026T3-r1-"), "success means published: \(call)")
        } else {
          failed += 1
        }
        try await place.succeed("publish", "--site", site, "--quiet")
        try tree.verify()
        #expect(try tree.current().hasPrefix("2026T3-r1-"))
        #expect(tree.leftovers == [])
        try FileManager.default.removeItem(atPath: site)
      }
      #expect(failed * 2 > calls.count, "\(failed) of \(calls.count) faults met the command")
    }
  }

  private func publish(_ place: Workplace, to site: String, strace options: [String], trace: String)
    async throws -> Tool.Outcome
  {
    let command =
      [try Tool.binary(), "publish", "--site", site, "--quiet"] + (try place.options(for: ["publish"]))
    return try await Tool.start(
      SiteFaultTests.strace,
      ["-f", "-qqq", "-y", "-o", trace, "-e", "trace=\(SiteFaultTests.names)"] + options + command
    ).finish()
  }

  /// Watches a publication that nothing disturbs for the calls that touch its site.
  private func callsOnSite(_ place: Workplace, old: String) async throws -> [Call] {
    let site = place.folder + "/watched"
    try FileManager.default.copyItem(atPath: old, toPath: site)
    let trace = place.folder + "/trace"
    let outcome = try await publish(place, to: site, strace: [], trace: trace)
    try #require(outcome.code == 0, "strace could not watch the command: \(outcome.err)")
    var counts: [Substring: Int] = [:]
    var found: [String: [Call]] = [:]
    for line in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n") {
      guard let match = line.firstMatch(of: #/^(\d+) +([a-z0-9]+)\(/#) else { continue }
      let key = line[match.range]
      counts[key, default: 0] += 1
      guard line.contains(site) else { continue }
      let name = String(match.2)
      found[name, default: []].append(Call(name: name, number: counts[key] ?? 1))
    }
    return found.keys.sorted().flatMap { name -> [Call] in
      let calls = found[name] ?? []
      guard calls.count > SiteFaultTests.most else { return calls }
      let last = calls.count - 1
      return (0..<SiteFaultTests.most).map { calls[$0 * last / (SiteFaultTests.most - 1)] }
    }
  }
}
