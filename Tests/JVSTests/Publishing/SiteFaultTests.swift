import Foundation
import Testing

/// `jvs publish` under strace: the disk fills up, or the process dies, at the n-th call.
@Suite struct SiteFaultTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    var calls: String
    var effect: String
    var occurrences: [Int]

    var testDescription: String { "\(effect) at \(calls)" }
  }

  // The first calls open libraries and talk to the server; what is left of a run is the site, so the
  // calls on the site are all met where they are few, and met with a stride where they are many.
  static let faults = [
    Fault(calls: "fsync", effect: "error=ENOSPC", occurrences: Array(1...8)),
    Fault(calls: "fsync", effect: "signal=SIGKILL", occurrences: Array(1...8)),
    Fault(calls: "rename,renameat,renameat2", effect: "error=ENOSPC", occurrences: Array(1...3)),
    Fault(calls: "rename,renameat,renameat2", effect: "signal=SIGKILL", occurrences: Array(1...3)),
    Fault(calls: "write", effect: "error=ENOSPC", occurrences: Array(1...8)),
    Fault(calls: "write", effect: "signal=SIGKILL", occurrences: Array(1...8)),
    Fault(
      calls: "openat", effect: "error=ENOSPC", occurrences: Array(stride(from: 20, through: 300, by: 20))),
    Fault(
      calls: "openat", effect: "signal=SIGKILL", occurrences: Array(stride(from: 20, through: 300, by: 20))),
  ]

  @Test(arguments: faults) func `the site is the old one or the new one`(_ fault: Fault) async throws {
    let strace = "/usr/bin/strace"
    guard FileManager.default.isExecutableFile(atPath: strace) else {
      throw Tool.Absent(description: "strace is not installed; Deploy/test installs it")
    }
    try await Workplace.with(.samples) { place in
      let old = place.folder + "/old"
      try await place.succeed("publish", "--site", old, "--release", "2026T2-r1", "--quiet")
      let oldName = try SiteTree(path: old).current()
      for number in fault.occurrences {
        let site = "\(place.folder)/site-\(number)"
        try FileManager.default.copyItem(atPath: old, toPath: site)
        let arguments =
          [
            "-f", "-qqq", "-o", "/dev/null", "-e", "trace=\(fault.calls)",
            "-e", "inject=\(fault.calls):\(fault.effect):when=\(number)",
            try Tool.binary(), "publish", "--site", site, "--quiet",
          ] + (try place.options())
        let outcome = try await Tool.start(strace, arguments).finish()
        let tree = SiteTree(path: site)
        try tree.verify()
        let current = try tree.current()
        #expect(current == oldName || current.hasPrefix("2026T3-r1-"), "call \(number)")
        if outcome.code == 0 { #expect(current.hasPrefix("2026T3-r1-"), "success means published") }

        try await place.succeed("publish", "--site", site, "--quiet")
        try tree.verify()
        #expect(try tree.current().hasPrefix("2026T3-r1-"))
        #expect(tree.leftovers == [])
        try FileManager.default.removeItem(atPath: site)
      }
    }
  }
}
