public import Impact

extension IntervalAbsence {
  /// The reason in a word or two, beside a value.
  func words(in language: Language) -> String {
    let (french, english) =
      switch self {
      case .fullCount: ("recensement, sans IC", "full count, no CI")
      case .linkedRows: ("lignes liées, sans IC", "linked rows, no CI")
      case .sharedRows: ("dérivé, sans IC propre", "derived, no CI of its own")
      case .tooFew: ("trop peu pour un IC", "too few for a CI")
      case .noneOrAll: ("aucun ou tous, sans IC", "none or all, no CI")
      case .noneOfItsPart: ("sans IC, comme sa part", "no CI, as its part")
      case .notComputed: ("IC non calculé", "CI not computed")
      case .notAShare: ("plus que le tout, sans IC", "above the whole, no CI")
      }
    // What stands in a narrow column never breaks before its last word.
    return language == .french
      ? Numbers.typeset(french).replacing(" IC", with: Numbers.space + "IC")
      : english.replacing(" CI", with: Numbers.space + "CI")
  }

  /// The reason in a sentence.
  ///
  /// - Parameter language: the reader's.
  /// - Returns: the sentence.
  public func sentence(in language: Language) -> String {
    let (french, english) =
      switch self {
      case .fullCount:
        (
          "Sans intervalle : dénombrement complet de ce qui a été transmis (personnes présentes ou servies, heures, euros comptés), ni échantillon ni tirage ; l’incertitude est celle de la transmission.",
          "No interval: a full count of what was sent (people present or served, hours, euros booked), neither a sample nor a draw; its uncertainty is that of what was sent."
        )
      case .linkedRows:
        (
          "Sans intervalle : plusieurs lignes peuvent être d’une même personne, structure ou partenaire (facts.yaml, rows), et varient ensemble ; un intervalle fait de leur nombre serait trop étroit.",
          "No interval: several rows may be of one person, structure or partner (facts.yaml, rows) and vary together; an interval made of their number would be too narrow."
        )
      case .sharedRows:
        (
          "Sans intervalle propre : plusieurs des chiffres employés doivent au hasard, peut-être sur les mêmes personnes, et leurs intervalles ne se composent pas ; lire ceux de chacun.",
          "No interval of its own: several of the figures used owe to chance, perhaps over the same people, and their intervals cannot be put together; read that of each."
        )
      case .tooFew:
        (
          "Sans intervalle : trop peu de lignes pour la méthode (deux pour une moyenne, six pour une médiane).",
          "No interval: fewer rows than the method needs (two for a mean, six for a median)."
        )
      case .noneOrAll:
        (
          "Sans intervalle : l’événement n’est encore survenu à personne, ou à tous ; l’intervalle log-log n’y a pas de sens.",
          "No interval: the event has happened to nobody yet, or to everybody; the log-log interval has no meaning there."
        )
      case .noneOfItsPart:
        (
          "Sans intervalle : le seul chiffre employé qui doit au hasard n’en a pas ici, ou pourrait être nul là où il divise.",
          "No interval: the one figure used that owes to chance has none here, or may be zero where it divides."
        )
      case .notComputed:
        (
          "Sans intervalle : la livraison a été calculée avant que la méthode n’existe.",
          "No interval: the release was computed before the method existed."
        )
      case .notAShare:
        (
          "Sans intervalle : le numérateur dépasse le dénominateur, ce n’est pas une part.",
          "No interval: the numerator exceeds the denominator, so that it is no share."
        )
      }
    return language == .french ? Numbers.typeset(french) : english
  }
}
