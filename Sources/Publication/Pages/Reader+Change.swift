internal import Impact

/// The words of changes, and of how far to trust a signal.
extension Reader {
  /// A difference in the indicator's unit, with its sign; rates in points.
  func difference(_ number: Double, _ unit: Unit) -> String {
    let sign = number > 0 ? "+" : ""
    guard unit == .percent else { return sign + value(number, unit) }
    return sign + numbers.number(number * 100, decimals: 1) + Numbers.space + say("pts", "pts")
  }

  /// A change with its interval: `+3,1 pts (IC 95 % −20,4 à +25,0 pts)`.
  func words(_ change: Change, _ indicator: Indicator) -> String {
    let estimate = difference(change.estimate, indicator.unit)
    guard let interval = change.interval else { return estimate }
    let low = difference(interval.low, indicator.unit)
    let high = difference(interval.high, indicator.unit)
    return estimate
      + say(
        " (IC 95\(Numbers.narrowSpace)% \(low) à \(high))", " (95% CI \(low) to \(high))")
  }

  /// What a verdict rests on, in a word.
  func words(_ basis: Signal.Basis) -> String {
    switch basis {
    case .months: say("par mois", "by month")
    case .quarters: say("par trimestre", "by quarter")
    case .difference: say("écart seul", "difference only")
    }
  }

  /// A rule of control charts, as it is seen on a chart.
  func words(_ rule: ControlRule) -> String {
    switch rule {
    case .outside: say("hors des limites", "outside the limits")
    case .run: say("sept de suite du même côté", "seven in a row on one side")
    case .trend: say("sept de suite en hausse ou en baisse", "seven in a row rising or falling")
    case .nearLimit: say("deux sur trois près d’une limite", "two of three near a limit")
    }
  }

  /// Whether a signal stands after the control of false alarms; empty without a signal.
  func confirmation(_ judgement: Judgement) -> String {
    guard [.improvement, .concern, .change].contains(judgement.signal.verdict) else { return "" }
    let alarms = album.alarms(judgement.cooperation)
    guard alarms.adjusted[judgement.judgedOn.id] != nil else { return "" }
    return alarms.isConfirmed(judgement.judgedOn.id)
      ? say("confirmé", "confirmed") : say("à confirmer", "to be confirmed")
  }

  /// How many false alarms a review must expect, and what control its signals passed.
  func words(_ alarms: ReviewAlarms) -> String {
    guard alarms.judged > 0 else {
      return say(
        "Aucun indicateur n’a encore assez de points pour être jugé.",
        "No indicator has enough points to be judged yet.")
    }
    let judged = count(
      alarms.judged, ("indicateur jugé", "indicateurs jugés"), ("indicator judged", "indicators judged"))
    let expected = numbers.number(alarms.expected, decimals: 1)
    let rate = numbers.percent(ReviewAlarms.rate, decimals: 0)
    return say(
      "Fausses alertes : sur \(judged), le hasard seul en signale en moyenne \(expected) à chaque revue. « Confirmé » : le signal tient après contrôle de toutes les comparaisons de la revue (Benjamini-Hochberg, au plus \(rate) de faux parmi les confirmés). « À confirmer » : attendre un trimestre de plus avant de décider.",
      "False alarms: of \(judged), chance alone makes \(expected) signal at each review on average. “Confirmed”: the signal stands after control of all the comparisons of the review (Benjamini-Hochberg, at most \(rate) false among the confirmed). “To be confirmed”: wait another quarter before deciding."
    )
  }
}
