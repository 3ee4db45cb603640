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
            standing.expected.map { both($0.rate, $0.range) } ?? dash,
            told(standing, indicator), comparators(standing),
          ]))
      }
      cells.append(.text(words(standing)))
      if hasShrunken {
        cells.append(standing.shrunken.map { both($0.estimate, $0.interval) } ?? dash)
      }
      cells.append(.text(reader.range(standing.alert.low, standing.alert.high, .percent)))
      return cells
    }
    var head = [reader.say("Coopération", "Cooperation"), reader.say("Taux brut", "Raw rate")]
    if hasExpected {
      // A column that holds the plain rate of the others too is not for anybody's people.
      let isForPeople = fairness.standings.allSatisfy { $0.ownPeople?.isForItsPeople ?? true }
      head.append(
        isForPeople
          ? reader.say("Attendu pour son public", "Expected for its people")
          : reader.say("Attendu", "Expected"))
    }
    head.append(reader.say("Lecture", "Reading"))
    if hasShrunken { head.append(reader.say("Taux rapproché", "Shrunken rate")) }
    head.append(reader.say("Limites du hasard à 95 %", "95% limits of chance"))
    let common = reader.value(fairness.common.share, .percent)
    let fraction =
      "(\(reader.numbers.short(fairness.common.successes))/\(reader.numbers.short(fairness.common.trials)))"
    let quarter = reader.numbers.quarter(fairness.quarter)
    return reader.table(
      caption: indicator.label[reader.language] + ", "
        + reader.say("\(quarter) : taux commun \(common) ", "\(quarter): common rate \(common) ") + fraction,
      head: head, rows: rows, wide: hasExpected ? [2] : [])
  }

  /// What its people were told apart by, or that they were not.
  private func told(_ standing: Fairness.Standing, _ indicator: Indicator) -> Markup {
    guard let people = standing.ownPeople, people.expected != nil else { return .none }
    let features = names(of: people.features, indicator)
    return H.span(
      .class("ci words"),
      text: people.isForItsPeople
        ? reader.say("selon : ", "by: ") + features.joined(separator: ", ")
        : reader.say(
          "taux des autres, quel que soit leur public", "rate of the others, whoever their people are"))
  }

  /// Features as readers know them, in the order they are given.
  private func names(of features: [String], _ indicator: Indicator) -> [String] {
    let known = edition.catalogue.features(comparing: indicator)
    return features.map { name in
      known.first { $0.name == name }?.label[reader.language].lowercasedFirst ?? name
    }
  }

  /// How many of its people have no like elsewhere, and so are not in what is expected.
  private func comparators(_ standing: Fairness.Standing) -> Markup {
    guard let without = standing.withoutComparator, without > 0 else { return .none }
    let all = reader.numbers.short(standing.rate.trials)
    return H.span(
      .class("ci words"),
      text: reader.say(
        "\(without) sur \(all) sans équivalent ailleurs", "\(without) of \(all) without a like elsewhere"))
  }

  /// What can be said of a rate: first of its own people, else of chance.
  private func words(_ standing: Fairness.Standing) -> String {
    if let (range, share) = standing.expected.map({ ($0.range, $0.observed.share) }) {
      guard standing.ownPeople?.isForItsPeople == true else {
        if share > range.high { return reader.say("au-dessus du taux des autres", "above the others’ rate") }
        if share < range.low { return reader.say("au-dessous du taux des autres", "below the others’ rate") }
        return reader.say("comme les autres", "like the others")
      }
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
    let readings = fairness.reduce(0) { $0 + $1.standings.count }
    let chance = reader.numbers.number(0.05 * Double(readings), decimals: 1)
    return H.ul(.class("small")) {
      for note in expectedNotes(fairness) { H.li(text: note) }
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

  /// What is expected, by what people are told apart, and what is said where they cannot be.
  private func expectedNotes(_ fairness: [Fairness]) -> [String] {
    let compared = fairness.flatMap { one in one.standings.compactMap(\.ownPeople) }
    guard !compared.isEmpty else { return [] }
    let most = reader.numbers.percent(Fairness.mostWithoutComparator, decimals: 0)
    let known = fairness.first { !$0.features.isEmpty }
    let features = known.flatMap { one in
      edition.catalogue.indicator(one.indicator).map { names(of: one.features, $0) }
    }
    let list = (features ?? []).joined(separator: ", ")
    var notes = [
      reader.say(
        "Attendu pour son public : le taux si chaque groupe de personnes réussissait comme dans les autres coopérations, et où il tomberait 95 fois sur 100, par hasard et parce que ces groupes sont petits (standardisation indirecte sur les autres, loi bêta-binomiale). Qui n’a pas d’équivalent ailleurs n’y entre pas.",
        "Expected for its people: the rate if each group of people did as in the other cooperations, and where it would fall 95 times in 100, by chance and because those groups are small (indirect standardisation on the others, beta-binomial law). Whoever has no like elsewhere is not in it."
      ),
      reader.say(
        "Les groupes distinguent, dans cet ordre : \(list). On en retient le plus possible, en laissant les derniers, tant que \(most) au plus des personnes de la coopération n’ont pas d’équivalent ailleurs. Ce choix dépend des personnes comptées, jamais de leurs résultats. Deux coopérations comparées selon d’autres critères ont des attendus qui ne se comparent pas.",
        "The groups tell apart, in this order: \(list). As many as possible are kept, the last being left first, while at most \(most) of the cooperation’s people have no like elsewhere. The choice depends on the people counted, never on their results. Two cooperations compared by different features have expected rates that do not compare."
      ),
    ]
    if compared.contains(where: { !$0.isForItsPeople && $0.expected != nil }) {
      notes.append(
        reader.say(
          "Taux des autres : trop peu de personnes ont un équivalent, même selon le premier critère ; c’est alors le taux de toutes les personnes des autres coopérations, qui ne tient pas compte du public reçu.",
          "Rate of the others: too few people have a like, even by the first feature; it is then the rate of everyone in the other cooperations, which takes no account of the people received."
        ))
    }
    return notes
  }

  private var dash: Markup { H.span(.class("none"), text: "–") }
}
