internal import Impact

/// A series as small as a word, beside its value.
struct Sparkline {
  let reader: Reader
  let judgement: Judgement
  let id: String

  /// The drawing, or a word when fewer than two quarters have a value.
  var markup: Markup {
    let shown = Array(judgement.series.suffix(12))
    let known = shown.enumerated().compactMap { index, figure in figure.value.map { (index, $0.number) } }
    guard known.count > 1, let first = known.first, let last = known.last else {
      return H.span(.class("none"), text: reader.say("trop peu de points", "too few points"))
    }
    let limits = judgement.hasQuarterLimits ? judgement.signal.points.last : nil
    let all = known.map(\.1) + [limits?.low, limits?.high].compactMap { $0 }
    let (least, most) = (all.min() ?? 0, all.max() ?? 1)
    func y(_ value: Double) -> Double { most > least ? 29 - 24 * (value - least) / (most - least) : 17 }
    func x(_ index: Int) -> Double { 7 + Double(index) * 110 / Double(max(1, shown.count - 1)) }
    let unit = judgement.indicator.unit
    let title = reader.say(
      "\(known.count) trimestres, de \(reader.value(first.1, unit)) à \(reader.value(last.1, unit))",
      "\(known.count) quarters, from \(reader.value(first.1, unit)) to \(reader.value(last.1, unit))")
    let verdict = judgement.signal.verdict
    let isOpen = shown[last.0].status == .provisional
    return S.svg(.class("spark"), .role("img"), .labelledBy(id), Attribute("viewBox", "0 0 132 34")) {
      S.title(.id(id), text: title)
      if let low = limits?.low, let high = limits?.high, let mean = judgement.signal.mean {
        S.rect(
          .class("band"), Attribute("x", "2"), Attribute("y", px(y(high))), Attribute("width", "120"),
          Attribute("height", px(max(0.5, y(low) - y(high)))))
        S.path(.class("mean"), Attribute("fill", "none"), Attribute("d", "M2 \(px(y(mean)))H122"))
      }
      // Only neighbours are joined: a quarter without a value is a gap.
      for run in Steps.runs(shown.map { $0.value == nil ? nil : true }) where run.slots.count > 1 {
        S.path(
          .class("line"),
          Attribute(
            "d",
            Mark.path(run.slots.compactMap { slot in shown[slot].value.map { (x(slot), y($0.number)) } })))
      }
      if verdict == .concern || verdict == .improvement {
        let up = judgement.signal.isUpward ?? true
        let (cx, cy) = (x(last.0), y(last.1))
        let tip = up ? cy - 5.6 : cy + 5.6
        let base = up ? cy + 3.4 : cy - 3.4
        S.polygon(
          .class((verdict == .concern ? "pt-worse" : "pt-better") + (isOpen ? " open" : "")),
          Attribute("points", "\(px(cx)),\(px(tip)) \(px(cx + 5.4)),\(px(base)) \(px(cx - 5.4)),\(px(base))"))
      } else {
        S.circle(
          .class(isOpen ? "pt-open" : "pt"), Attribute("cx", px(x(last.0))), Attribute("cy", px(y(last.1))),
          Attribute("r", "3.5"))
      }
    }
  }
}
