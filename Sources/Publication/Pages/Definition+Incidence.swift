import Impact

extension Definition {
  /// An incidence in words: who is followed, what is waited for, what competes with it, and until when.
  func followed(_ incidence: Measure.Incidence) -> [String] {
    let entity = catalogue.vocabulary.entity(incidence.cohort.entity)
    func written(_ conditions: [Condition]) -> String { list(conditions.map { words($0, entity) }) }
    let (months, days) = (incidence.months, incidence.days)
    var lines = [
      say(
        "Incidence cumulée d’Aalen et Johansen à \(months) mois (\(days) jours) : la probabilité que l’événement attendu survienne dans ce temps. Ce n’est pas le numérateur divisé par le dénominateur, sauf si tous ont été suivis jusque-là.",
        "Aalen and Johansen’s cumulative incidence at \(months) months (\(days) days): the probability that the event waited for happens within that time. It is not the numerator divided by the denominator, unless all were followed that long."
      ),
      say("Suivis (dénominateur) : ", "Followed (denominator): ") + words(incidence.cohort) + ".",
      say("Événement attendu (numérateur) : ", "Event waited for (numerator): ") + written(incidence.event)
        + ".",
      say(
        "L’attente finit, de cette façon ou d’une autre qui l’exclut, quand ",
        "The wait ends, this way or another that rules it out, when ") + written(incidence.ended)
        + say(
          " ; sinon elle dure encore, et rien n’en est dit au-delà du dernier jour suivi (censure).",
          "; otherwise it goes on, and nothing is said beyond the last day followed (censoring)."),
    ]
    if !incidence.lost.isEmpty {
      lines.append(
        say(
          "Compté parmi les autres fins et parmi les perdus de vue : ",
          "Counted among the other ends and among the lost: ") + written(incidence.lost) + ".")
    }
    return lines
  }
}
