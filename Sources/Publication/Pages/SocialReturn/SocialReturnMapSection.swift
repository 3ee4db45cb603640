internal import Impact

/// The impact map of a year: what was put in, what changed, what is deducted.
struct SocialReturnMapSection {
  let page: SocialReturnPage
  let shown: YearReturn

  private var reader: Reader { page.reader }
  private var model: SocialReturnModel { page.model }

  var sections: [Markup] {
    [
      reader.section(
        2, reader.say("Ce qui a été mis", "What was put in"),
        note: reader.say(
          "Apports réalisés dans l’année, au prix de revient, et aides publiques. Le chiffre d’affaires confié et les emplois proposés n’en sont pas : ils sont payés par du travail.",
          "Contributions delivered in the year, at cost, and public aid. Turnover entrusted and jobs offered are not in it: they are paid for with work."
        ), [inputs]),
      reader.section(
        3, reader.say("Cartographie des impacts", "Impact map"),
        note: reader.say(
          "Impact = quantité × valeur × (1 − poids mort) × (1 − déplacement) × (1 − attribution à des tiers).",
          "Impact = quantity × value × (1 − deadweight) × (1 − displacement) × (1 − attribution to others)."
        ), [outcomes, deductions]),
    ]
  }

  private func name(_ organisation: String) -> Markup {
    H.bdi(text: page.cooperation.partners.first { $0.organisation == organisation }?.name ?? organisation)
  }

  private var inputs: Markup {
    guard !shown.inputs.isEmpty else {
      return H.p(text: reader.say("Rien n’est connu pour cette année.", "Nothing is known for this year."))
    }
    return reader.table(
      caption: reader.say("Mis en \(shown.year)", "Put in in \(shown.year)"),
      head: [
        reader.say("D’où", "From"), reader.say("Nature", "Kind"), reader.say("Euros", "Euros"),
        reader.say("Apports non valorisés", "Contributions not valued"),
      ],
      rows: shown.inputs.map { input in
        let value =
          input.value.map { Markup.text(reader.value($0, .euro)) }
          ?? reader.absence(input.absence ?? .notCollected)
        guard let organisation = input.organisation else {
          let indicator = page.edition.catalogue.indicator(input.name)
          return [
            .text(reader.say("Puissance publique", "Public bodies")),
            H.a(
              .href(reader.page("indicators/\(input.name).html")),
              text: indicator?.label[reader.language] ?? input.name), value, .text("–"),
          ]
        }
        return [
          name(organisation), .text(reader.contribution(input.name, page.cooperation)), value,
          .text("\(input.unvalued)"),
        ]
      }, text: 1, fold: .cells, wide: [1])
  }

  /// A quantity; euros as whole euros.
  private func quantity(_ number: Double, _ outcome: SocialReturnModel.Outcome) -> String {
    page.edition.catalogue.indicator(outcome.quantity.indicator)?.unit == .euro
      ? reader.value(number, .euro) : reader.numbers.short(number, decimals: 1)
  }

  /// The kind of a source, in words.
  private func kind(_ source: String) -> String {
    model.source(source).map { reader.words($0.kind) } ?? source
  }

  private var outcomes: Markup {
    let rows = shown.outcomes.compactMap { outcome -> [Markup]? in
      guard let definition = model.outcome(outcome.id) else { return nil }
      let proxy = model.proxy(definition.proxy)
      return [
        .group([
          .text(definition.label[reader.language]),
          H.span(.class("ci"), text: definition.stakeholder[reader.language]),
        ]),
        outcome.quantity.map { .text(quantity($0, definition)) }
          ?? reader.absence(outcome.absence ?? .notCollected),
        .group([
          reader.worth(proxy, in: shown.year),
          H.span(
            .class("ci"),
            text: proxy.map {
              reader.say("par ", "per ") + $0.per[reader.language] + ", " + kind($0.source)
            } ?? ""),
        ]),
        outcome.impact.map { .text(reader.value($0, .euro)) } ?? .text("–"),
        outcome.presentValue.map { .text(reader.value($0, .euro)) } ?? .text("–"),
      ]
    }
    guard !rows.isEmpty else {
      return H.p(
        text: reader.say("Aucun changement n’est compté.", "No change is counted."))
    }
    return reader.table(
      caption: reader.say("Ce qui a changé, et ce que cela vaut", "What changed, and what it is worth"),
      head: [
        reader.say("Changement, pour qui", "Change, for whom"), reader.say("Quantité", "Quantity"),
        reader.say("Valeur de chacun", "Value of each"),
        reader.say("Impact de la première année", "Impact of its first year"),
        reader.say("Valeur actuelle, toutes années", "Present value, all years"),
      ], rows: rows)
  }

  private var deductions: Markup {
    let rows = shown.outcomes.compactMap { outcome -> [Markup]? in
      guard let definition = model.outcome(outcome.id), outcome.absence != .notApplicable else { return nil }
      func share(_ sourced: SocialReturnModel.Sourced) -> Markup {
        let (estimate, write) = (sourced.estimate, reader.numbers.shortPercent)
        let range = estimate.isCertain ? "" : "\(write(estimate.low)) – \(write(estimate.high)), "
        return .group([
          .text(write(estimate.central)), H.span(.class("ci"), text: range + kind(sourced.source)),
        ])
      }
      let last = definition.firstYear + definition.duration - 1
      return [
        .text(definition.label[reader.language]), share(definition.deadweight),
        share(definition.displacement), share(definition.attributionToOthers),
        // Without a second year nothing is lost from one to the next.
        definition.duration > 1 ? share(definition.dropOff) : .text("–"),
        .text(definition.firstYear == last ? "\(last)" : "\(definition.firstYear)–\(last)"),
      ]
    }
    guard !rows.isEmpty else { return .none }
    return .group([
      reader.table(
        caption: reader.say("Ce qui est déduit", "What is deducted"),
        head: [
          reader.say("Changement", "Change"), reader.say("Poids mort", "Deadweight"),
          reader.say("Déplacement", "Displacement"),
          reader.say("Attribution à des tiers", "Attribution to others"),
          reader.say("Érosion par an", "Drop-off a year"), reader.say("Années", "Years"),
        ], rows: rows, wide: [5]),
      H.p(
        .class("small soft"),
        text: reader.say(
          "Année 1 : celle de l’activité. L’érosion joue à partir de la deuxième année de l’effet. L’attribution à des tiers s’ôte ici, avant toute répartition entre partenaires. Taux d’actualisation : \(reader.numbers.shortPercent(model.discountRate.estimate.central)), année 1 comprise.",
          "Year 1 is that of the activity. Drop-off works from the second year of the effect on. Attribution to others comes off here, before partners share anything. Discount rate: \(reader.numbers.shortPercent(model.discountRate.estimate.central)), year 1 included."
        )),
    ])
  }
}
