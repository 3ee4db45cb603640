internal import Impact

/// The drawing of a signal chart.
struct SignalPlot {
  let series: SignalSeries
  let id: String
  /// What the drawing says, for whoever does not see it.
  let summary: String

  private var reader: Reader { series.reader }
  private var judgement: Judgement { series.judgement }
  private var indicator: Indicator { series.indicator }
  private var shown: [Figure] { series.shown }
  private var hasLimits: Bool { series.hasLimits }

  var markup: Markup {
    let scale = series.scale
    let limits = series.points
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
      marks.append(Mark.rect("hatchfill", x: from, y: 0, width: to - from, height: SignalSeries.height))
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
      marks.append(Mark.text("end t-s", x: 100, y: -6, reader.words(Figure.Status.provisional)))
    }
    marks += gaps(left)
    marks += lines(scale, middle)
    marks += dots(scale, middle)
    marks += axis(left, middle)
    marks += SignalLabels(series: series, scale: scale).markup
    let longest =
      scale.ticks.map { tick in
        // A minus is as wide as two figures.
        tickLabel(tick, scale).filter { String($0) != Numbers.narrowSpace }.count + (tick < 0 ? 1 : 0)
      }.max() ?? 0
    return H.div(.class(longest > 4 ? "plot y long r" : "plot y r")) {
      S.svg(.role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", "204")) {
        S.title(.id("\(id)-t"), text: "\(indicator.label[reader.language]), \(judgement.cooperation.name)")
        S.desc(.id("\(id)-d"), text: "\(reader.headline(judgement)). \(summary)")
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
        Mark.rect("hollow dash", x: from, y: 0, width: to - from, height: SignalSeries.height),
        S.svg(
          .x((from + to) / 2), .y(SignalSeries.height / 2), Attribute("width", "1"), Attribute("height", "1"),
          Attribute("overflow", "visible")
        ) {
          S.text(
            .class("mid t-s halo"), Attribute("transform", "rotate(-90)"), Attribute("y", "4"),
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
        curves.append(Mark.curve(run, height: SignalSeries.height))
        run = []
      }
      if let here { run.append(here) }
      last = here
    }
    return curves + [Mark.curve(run, height: SignalSeries.height)]
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
      let fired = series.points[figure.key.quarter]?.rules ?? []
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
          skips ? "mid t-s wl" : "mid t-s", x: middle(index), y: 185,
          "\(reader.numbers.quarterLetter)\(quarter.number)")
      ]
      if index == 0 || quarter.number == 1 {
        marks.append(Mark.line("tick", left(index), 168, left(index), 202))
        // A year that shows fewer than two quarters has no room for its name on a narrow plot.
        let room = shown.filter { $0.key.quarter.year == quarter.year }.count
        marks.append(
          Mark.text(
            room < 3 ? "t-s wide" : "t-s", x: left(index), y: 201, dx: 5, "\(quarter.year)"))
      }
      return marks
    }
  }
}
