internal import Impact

/// What was put in for each result of a year, by partners and by all: no value in euros of a result enters it.
struct ContributionCosts {
  let page: ContributionsPage
  let last: YearReturn

  private var reader: Reader { page.reader }
  private var catalogue: Catalogue { page.edition.catalogue }

  /// The results the model knows, also of what it does not count, each whole before its parts and once; a euro collected
  /// is no result.
  private var results: [SocialReturnModel.Quantity] {
    var found: [SocialReturnModel.Quantity] = []
    for quantity in (catalogue.socialReturn?.outcomes ?? []).map(\.quantity)
    where catalogue.indicator(quantity.indicator)?.unit != .euro {
      for one in [SocialReturnModel.Quantity(indicator: quantity.indicator), quantity]
      where !found.contains(one) {
        found.append(one)
      }
    }
    let order = found.map(\.indicator)
    return found.enumerated().sorted { one, other in
      (order.firstIndex(of: one.element.indicator) ?? 0, one.offset)
        < (order.firstIndex(of: other.element.indicator) ?? 0, other.offset)
    }.map(\.element)
  }

  /// How often a result happened: as the return keeps it where it counts it, else as the year's figures tell.
  private func count(_ result: SocialReturnModel.Quantity) -> (number: Double?, absence: Figure.Absence?) {
    let kept = last.outcomes.first { catalogue.socialReturn?.outcome($0.id)?.quantity == result }
    return kept.map { (number: $0.quantity, absence: $0.absence) }
      ?? last.number(of: result, in: page.edition.figures, catalogue)
  }

  /// Euros of partners; `nil` when none of their contributions is valued.
  private var contributed: Double? {
    let euros = last.contributions.values.reduce(0, +)
    return euros > 0 ? euros : nil
  }

  var markup: Markup {
    // What is masked of a year's inputs must not come out as a smaller sum.
    let all = last.absence == .tooFew ? nil : last.investment
    let rows = results.compactMap { result -> [Markup]? in
      let count = count(result)
      guard count.absence != .notApplicable else { return nil }
      func each(_ euros: Double?) -> Markup {
        guard let euros, let number = count.number, number > 0 else {
          return H.span(.class("none"), text: reader.say("non calculable", "cannot be told"))
        }
        return .text(reader.euros(euros / number))
      }
      return [
        .text(reader.counted(result, page.cooperation)),
        count.number.map { .text(reader.numbers.short($0, decimals: 1)) }
          ?? reader.absence(count.absence ?? .notCollected),
        each(contributed), each(all),
      ]
    }
    guard !rows.isEmpty else { return .none }
    let unvalued =
      last.unvalued > 0
      ? reader.say(
        " Hors \(reader.count(last.unvalued, ("apport non valorisé", "apports non valorisés"), ("", ""))).",
        " Without \(reader.count(last.unvalued, ("", ""), ("contribution not valued", "contributions not valued")))."
      )
      : ""
    return .group([
      reader.table(
        caption: reader.say("Ce qui a été mis, par résultat", "What was put in, for each result"),
        head: [
          reader.say("Résultat", "Result"), reader.say("Nombre", "Number"),
          reader.say("Apports des partenaires pour chacun", "Partners’ contributions for each"),
          reader.say("Apports et aides publiques pour chacun", "Contributions and public aid for each"),
        ], rows: rows, fold: .cells, wide: [1]),
      H.p(
        .class("small soft"),
        text: reader.say(
          "Toute la somme, rapportée à chaque résultat seul : ces coûts ne s’additionnent pas, et aucune valeur monétaire d’un résultat n’y entre.",
          "All of the sum, over each result alone: these costs are not to be added, and no value in euros of a result enters them."
        ) + unvalued),
    ])
  }
}
