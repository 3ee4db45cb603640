internal import Impact

/// The series of one indicator: limits that follow each point, mean, targets, signals, gaps.
struct SignalChart {
  let reader: Reader
  let judgement: Judgement
  let id: String
  /// Most quarters drawn; the table has them all.
  var quarters = 16

  private var indicator: Indicator { judgement.indicator }
  private var shown: [Figure] { Array(judgement.series.suffix(quarters)) }
  private static let height = 168.0

  /// The chart with its words, or its words alone when no quarter has a value.
  func figure(isMain: Bool = true) -> Markup {
    let reader = self.reader
    let known = shown.compactMap { figure in figure.value.map { (figure.key.quarter, $0) } }
    let (shape, kind) = reader.shape(judgement)
    let span =
      shown.isEmpty
      ? ""
      : ", \(reader.numbers.quarter(shown[0].key.quarter)) – \(reader.numbers.quarter(shown[shown.count - 1].key.quarter))"
    let headline: [Markup] =
      known.isEmpty
      ? [H.span(text: reader.say("Aucune valeur à montrer", "No value to show"))]
      : [reader.icon(shape, kind), H.span(text: reader.headline(judgement))]
    return ChartFigure(
      id: id, headline: headline,
      statistic: "\(indicator.label[reader.language]), \(judgement.cooperation.name)\(span)"
        + reader.inUnit(indicator.unit),
      summary: summary(known),
      key: known.isEmpty ? .none : key, plot: known.isEmpty ? .none : plot(known), source: source(known),
      table: known.isEmpty
        ? .none
        : reader.folded(
          reader.say("Tableau des trimestres", "Table of the quarters"), rows: shown.count,
          SeriesTable(reader: reader, judgement: judgement, isCompact: !isMain).markup),
      links: [
        (
          reader.data("indicators/\(indicator.id).csv"),
          reader.say("\(indicator.label.french), CSV", "\(indicator.label.english), CSV")
        )
      ], side: !isMain
    ).markup
  }

  private func summary(_ known: [(Quarter, Figure.Value)]) -> String {
    guard let last = known.last else {
      return reader.say(
        "Aucun trimestre n’a de valeur : \(reasons).", "No quarter has a value: \(reasons).")
    }
    let now = "\(reader.full(last.1, indicator)) \(reader.say("au", "in")) \(reader.numbers.quarter(last.0))"
    var text = now
    if let interval = last.1.interval {
      text +=
        " (\(reader.say("IC 95", "95"))\(reader.language == .french ? Numbers.narrowSpace : "")%\(reader.say(" ", " CI "))"
        + "\(reader.range(interval.low, interval.high, indicator.unit)))"
    }
    if hasLimits, let mean = judgement.signal.mean,
      let point = judgement.signal.points.last,
      let low = point.low, let high = point.high
    {
      text += reader.say(
        " ; moyenne \(reader.value(mean, indicator.unit)), variation habituelle \(reader.range(low, high, indicator.unit))",
        "; mean \(reader.value(mean, indicator.unit)), usual variation \(reader.range(low, high, indicator.unit))"
      )
    }
    if let target = judgement.target {
      text +=
        reader.say(" ; objectif ", "; target ") + reader.words(target, indicator)
        + " (\(reader.words(judgement.assurance)))"
    }
    return text + "."
  }

  private var reasons: String {
    var seen: [String] = []
    for figure in shown {
      if let absence = figure.absence, !seen.contains(reader.words(absence)) {
        seen.append(reader.words(absence))
      }
    }
    return seen.isEmpty ? reader.words(Figure.Absence.notCollected) : reader.list(seen)
  }

  private func source(_ known: [(Quarter, Figure.Value)]) -> String {
    var text =
      reader.say("Source : ", "Source: ")
      + reader.say(
        "faits enregistrés au lot \(reader.edition.release.batch), définition version \(indicator.version).",
        "facts recorded up to batch \(reader.edition.release.batch), definition version \(indicator.version)."
      )
    if !known.isEmpty {
      let scale = scale(known)
      if scale.low > 0 { text += reader.say(" Échelle coupée.", " Cut scale.") }
      let isCut = known.contains { _, value in
        // A share of 1 is no cut: its interval ends there.
        value.interval.map { $0.high > scale.high + 1e-9 || $0.low < scale.low - 1e-9 } ?? false
      }
      if !hasLimits, isCut {
        text += reader.say(
          " Intervalle coupé : ses bornes sont dans le tableau.", " Interval cut: its ends are in the table.")
      }
    }
    let gaps = Steps.runs(shown.map(\.absence)).map { run -> String in
      let first = reader.numbers.quarter(shown[run.slots.lowerBound].key.quarter)
      let last = reader.numbers.quarter(shown[run.slots.upperBound - 1].key.quarter)
      return (first == last ? first : "\(first) – \(last)") + " (\(reader.words(run.value)))"
    }
    if !gaps.isEmpty, !known.isEmpty {
      text += reader.say(" Sans valeur : ", " No value: ") + gaps.joined(separator: ", ") + "."
    }
    switch judgement.signal.basis {
    case .months where judgement.signal.mean != nil:
      text += reader.say(
        " Signal jugé mois par mois.", " Signal judged month by month.")
    case .difference:
      text += reader.say(
        " Trop peu de points pour une carte : signal jugé sur l’écart au trimestre précédent.",
        " Too few points for a chart: signal judged on the difference from the quarter before.")
    case .months, .quarters:
      if judgement.judgedOn.id != indicator.id {
        text += reader.say(
          " Signal jugé sur l’indicateur trimestriel.", " Signal judged on the quarterly indicator.")
      }
    }
    return text
  }

  private var key: Markup {
    func item(_ mark: Markup, _ width: Int, _ text: String) -> Markup {
      H.li {
        S.svg(Attribute("width", "\(width)"), Attribute("height", "12"), .hidden) { mark }
        text
      }
    }
    func dot(_ name: String) -> Markup {
      S.circle(.class(name), Attribute("cx", "6"), Attribute("cy", "6"), Attribute("r", "4"))
    }
    let target = judgement.target
    let hasLimits = hasLimits
    return H.ul(.class("key")) {
      item(dot("pt"), 12, reader.say("définitif", "final"))
      item(dot("pt-open"), 12, reader.say("provisoire", "provisional"))
      if hasLimits {
        item(
          .group([
            S.rect(.class("band"), Attribute("width", "22"), Attribute("height", "12")),
            S.path(.class("lim"), Attribute("d", "M0 .5h22M0 11.5h22")),
          ]), 22, reader.say("variation habituelle", "usual variation"))
        item(S.path(.class("mean"), Attribute("d", "M0 6h22")), 22, reader.say("moyenne", "mean"))
      } else if shown.contains(where: { $0.value?.interval != nil }) {
        item(
          S.path(.class("lim"), Attribute("d", "M6 0v12")), 12,
          reader.say("intervalle à 95 %", "95% interval"))
      }
      if target != nil {
        item(
          S.path(.class("tgt"), Attribute("d", "M0 6h30")), 30,
          reader.say("objectif actuel", "current target"))
      }
      if let target, target.revisions.count > 1 {
        item(
          S.path(.class("tgt0"), Attribute("d", "M0 6h30")), 30,
          reader.say("objectif initial", "first target"))
      }
    }
  }

  /// How many times the greatest value an interval is drawn to; that of a single event reaches 5.6 times.
  private static let mostInterval = 6.0

  private func scale(_ known: [(Quarter, Figure.Value)]) -> Scale {
    var values = known.map(\.1.number)
    for point in points.values { values += [point.low, point.high].compactMap { $0 } }
    if !hasLimits {
      // An interval known from one event reaches so far that nothing else would be seen: it is cut, and that is said.
      let most = (values.map(abs).max() ?? 0) * SignalChart.mostInterval
      for end in known.flatMap({ [$0.1.interval?.low, $0.1.interval?.high] }).compactMap({ $0 }) {
        values.append(most > 0 ? min(most, max(-most, end)) : end)
      }
    }
    for figure in shown {
      if let target = reader.edition.target(indicator.id, judgement.cooperation.id, figure.key.quarter) {
        values += [target.original, target.current].compactMap { $0?.value }
      }
    }
    let isShare = indicator.isRatioOfCounts
    let isSigned = values.contains { $0 < 0 }
    return Scale(
      fitting: values, height: SignalChart.height, floor: isSigned ? nil : 0, ceiling: isShare ? 1 : nil)
  }

  private var hasLimits: Bool { judgement.hasQuarterLimits }

  private var points: [Quarter: Signal.Point] {
    guard hasLimits else { return [:] }
    return Dictionary(judgement.signal.points.map { ($0.quarter, $0) }) { first, _ in first }
  }

  private func plot(_ known: [(Quarter, Figure.Value)]) -> Markup {
    let scale = scale(known)
    let limits = points
    let slots = shown.count
    let width = 100 / Double(slots)
    func left(_ index: Int) -> Double { Double(index) * width }
    func middle(_ index: Int) -> Double { left(index) + width / 2 }
    var marks: [Markup] = []
    for (index, tick) in scale.ticks.enumerated() {
      let y = scale.y(tick)
      marks.append(Mark.line(index == 0 ? "axis" : "grid", 0, y, 100, y))
      marks.append(Mark.text("t-soft end", x: 0, y: y + 4, dx: -8, tickLabel(tick, scale)))
    }
    let quarters = shown.map(\.key.quarter)
    for run in Steps.runs(
      quarters.map {
        limits[$0].flatMap { point in
          point.low.flatMap { low in point.high.map { Interval(low: low, high: $0) } }
        }
      })
    {
      let (top, bottom) = (scale.y(min(run.value.high, scale.high)), scale.y(max(run.value.low, scale.low)))
      let (from, to) = (left(run.slots.lowerBound), left(run.slots.upperBound))
      marks.append(Mark.rect("band", x: from, y: top, width: to - from, height: bottom - top))
      marks.append(Mark.line("lim", from, top, to, top))
      marks.append(Mark.line("lim", from, bottom, to, bottom))
    }
    for run in Steps.runs(shown.map { $0.status == .provisional ? true : nil }) {
      let (from, to) = (left(run.slots.lowerBound), left(run.slots.upperBound))
      marks.append(Mark.rect("hatchfill", x: from, y: 0, width: to - from, height: SignalChart.height))
    }
    let targets = quarters.map { reader.edition.target(indicator.id, judgement.cooperation.id, $0) }
    for (name, values) in [
      ("mean", quarters.map { limits[$0] == nil ? nil : judgement.signal.mean }),
      ("tgt", targets.map { $0?.current?.value }),
      ("tgt0", targets.map { ($0?.revisions.count ?? 0) > 1 ? $0?.original?.value : nil }),
    ] {
      for run in Steps.runs(values) {
        let y = scale.y(run.value)
        marks.append(Mark.line(name, left(run.slots.lowerBound), y, left(run.slots.upperBound), y))
      }
    }
    if shown.last?.status == .provisional {
      marks.append(Mark.text("end t-s t-soft", x: 100, y: -6, reader.words(Figure.Status.provisional)))
    }
    marks += gaps(left)
    marks += lines(scale, middle)
    marks += dots(scale, middle)
    marks += axis(left, middle)
    marks += labels(known, scale)
    let longest =
      scale.ticks.map { tick in
        // A minus is as wide as two figures.
        tickLabel(tick, scale).filter { String($0) != Numbers.narrowSpace }.count + (tick < 0 ? 1 : 0)
      }.max() ?? 0
    return H.div(.class(longest > 4 ? "plot y long r" : "plot y r")) {
      S.svg(.role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", "204")) {
        S.title(.id("\(id)-t"), text: "\(indicator.label[reader.language]), \(judgement.cooperation.name)")
        S.desc(.id("\(id)-d"), text: "\(reader.headline(judgement)). \(summary(known))")
        marks
      }
    }
  }

  private func tickLabel(_ tick: Double, _ scale: Scale) -> String {
    if indicator.unit == .percent { return reader.numbers.percent(tick, decimals: scale.step < 0.01 ? 1 : 0) }
    // Millions have no room in the margin of a phone.
    guard max(abs(scale.low), abs(scale.high)) >= 1_000_000 else {
      return reader.numbers.short(tick, decimals: scale.step < 1 ? 2 : 0)
    }
    return tick == 0 ? "0" : reader.numbers.short(tick / 1_000_000, decimals: 2) + Numbers.narrowSpace + "M"
  }

  /// Quarters without a value: an empty frame that says why, never a zero.
  private func gaps(_ left: (Int) -> Double) -> [Markup] {
    Steps.runs(shown.map(\.absence)).map { run in
      let (from, to) = (left(run.slots.lowerBound), left(run.slots.upperBound))
      return .group([
        Mark.rect("hollow dash", x: from, y: 0, width: to - from, height: SignalChart.height),
        S.svg(
          .x((from + to) / 2), .y(SignalChart.height / 2), Attribute("width", "1"), Attribute("height", "1"),
          Attribute("overflow", "visible")
        ) {
          S.text(
            .class("mid t-s t-soft halo"), Attribute("transform", "rotate(-90)"), Attribute("y", "4"),
            text: reader.words(run.value))
        },
      ])
    }
  }

  private func lines(_ scale: Scale, _ middle: (Int) -> Double) -> [Markup] {
    func point(_ index: Int, _ value: Figure.Value) -> (x: Double, y: Double) {
      (middle(index), scale.y(value.number))
    }
    var curves: [Markup] = []
    var run: [(x: Double, y: Double)] = []
    var last: (x: Double, y: Double)?
    for (index, figure) in shown.enumerated() {
      let here = figure.value.map { point(index, $0) }
      if let here, figure.status == .provisional, let last {
        curves.append(Mark.line("line dash", last.x, last.y, here.x, here.y))
      }
      // A quarter without a value is a gap, and what is not settled is not drawn as if it were.
      if here == nil || figure.status == .provisional {
        curves.append(Mark.curve(run, height: SignalChart.height))
        run = []
      }
      if let here { run.append(here) }
      last = here
    }
    return curves + [Mark.curve(run, height: SignalChart.height)]
  }

  private func dots(_ scale: Scale, _ middle: (Int) -> Double) -> [Markup] {
    shown.enumerated().flatMap { index, figure -> [Markup] in
      guard let value = figure.value else { return [] }
      let y = scale.y(value.number)
      let isOpen = figure.status == .provisional
      var marks: [Markup] = []
      if !hasLimits, let interval = value.interval {
        marks.append(
          Mark.line(
            "lim", middle(index), scale.y(max(interval.low, scale.low)), middle(index),
            scale.y(min(interval.high, scale.high))))
      }
      let fired = points[figure.key.quarter]?.rules ?? []
      guard !fired.isEmpty, let mean = judgement.signal.mean, indicator.direction != .neutral else {
        marks.append(Mark.point(isOpen ? "pt-open" : "pt", x: middle(index), y: y))
        return marks
      }
      let isUp = value.number > mean
      let isBetter = isUp == (indicator.direction == .higher)
      marks.append(
        Mark.triangle(
          (isBetter ? "pt-better" : "pt-worse") + (isOpen ? " open" : ""), x: middle(index), y: y, up: isUp))
      return marks
    }
  }

  private func axis(_ left: (Int) -> Double, _ middle: (Int) -> Double) -> [Markup] {
    shown.enumerated().flatMap { index, figure -> [Markup] in
      let quarter = figure.key.quarter
      // On a phone, names of many quarters would touch: every other one is enough.
      let skips = shown.count > 10 && quarter.number.isMultiple(of: 2)
      var marks = [
        Mark.text(
          skips ? "mid t-soft t-s wl" : "mid t-soft t-s", x: middle(index), y: 185,
          "\(reader.numbers.quarterLetter)\(quarter.number)")
      ]
      if index == 0 || quarter.number == 1 {
        marks.append(Mark.line("tick", left(index), 168, left(index), 202))
        // A year that shows fewer than two quarters has no room for its name on a narrow plot.
        let room = shown.filter { $0.key.quarter.year == quarter.year }.count
        marks.append(
          Mark.text(
            room < 3 ? "t-soft t-s wide" : "t-soft t-s", x: left(index), y: 201, dx: 5, "\(quarter.year)"))
      }
      return marks
    }
  }

  /// Names at the right end, at their value, pushed apart where they would touch.
  private func labels(_ known: [(Quarter, Figure.Value)], _ scale: Scale) -> [Markup] {
    var wanted: [(value: Double, name: String, text: String)] = []
    if let point = judgement.signal.points.last, hasLimits, let low = point.low, let high = point.high {
      let high = min(high, scale.high)
      wanted.append(
        (high, "t-soft", reader.say("limite haute ", "upper limit ") + reader.value(high, indicator.unit)))
      wanted.append(
        (low, "t-soft", reader.say("limite basse ", "lower limit ") + reader.value(low, indicator.unit)))
      if let mean = judgement.signal.mean {
        wanted.append((mean, "t-soft", reader.say("moyenne ", "mean ") + reader.value(mean, indicator.unit)))
      }
    }
    if let current = judgement.target?.current {
      wanted.append(
        (
          current.value, "t-target",
          reader.say("objectif ", "target ") + reader.value(current.value, indicator.unit)
        ))
    }
    guard let last = known.last else { return [] }
    let kind =
      switch judgement.signal.verdict {
      case .concern where hasLimits: "t-worse"
      case .improvement where hasLimits: "t-better"
      default: "t-b"
      }
    // The fraction stands in the sentence above when it would not fit beside the plot.
    let full = reader.full(last.1, indicator)
    wanted.append(
      (last.1.number, kind, full.count <= 18 ? full : reader.value(last.1.number, indicator.unit)))
    wanted.sort { scale.y($0.value) < scale.y($1.value) }
    let places = Labels.spread(
      wanted.map { scale.y($0.value) }, within: -4...(SignalChart.height + 4), apart: 15)
    var marks = zip(wanted, places).map { label, y -> Markup in
      let from = scale.y(label.value)
      return S.g(.class("wide")) {
        S.svg(
          .x(100), .y(0), Attribute("width", "1"), Attribute("height", "1"), Attribute("overflow", "visible")
        ) {
          S.path(.class("lead"), Attribute("fill", "none"), Attribute("d", "M3 \(px(from))L10 \(px(y))h4"))
        }
        Mark.text(label.name, x: 100, y: y + 4, dx: 18, label.text)
      }
    }
    // Beside the last known point, not over the word of a later gap.
    let slot = shown.lastIndex { $0.value != nil } ?? shown.count - 1
    let edge = 100 * Double(slot + 1) / Double(shown.count)
    let isFalling = known.count > 1 && known[known.count - 2].1.number > last.1.number
    var y = scale.y(last.1.number) + (isFalling ? 20 : -10)
    // The word of a gap just before stands upright in the middle: above or below it there is room.
    if shown[..<slot].suffix(5).contains(where: { $0.value == nil }) {
      y = y < SignalChart.height / 2 ? 0 : SignalChart.height
    }
    marks.append(
      S.g(.class("narrow")) {
        Mark.text(
          "end t-b halo", x: edge, y: min(max(y, 12), SignalChart.height - 4),
          reader.value(last.1.number, indicator.unit))
      })
    return marks
  }
}

/// Stretches of slots that share a value: one mark each, without seams between neighbours.
enum Steps {
  static func runs<Value: Equatable>(_ values: [Value?]) -> [(value: Value, slots: Range<Int>)] {
    var runs: [(value: Value, slots: Range<Int>)] = []
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      if let last = runs.last, last.value == value, last.slots.upperBound == index {
        runs[runs.count - 1].slots = last.slots.lowerBound..<(index + 1)
      } else {
        runs.append((value, index..<(index + 1)))
      }
    }
    return runs
  }
}

/// Where labels stand so that none touches its neighbour.
enum Labels {
  /// Positions in order, moved apart symmetrically and kept inside the range.
  static func spread(_ wanted: [Double], within range: ClosedRange<Double>, apart: Double) -> [Double] {
    var places = wanted
    for _ in 0..<60 {
      var moved = false
      for (one, other) in zip(places.indices, places.indices.dropFirst())
      where places[other] - places[one] < apart {
        let push = (apart - (places[other] - places[one])) / 2 + 0.01
        places[one] -= push
        places[other] += push
        moved = true
      }
      if let first = places.indices.first, places[first] < range.lowerBound {
        places[first] = range.lowerBound
      }
      if let last = places.indices.last, places[last] > range.upperBound { places[last] = range.upperBound }
      if !moved { break }
    }
    return places
  }
}
