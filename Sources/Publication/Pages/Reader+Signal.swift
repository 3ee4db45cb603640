internal import Impact

/// The words of a signal: what moved, how far to trust it, or why nothing was judged.
extension Reader {
  /// The headline of a chart, made from the verdict and never freehand.
  ///
  /// Only a change that stands after the control of its review is called likely real.
  func headline(_ judgement: Judgement) -> String {
    let signal = judgement.signal
    if let silence = signal.silence { return headline(silence, points: signal.points.count) }
    guard signal.isAlarm, let isUpward = signal.isUpward else {
      return signal.basis == .difference
        ? say(
          "Écart au trimestre précédent dans la marge du hasard",
          "Difference from the quarter before within chance")
        : say(
          "Stable : aucun changement au-delà de la variation habituelle",
          "Stable: no change beyond usual variation")
    }
    let alarms = album.alarms(judgement.cooperation)
    let move = isUpward ? say("Hausse", "Rise") : say("Baisse", "Fall")
    guard alarms.isReviewed(judgement.judgedOn.id) else {
      return move
        + say(
          " au-delà de la variation habituelle, hors revue : fausses alertes non contrôlées",
          " beyond usual variation, not reviewed: false alarms not controlled")
    }
    return alarms.isConfirmed(judgement.judgedOn.id)
      ? move + say(", probablement réelle", ", likely real")
      : move + say(" à confirmer : le hasard suffit peut-être", " to be confirmed: chance may be enough")
  }

  /// Why a series has no verdict.
  private func headline(_ silence: Signal.Silence, points: Int) -> String {
    switch silence {
    case .tooFew:
      say("Trop peu de trimestres pour conclure (n = \(points))", "Too few quarters to say (n = \(points))")
    case .overlap:
      say(
        "Fenêtres qui se recouvrent : la série se lit, elle ne se juge pas",
        "Overlapping windows: shown, not judged")
    case .cumulative:
      say(
        "Cumul depuis le début : chaque point contient le précédent, la série ne se juge pas",
        "Total since the beginning: each point contains the one before, not judged")
    case .cutShort:
      say(
        "Dernier trimestre incomplet : la coopération a pris fin, il n’y a rien à juger",
        "Last quarter cut short: the cooperation ended, nothing to judge")
    case .noValue:
      say(
        "Pas de valeur au dernier trimestre : rien à juger", "No value in the last quarter: nothing to judge")
    }
  }

  /// Whether a signal stands after the control of false alarms, or was left out of it; empty without a signal.
  func confirmation(_ judgement: Judgement) -> String {
    guard judgement.signal.isAlarm else { return "" }
    let alarms = album.alarms(judgement.cooperation)
    guard alarms.isReviewed(judgement.judgedOn.id) else { return say("hors revue", "not reviewed") }
    return alarms.isConfirmed(judgement.judgedOn.id)
      ? say("confirmé", "confirmed") : say("à confirmer", "to be confirmed")
  }

  /// What stands small below a verdict: its confirmation, or why there is none.
  func qualification(_ judgement: Judgement) -> String {
    switch judgement.signal.silence {
    case .overlap: say("fenêtres qui se recouvrent", "overlapping windows")
    case .cumulative: say("cumul", "running total")
    case .cutShort: say("trimestre incomplet", "quarter cut short")
    case .noValue: say("pas de valeur", "no value")
    case .tooFew: ""
    case nil: confirmation(judgement)
    }
  }
}
