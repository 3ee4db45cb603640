public import ArgumentParser
public import Store

/// `jvs audit`: proof that nothing was changed behind the store's back.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Seal, verify or read the log of everything that was done.",
    discussion: """
      Imports, seals, releases, publications, reviews and rights are entries of a chain: each digest covers
      the entry before it. Rows of facts are covered by the seal of their batch, figures by their release.

      Examples:
        jvs audit verify
        jvs audit log --kind release
      """,
    subcommands: [Verify.self, Seal.self, Log.self])

  /// `jvs audit seal`.
  struct Seal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seal the batches recorded since the last seal.",
      discussion: """
        jvs release and jvs nightly seal by themselves; imports alone do not, to stay fast.

        Example:
          jvs audit seal
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .compute, console: voice.console) { session in
          let sealed = try session.archive.seal()
          try voice.console.answer(["sealed": sealed])
          try voice.console.say(sealed == 0 ? "Every batch is sealed." : "\(sealed) batch(es) sealed.")
        }
      }
    }
  }

  /// `jvs audit verify`.
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recompute every digest and say what was changed by hand, if anything was.",
      discussion: """
        Ends with 65 when something does not hold, naming the entry, batch, table and line. A chain rewritten
        from one end to the other holds too: compare it with a digest noted elsewhere, as the one printed at
        the foot of every published page and in manifest.json.

        Examples:
          jvs audit verify
          jvs audit verify --head 5f0c2ab41d97
        """)

    @Option(
      name: .long,
      help: "A digest noted earlier, whole or its first 12 characters or more: of a release, or a head.")
    var head: String?

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// The answer for a machine.
    struct Answer: Encodable {
      struct Problem: Encodable {
        var place: String
        var problem: String
      }
      var holds: Bool
      var entries: Int
      var head: String
      var lastSealed: Int
      var lastBatch: Int
      var foundAt: Int?
      var problems: [Problem]
    }

    func validate() throws {
      if let head, head.count < 12 || !head.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) {
        throw ValidationError("--head is at least 12 characters of a digest: 0–9 and a–f.")
      }
    }

    func run() async throws {
      let holds = try reportingFailure {
        try Session.open(places, as: .audit, console: voice.console) { session in try verify(session.archive)
        }
      }
      if !holds { throw ExitCode(Failure.Code.dataRefused.rawValue) }
    }

    private func verify(_ archive: Archive) throws -> Bool {
      let report = try archive.auditReport { part in
        try Interruption.check()
        voice.console.detail("verifying: \(part)")
      }
      let anchor = try head.flatMap { try archive.auditAnchor($0) }
      let holds = report.problems.isEmpty && (head == nil || anchor != nil)
      try voice.console.answer(
        Answer(
          holds: holds, entries: report.entries, head: report.head, lastSealed: report.lastSealed,
          lastBatch: report.lastBatch, foundAt: anchor?.entry.ordinal,
          problems: report.problems.map { Answer.Problem(place: $0.place, problem: $0.problem) }))
      for problem in report.problems { voice.console.refusal("\(problem.place): \(problem.problem)") }
      if report.problems.isEmpty {
        try voice.console.say("Everything holds: \(report.entries) entries, head \(report.head).")
      } else {
        voice.console.refusal(
          "jvs: \(report.problems.count) thing(s) are not what they were; the first is \(report.problems[0].place); "
            + "compare with a backup")
      }
      if let head {
        if let anchor {
          try voice.console.say(
            "\(head) is the digest of \(anchor.words), entry \(anchor.entry.ordinal) of \(anchor.entry.at).")
        } else {
          voice.console.refusal(
            "jvs: \(head) stands nowhere in the chain: it was mistyped, or the chain was rewritten since it was noted"
          )
        }
      }
      if report.lastSealed < report.lastBatch {
        voice.console.remark(
          "batches \(report.lastSealed + 1) to \(report.lastBatch) are not sealed yet; run jvs audit seal")
      }
      return holds
    }
  }

  /// `jvs audit log`.
  struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the last entries of the chain.",
      discussion: """
        Example:
          jvs audit log --kind period --last 20
        """)

    @Option(
      name: .long,
      help: "Only entries of this kind: \(Archive.AuditKind.allValueStrings.joined(separator: ", ")).")
    var kind: Archive.AuditKind?

    @Option(name: .long, help: "How many.")
    var last = 50

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// An entry for a machine.
    struct Answer: Encodable {
      var ordinal: Int
      var at: String
      var actor: String
      var kind: String
      var subject: String
      var details: String
      var digest: String
    }

    func validate() throws {
      if last < 1 { throw ValidationError("--last is a whole number from 1.") }
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .audit, console: voice.console) { session in
          let entries = try session.archive.auditEntries(of: kind, last: last)
          try voice.console.answer(
            entries.map {
              Answer(
                ordinal: $0.ordinal, at: $0.at, actor: $0.actor, kind: $0.kind, subject: $0.subject,
                details: $0.details, digest: $0.digest)
            })
          for entry in entries {
            try voice.console.say(
              "\(entry.ordinal)  \(entry.at.prefix(19))Z  \(entry.actor)  \(entry.kind) \(entry.subject)  "
                + "\(entry.digest.prefix(12))")
          }
        }
      }
    }
  }
}

extension Archive.AuditKind: ExpressibleByArgument {}

extension Archive.AuditAnchor {
  /// What the digest is of, in words.
  fileprivate var words: String {
    switch meaning {
    case .entry: "the chain up to \(entry.kind) \(entry.subject)"
    case .release: "release \(entry.subject)"
    case .facts: "every fact up to batch \(entry.subject)"
    }
  }
}
