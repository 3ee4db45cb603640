internal import Impact

/// How a social return is made, and what it does not say.
struct MethodOfReturns {
  let reader: Reader

  /// Nothing where no model is set.
  var section: Markup {
    guard let model = reader.edition.catalogue.socialReturn else { return .none }
    let rate = reader.numbers.shortPercent(model.discountRate.estimate.central)
    let off = model.proxies.filter { !$0.isEnabled }.map { $0.label[reader.language] }
    return reader.section(
      5, id: "retour-social", reader.say("Retour social (SROI)", "Social return (SROI)"),
      note: reader.say(
        "Par coopération et par année civile ; un ordre de grandeur.",
        "By cooperation and calendar year; an order of magnitude."),
      [
        H.ul { for words in sentences(rate, off) { H.li(text: words) } },
        H.p(
          .class("small"),
          text: reader.say(
            "Méthode : Guide to Social Return on Investment (Cabinet Office, 2012). Modèle : Indicators/sroi.yaml, version \(model.version).",
            "Method: Guide to Social Return on Investment (Cabinet Office, 2012). Model: Indicators/sroi.yaml, version \(model.version)."
          )),
      ])
  }

  private func sentences(_ rate: String, _ off: [String]) -> [String] {
    let draws = reader.numbers.number(Double(ImpactMap.draws))
    var found = [
      reader.say(
        "Ce qui est mis : les apports des partenaires réalisés dans l’année, au prix de revient, et les aides publiques. Le chiffre d’affaires confié et les emplois proposés n’en sont pas : ils sont payés par du travail. Un apport que personne n’a valorisé est compté à part, jamais à zéro en silence.",
        "What is put in: partners’ contributions delivered in the year, at cost, and public aid. Turnover entrusted and jobs offered are not in it: they are paid for with work. A contribution nobody valued is counted apart, never as nought in silence."
      ),
      reader.say(
        "Ce qui change : des chiffres publiés (mois travaillés au RSA, sorties vers l’emploi, cotisations, impôts), chacun à une valeur en euros de l’année, avec un bas, un centre, un haut (ou « aucune fourchette connue »), une date, une source et sa nature : loi, évaluation, plaidoyer ou hypothèse.",
        "What changes: published figures (months worked on RSA, exits to a job, contributions, taxes), each at a value in euros of the year, with a low, a central and a high end (or “no range known”), a date, a source and its kind: law, evaluation, advocacy or assumption."
      ),
      reader.say(
        "Impact = quantité × valeur × (1 − poids mort) × (1 − déplacement) × (1 − attribution à des tiers). Poids mort : ce qui serait arrivé de toute façon. Déplacement : ce qui est pris à d’autres. Attribution à des tiers : ce qui est dû à d’autres que la coopération.",
        "Impact = quantity × value × (1 − deadweight) × (1 − displacement) × (1 − attribution to others). Deadweight: what would have happened anyway. Displacement: what is taken from others. Attribution to others: what is due to others than the cooperation."
      ),
      reader.say(
        "Un effet qui dure perd chaque année sa part d’érosion, à partir de sa deuxième année. Chaque année est ramenée à aujourd’hui au taux de \(rate), la première comprise. Le retour est cette valeur actuelle divisée par ce qui est mis.",
        "An effect that lasts loses its drop-off each year, from its second year on. Each year is brought back to today at \(rate), the first included. The return is this present value over what is put in."
      ),
      reader.say(
        "L’intervalle à 95 % vient de \(draws) tirages de toutes les fourchettes à la fois, toujours les mêmes ; une hypothèse qui sert plusieurs changements est tirée une fois pour tous. Les cas extrêmes sont calculés, non tirés : tout défavorable, tout favorable, taux d’actualisation compris. Une valeur sans fourchette connue n’y bouge pas. La page dit aussi ce que change chaque paramètre seul, et la valeur à laquelle un euro rend un euro.",
        "The 95% interval comes from \(draws) draws of all ranges at once, always the same; an assumption that serves several changes is drawn once for all. The extreme cases are computed, not drawn: all unfavourable, all favourable, discount rate included. A value without a known range does not move in them. The page also tells what each parameter alone changes, and the value at which a euro gives back a euro."
      ),
      reader.say(
        "Les retours de plusieurs coopérations ne sont jamais additionnés ni comparés en rang : le même euro évité peut compter dans deux d’entre eux. Sans année entière, sans mise connue ou sans quantité connue, il n’y a pas de retour, et la page dit pourquoi.",
        "Returns of several cooperations are never added up nor ranked: the same euro avoided may count in two of them. Without a whole year, a known amount put in or a known quantity there is no return, and the page says why."
      ),
    ]
    if !off.isEmpty {
      found.append(
        reader.say(
          "Montré mais non compté aujourd’hui : \(reader.list(off)).",
          "Shown but not counted today: \(reader.list(off))."))
    }
    return found
  }
}
