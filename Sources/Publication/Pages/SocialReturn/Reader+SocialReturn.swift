internal import Impact

/// The words of social return.
extension Reader {
  /// A ratio: euros of value for a euro put in.
  func ratio(_ number: Double) -> String {
    language == .french
      ? numbers.number(number, decimals: 2) + Numbers.space + "€" : "€" + numbers.number(number, decimals: 2)
  }

  /// Both ends of ratios.
  func ratios(_ interval: Interval) -> String {
    say(
      "de \(ratio(interval.low)) à \(ratio(interval.high))",
      "\(ratio(interval.low)) to \(ratio(interval.high))")
  }

  /// Why a year has no return, as a sentence.
  func words(_ absence: YearReturn.Absence) -> String {
    switch absence {
    case .notOver: say("L’année n’est pas finie.", "The year is not over.")
    case .ended:
      say(
        "La coopération s’est arrêtée avant la fin de l’année : il n’y a pas d’année entière.",
        "The cooperation ended before the year did: there is no whole year.")
    case .noInvestment:
      say(
        "Rien n’a été mis : un retour sur rien n’a pas de sens.",
        "Nothing was put in: a return on nothing has no meaning.")
    case .unknownInvestment:
      say(
        "Ce qui a été mis n’est pas connu en entier.", "What was put in is not known in full.")
    case .unknownQuantity:
      say("Un changement n’est pas mesuré.", "A change is not measured.")
    case .noProxy:
      say(
        "Un changement n’a pas de valeur monétaire en vigueur cette année-là.",
        "A change has no value in euros in force in that year.")
    case .noOutcome:
      say(
        "Aucun changement compté ne concerne cette coopération.",
        "No change that counts concerns this cooperation.")
    case .tooFew:
      say(
        "Masqué : il repose sur trop peu de personnes.", "Masked: it rests on too few people.")
    }
  }

  /// The same, in a cell.
  func short(_ absence: YearReturn.Absence) -> String {
    switch absence {
    case .notOver: say("année en cours", "year not over")
    case .ended: say("année incomplète", "year not whole")
    case .noInvestment: say("rien de mis", "nothing put in")
    case .unknownInvestment: say("mise inconnue", "amount put in unknown")
    case .unknownQuantity: say("changement non mesuré", "change not measured")
    case .noProxy: say("sans valeur monétaire", "no value in euros")
    case .noOutcome: say("sans objet", "not applicable")
    case .tooFew: words(Figure.Absence.tooFew)
    }
  }

  /// The kind of a source.
  func words(_ kind: SocialReturnModel.SourceKind) -> String {
    switch kind {
    case .law: say("loi", "law")
    case .evaluation: say("évaluation", "evaluation")
    case .advocacy: say("plaidoyer", "advocacy")
    case .assumption: say("hypothèse", "assumption")
    }
  }

  /// How sure it is that a source says so.
  func words(_ sureness: Parameter.Sureness) -> String {
    switch sureness {
    case .official: say("texte lu", "text read")
    case .secondary: say("de seconde main", "second hand")
    case .inference: say("déduit", "deduced")
    case .weak: say("à confirmer", "to be confirmed")
    }
  }

  /// A parameter of an impact map.
  func words(_ parameter: ImpactMap.Parameter) -> String {
    switch parameter {
    case .quantity: say("quantité", "quantity")
    case .proxy: say("valeur unitaire", "value of one")
    case .deadweight: say("poids mort", "deadweight")
    case .displacement: say("déplacement", "displacement")
    case .attributionToOthers: say("attribution à des tiers", "attribution to others")
    case .dropOff: say("érosion", "drop-off")
    case .duration: say("durée", "duration")
    case .discountRate: say("taux d’actualisation", "discount rate")
    }
  }

  /// A value of a parameter of an impact map.
  func value(_ number: Double, of parameter: ImpactMap.Parameter) -> String {
    switch parameter {
    case .quantity: numbers.short(number, decimals: 1)
    case .proxy: euros(number)
    case .duration: count(Int(number), ("an", "ans"), ("year", "years"))
    case .deadweight, .displacement, .attributionToOthers, .dropOff, .discountRate:
      numbers.shortPercent(number)
    }
  }

  /// Euros, with cents where they count.
  func euros(_ number: Double) -> String {
    guard number.magnitude < 1000 else { return value(number, .euro) }
    let text = numbers.short(number, decimals: 2)
    return language == .french ? text + Numbers.space + "€" : "€" + text
  }

  /// An estimate: its central value, with its range when it has one.
  func estimate(_ estimate: Estimate, _ write: (Double) -> String) -> Markup {
    guard !estimate.isCertain else { return .text(write(estimate.central)) }
    return .group([
      .text(write(estimate.central)),
      H.span(.class("ci"), text: "\(write(estimate.low)) – \(write(estimate.high))"),
    ])
  }

  /// What a proxy is worth in a year, with its range, or that no source gives one.
  func worth(_ proxy: SocialReturnModel.Proxy?, in year: Int?) -> Markup {
    guard let proxy, let year, let worth = proxy.estimate(in: year) else {
      return H.span(.class("none"), text: say("aucune en vigueur", "none in force"))
    }
    return .group([
      estimate(worth, euros),
      proxy.isRangeKnown(in: year)
        ? .none : H.span(.class("ci"), text: say("aucune fourchette connue", "no range known")),
    ])
  }

  /// What a quantity counts: the indicator, and the part of it where it is not the whole.
  func counted(_ quantity: SocialReturnModel.Quantity, _ cooperation: CooperationProfile) -> String {
    guard let indicator = edition.catalogue.indicator(quantity.indicator) else { return quantity.indicator }
    let whole = indicator.label[language]
    guard let part = quantity.part else { return whole }
    let field = indicator.measure.terms.lazy
      .compactMap { edition.catalogue.vocabulary.entity($0.entity)?.field(part.field) }.first
    let name = (field?.label[language] ?? part.field) + numbers.colon
    return "\(whole), \(name)\(label(part, of: indicator, cooperation))"
  }

  /// The name of a kind of contribution.
  func contribution(_ kind: String, _ cooperation: CooperationProfile) -> String {
    guard let indicator = edition.catalogue.indicator("contributions-delivered") else { return kind }
    return label(Figure.Part(field: "kind", value: kind), of: indicator, cooperation)
  }
}
