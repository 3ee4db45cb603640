internal import Impact

/// Rates of exits side by side, each with what chance and its own people explain: no ranking.
struct FairnessSection {
  let reader: Reader

  private var edition: Edition { reader.edition }

  var markup: Markup {
    let fairness = reader.album.fairness
    let content: [Markup] =
      fairness.isEmpty
      ? [
        H.p(
          text: reader.say(
            "Il faut au moins deux coopérations qui montrent le même taux au trimestre de la livraison.",
            "At least two cooperations must show the same rate in the quarter of the release."))
      ]
      : fairness.compactMap { one in
        edition.catalogue.indicator(one.indicator).map { table(one, $0) }
      } + [notes(fairness)]
    return reader.section(
      4, reader.say("À publics comparables", "For comparable publics"),
      note: reader.say(
        "Qui accueille les publics les plus éloignés de l’emploi ne doit pas paraître moins bon. Par ordre alphabétique, sans classement.",
        "Whoever receives those furthest from a job must not look worse. In alphabetical order, without ranking."
      ), full: true, content)
  }

  private func table(_ fairness: Fairness, _ indicator: Indicator) -> Markup {
    func percent(_ share: Double) -> String { reader.value(share, .percent) }
    func both(_ estimate: Double, _ interval: Interval) -> Markup {
      .group([
        .text(percent(estimate)),
        H.span(.class("ci"), text: reader.range(interval.low, interval.high, .percent)),
      ])
    }
    let hasExpected = fairness.standings.contains { $0.expected != nil }
    let hasShrunken = fairness.standings.contains { $0.shrunken != nil }
    let standings = edition.cooperations.compactMap { cooperation in
      fairness.standings.first { $0.cooperation == cooperation.id }.map { (cooperation, $0) }
    }
    let rows = standings.map { cooperation, standing -> [Markup] in
      var cells: [Markup] = [
        H.a(.href(reader.page("cooperations/\(cooperation.id).html"))) { H.bdi(text: cooperation.name) },
        .group([
          .text(percent(standing.rate.share)), .text(" "),
          H.small(
            text:
              "(\(reader.numbers.short(standing.rate.successes))/\(reader.numbers.short(standing.rate.trials)))"
          ),
        ]),
      ]
      if hasExpected {
        cells.append(standing.expected.map { both($0.rate, $0.range) } ?? dash)
      }
      if hasShrunken {
        cells.append(standing.shrunken.map { both($0.estimate, $0.interval) } ?? dash)
      }
      cells.append(.text(reader.range(standing.alert.low, standing.alert.high, .percent)))
      cells.append(.text(words(standing)))
      return cells
    }
    var head = [reader.say("Coopération", "Cooperation"), reader.say("Taux brut", "Raw rate")]
    if hasExpected { head.append(reader.say("Attendu pour son public", "Expected for its people")) }
    if hasShrunken { head.append(reader.say("Taux rapproché", "Shrunken rate")) }
    head += [
      reader.say("Limites du hasard à 95 %", "95% limits of chance"), reader.say("Lecture", "Reading"),
    ]
    let common = reader.value(fairness.common.share, .percent)
    let fraction =
      "(\(reader.numbers.short(fairness.common.successes))/\(reader.numbers.short(fairness.common.trials)))"
    let quarter = reader.numbers.quarter(fairness.quarter)
    return reader.table(
      caption: indicator.label[reader.language] + ", "
        + reader.say("\(quarter) : taux commun \(common) ", "\(quarter): common rate \(common) ") + fraction,
      head: head, rows: rows)
  }

  /// What can be said of a rate: first of its own people, else of chance.
  private func words(_ standing: Fairness.Standing) -> String {
    if let range = standing.expected?.range {
      if standing.rate.share > range.high {
        return reader.say("au-dessus de l’attendu", "above what is expected")
      }
      if standing.rate.share < range.low {
        return reader.say("au-dessous de l’attendu", "below what is expected")
      }
      return reader.say("conforme à l’attendu", "as expected")
    }
    switch standing.flag {
    case .inside: return reader.say("dans les limites du hasard", "within the limits of chance")
    case .alert: return reader.say("hors des limites à 95 %", "outside the 95% limits")
    case .alarm: return reader.say("hors des limites à 99,8 %", "outside the 99.8% limits")
    }
  }

  private func notes(_ fairness: [Fairness]) -> Markup {
    let hasExpected = fairness.contains { $0.standings.contains { $0.expected != nil } }
    return H.ul(.class("small")) {
      if hasExpected {
        H.li(
          text: reader.say(
            "Attendu pour son public : le taux si chaque groupe de personnes (sexe, âge, RSA, ancienneté d’inscription) réussissait comme dans l’ensemble du portefeuille, et où il tomberait 95 fois sur 100 par hasard (standardisation indirecte).",
            "Expected for its people: the rate if each group of people (sex, age, RSA, time registered) did as in the whole portfolio, and where it would fall 95 times in 100 by chance (indirect standardisation)."
          ))
      }
      H.li(
        text: reader.say(
          "Taux rapproché : le taux brut, tiré vers le taux commun d’autant plus que l’effectif est petit (modèle bêta-binomial).",
          "Shrunken rate: the raw rate, drawn towards the common one the more the fewer people it has (beta-binomial model)."
        ))
      H.li(
        text: reader.say(
          "Limites du hasard : où se trouveraient 95 coopérations sur 100 de cette taille, si toutes avaient le taux commun (graphique en entonnoir, Spiegelhalter 2005).",
          "Limits of chance: where 95 of 100 cooperations of that size would lie, had all the common rate (funnel plot, Spiegelhalter 2005)."
        ))
    }
  }

  private var dash: Markup { H.span(.class("none"), text: "–") }
}
