internal import Impact

/// Makes the figures of a cooperation from what was counted.
struct FigureMaker {
  /// An indicator and where its numbers stand.
  private struct Recipe {
    var indicator: Indicator
    var terms: [Term]
    var places: [CountPlan.Place]
    /// Place of each term's window among those its distinct values were counted for.
    var windows: [Int]
    /// Each breakdown, and the number of its field in the plan of each term.
    var breakdowns: [(field: String, numbers: [Int])]
  }

  private let recipes: [Recipe]
  private let last: Quarter

  /// What makes figures of indicators up to a quarter.
  init(_ indicators: [Indicator], _ plans: CountPlans, upTo last: Quarter) {
    self.last = last
    recipes = zip(indicators, plans.places).map { indicator, places in
      Recipe(
        indicator: indicator, terms: indicator.measure.terms, places: places,
        windows: places.map { place in
          guard place.function == .distinct else { return 0 }
          return plans.plans[place.plan].windows[place.total].firstIndex(of: place.window) ?? 0
        },
        breakdowns: indicator.breakdowns.map { field in
          (field, places.map { (plans.plans[$0.plan].fields.firstIndex(of: field) ?? -1) + 1 })
        })
    }
    .sorted { $0.indicator.id < $1.indicator.id }
  }

  /// The figures of a cooperation, by indicator and quarter: the whole, then the parts of each breakdown.
  ///
  /// - Parameters:
  ///   - tally: what was counted.
  ///   - since: the first quarter wanted of each indicator; `nil` leaves it out.
  /// - Returns: the figures, by indicator, quarter and part.
  func figures(of tally: Tally, since: (String) -> Quarter?) -> [Figure] {
    var figures: [Figure] = []
    for recipe in recipes {
      guard let since = since(recipe.indicator.id) else { continue }
      let span = tally.span
      let appliesTo = recipe.indicator.appliesTo
      let applies = appliesTo.isEmpty || appliesTo.contains(span.kind)
      let parts = recipe.breakdowns.map {
        field, numbers -> (field: String, values: [String], numbers: [Int]) in
        guard applies else { return (field, [], numbers) }
        var values: Set<String> = []
        for (place, number) in zip(recipe.places, numbers) {
          values.formUnion(tally.parts(of: place.plan, field: number))
        }
        return (field, values.sorted(), numbers)
      }
      for index in span.quarters where index >= since.index {
        let quarter = Quarter(index: index)
        let whole = totals(recipe, tally, at: quarter, numbers: nil, value: "")
        figures.append(figure(recipe, whole.totals, span, quarter, part: nil, applies: applies))
        for (field, values, numbers) in parts {
          for value in values {
            let own = totals(recipe, tally, at: quarter, numbers: numbers, value: value)
            guard own.isSeen else { continue }
            // A part nobody has is zero of a whole that was sent, so absence is judged on the whole.
            let totals = zip(own.totals, whole.totals).map { own, all in
              var total = own
              total.rows = all.rows
              return total
            }
            figures.append(
              figure(
                recipe, totals, span, quarter, part: Figure.Part(field: field, value: value), applies: applies
              ))
          }
        }
      }
    }
    return figures
  }

  private func figure(
    _ recipe: Recipe, _ totals: [TermTotal], _ span: Span, _ quarter: Quarter, part: Figure.Part?,
    applies: Bool
  ) -> Figure {
    let assembled = Figure.assembled(
      recipe.indicator, totals: totals, isDelivered: span.delivered.contains(quarter), appliesHere: applies)
    let isWaiting = assembled.maturity.map { $0.due < $0.followed } ?? false
    return Figure(
      key: Figure.Key(
        indicator: recipe.indicator.id, cooperation: span.cooperation, quarter: quarter, part: part),
      content: assembled.content, status: quarter == last || isWaiting ? .provisional : .final,
      maturity: assembled.maturity, indicatorVersion: recipe.indicator.version)
  }

  /// The totals of an indicator's terms for the window that ends with a quarter.
  ///
  /// - Parameters:
  ///   - recipe: the indicator.
  ///   - tally: what was counted.
  ///   - quarter: the quarter.
  ///   - numbers: the field broken down by, as each term's plan numbers it; `nil` for the whole.
  ///   - value: the part.
  /// - Returns: the totals, and whether any row of the window belongs to the part.
  private func totals(
    _ recipe: Recipe, _ tally: Tally, at quarter: Quarter, numbers: [Int]?, value: String
  ) -> (totals: [TermTotal], isSeen: Bool) {
    var totals: [TermTotal] = []
    totals.reserveCapacity(recipe.places.count)
    var isSeen = false
    for (index, place) in recipe.places.enumerated() {
      let part = Tally.Part(plan: place.plan, field: numbers?[index] ?? 0, value: value)
      guard let series = tally.series[part] else {
        totals.append(TermTotal(total: nil, rows: 0, matching: 0))
        continue
      }
      let total = series.total(
        place, window: recipe.windows[index], at: tally.span.origin.distance(to: quarter), of: quarter)
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
    var total = TermTotal(total: nil, rows: count(0, quarters), matching: matching)
    switch place.function {
    case .count, .stock: total.total = Double(matching)
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
