internal import Impact

/// What each partner's euros set in motion, and what a result costs: of the last whole year.
struct ContributionLeverage {
  let page: ContributionsPage

  private var reader: Reader { page.reader }

  var section: Markup {
    let last = page.edition.lastReturn(of: page.cooperation.id)
    let content: [Markup] =
      last.map { [leverage($0), ContributionCosts(page: page, last: $0).markup] }
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
}
