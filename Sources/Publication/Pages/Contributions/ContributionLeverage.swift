internal import Impact

/// What each partner's euros set in motion, and what a result costs: of the last whole year.
struct ContributionLeverage {
  let page: ContributionsPage

  private var reader: Reader { page.reader }

  var section: Markup {
    let last = page.edition.lastReturn(of: page.cooperation.id)
    let content: [Markup] =
      last.map { [leverage($0), costs($0)] }
      ?? [
        H.p(
          text: reader.say(
            "Aucune année entière n’est connue.", "No whole year is known."))
      ]
    return reader.section(
      3, reader.say("Effet de levier et coût par résultat", "Leverage and cost of a result"),
      note: last.map {
        reader.say(
          "Année civile \($0.year). Chacun peut dire ce que ses euros accompagnent, non ce qu’ils causent.",
          "Calendar year \($0.year). Each may say what its euros go with, not what they cause.")
      } ?? "–", content)
  }

  private func leverage(_ last: YearReturn) -> Markup {
    let own = last.contributions.sorted { $0.key < $1.key }
    let all = own.reduce(0) { $0 + $1.value }
    let publicAid = last.inputs.filter { $0.organisation == nil && $0.absence != .notApplicable }
    let isKnown = publicAid.allSatisfy { $0.value != nil }
    let aid = publicAid.reduce(0) { $0 + ($1.value ?? 0) }
    guard !own.isEmpty else {
      return H.p(
        text: reader.say(
          "Aucun apport de l’année n’est valorisé en euros.",
          "No contribution of the year is valued in euros.")
      )
    }
    return reader.table(
      caption: reader.say(
        "Effet de levier : euros des autres pour un euro du partenaire",
        "Leverage: euros of others for a euro of the partner"),
      head: [
        reader.say("Partenaire", "Partner"), reader.say("Ses apports", "Its contributions"),
        reader.say("Autres partenaires", "Other partners"), reader.say("Aides publiques", "Public aid"),
        reader.say("Pour un euro", "For a euro"),
      ],
      rows: own.map { organisation, value in
        let leverage = Leverage(own: value, others: all - value, publicAid: aid)
        return [
          page.name(organisation), .text(reader.value(value, .euro)),
          .text(reader.value(all - value, .euro)),
          isKnown ? .text(reader.value(aid, .euro)) : reader.absence(.notCollected),
          isKnown
            ? leverage.ratio.map { .text(reader.ratio($0)) }
              ?? H.span(.class("none"), text: reader.say("rien apporté", "nothing brought"))
            : .text("–"),
        ]
      })
  }

  private func costs(_ last: YearReturn) -> Markup {
    guard let model = page.edition.catalogue.socialReturn else { return .none }
    // A cost of a euro collected is no cost of a result.
    let rows = last.outcomes.compactMap { outcome -> [Markup]? in
      guard let definition = model.outcome(outcome.id),
        let indicator = page.edition.catalogue.indicator(definition.quantity.indicator),
        indicator.unit != .euro, outcome.absence != .notApplicable
      else { return nil }
      let cost = last.investment.flatMap { investment in
        outcome.quantity.flatMap { $0 > 0 ? investment / $0 : nil }
      }
      return [
        .group([
          .text(definition.label[reader.language]),
          H.span(.class("ci"), text: indicator.label[reader.language]),
        ]),
        outcome.quantity.map { .text(reader.numbers.short($0, decimals: 1)) }
          ?? reader.absence(outcome.absence ?? .notCollected),
        cost.map { .text(reader.value($0, .euro)) }
          ?? H.span(.class("none"), text: reader.say("non calculable", "cannot be told")),
      ]
    }
    guard !rows.isEmpty else { return .none }
    return .group([
      reader.table(
        caption: reader.say(
          "Ce qui a été mis, par résultat", "What was put in, for each result"),
        head: [
          reader.say("Résultat", "Result"), reader.say("Nombre", "Number"),
          reader.say("Euros mis pour chacun", "Euros put in for each"),
        ], rows: rows),
      H.p(
        .class("small soft"),
        text: reader.say(
          "Toute la mise, rapportée à chaque résultat seul : ces coûts ne s’additionnent pas.",
          "All that was put in, over each result alone: these costs are not to be added.")),
    ])
  }
}
