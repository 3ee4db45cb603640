import ArgumentParser

/// `jvs person`: who people are, apart from everything else.
struct Person: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Keep, show and erase who people are, apart from the facts.",
    discussion: """
      Identities live in a schema of their own; facts, figures and pages never join to it. Digests of identities
      are made with keys kept in files outside the database: JVS_KEYS, else systemd's CREDENTIALS_DIRECTORY, else
      the folder keys of the data folder. Back the keys up apart from the database. Every use is logged.

      Examples:
        jvs person key new --cooperation lemon-aide
        jvs person import identity.csv --cooperation lemon-aide
        jvs person export --cooperation lemon-aide --participant LA-001 --to answer
        jvs person forget --cooperation lemon-aide --participant LA-001
        jvs person retention
      """,
    subcommands: [
      PersonImport.self, PersonExport.self, PersonForget.self, PersonRetention.self, PersonHold.self,
      PersonCount.self, PersonKey.self, PersonDomain.self, PersonLog.self,
    ])
}
