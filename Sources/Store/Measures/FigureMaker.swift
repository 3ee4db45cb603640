internal import Impact

/// Makes the figures of a cooperation from what was counted.
struct FigureMaker {
  /// An indicator and where its numbers stand.
  private struct Recipe {
    var indicator: Indicator
    /// Whether it has one version, always in force.
    var isAlone: Bool
    /// Every version of it, newest first.
    var versions: [Indicator]
    var places: [CountPlan.Place]
    /// For each term, the files that tell of its rows.
    var told: [[String]]
    /// Place of each term's window among those its distinct values were counted for.
    var windows: [Int]
    /// Each breakdown, and the number of its field in the plan of each term.
    var breakdowns: [(field: String, numbers: [Int])]
  }

  /// What has to be counted.
  let plans: CountPlans
  private let catalogue: Catalogue
  private let recipes: [Recipe]
  private let hasDerived: Bool
  /// The indicators that derived ones are made of.
  private let operands: Set<String>
  private let last: Quarter

  /// What makes the figures of a catalogue's definitions up to a quarter.
  ///
  /// - Parameters:
  ///   - catalogue: the definitions; it holds every version of each, and whatever they are derived from.
  ///   - last: the last quarter reported.
  /// - Throws: `UnknownEntity`.
  init(_ catalogue: Catalogue, upTo last: Quarter) throws {
    self.catalogue = catalogue
    self.last = last
    let definitions = catalogue.definitions
    let plans = try CountPlans(definitions, vocabulary: catalogue.vocabulary)
    self.plans = plans
    let derived = definitions.compactMap(\.measure.expression)
    hasDerived = !derived.isEmpty
    operands = Set(derived.flatMap(\.indicators))
    recipes = zip(definitions, plans.places).compactMap { indicator, places -> Recipe? in
      guard indicator.measure.expression == nil else { return nil }
      let versions = catalogue.versions(of: indicator.name)
      let isAlone = indicator.validFrom == nil && indicator.validTo == nil && versions.count == 1
      return Recipe(
        indicator: indicator, isAlone: isAlone, versions: versions, places: places,
        told: catalogue.vocabulary.told(indicator),
        windows: places.map { place in
          guard place.function == .distinct, place.scans.isEmpty else { return 0 }
          return plans.plans[place.plan].windows[place.total].firstIndex(of: place.window) ?? 0
        },
        // By field, so that figures come nearly in the order of their keys, which an index takes most easily.
        breakdowns: indicator.breakdowns.sorted().map { field in
          let numbers = places.map { place in
            place.scans.isEmpty ? (plans.plans[place.plan].fields.firstIndex(of: field) ?? -1) + 1 : 0
          }
          return (field, numbers)
        })
    }
    .sorted { $0.indicator.id < $1.indicator.id }
  }

  /// The figures of a cooperation, by indicator and quarter: the whole, then the parts of each breakdown.
  ///
  /// - Parameters:
  ///   - tally: what was counted.
  ///   - since: the first quarter wanted of each indicator, by its name; `nil` leaves it out.
  /// - Returns: the figures, by indicator, quarter and part; those derived from others last.
  func figures(of tally: Tally, since: (String) -> Quarter?) -> [Figure] {
    var figures: [Figure] = []
    let span = tally.span
    for recipe in recipes {
      guard let since = since(recipe.indicator.name) else { continue }
      let isRight = recipe.indicator.applies(toKind: span.kind, form: span.form)
      let parts = recipe.breakdowns.map {
        field, numbers -> (field: String, values: [String], numbers: [Int]) in
        guard isRight else { return (field, [], numbers) }
        var values: Set<String> = []
        for (place, number) in zip(recipe.places, numbers) {
          if let scan = place.scans[field] {
            values.formUnion(tally.boundParts[scan.scan] ?? [])
          } else {
            values.formUnion(tally.parts(of: place.plan, field: number))
          }
        }
        return (field, values.sorted(), numbers)
      }
      for index in span.quarters where index >= since.index {
        let quarter = Quarter(index: index)
        let name =
          recipe.isAlone
          ? recipe.indicator.id : recipe.indicator.figureName(at: quarter, among: recipe.versions)
        guard let name else { continue }
        let applies = isRight && (recipe.isAlone || recipe.indicator.isInForce(at: quarter))
        let whole = totals(recipe, tally, at: quarter, field: "", numbers: nil, value: "")
        figures.append(figure(recipe, name, whole.totals, span, quarter, part: nil, applies: applies))
        guard applies else { continue }
        for (field, values, numbers) in parts {
          for value in values {
            let own = totals(recipe, tally, at: quarter, field: field, numbers: numbers, value: value)
            guard own.isSeen else { continue }
            // A part nobody has is zero of a whole that was sent, so absence is judged on the whole.
            let totals = zip(own.totals, whole.totals).map { own, all in
              var total = own
              total.rows = all.rows
              return total
            }
            figures.append(
              figure(
                recipe, name, totals, span, quarter, part: Figure.Part(field: field, value: value),
                applies: applies))
          }
        }
      }
    }
    if hasDerived {
      let named = figures.filter { $0.key.part == nil && operands.contains($0.key.indicator) }
      figures += catalogue.derivedFigures(from: named) { definition, _ in
        definition.applies(toKind: span.kind, form: span.form)
      }.filter { figure in
        since(Indicator.name(of: figure.key.indicator)).map { figure.key.quarter >= $0 } ?? false
      }
    }
    return figures
  }

  private func figure(
    _ recipe: Recipe, _ name: String, _ totals: [TermTotal], _ span: Span, _ quarter: Quarter,
    part: Figure.Part?,
    applies: Bool
  ) -> Figure {
    let key = Figure.Key(indicator: name, cooperation: span.cooperation, quarter: quarter, part: part)
    let assembled = Figure.assembled(
      recipe.indicator, totals: totals, isDelivered: span.delivered.contains(quarter),
      unsent: span.unsent(recipe.indicator, recipe.told, at: quarter), appliesHere: applies,
      shortfall: recipe.indicator.shortfall(
        reportedFor: quarter, deliveredSince: span.first, startedOn: span.started), seed: key.seed)
    let isWaiting = assembled.maturity.map { $0.due < $0.followed } ?? false
    return Figure(
      key: key, content: assembled.content, status: quarter == last || isWaiting ? .provisional : .final,
      maturity: assembled.maturity, indicatorVersion: recipe.indicator.version)
  }

  /// The totals of an indicator's terms for the window that ends with a quarter.
  ///
  /// - Parameters:
  ///   - recipe: the indicator.
  ///   - tally: what was counted.
  ///   - quarter: the quarter.
  ///   - field: the field broken down by; empty for the whole.
  ///   - numbers: the field broken down by, as each term's plan numbers it; `nil` for the whole.
  ///   - value: the part.
  /// - Returns: the totals, and whether any row of the window belongs to the part.
  private func totals(
    _ recipe: Recipe, _ tally: Tally, at quarter: Quarter, field: String, numbers: [Int]?, value: String
  ) -> (totals: [TermTotal], isSeen: Bool) {
    var totals: [TermTotal] = []
    totals.reserveCapacity(recipe.places.count)
    var isSeen = false
    for (index, place) in recipe.places.enumerated() {
      if let scan = place.scans[field] {
        let total = tally.bound[Tally.Bound(place: scan, quarter: quarter, value: value)]
        if total != nil { isSeen = true }
        totals.append(total ?? TermTotal(total: nil, rows: 0, matching: 0))
        continue
      }
      let part = Tally.Part(plan: place.plan, field: numbers?[index] ?? 0, value: value)
      guard let series = tally.series[part] else {
        totals.append(TermTotal(total: nil, rows: 0, matching: 0))
        continue
      }
      let total = series.total(
        place, window: recipe.windows[index], at: series.origin.distance(to: quarter), of: quarter)
      if total.rows > 0 { isSeen = true }
      totals.append(total)
    }
    return (totals, isSeen)
  }
}

extension Series {
  /// The total of a term for the window that ends with a quarter.
  ///
  /// - Parameters:
  ///   - place: where its numbers stand.
  ///   - window: place of its window among those its distinct values were counted for.
  ///   - index: the quarter, counted from the series' first.
  ///   - quarter: the quarter.
  /// - Returns: the total, and the rows it rests on.
  func total(_ place: CountPlan.Place, window: Int, at index: Int, of quarter: Quarter) -> TermTotal {
    let (index, quarter) = (index - place.shift, quarter.advanced(by: -place.shift))
    if place.function == .stock {
      let matching = standing(place.rows, at: index)
      return TermTotal(total: Double(matching), rows: standing(0, at: index), matching: matching)
    }
    let first =
      switch place.window {
      case .quarter: index
      case .yearToDate: index - (quarter.number - 1)
      case .rollingYear: index - 3
      case .sinceStart: 0
      }
    let quarters = first...index
    let matching = count(place.rows, quarters)
    var total = TermTotal(
      total: nil, rows: count(0, quarters), matching: matching,
      open: place.open.reduce(0) { $0 + count($1, quarters) })
    switch place.function {
    case .count, .stock, .median: total.total = Double(matching)
    case .time:
      total.total = Double(matching)
      total.lives = place.lives.map { lives($0, quarters) }
    case .distinct: total.total = Double(distinct(place.total, window: window, at: index))
    case .sum: total.total = sum(place.total, quarters)
    case .mean:
      if let all = sum(place.total, quarters), let known = sum(place.known, quarters) {
        total.total = all / known
        total.known = Int(known)
        total.squares = sum(place.squares, quarters)
      }
    }
    return total
  }
}
