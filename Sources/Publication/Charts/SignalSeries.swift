internal import Impact

/// What a signal chart shows: the last quarters of a series, with what is known of each.
struct SignalSeries {
  let reader: Reader
  let judgement: Judgement
  /// The quarters drawn, in their order.
  let shown: [Figure]
  /// Those of them that have a value.
  let known: [(Quarter, Figure.Value)]

  /// The last quarters of a series, at most so many.
  init(_ judgement: Judgement, last quarters: Int, _ reader: Reader) {
    self.reader = reader
    self.judgement = judgement
    shown = Array(judgement.series.suffix(quarters))
    known = shown.compactMap { figure in figure.value.map { (figure.key.quarter, $0) } }
  }

  var indicator: Indicator { judgement.indicator }
  var hasLimits: Bool { judgement.hasQuarterLimits }

  /// The points with limits, by quarter; none where the series has no limits.
  var points: [Quarter: Signal.Point] {
    guard hasLimits else { return [:] }
    return Dictionary(judgement.signal.points.map { ($0.quarter, $0) }) { first, _ in first }
  }

  /// The height of a plot.
  static let height = 168.0

  /// How many times the greatest value an interval is drawn to; that of a single event reaches 5.6 times.
  private static let mostInterval = 6.0

  /// The scale on which everything shown has its place.
  var scale: Scale {
    var values = known.map(\.1.number)
    for point in points.values { values += [point.low, point.high].compactMap { $0 } }
    if !hasLimits {
      // An interval known from one event reaches so far that nothing else would be seen: it is cut, and that is said.
      let most = (values.map(abs).max() ?? 0) * SignalSeries.mostInterval
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
      fitting: values, height: SignalSeries.height, floor: isSigned ? nil : 0, ceiling: isShare ? 1 : nil)
  }
}
