internal import Impact
internal import Postgres

extension Archive {
  /// A free text in which somebody may be spoken of: what partners and reviews wrote, outside the facts about
  /// participants.
  public struct SpokenText: Hashable, Sendable {
    /// Where it stands, as `jvs history` and `--text` name it: `commentary/C-12`, `review/412`.
    public var place: String
    /// The field.
    public var field: String
    var entity: String
    var importID: Int
    var line: Int
  }

  /// Texts named for erasure that are not there.
  public struct NoSuchText: Error, Equatable, CustomStringConvertible {
    /// How they were named.
    public var places: [String]

    /// Texts that are not there.
    public init(places: [String]) { self.places = places }

    /// What is wrong and what to do.
    public var description: String {
      "there is no text at \(places.joined(separator: ", ")); a trial without --confirm lists the places that may "
        + "speak of the person"
    }
  }

  static let erased = "[effacé]"

  /// The texts that speak of some people, and those that may: a reader has to look.
  struct Spoken {
    var certain: [SpokenText] = []
    var possible: [SpokenText] = []
  }

  /// Finds the texts that speak of participants.
  ///
  /// - Parameters:
  ///   - participants: their codes.
  ///   - identities: who they are, as far as that is known.
  ///   - cooperation: whose participants, and whose texts.
  ///   - facts: which facts are about participants, and which texts may speak of them.
  ///   - named: places of texts that somebody has read, and found to speak of them.
  ///   - allowingMissing: whether a named place may be gone, or erased already.
  /// - Returns: the texts, in the order of entities, places and lines.
  /// - Throws: `NoSuchText`, or the database's error.
  func spoken(
    of participants: [String], _ identities: [PersonIdentity], in cooperation: String, facts: PersonalFacts,
    named: Set<String> = [], allowingMissing: Bool = false
  ) throws -> Spoken {
    let codes = Set(try personalKeys(facts, of: participants, in: cooperation).values.joined())
    let finder = MentionFinder(codes: codes.sorted(), identities: identities)
    var spoken = Spoken()
    var met: Set<String> = []
    func judge(_ text: SpokenText, isMain: Bool, _ content: String) {
      // The place names what was said, not who signed it.
      if isMain, named.contains(text.place) {
        met.insert(text.place)
        return spoken.certain.append(text)
      }
      switch finder.mention(in: content) {
      case .certain: spoken.certain.append(text)
      case .possible: spoken.possible.append(text)
      case nil: break
      }
    }
    for (schema, field) in facts.spokenTexts {
      let key: SQL = schema.key.map { "\(identifier: $0)::text" as SQL }.joined(separator: ", ")
      try connection.stream(
        """
        SELECT concat_ws(',', \(fragment: key)), import_id, source_line, \(identifier: field)
        FROM \(fragment: schema.table)
        WHERE cooperation_id = \(cooperation) AND \(identifier: field) <> \(Archive.erased) ORDER BY 1, 2, 3
        """
      ) { row in
        let (key, importID, line, content) = try row.decode((String, Int, Int, String).self)
        judge(
          SpokenText(
            place: "\(schema.name)/\(key)", field: field, entity: schema.name, importID: importID, line: line),
          isMain: field == schema.freeText.first?.name, content)
      }
    }
    for row in try connection.execute(
      """
      SELECT entry, reason FROM review.event
      WHERE cooperation_id = \(cooperation) AND reason <> \(Archive.erased) ORDER BY entry
      """)
    {
      let (entry, reason) = try row.decode((Int, String).self)
      judge(
        SpokenText(place: "review/\(entry)", field: "reason", entity: "review", importID: entry, line: 0),
        isMain: true, reason)
    }
    guard allowingMissing || met == named else { throw NoSuchText(places: named.subtracting(met).sorted()) }
    return spoken
  }

  /// Takes texts out, every revision that was found.
  ///
  /// - Returns: how many texts were emptied.
  func redact(_ texts: [SpokenText], of cooperation: String) throws -> Int {
    struct Field: Hashable {
      var entity: String
      var name: String
    }
    var changed = 0
    try connection.execute("SELECT set_config('jvs.reason', 'redaction', true)")
    let groups = Dictionary(grouping: texts) { Field(entity: $0.entity, name: $0.field) }
    for (field, texts) in groups.sorted(by: { ($0.key.entity, $0.key.name) < ($1.key.entity, $1.key.name) }) {
      if field.entity == "review" {
        changed += try connection.execute(
          "SELECT ops.redact_reasons(\(cooperation), \(texts.map(\.importID))::bigint[])")[0].decode(Int.self)
      } else {
        changed += try connection.execute(
          """
          SELECT ops.redact_texts(\(field.entity), \(field.name), \(cooperation),
            \(texts.map(\.importID))::bigint[], \(texts.map(\.line))::integer[])
          """)[0].decode(Int.self)
      }
    }
    try connection.execute("SELECT set_config('jvs.reason', '', true)")
    return changed
  }
}
