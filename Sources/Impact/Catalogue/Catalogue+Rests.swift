/// A field an indicator reads, with its entity.
public struct FieldUse: Hashable, Sendable {
  /// Its entity.
  public var entity: Vocabulary.Entity
  /// The field.
  public var field: Vocabulary.Field

  /// A field of an entity.
  public init(entity: Vocabulary.Entity, field: Vocabulary.Field) {
    self.entity = entity
    self.field = field
  }
}

extension Catalogue {
  /// The entities whose rows a definition counts, in the order of its terms.
  public func entities(of indicator: Indicator) -> [Vocabulary.Entity] {
    var names: [String] = []
    for term in indicator.measure.terms where !names.contains(term.entity) { names.append(term.entity) }
    return names.compactMap(vocabulary.entity)
  }

  /// The fields by which the people of a rate are told apart when it is compared between cooperations, the most telling
  /// first; none when it is not compared.
  public func features(comparing indicator: Indicator) -> [Vocabulary.Field] {
    guard indicator.isCompared, let denominator = indicator.measure.terms.last,
      let entity = vocabulary.entity(denominator.entity)
    else { return [] }
    return entity.comparedBy.compactMap(entity.field)
  }

  /// The fields a definition reads: its conditions, with what decides them where reasons say so, what it sums or tells
  /// apart, then its breakdowns, each once.
  public func fields(of indicator: Indicator) -> [FieldUse] {
    var found: [FieldUse] = []
    func add(_ name: String, of entity: Vocabulary.Entity) {
      guard let field = entity.field(name) else { return }
      let use = FieldUse(entity: entity, field: field)
      guard !found.contains(use) else { return }
      found.append(use)
      for condition in field.reasons.flatMap(\.conditions) { add(condition.field, of: entity) }
    }
    for term in indicator.measure.terms {
      guard let entity = vocabulary.entity(term.entity) else { continue }
      for condition in term.conditions { add(condition.field, of: entity) }
      if let field = term.field { add(field, of: entity) }
    }
    for entity in entities(of: indicator) {
      for name in indicator.breakdowns { add(name, of: entity) }
    }
    return found
  }

  /// The reference tables a definition's fields are computed with, each once, with the values that limit its rows:
  /// those the fields say, and the kinds of structure the indicator applies to.
  public func tables(of indicator: Indicator) -> [(table: ReferenceTable, only: [String: [String]])] {
    var found: [Vocabulary.Table] = []
    for use in fields(of: indicator) {
      for table in use.field.tables where !found.contains(table) { found.append(table) }
    }
    return found.compactMap { used in
      guard let table = reference(used.name) else { return nil }
      var only = used.only.mapValues { [$0] }
      if !indicator.appliesTo.isEmpty, only["kind"] == nil,
        table.columns.contains(where: { $0.name == "kind" })
      {
        only["kind"] = indicator.appliesTo
      }
      return (table, only)
    }
  }
}
