internal import Impact

/// What is decided of an indicator, and how far it has come.
extension Reader {
  /// What is known of a target, in a word.
  func words(_ assurance: Judgement.Assurance) -> String {
    switch assurance {
    case .met: say("tenu", "meets")
    case .missed: say("manqué", "misses")
    case .uncertain: say("incertain", "hit-or-miss")
    case .noTarget: say("sans objectif", "no target set")
    case .noValue: say("sans valeur", "no value")
    }
  }

  /// The first and the current target: `65 % → 62 %`.
  func words(_ target: Target, _ indicator: Indicator) -> String {
    func plain(_ number: Double) -> String {
      indicator.unit == .percent ? numbers.shortPercent(number) : value(number, indicator.unit)
    }
    let sign = indicator.direction == .lower ? "≤\(Numbers.space)" : ""
    func words(_ revision: Target.Revision) -> String {
      switch revision.kind {
      case .keepAtZero: return say("rester à 0", "keep at 0")
      case .reduceToZero:
        let start = revision.baseline.map(plain)
        return say("ramener à 0", "bring to 0") + (start.map { say(" depuis \($0)", " from \($0)") } ?? "")
      case .atMost: return "≤\(Numbers.space)" + plain(revision.value)
      case .reach: break
      }
      return sign + plain(revision.value)
    }
    guard let original = target.original, let current = target.current else { return "" }
    // A target that nobody rectified is written once.
    return words(original) == words(current) ? words(current) : "\(words(original)) → \(words(current))"
  }

  /// How far a value has come towards its target, or why nobody can say.
  ///
  /// `fromStart` says whether the way begins at a start somebody named, or at nought.
  func words(_ progress: Progress, _ indicator: Indicator, fromStart: Bool) -> String {
    let whole = fromStart ? say(" du chemin", " of the way") : say(" de l’objectif", " of the target")
    func distance(_ value: Double) -> String {
      guard indicator.unit == .percent else { return self.value(value, indicator.unit) }
      return numbers.short(value * 100) + Numbers.space
        + say("point" + (value * 100 < 2 ? "" : "s"), "points")
    }
    return switch progress {
    case .covered(let share) where share < 0:
      say("s’éloigne : ", "moving away: ") + part(share) + whole
    case .covered(let share): part(share) + whole
    case .holds: say("au niveau voulu", "where it should be")
    case .off(let value): say("écart de ", "off by ") + distance(value)
    case .undefined(.noTarget): say("sans objectif", "no target set")
    case .undefined(.noValue): say("progression indéfinie : sans valeur", "progress undefined: no value")
    case .undefined(.noBaseline):
      say("progression indéfinie : départ inconnu", "progress undefined: start unknown")
    }
  }

  /// A share in whole per cent; what is not all of it never reads as 100 %.
  func part(_ share: Double) -> String {
    guard share < 1, share >= 0.995 else { return numbers.percent(share, decimals: 0) }
    return say("près de ", "nearly ") + numbers.percent(1, decimals: 0)
  }

  /// The first and the current target with the progress towards it, or that nobody set one.
  func target(_ judgement: Judgement) -> Markup {
    guard let target = judgement.target else {
      return H.span(.class("none"), text: say("non fixé", "not set"))
    }
    return .group([
      .text(words(target, judgement.indicator)),
      H.span(
        .class("ci"),
        text: words(
          judgement.progress, judgement.indicator, fromStart: judgement.target?.current?.baseline != nil)),
    ])
  }
}
