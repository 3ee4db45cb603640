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
    let hasExpected = fairness.standings.contains { $0.withoutComparator != nil }
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
        cells.append(
          .group([
            standing.expected.map { both($0.rate, $0.range) } ?? dash, comparators(standing),
          ]))
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

  /// How many of its people have no like elsewhere, and so are not in what is expected.
  private func comparators(_ standing: Fairness.Standing) -> Markup {
    guard let without = standing.withoutComparator, without > 0 else { return .none }
    let all = reader.numbers.short(standing.rate.trials)
    return H.span(
      .class("ci"),
      text: reader.say(
        "\(without) sur \(all) sans équivalent ailleurs", "\(without) of \(all) without a like elsewhere"))
  }

  /// What can be said of a rate: first of its own people, else of chance.
  private func words(_ standing: Fairness.Standing) -> String {
    if let (range, share) = standing.expected.map({ ($0.range, $0.observed.share) }) {
      if share > range.high {
        return reader.say("au-dessus de l’attendu", "above what is expected")
      }
      if share < range.low {
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
    let hasExpected = fairness.contains { $0.standings.contains { $0.withoutComparator != nil } }
    let most = reader.numbers.percent(Fairness.mostWithoutComparator, decimals: 0)
    let readings = fairness.reduce(0) { $0 + $1.standings.count }
    let chance = reader.numbers.number(0.05 * Double(readings), decimals: 1)
    return H.ul(.class("small")) {
      if hasExpected {
        H.li(
          text: reader.say(
            "Attendu pour son public : le taux si chaque groupe de personnes (sexe, âge, RSA, ancienneté d’inscription) réussissait comme dans les autres coopérations, et où il tomberait 95 fois sur 100, par hasard et parce que ces groupes sont petits (standardisation indirecte sur les autres, loi bêta-binomiale). Qui n’a pas d’équivalent ailleurs n’y entre pas ; au-delà de \(most), rien n’est attendu.",
            "Expected for its people: the rate if each group of people (sex, age, RSA, time registered) did as in the other cooperations, and where it would fall 95 times in 100, by chance and because those groups are small (indirect standardisation on the others, beta-binomial law). Whoever has no like elsewhere is not in it; beyond \(most), nothing is expected."
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
      H.li(
        text: reader.say(
          "Ces lectures ne sont pas contrôlées ensemble : sur \(readings), le hasard seul en met environ \(chance) hors des limites à 95 %.",
          "These readings are not controlled together: of \(readings), chance alone puts about \(chance) outside the 95% limits."
        ))
    }
  }

  private var dash: Markup { H.span(.class("none"), text: "–") }
}
