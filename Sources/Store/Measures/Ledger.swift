internal import Impact
internal import Postgres

/// What the working figures were computed from.
struct Ledger {
  /// What they were seen from.
  var perspective: Archive.Perspective
  /// Digest of every file of the catalogue.
  var definitions: String
  /// Digest of each indicator's definition.
  var indicators: [String: String]
  /// Digest of the scorecard in all its versions, and of the model of social return.
  var scorecard: String
  /// Version of the software.
  var software: String
  /// Number of migrations applied.
  var migrations: Int

  /// What a computation now would rest on.
  init(_ catalogue: Catalogue, seen perspective: Archive.Perspective, software: String, in archive: Archive)
    throws
  {
    self.perspective = perspective
    self.software = software
    definitions = catalogue.digest
    let returns =
      catalogue.socialReturn.map { "\(String(reflecting: $0)) \(String(reflecting: catalogue.parameters))" }
      ?? ""
    let texts =
      catalogue.definitions.map { $0.canonicalText(catalogue) }
      + ["\(String(reflecting: [catalogue.scorecard] + catalogue.earlierScorecards)) \(returns)"]
    let digests: [String] = try archive.connection.execute(
      """
      SELECT encode(sha256(convert_to(t.text, 'UTF8')), 'hex')
      FROM unnest(\(texts)::text[]) WITH ORDINALITY AS t(text, place) ORDER BY t.place
      """
    ).map { try $0.decode() }
    indicators = Dictionary(
      zip(catalogue.definitions.map(\.id), digests), uniquingKeysWith: { first, _ in first })
    scorecard = digests.last ?? ""
    migrations = try archive.connection.execute("SELECT count(*) FROM ops.migration")[0].decode()
  }

  /// What the last computation rested on; `nil` before the first.
  init?(lastOf archive: Archive) throws {
    let rows = try archive.connection.execute(
      """
      SELECT quarter, cut::text, batch, definitions_digest, software_version, scorecard_digest, migrations
      FROM figure.computation
      """)
    guard let row = rows.first else { return nil }
    let (quarter, cut, batch, digest, version, scores, count) =
      try row.decode((String, String, Int, String, String, String, Int).self)
    guard let quarter = Quarter(quarter), let cut = Day(cut) else {
      throw Archive.Corrupt(what: "computation")
    }
    perspective = Archive.Perspective(quarter: quarter, cut: cut, batch: batch)
    (definitions, software, scorecard, migrations) = (digest, version, scores, count)
    indicators = try Dictionary(
      uniqueKeysWithValues: archive.connection.execute(
        "SELECT i.key, i.value FROM figure.computation, jsonb_each_text(indicators) i"
      ).map { try $0.decode((String, String).self) })
  }

  /// Notes what the working figures rest on now.
  func keep(in archive: Archive) throws {
    let names = indicators.keys.sorted()
    try archive.connection.execute("DELETE FROM figure.computation")
    try archive.connection.execute(
      """
      INSERT INTO figure.computation (quarter, cut, batch, definitions_digest, software_version, indicators,
        scorecard_digest, migrations)
      VALUES (\(perspective.quarter.description), \(perspective.cut.description)::date, \(perspective.batch),
        \(definitions), \(software),
        jsonb_object(\(names)::text[], \(names.map { indicators[$0] ?? "" })::text[]), \(scorecard), \(migrations))
      """)
  }

  /// Whether a computation would give what this one gave.
  func isSame(as other: Ledger) -> Bool {
    perspective == other.perspective && definitions == other.definitions && software == other.software
      && migrations == other.migrations
  }
}

extension Indicator {
  /// Everything of the definition that can move a figure, as one text; labels and examples cannot.
  func canonicalText(_ catalogue: Catalogue) -> String {
    var words = measure.terms.map { term in
      let entity = catalogue.vocabulary.entity(term.entity)
      let open = entity?.opening(term) ?? []
      return "\(term.entity) \(entity?.date ?? "") \(entity?.until ?? "")"
        + " \((entity?.toldIn ?? []).joined(separator: ","))"
        + (open.isEmpty ? "" : String(reflecting: open))
    }
    // Which version answers for a quarter depends on the others.
    words += catalogue.versions(of: name).map {
      "\($0.id) \(String(describing: $0.validFrom)) \(String(describing: $0.validTo))"
    }
    words += (measure.expression?.parameters ?? []).compactMap { catalogue.parameter($0) }.map {
      String(reflecting: $0)
    }
    var told = self
    let nothing = Localized(fr: "", en: "")
    (told.label, told.question, told.source, told.limits) = (nothing, nothing, nothing, nothing)
    told.example = nil
    told.mappings = [:]
    (told.unmapped, told.restated) = (nil, nil)
    return String(reflecting: told) + words.joined(separator: "\n")
  }
}

extension Archive {
  /// The quarters of each cooperation as of the last computation, seen up to another last quarter.
  func knownSpans(upTo last: Quarter) throws -> [(span: Span?, last: Quarter, name: String)] {
    try connection.execute(
      """
      SELECT cooperation_id, kind, form, started_on::text, ended_on::text, delivered, sent, last_quarter FROM figure.computed
      WHERE release_id = \(Archive.working) ORDER BY 1
      """
    ).map { row in
      let (name, kind, form, begun, ended, delivered, sentTexts, lastName) = try row.decode(
        (String, String, String, String, String?, [String], [String], String).self)
      guard let known = Quarter(lastName), let started = Day(begun), let sent = Sent(sentTexts) else {
        throw Corrupt(what: "computation of \(name)")
      }
      let span = Span(
        cooperation: name, kind: kind, form: form, started: started, ended: ended.flatMap { Day($0) },
        delivered: Set(delivered.compactMap { Quarter($0) }), upTo: last
      ) { _ in sent }
      return (span, known, name)
    }
  }

  /// Notes the quarters of some cooperations, and how many figures each has now.
  ///
  /// - Parameters:
  ///   - spans: the cooperations and their quarters.
  ///   - more: by how many figures each has more than was noted.
  /// - Throws: the database's error.
  func keep(_ spans: [Span], more: [Int]) throws {
    // A row is added once the one it takes its number from is gone, so that they never stand beside each other.
    try connection.execute(
      """
      WITH known AS (
        DELETE FROM figure.computed
        WHERE release_id = \(Archive.working) AND cooperation_id = ANY (\(spans.map(\.cooperation))::text[])
        RETURNING cooperation_id, figures)
      INSERT INTO figure.computed (cooperation_id, release_id, kind, form, started_on, ended_on, delivered, sent, last_quarter,
        figures)
      SELECT s.name, \(Archive.working), s.kind, s.form, s.started, s.ended, string_to_array(s.delivered, ' '),
        coalesce(string_to_array(nullif(s.sent, ''), ','), '{}'), s.last, coalesce(k.figures, 0) + s.more
      FROM unnest(\(spans.map(\.cooperation))::text[], \(spans.map(\.kind))::text[], \(spans.map(\.form))::text[],
        \(spans.map(\.started.description))::date[], \(spans.map { $0.ended?.description })::date[],
        \(spans.map { $0.delivered.sorted().map(\.description).joined(separator: " ") })::text[],
        \(spans.map { $0.sent.texts.joined(separator: ",") })::text[],
        \(spans.map(\.last.description))::text[], \(more)::int[])
        AS s(name, kind, form, started, ended, delivered, sent, last, more)
      LEFT JOIN known k ON k.cooperation_id = s.name
      """)
  }
}
