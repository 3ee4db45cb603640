public import Impact
internal import Postgres

/// Which facts are about a participant, and by which field each is found.
///
/// Read from the schemas: an entity with a field `participant` is, and so is one that refers to such an
/// entity. A new entity is covered the day its schema is written.
public struct PersonalFacts: Sendable {
  /// One entity about participants.
  struct Entity: Sendable {
    var schema: FactSchema
    /// The field that leads to the participant.
    var field: String
    /// The entity that field points to, and its field there; `nil` when the field is the participant itself.
    var via: (entity: String, field: String)?
  }

  /// In the order of import: what an entity refers to comes before it.
  let entities: [Entity]

  /// Free text about the cooperation's work in which a participant may be spoken of: commentary, decisions,
  /// targets, evidence.
  let spokenTexts: [(schema: FactSchema, field: String)]

  /// The entities about participants among all.
  public init(_ schemas: [FactSchema]) {
    var found: [Entity] = []
    for schema in schemas where schema.scope == .cooperation {
      if schema.field("participant") != nil {
        found.append(Entity(schema: schema, field: "participant", via: nil))
        continue
      }
      for reference in schema.references where reference.fields.count == 1 {
        guard found.contains(where: { $0.schema.name == reference.entity }) else { continue }
        found.append(
          Entity(
            schema: schema, field: reference.fields[0], via: (reference.entity, reference.targetFields[0])))
        break
      }
    }
    entities = found
    spokenTexts = schemas.filter { schema in
      schema.scope == .cooperation && !found.contains { $0.schema.name == schema.name }
        && !Sensitivity.organisationEntities.contains(schema.name)
    }.flatMap { schema in schema.freeText.map { (schema, $0.name) } }
  }

  /// Names of the entities about participants.
  public var names: [String] { entities.map(\.schema.name) }

  /// The free text about participants: entity and field.
  public var freeText: [(entity: String, field: String)] {
    entities.flatMap { entity in entity.schema.freeText.map { (entity.schema.name, $0.name) } }
  }

  /// Every free text that an erasure may take out: entity and field.
  public var erasableText: [(entity: String, field: String)] {
    freeText + spokenTexts.map { ($0.schema.name, $0.field) }
  }

  func entity(_ name: String) -> Entity? { entities.first { $0.schema.name == name } }

  /// The standing rows of an entity, `r0`, with what leads to `participant`.
  func rows(of entity: Entity) -> (from: SQL, participant: SQL) {
    var from: SQL = "\(fragment: entity.schema.table) r0"
    var present = entity
    var depth = 0
    while let via = present.via, let next = self.entity(via.entity) {
      let (here, there): (SQL, SQL) = ("\(identifier: "r\(depth)")", "\(identifier: "r\(depth + 1)")")
      from += """
         JOIN \(fragment: next.schema.table) \(fragment: there)
        ON \(fragment: there).cooperation_id = \(fragment: here).cooperation_id
        AND \(fragment: there).\(identifier: via.field) = \(fragment: here).\(identifier: present.field)
        AND \(fragment: there).batch_to = \(Archive.never)
        """
      present = next
      depth += 1
    }
    return (from, "\(identifier: "r\(depth)").participant")
  }

  /// Cooperation, participant and last contact of everybody facts speak of: the last day of a date or month in
  /// a standing fact of theirs, a day to come being today.
  func lastContacts(on day: Day) -> SQL {
    let dates = entities.flatMap { entity -> [SQL] in
      let (from, participant) = rows(of: entity)
      return entity.schema.fields.compactMap { field in
        let column: SQL = "r0.\(identifier: field.name)"
        let last: SQL
        switch field.kind {
        case .date: last = column
        case .yearmonth: last = "(\(fragment: column) + interval '1 month' - interval '1 day')::date"
        default: return nil
        }
        return """
          SELECT r0.cooperation_id, \(fragment: participant) AS participant,
            least(max(\(fragment: last)), \(day.description)::date) AS last_contact
          FROM \(fragment: from) WHERE r0.batch_to = \(Archive.never) GROUP BY 1, 2
          """
      }
    }
    guard !dates.isEmpty else {
      return
        "SELECT NULL::text AS cooperation_id, NULL::text AS participant, NULL::date AS last_contact LIMIT 0"
    }
    return """
      SELECT cooperation_id, participant, max(last_contact) AS last_contact
      FROM (\(fragment: dates.joined(separator: "\nUNION ALL\n"))) d GROUP BY 1, 2
      """
  }
}

extension Archive {
  /// The values by which each entity's rows of some participants are found, over all revisions.
  func personalKeys(_ facts: PersonalFacts, of participants: [String], in cooperation: String) throws
    -> [String: [String]]
  {
    var keys: [String: [String]] = [:]
    for entity in facts.entities {
      guard let via = entity.via, let target = facts.entity(via.entity) else {
        keys[entity.schema.name] = participants
        continue
      }
      keys[entity.schema.name] = try connection.execute(
        """
        SELECT DISTINCT \(identifier: via.field)::text FROM \(fragment: target.schema.table)
        WHERE cooperation_id = \(cooperation)
          AND \(identifier: target.field)::text = ANY (\(keys[via.entity] ?? [])::text[]) ORDER BY 1
        """
      ).map { try $0.decode() }
    }
    return keys
  }
}
