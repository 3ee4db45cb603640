extension Catalogue {
  /// The same catalogue without the indicators that count health or justice, alone or among few other things: their
  /// figures stay in the store, and no page or file has them.
  ///
  /// An indicator is one of them when rows it counts may tell of such a kind (``Sensitivity/parts``), and so is whatever is
  /// derived from it.
  public var published: Catalogue {
    func tells(_ term: Term) -> Bool {
      let fields = vocabulary.entity(term.entity)?.fields ?? []
      return fields.contains { field in field.values.contains { Sensitivity.parts[$0.code] != nil } }
    }
    var hidden = Set(definitions.filter { $0.measure.terms.contains(where: tells) }.map(\.name))
    for definition in derivationOrder().order
    where definition.measure.expression?.indicators.contains(where: hidden.contains) == true {
      hidden.insert(definition.name)
    }
    return limited(to: Set(definitions.map(\.name)).subtracting(hidden))
  }
}
