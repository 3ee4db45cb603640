public import ArgumentParser
import Capture
import Impact
public import Store

/// `jvs person key`: the keys digests are made with.
struct PersonKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, rotate or list the keys of pseudonyms.",
    discussion: """
      Each domain has two keys: one recognises the same person twice, the other a person who was forgotten. They are
      files outside the database, 0600, never shown, never in a command line.

      Examples:
        jvs person key new --cooperation lemon-aide
        jvs person key rotate --cooperation lemon-aide
        jvs person key list
      """,
    subcommands: [New.self, Rotate.self, List.self])

  /// `jvs person key new`.
  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the two keys of a domain.",
      discussion: """
        Refused when the domain has keys: nothing is ever overwritten.

        Example:
          jvs person key new --cooperation lemon-aide
        """)

    @Option(name: .long, help: "A cooperation of the domain, by its name in data.")
    var cooperation: String

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .identity, console: voice.console) { session in
          let desk = Desk(session)
          try desk.requireKnown(cooperation)
          let domain = try desk.archive.domain(of: cooperation)
          guard
            try Archive.KeyRecord.Purpose.allCases.allSatisfy({ try desk.archive.key($0, of: domain) == nil })
          else {
            throw Failure(
              .dataRefused,
              "the domain “\(domain)” has its keys already; replace them with jvs person key rotate")
          }
          let made = try KeyMaker(desk).make(Archive.KeyRecord.Purpose.allCases, for: domain) { key, record in
            try desk.archive.record(record)
          }
          try desk.log(.key, .security, persons: 0)
          try voice.console.answer(made.map(\.id))
          try voice.console.say(
            made.map { "made \($0.id) in \(desk.keys.writable ?? "")" }.joined(separator: "\n")
              + "\nBack the keys up apart from the database; without them nobody can be recognised again.")
        }
      }
    }
  }

  /// `jvs person key rotate`.
  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace a key of a domain by a new one.",
      discussion: """
        The pseudonym key: every identity of the domain is digested anew in one transaction; surrogates, links and
        suppressions stay. The suppression key: new erasures use the new key, those of before keep theirs, whose
        file must stay until they expire.

        Examples:
          jvs person key rotate --cooperation lemon-aide
          jvs person key rotate --cooperation lemon-aide --purpose suppression
        """)

    @Option(name: .long, help: "A cooperation of the domain, by its name in data.")
    var cooperation: String

    @Option(name: .long, help: "Which key: pseudonym or suppression.")
    var purpose: Archive.KeyRecord.Purpose = .pseudonym

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// The answer for a machine.
    struct Answer: Encodable {
      var key: String
      var previous: String
      var identities: Int
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .identity, console: voice.console) { session in
          let desk = Desk(session)
          try desk.requireKnown(cooperation)
          let domain = try desk.archive.domain(of: cooperation)
          let previous = try desk.key(purpose, for: cooperation)
          var identities = 0
          let made = try KeyMaker(desk).make([purpose], for: domain) { key, record in
            if purpose == .pseudonym {
              identities = try desk.archive.rotate(domain, to: record) { key.pseudonym(of: $0) }
            } else {
              try desk.archive.record(record)
            }
          }
          try desk.log(.rotation, .security, persons: identities)
          try voice.console.answer(Answer(key: made[0].id, previous: previous.id, identities: identities))
          try voice.console.say(
            purpose == .pseudonym
              ? "\(made[0].id) replaces \(previous.id): \(identities) identities digested anew. Destroy the file of "
                + "\(previous.id) once a backup made from now on exists."
              : "\(made[0].id) replaces \(previous.id) for erasures to come; keep the file of \(previous.id)."
          )
        }
      }
    }
  }

  /// `jvs person key list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say which keys there are, and whether their files are in order.",
      discussion: """
        Never shows a key.

        Example:
          jvs person key list --json
        """)

    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    /// The answer for a machine.
    struct Answer: Encodable {
      var key: String
      var domain: String
      var purpose: String
      var isInUse: Bool
      var problem: String?
    }

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .identity, console: voice.console) { session in
          let desk = Desk(session)
          let answers = try desk.archive.keys().map { record in
            var problem: String?
            do { _ = try desk.key(record.id) } catch let failure as PseudonymKey.Failure {
              problem = failure.description
            }
            return Answer(
              key: record.id, domain: record.domain, purpose: record.purpose.rawValue,
              isInUse: record.isInUse,
              problem: problem)
          }
          try voice.console.answer(answers)
          try voice.console.say(
            answers.isEmpty
              ? "There is no key yet; make some with jvs person key new --cooperation NAME."
              : answers.map {
                "\($0.key): \($0.isInUse ? "in use" : "retired"), \($0.problem ?? "its file is in order")"
              }.joined(separator: "\n"))
        }
      }
    }
  }
}

extension Archive.KeyRecord.Purpose: ExpressibleByArgument {}
