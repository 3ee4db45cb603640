internal import Impact

/// The portfolio as a whole: ratios of sums, and people counted once beside the sum of the parts.
struct PortfolioSection {
  let reader: Reader

  private typealias Line = (indicator: Indicator, figure: PortfolioFigure)

  private func lines(_ indicators: [Indicator]) -> [Line] {
    indicators.compactMap { indicator in
      reader.album.portfolio.first { $0.indicator == indicator.id }.map { (indicator, $0) }
    }
  }

  private var headlines: [Line] { lines(reader.edition.catalogue.reviewed) }

  /// Durations and probabilities in time that are no headline: what they are of everybody together is told nowhere else.
  private var times: [Line] {
    let reviewed = Set(reader.edition.catalogue.reviewed.map(\.id))
    return lines(
      reader.edition.catalogue.indicators.filter { indicator in
        switch indicator.portfolioMethod {
        case .pooledMean, .pooledMedian, .pooledLifeTable: !reviewed.contains(indicator.id)
        case .sum, .distinctPeople, .ratioOfSums, .derived: false
        }
      })
  }

  private func cells(_ line: Line) -> [Markup] {
    let (indicator, figure) = line
    return [
      H.a(.href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language]),
      .group([
        .text(
          figure.value.map { reader.full($0, indicator) } ?? reader.words(figure.absence ?? .notCollected)),
        (figure.value == nil ? nil : how(indicator) ?? figure.people.flatMap(mark)).map {
          H.span(.class("ci words"), text: $0)
        } ?? .none,
      ]),
      figure.value.map { interval($0, indicator) } ?? dash,
      figure.sumOfParts.flatMap { sum($0, indicator) }.map { .text($0) } ?? dash,
      .text(coverage(figure)),
    ]
  }

  private func table(_ caption: String, _ lines: [Line]) -> Markup {
    reader.table(
      caption: caption,
      head: [
        reader.say("Indicateur", "Indicator"), reader.say("Valeur", "Value"),
        reader.say("Intervalle à 95 %", "95% interval"),
        reader.say("Somme des parts", "Sum of the parts"),
        reader.say("Coopérations", "Cooperations"),
      ], rows: lines.map(cells))
  }

  var markup: Markup {
    let quarter = reader.numbers.quarter(reader.edition.release.quarter)
    let none = H.p(
      text: reader.say(
        "Aucune coopération n’a de valeur ce trimestre.", "No cooperation has a value this quarter."))
    return reader.section(
      3, reader.say("L’ensemble", "As a whole"),
      note: reader.say(
        "Un taux est le rapport des sommes, jamais la moyenne des taux ; une médiane ou une probabilité dans le temps est celle de toutes les personnes ensemble. Une personne vue dans deux coopérations compte une fois, sauf là où il est dit qu’on n’a pu les reconnaître.",
        "A rate is the ratio of sums, never the mean of rates; a median or a probability in time is that of all the people together. A person seen in two cooperations counts once, except where it is said that people could not be told apart."
      ),
      [
        headlines.isEmpty
          ? none
          : table(
            reader.say(
              "Indicateurs de tête de l’ensemble, \(quarter)", "Headline indicators of the whole, \(quarter)"),
            headlines),
        times.isEmpty
          ? .none
          : table(
            reader.say(
              "Durées et probabilités dans le temps, \(quarter)",
              "Durations and probabilities in time, \(quarter)"),
            times),
        H.p(
          .class("small soft"),
          text: reader.say(
            "Seuls entrent les chiffres que cette édition montre : un chiffre masqué ou absent manque à l’ensemble, et la dernière colonne le dit.",
            "Only figures this edition shows are in it: a masked or absent figure is missing from the whole, and the last column says so."
          ) + hidden),
      ])
  }

  /// What readers who may not see small numbers are not told of all the rows together.
  private var hidden: String {
    guard reader.edition.audience.threshold > 1 else { return "" }
    return " "
      + reader.say(
        "Une médiane ou une probabilité dans le temps n’y est dite que de trois coopérations ou plus, ou d’une seule : de deux, chacune retrouverait l’autre en ôtant ses propres personnes.",
        "A median or a probability in time is told of three cooperations or more, or of one: of two, each would find the other by taking out its own people."
      )
  }

  private var dash: Markup { H.span(.class("none"), text: "–") }

  /// What is said of people who may be in it twice.
  private func mark(_ counting: PortfolioFigure.PeopleCounting) -> String? {
    switch counting {
    case .once: nil
    case .partly:
      reader.say(
        "personnes non toutes reconnues d’une coopération à l’autre",
        "not all people told apart between cooperations")
    case .byCooperation:
      reader.say(
        "personnes comptées une fois par coopération", "people counted once in each cooperation")
    }
  }

  /// How a figure that is of all rows together was made.
  private func how(_ indicator: Indicator) -> String? {
    switch indicator.portfolioMethod {
    case .pooledMean: reader.say("moyenne de toutes les durées", "mean of all durations")
    case .pooledMedian: reader.say("médiane de toutes les durées", "median of all durations")
    case .pooledLifeTable:
      reader.say("toutes les personnes suivies ensemble", "all people followed together")
    case .sum, .distinctPeople, .ratioOfSums, .derived: nil
    }
  }

  /// What the parts add up to: their values, or where these do not add up the events, people and rows.
  private func sum(_ sum: PortfolioFigure.Sum, _ indicator: Indicator) -> String? {
    if let number = sum.number {
      return reader.full(
        Figure.Value(number: number, numerator: sum.numerator, denominator: sum.denominator), indicator)
    }
    if let numerator = sum.numerator, let denominator = sum.denominator {
      let (seen, followed) = (
        reader.numbers.short(numerator, decimals: 0), reader.numbers.short(denominator, decimals: 0)
      )
      return reader.say("\(seen) vus, \(followed) suivis", "\(seen) seen, \(followed) followed")
    }
    return sum.count.map { reader.count($0, ("durée", "durées"), ("duration", "durations")) }
  }

  private func interval(_ value: Figure.Value, _ indicator: Indicator) -> Markup {
    if let interval = value.interval {
      return .text(reader.range(interval.low, interval.high, indicator.unit))
    }
    return indicator.intervalAbsence(of: value).map {
      H.span(.class("ci words"), text: $0.words(in: reader.language))
    } ?? dash
  }

  private func coverage(_ figure: PortfolioFigure) -> String {
    let all = figure.parts.count + figure.missing.count
    return reader.say("\(figure.parts.count) sur \(all)", "\(figure.parts.count) of \(all)")
  }
}
