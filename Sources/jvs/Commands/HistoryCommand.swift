import ArgumentParser
import Capture
import Impact
import Store

/// `jvs history`: everything a fact has said, or everything an import did.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show every revision of a fact, or what an import did.",
    discussion: """
      KEY is the values of the entity's key, in the order of its file. Revisions come oldest first: where each
      came from, when it was true, what it changed, and which file ended it.

      Examples:
        jvs history exit AIT-0024-1 --cooperation acces-inclusive-tech
        jvs history monthly_activity AIT-0024-1 2026-02 --cooperation acces-inclusive-tech
        jvs history --import exit-corrections.csv
      """)

  @Argument(help: "The entity, as exit, and the values of its key.")
  var fact: [String] = []

  @Option(name: .long, help: "The cooperation the fact is of.")
  var cooperation: String?

  @Option(name: .long, help: "A file's name or an import's number: says what it did instead.")
  var `import`: String?

  @Option(name: .long, help: "Most rows told of an import.")
  var limit = 50

  @OptionGroup var places: Places
  @OptionGroup var voice: Voice

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is a whole number from 1.") }
    if `import` == nil, fact.count < 2 {
      throw ValidationError(
        "Name a fact, as exit AIT-0024-1 --cooperation acces-inclusive-tech, or an import with --import.")
    }
    if `import` != nil, !fact.isEmpty { throw ValidationError("Name a fact or an import, not both.") }
  }

  func run() async throws {
    try reportingFailure {
      try Session.open(places, as: .audit, console: voice.console) { session in
        let schemas = try session.schemas()
        if let name = `import` {
          try sayImports(name, session, schemas)
        } else {
          try sayFact(session, schemas)
        }
      }
    }
  }

  private func sayFact(_ session: Session, _ schemas: SchemaSet) throws {
    guard let schema = schemas.schema(named: fact[0]) else {
      let hint = NearestName.hint(for: fact[0], among: schemas.schemas.map(\.name))
      throw Failure(.dataRefused, "there is no entity “\(fact[0])”\(hint)")
    }
    guard schema.scope != .identity else {
      throw Failure(.dataRefused, "what identifies people keeps no history here; jvs person export shows it")
    }
    if schema.scope == .cooperation, let failure = try unknownCooperation(session) { throw failure }
    do {
      let history = try session.archive.history(
        of: schema, key: Array(fact.dropFirst()), cooperation: cooperation)
      try voice.console.answer(HistoryAnswer(history))
      try voice.console.say(HistoryText(history).text)
    } catch let error as Archive.NoHistory {
      throw Failure(.dataRefused, "\(error)\(hint(error))")
    }
  }

  private func unknownCooperation(_ session: Session) throws -> Failure? {
    let known = try session.archive.cooperationNames()
    guard let cooperation else {
      return Failure(
        .usage, "say which cooperation with --cooperation (known: \(known.joined(separator: ", ")))")
    }
    guard !known.contains(cooperation) else { return nil }
    return Failure(
      .dataRefused,
      "the cooperation “\(cooperation)” is unknown\(NearestName.hint(for: cooperation, among: known))")
  }

  private func hint(_ error: Archive.NoHistory) -> String {
    switch error {
    case .incompleteKey: ""
    case .unknownKey(_, let key, let known):
      NearestName.hint(
        for: key.joined(separator: " "), among: known.map { $0.joined(separator: " ") }.sorted())
    case .unknownImport(let name, let known):
      NearestName.hint(
        for: name,
        among: known + Set(known.compactMap { $0.split(separator: "/").last.map(String.init) }).sorted())
    }
  }

  private func sayImports(_ name: String, _ session: Session, _ schemas: SchemaSet) throws {
    do {
      let accounts = try session.archive.importAccounts(of: name, schemas: schemas.schemas, limit: limit)
      try voice.console.answer(accounts.map(ImportAnswer.init))
      try voice.console.say(accounts.map { HistoryText($0).text }.joined(separator: "\n\n"))
    } catch let error as Archive.NoHistory {
      throw Failure(.dataRefused, "\(error)\(hint(error))")
    }
  }
}
