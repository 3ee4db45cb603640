internal import Impact

/// The portfolio as a whole: ratios of sums, and people counted once beside the sum of the parts.
struct PortfolioSection {
  let reader: Reader

  private var headlines: [(indicator: Indicator, figure: PortfolioFigure)] {
    let catalogue = reader.edition.catalogue
    return catalogue.reviewed.compactMap { indicator in
      reader.album.portfolio.first { $0.indicator == indicator.id }.map { (indicator, $0) }
    }
  }

  var markup: Markup {
    let quarter = reader.numbers.quarter(reader.edition.release.quarter)
    let rows = headlines.map { indicator, figure -> [Markup] in
      [
        H.a(.href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language]),
        .group([
          .text(reader.full(figure.value, indicator)),
          figure.people.flatMap(mark).map { H.span(.class("ci"), text: $0) } ?? .none,
        ]),
        .text(interval(figure.value, indicator)),
        figure.sumOfParts.map { .text(reader.full($0, indicator)) } ?? dash,
        .text(coverage(figure)),
      ]
    }
    return reader.section(
      3, reader.say("L’ensemble", "As a whole"),
      note: reader.say(
        "Un taux est le rapport des sommes, jamais la moyenne des taux. Une personne vue dans deux coopérations compte une fois, sauf là où il est dit qu’on n’a pu les reconnaître.",
        "A rate is the ratio of sums, never the mean of rates. A person seen in two cooperations counts once, except where it is said that people could not be told apart."
      ),
      [
        rows.isEmpty
          ? H.p(
            text: reader.say(
              "Aucune coopération n’a de valeur ce trimestre.", "No cooperation has a value this quarter."))
          : reader.table(
            caption: reader.say(
              "Indicateurs de tête de l’ensemble, \(quarter)", "Headline indicators of the whole, \(quarter)"),
            head: [
              reader.say("Indicateur", "Indicator"), reader.say("Valeur", "Value"),
              reader.say("Intervalle à 95 %", "95% interval"),
              reader.say("Somme des parts", "Sum of the parts"),
              reader.say("Coopérations", "Cooperations"),
            ], rows: rows),
        H.p(
          .class("small soft"),
          text: reader.say(
            "Seuls entrent les chiffres que cette édition montre : un chiffre masqué ou absent manque à l’ensemble, et la dernière colonne le dit.",
            "Only figures this edition shows are in it: a masked or absent figure is missing from the whole, and the last column says so."
          )),
      ])
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

  private func interval(_ value: Figure.Value, _ indicator: Indicator) -> String {
    value.interval.map { reader.range($0.low, $0.high, indicator.unit) } ?? "–"
  }

  private func coverage(_ figure: PortfolioFigure) -> String {
    let all = figure.parts.count + figure.missing.count
    return reader.say("\(figure.parts.count) sur \(all)", "\(figure.parts.count) of \(all)")
  }
}
