internal import Impact

/// The words of changes, and of how far to trust a signal.
extension Reader {
  /// A difference in the indicator's unit, with its sign; rates in points.
  func difference(_ number: Double, _ unit: Unit) -> String {
    let sign = number > 0 ? "+" : ""
    guard unit == .percent else { return sign + value(number, unit) }
    return sign + numbers.number(number * 100, decimals: 1) + Numbers.space + say("pts", "pts")
  }

  /// The ends of the interval of a difference: `−20,4 pts à +25,0 pts`.
  func differences(_ interval: Interval, _ unit: Unit) -> String {
    difference(interval.low, unit) + say(" à ", " to ") + difference(interval.high, unit)
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

  /// The same, in a cell.
  func short(_ rule: ControlRule) -> String {
    switch rule {
    case .outside: say("hors limites", "outside")
    case .run: say("sept d’un côté", "seven on one side")
    case .trend: say("sept en hausse ou en baisse", "seven rising or falling")
    case .nearLimit: say("deux près d’une limite", "two near a limit")
    }
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
      "Fausses alertes : sur \(judged), le hasard seul en signale en moyenne \(expected) à chaque revue. « Confirmé » : le signal tient après contrôle de toutes les comparaisons de la revue (Benjamini-Hochberg, au plus \(rate) de faux parmi les confirmés). « À confirmer » : attendre un trimestre de plus avant de décider. « Hors revue », sur les autres pages : rien n’est contrôlé.",
      "False alarms: of \(judged), chance alone makes \(expected) signal at each review on average. “Confirmed”: the signal stands after control of all the comparisons of the review (Benjamini-Hochberg, at most \(rate) false among the confirmed). “To be confirmed”: wait another quarter before deciding. “Not reviewed”, on other pages: nothing is controlled."
    )
  }
}
