import Foundation
import Testing

/// The command explains itself, and the documents explain the whole of it.
///
/// One at a time: each starts processes that fill the machine.
@Suite(.serialized) struct HelpTests {
  static let commands = [
    ["init"], ["db"], ["db", "start"], ["db", "stop"], ["db", "status"], ["db", "migrate"],
    ["db", "diagram"],
    ["db", "grant"], ["db", "revoke"], ["import"],
    ["check"], ["compute"], ["release"], ["publish"], ["indicators"], ["indicators", "list"],
    ["indicators", "show"], ["indicators", "sql"], ["indicators", "test"], ["indicators", "diff"],
    ["explain"], ["history"], ["period"],
    ["period", "submit"], ["period", "validate"], ["period", "close"], ["period", "reopen"],
    ["period", "status"], ["period", "late"], ["targets"], ["sroi"], ["audit"], ["audit", "verify"],
    ["audit", "seal"],
    ["audit", "log"],
    ["person"], ["person", "import"], ["person", "export"], ["person", "forget"], ["person", "retention"],
    ["person", "hold"], ["person", "count"], ["person", "key"], ["person", "key", "new"],
    ["person", "key", "rotate"], ["person", "key", "list"], ["person", "domain"], ["person", "log"],
    ["doctor"], ["nightly"],
  ]

  /// What a command says of itself; asked once.
  private static func help(_ command: [String]) async throws -> Tool.Outcome {
    try await Asked.shared.help(command)
  }

  private actor Asked {
    static let shared = Asked()
    private var answers: [[String]: Tool.Outcome] = [:]

    func help(_ command: [String]) async throws -> Tool.Outcome {
      if let known = answers[command] { return known }
      let answer = try await Tool.jvs(command + ["--help"])
      answers[command] = answer
      return answer
    }
  }

  @Test(arguments: commands) func `every help has an example`(_ command: [String]) async throws {
    let outcome = try await Self.help(command)
    #expect(outcome.code == 0)
    #expect(outcome.out.contains(#/Examples?:/#))
    #expect(outcome.out.contains("jvs " + command.joined(separator: " ")))
  }

  @Test func `the list of commands above is whole`() async throws {
    for parent in [[], ["db"], ["indicators"], ["period"], ["audit"], ["person"], ["person", "key"]] {
      let help = try await Self.help(parent).out
      let list = try #require(help.split(separator: "SUBCOMMANDS:\n").last)
      let names = list.matches(of: #/(?m)^  ([a-z]+)  /#).map { String($0.1) }
      #expect(names == HelpTests.commands.filter { $0.dropLast() == parent[...] }.compactMap(\.last))
    }
  }

  @Test func `every command and option is in a README`() async throws {
    let documents = try ["README.md", "Deploy/README.md"].map {
      try String(contentsOfFile: "\(Tool.root)/\($0)", encoding: .utf8)
    }.joined()
    for command in HelpTests.commands {
      let name = "jvs " + command.joined(separator: " ")
      #expect(documents.contains("`" + name) || documents.contains("\n" + name), "\(name) is not described")
      let help = try await Self.help(command).out
      for option in Set(help.matches(of: #/--[a-z-]+/#).map { String($0.0) }) {
        #expect(documents.contains(option), "\(option) of \(name) is not described")
      }
    }
  }

  @Test func `the version is said`() async throws {
    let outcome = try await Tool.jvs(["--version"])
    #expect(outcome.out.contains(#/^\d+\.\d+\.\d+\n$/#))
  }
}
