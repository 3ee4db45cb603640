internal import Impact

/// The months behind a signal: usual variation, mean, and the points that go beyond; the quarter under review at the end.
struct MonthChart {
  let reader: Reader
  let judgement: Judgement
  let id: String
  /// Most months drawn; the file has them all.
  var months = 36

  private static let height = 168.0
  private var indicator: Indicator { judgement.judgedOn }
  private var signal: Signal { judgement.signal }
  private var shown: [Signal.Point] { Array(signal.points.suffix(months)) }

  /// The chart with its words; nothing unless the signal was judged by month.
  func figure(isMain: Bool = true) -> Markup {
    guard signal.basis == .months, signal.mean != nil else { return .none }
    let (shape, kind) = reader.shape(judgement)
    let name = indicator.label[reader.language]
    return ChartFigure(
      id: id, headline: [reader.icon(shape, kind), H.span(text: reader.headline(judgement))],
      statistic: "\(name), \(judgement.cooperation.name), "
        + reader.say("mois par mois", "month by month") + reader.inUnit(indicator.unit),
      summary: summary, key: key, plot: plot,
      source: reader.say(
        "Jugé sur \(signal.points.count) mois ; les trois derniers sont le trimestre de la revue.",
        "Judged on \(signal.points.count) months; the last three are the quarter under review."),
      table: reader.folded(
        reader.say("Les douze derniers mois", "The last twelve months"), rows: 13, table),
      links: [(reader.data("months.csv"), reader.say("Séries mensuelles, CSV", "Monthly series, CSV"))],
      side: !isMain
    ).markup
  }

  private var summary: String {
    let reviewed = signal.points.filter { $0.quarter == judgement.quarter }
    let values = reviewed.map { reader.value($0.value, indicator.unit) }.joined(separator: ", ")
    var text =
      reader.say("Les mois du trimestre : \(values)", "The months of the quarter: \(values)")
    if let mean = signal.mean, let last = signal.points.last, let low = last.low, let high = last.high {
      text += reader.say(
        " ; moyenne \(reader.value(mean, indicator.unit)), variation habituelle \(reader.range(low, high, indicator.unit))",
        "; mean \(reader.value(mean, indicator.unit)), usual variation \(reader.range(low, high, indicator.unit))"
      )
    }
    let fired = ControlRule.allCases.filter { rule in reviewed.contains { $0.rules.contains(rule) } }
    if !fired.isEmpty {
      text += reader.say(" ; signal : ", "; signal: ") + reader.list(fired.map(reader.words))
      let confirmation = reader.confirmation(judgement)
      if !confirmation.isEmpty { text += " (\(confirmation))" }
    }
    return text + "."
  }

  private var key: Markup {
    func item(_ mark: Markup, _ width: Int, _ text: String) -> Markup {
      H.li {
        S.svg(Attribute("width", "\(width)"), Attribute("height", "12"), .hidden) { mark }
        text
      }
    }
    return H.ul(.class("key")) {
      item(
        S.circle(.class("pt"), Attribute("cx", "6"), Attribute("cy", "6"), Attribute("r", "4")), 12,
        reader.say("un mois", "a month"))
      item(
        .group([
          S.rect(.class("band"), Attribute("width", "22"), Attribute("height", "12")),
          S.path(.class("lim"), Attribute("d", "M0 .5h22M0 11.5h22")),
        ]), 22, reader.say("variation habituelle", "usual variation"))
      item(S.path(.class("mean"), Attribute("d", "M0 6h22")), 22, reader.say("moyenne", "mean"))
    }
  }

  private var plot: Markup {
    let points = shown
    let scale = Scale(
      fitting: points.flatMap { [$0.value, $0.low ?? $0.value, $0.high ?? $0.value] },
      height: MonthChart.height, floor: points.contains { ($0.low ?? $0.value) < 0 } ? nil : 0,
      ceiling: indicator.isRatioOfCounts ? 1 : nil)
    let width = 100 / Double(points.count)
    func middle(_ index: Int) -> Double { (Double(index) + 0.5) * width }
    var marks: [Markup] = []
    for (index, tick) in scale.ticks.enumerated() {
      let y = scale.y(tick)
      marks.append(Mark.line(index == 0 ? "axis" : "grid", 0, y, 100, y))
      marks.append(Mark.text("t-soft end", x: 0, y: y + 4, dx: -8, label(tick, step: scale.step)))
    }
    let limits = points.map { point in
      point.low.flatMap { low in point.high.map { Interval(low: low, high: $0) } }
    }
    for run in Steps.runs(limits) {
      let (top, bottom) = (scale.y(min(run.value.high, scale.high)), scale.y(max(run.value.low, scale.low)))
      let (from, to) = (Double(run.slots.lowerBound) * width, Double(run.slots.upperBound) * width)
      marks.append(Mark.rect("band", x: from, y: top, width: to - from, height: bottom - top))
      marks.append(Mark.line("lim", from, top, to, top))
      marks.append(Mark.line("lim", from, bottom, to, bottom))
    }
    if let mean = signal.mean { marks.append(Mark.line("mean", 0, scale.y(mean), 100, scale.y(mean))) }
    marks.append(
      Mark.curve(
        points.enumerated().map { (middle($0), scale.y($1.value)) }, height: MonthChart.height))
    for (index, point) in points.enumerated() { marks.append(dot(point, middle(index), scale)) }
    marks += axis(points, width)
    if let first = points.firstIndex(where: { $0.quarter == judgement.quarter }) {
      // The quarter under review, named below its months.
      let from = Double(first) * width
      marks.append(Mark.line("tick", from, 168, from, 190))
      marks.append(
        Mark.text(
          "mid t-b t-s", x: (from + 100) / 2, y: 186,
          "\(reader.numbers.quarterLetter)\(judgement.quarter.number)"))
    }
    return H.div(.class("plot y r-s")) {
      S.svg(.role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", "204")) {
        S.title(.id("\(id)-t"), text: "\(indicator.label[reader.language]), \(judgement.cooperation.name)")
        S.desc(.id("\(id)-d"), text: "\(reader.headline(judgement)). \(summary)")
        marks
        names(points, scale)
      }
    }
  }

  private func dot(_ point: Signal.Point, _ x: Double, _ scale: Scale) -> Markup {
    let y = scale.y(point.value)
    guard !point.rules.isEmpty, let mean = signal.mean, indicator.direction != .neutral else {
      return Mark.point("pt", x: x, y: y)
    }
    let isUp = point.value > mean
    let isBetter = isUp == (indicator.direction == .higher)
    return Mark.triangle(isBetter ? "pt-better" : "pt-worse", x: x, y: y, up: isUp)
  }

  private func axis(_ points: [Signal.Point], _ width: Double) -> [Markup] {
    points.enumerated().flatMap { index, point -> [Markup] in
      guard let month = point.month, index == 0 || month.components.month == 1 else { return [] }
      let x = Double(index) * width
      let left = points.filter { $0.month?.components.year == month.components.year }.count
      var marks = [Mark.line("tick", x, 168, x, 190)]
      // A year of few months has no room for its name.
      if left >= 6 { marks.append(Mark.text("t-s", x: x, y: 186, dx: 5, "\(month.components.year)")) }
      return marks
    }
  }

  /// The limits and the mean, named at the right end.
  private func names(_ points: [Signal.Point], _ scale: Scale) -> [Markup] {
    guard let last = points.last, let low = last.low, let high = last.high, let mean = signal.mean else {
      return []
    }
    let wanted: [(value: Double, text: String)] = [
      (min(high, scale.high), reader.say("haut ", "upper ") + reader.value(high, indicator.unit)),
      (mean, reader.say("moyenne ", "mean ") + reader.value(mean, indicator.unit)),
      (max(low, scale.low), reader.say("bas ", "lower ") + reader.value(low, indicator.unit)),
    ]
    let places = Labels.spread(
      wanted.map { scale.y($0.value) }, within: -4...(MonthChart.height + 4), apart: 15)
    return zip(wanted, places).map { label, y in
      S.g(.class("wide")) { Mark.text("t-soft", x: 100, y: y + 4, dx: 8, label.text) }
    }
  }

  private func label(_ tick: Double, step: Double) -> String {
    indicator.unit == .percent
      ? reader.numbers.percent(tick, decimals: step < 0.01 ? 1 : 0)
      : reader.numbers.short(tick, decimals: step < 1 ? 2 : 0)
  }

  private var table: Markup {
    let series = reader.edition.months(indicator.id, judgement.cooperation.id)
    // The file has every month.
    let rows = signal.points.suffix(12).reversed().map { point -> [Markup] in
      let value = series?.months.first { $0.start == point.month }?.value
      let limits = point.low.flatMap { low in
        point.high.map { reader.range(low, $0, indicator.unit) }
      }
      return [
        .text(point.month.map(reader.numbers.month) ?? ""),
        // Sentences, which break over lines: a column of numbers would make the table wider than the sheet.
        .text(point.rules.isEmpty ? "–" : point.rules.map(reader.short).joined(separator: ", ")),
        .text(value.map { reader.full($0, indicator) } ?? reader.value(point.value, indicator.unit)),
        .text(limits ?? "–"),
      ]
    }
    return reader.table(
      caption: "\(indicator.label[reader.language]), \(judgement.cooperation.name)",
      head: [
        reader.say("Mois", "Month"), reader.say("Règles", "Rules"), reader.say("Valeur", "Value"),
        reader.say("Variation habituelle", "Usual variation"),
      ], rows: rows, text: 1, fold: .lines)
  }
}
