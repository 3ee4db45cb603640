extension Catalogue {
  /// The indicators that another edition of the definitions would compute, or say, otherwise: changed, added or
  /// removed, and those derived from them, in the order of the pages, then the removed ones.
  ///
  /// - Parameter old: the definitions before.
  /// - Returns: their names.
  public func names(changedSince old: Catalogue) -> [String] {
    var changed: Set<String> = []
    for name in Set((definitions + old.definitions).map(\.name)) {
      let (now, before) = (versions(of: name), old.versions(of: name))
      let entities = Set((now + before).flatMap { $0.measure.terms.map(\.entity) })
      let parameters = Set((now + before).flatMap { $0.measure.expression?.parameters ?? [] })
      if now != before || entities.contains(where: { vocabulary.entity($0) != old.vocabulary.entity($0) })
        || parameters.contains(where: { parameter($0) != old.parameter($0) })
      {
        changed.insert(name)
      }
    }
    for definition in derivationOrder().order
    where definition.measure.expression?.indicators.contains(where: changed.contains) == true {
      changed.insert(definition.name)
    }
    let present = indicators.map(\.id)
    return present.filter(changed.contains) + old.indicators.map(\.id).filter { !present.contains($0) }
  }

  /// The indicators that read rows of some entities, and those derived from them, in the order of the pages.
  ///
  /// - Parameter entities: the entities.
  /// - Returns: their names.
  public func names(reading entities: Set<String>) -> [String] {
    var found = Set(
      definitions.filter { $0.measure.terms.contains { entities.contains($0.entity) } }.map(\.name))
    for definition in derivationOrder().order
    where definition.measure.expression?.indicators.contains(where: found.contains) == true {
      found.insert(definition.name)
    }
    return indicators.map(\.id).filter(found.contains)
  }

  /// The same catalogue with some of its indicators, and those they are derived from.
  public func limited(to names: some Sequence<String>) -> Catalogue {
    var kept = Set(names)
    for definition in derivationOrder().order.reversed() where kept.contains(definition.name) {
      kept.formUnion(definition.measure.expression?.indicators ?? [])
    }
    var limited = self
    limited.indicators = indicators.filter { kept.contains($0.name) }
    limited.earlier = earlier.filter { kept.contains($0.name) }
    return limited
  }
}

/// What another definition makes of one figure: never an act, only what would be said.
public struct FigureChange: Hashable, Sendable {
  /// Where the figure stands.
  public var key: Figure.Key
  /// What was said; `nil` when there was no such figure.
  public var before: Figure.Content?
  /// What would be said; `nil` when there would be none.
  public var after: Figure.Content?

  /// The figures that differ between two editions of the same facts, in the order of their keys.
  ///
  /// Two contents are the same when value, numerator and denominator are, or the reason for the absence is.
  public static func all(from old: [Figure], to new: [Figure]) -> [FigureChange] {
    let before = Dictionary(old.map { ($0.key, $0.content) }) { first, _ in first }
    let after = Dictionary(new.map { ($0.key, $0.content) }) { first, _ in first }
    return Set(before.keys).union(after.keys).sorted().compactMap { key in
      let change = FigureChange(key: key, before: before[key], after: after[key])
      return isSame(change.before, change.after) ? nil : change
    }
  }

  private static func isSame(_ left: Figure.Content?, _ right: Figure.Content?) -> Bool {
    switch (left, right) {
    case (.value(let left), .value(let right)):
      left.number == right.number && left.numerator == right.numerator
        && left.denominator == right.denominator
    default: left == right
    }
  }
}
