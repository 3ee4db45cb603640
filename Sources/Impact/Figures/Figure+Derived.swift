extension Catalogue {
  /// The figures of the derived indicators, made from the figures of the others.
  ///
  /// Each is arithmetic on whole figures of the same cooperation and quarter, after a window of the same length.
  /// Indicators that name each other are made in the order that needs, whatever the order of the pages.
  ///
  /// - Parameters:
  ///   - figures: every other figure, in any order.
  ///   - appliesHere: whether a definition applies to a cooperation.
  /// - Returns: one figure for each derived definition, cooperation and quarter met, in no particular order.
  public func derivedFigures(
    from figures: [Figure], appliesHere: (_ definition: Indicator, _ cooperation: String) -> Bool
  ) -> [Figure] {
    let order = derivationOrder().order
    guard !order.isEmpty else { return [] }
    struct Place: Hashable {
      var cooperation: String
      var quarter: Quarter
    }
    let operands = Set(order.flatMap { $0.measure.expression?.indicators ?? [] })
    let versions = order.map { self.versions(of: $0.name) }
    var known: [Place: [String: Figure]] = [:]
    for figure in figures where figure.key.part == nil {
      let place = Place(cooperation: figure.key.cooperation, quarter: figure.key.quarter)
      if known[place] == nil { known[place] = [:] }
      guard operands.contains(figure.key.indicator) else { continue }
      known[place]?[figure.key.indicator] = figure
    }
    let lastDay = Dictionary(
      Set(known.keys.map(\.quarter)).map { quarter in
        (quarter, Dictionary(parameters.map { ($0.name, $0.value(on: quarter.end)?.number) }) { $1 })
      }
    ) { $1 }
    var found: [Figure] = []
    for (place, others) in known {
      var others = others
      for (definition, versions) in zip(order, versions) {
        guard let expression = definition.measure.expression,
          let name = definition.figureName(at: place.quarter, among: versions)
        else { continue }
        let figure = Figure(
          derived: definition, expression, operands: others,
          key: Figure.Key(indicator: name, cooperation: place.cooperation, quarter: place.quarter),
          appliesHere: definition.isInForce(at: place.quarter) && appliesHere(definition, place.cooperation)
        ) { lastDay[place.quarter]?[$0] ?? nil }
        found.append(figure)
        if operands.contains(name) { others[name] = figure }
      }
    }
    return found
  }

  /// The derived definitions, each after those it names (Kahn 1962), and those that name themselves in the end.
  ///
  /// An earlier version is made from the indicators in force, so it waits for them as well.
  public func derivationOrder() -> (order: [Indicator], circular: [Indicator]) {
    let derived = definitions.filter { $0.measure.expression != nil }
    let byName = Dictionary(grouping: derived, by: \.name)
    var waiting = Dictionary(
      derived.map { definition in
        (
          definition.id,
          Set(definition.measure.expression?.indicators ?? []).filter { byName[$0] != nil }.count
        )
      }
    ) { $1 }
    var missing = byName.mapValues(\.count)
    var ready = derived.filter { waiting[$0.id] == 0 }
    var order: [Indicator] = []
    while order.count < ready.count {
      let next = ready[order.count]
      order.append(next)
      missing[next.name, default: 1] -= 1
      // A name is known once every version of it is.
      guard missing[next.name] == 0 else { continue }
      for other in derived where other.measure.expression?.indicators.contains(next.name) == true {
        waiting[other.id, default: 1] -= 1
        if waiting[other.id] == 0 { ready.append(other) }
      }
    }
    let made = Set(order.map(\.id))
    return (order, derived.filter { !made.contains($0.id) })
  }
}

extension Figure {
  /// The figure of a derived indicator.
  ///
  /// - Parameters:
  ///   - definition: the definition.
  ///   - expression: its arithmetic.
  ///   - operands: the figures of the indicators it names, by name.
  ///   - key: where the figure stands.
  ///   - appliesHere: whether the definition applies to the cooperation and the quarter.
  ///   - parameter: the value of a parameter on the quarter's last day, `nil` when none is in force.
  public init(
    derived definition: Indicator, _ expression: Measure.Expression, operands: [String: Figure], key: Key,
    appliesHere: Bool, parameter: (String) -> Double?
  ) {
    let named = expression.indicators.compactMap { operands[$0] }
    self.init(
      key: key, content: .absent(.notApplicable),
      status: named.contains { $0.status == .provisional } ? .provisional : .final,
      indicatorVersion: definition.version)
    guard appliesHere else { return }
    func outcome(_ expression: Measure.Expression) -> Measure.Expression.Outcome {
      expression.value(
        indicator: { name in
          switch operands[name]?.content {
          case .value(let value): .success(value.number)
          case .absent(let reason): .failure(.init(reason))
          case nil: .failure(.init(.notCollected))
          }
        }, parameter: parameter)
    }
    switch outcome(expression) {
    case .failure(let absent): content = .absent(absent.reason)
    case .success(let number):
      var value = Value(number: number)
      // What it rests on: the one indicator it is counted for.
      var counted = expression
      if let (top, bottom) = expression.division {
        value.numerator = try? outcome(top).get()
        value.denominator = try? outcome(bottom).get()
        counted = bottom
      }
      if let only = counted.indicators.first, counted.indicators.count == 1 {
        value.count = operands[only]?.value?.count
      }
      value.interval = definition.derivedChance.interval(
        of: expression, { operands[$0]?.value }, parameter: parameter)
      content = .value(value)
    }
  }
}

extension Measure {
  /// The arithmetic of a derived indicator; `nil` when it counts rows itself.
  public var expression: Expression? { if case .derived(let expression) = self { expression } else { nil } }
}
