public import ArgumentParser
public import Store

extension Group: ExpressibleByArgument {}

/// What is given or taken.
struct Rights: ParsableArguments {
  @Argument(help: "The login: the name a person or a program connects with.")
  var login: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What it may do: capture, compute, director, funder, auditor, identity or migrator; can be repeated.",
      valueName: "role"))
  var role: [Group] = []

  @Option(
    name: .long,
    help: "A cooperation it acts for, by its name in data, or '*' for every one; can be repeated.")
  var cooperation: [String] = []

  @Option(name: .long, help: "An audience whose published figures it reads; can be repeated.")
  var audience: [String] = []

  /// What the audit chain says of it; nothing named is everything.
  func noted(as deed: String) -> [String: String?] {
    [
      "deed": deed, "roles": role.map(\.rawValue).joined(separator: ", "),
      "cooperations": cooperation.joined(separator: ", "), "audiences": audience.joined(separator: ", "),
    ]
  }
}

extension DB {
  /// `jvs db grant`.
  struct Grant: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a login do what a role does, for cooperations or audiences.",
      discussion: """
        Makes the login when there is none of that name, without a password: set one with psql's \\password, or
        let your identity provider vouch for it. What it has stays; SQL/README.md says what each role may do.
        Roles hold for the whole server, cooperations and audiences for this database.

        Examples:
          jvs db grant dominique --role director --cooperation lemon-aide
          jvs db grant intake --role capture --cooperation lemon-aide --cooperation recygo
          jvs db grant region --role funder --audience funder
          jvs db grant night --role capture --role compute --cooperation '*'
        """)

    @OptionGroup var rights: Rights
    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        guard !(rights.role.isEmpty && rights.cooperation.isEmpty && rights.audience.isEmpty) else {
          throw Failure(.usage, "nothing to give; name a role, a cooperation or an audience")
        }
        try Session.open(places, as: .migrate, console: voice.console) { session in
          let access = Access(session.archive.connection)
          let isNew = try access.grant(
            rights.login, groups: rights.role, cooperations: rights.cooperation, audiences: rights.audience)
          try session.archive.audit(.role, rights.login, rights.noted(as: "granted"))
          try voice.console.answer(["login": rights.login, "made": "\(isNew)"])
          try voice.console.say(
            isNew
              ? "The login \(rights.login) was made, without a password, and has these rights."
              : "The login \(rights.login) has these rights.")
        }
      }
    }
  }

  /// `jvs db revoke`.
  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take rights from a login: those named, or all of them.",
      discussion: """
        Sessions that are open lose them too. The login itself stays, as it may serve other databases; DROP ROLE
        removes it. Roles are taken for the whole server, cooperations and audiences for this database.

        Examples:
          jvs db revoke dominique
          jvs db revoke intake --cooperation recygo
        """)

    @OptionGroup var rights: Rights
    @OptionGroup var places: Places
    @OptionGroup var voice: Voice

    func run() async throws {
      try reportingFailure {
        try Session.open(places, as: .migrate, console: voice.console) { session in
          let access = Access(session.archive.connection)
          if rights.role.isEmpty, rights.cooperation.isEmpty, rights.audience.isEmpty {
            try access.revokeEverything(rights.login)
          } else {
            try access.revoke(
              rights.login, groups: rights.role, cooperations: rights.cooperation, audiences: rights.audience)
          }
          try session.archive.audit(.role, rights.login, rights.noted(as: "revoked"))
          try voice.console.answer(["login": rights.login])
          try voice.console.say("The login \(rights.login) no longer has these rights.")
        }
      }
    }
  }
}
