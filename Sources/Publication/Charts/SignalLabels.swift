internal import Impact

/// Names at the right end of a signal chart, at their value, pushed apart where they would touch.
struct SignalLabels {
  let series: SignalSeries
  let scale: Scale

  private var reader: Reader { series.reader }
  private var judgement: Judgement { series.judgement }
  private var indicator: Indicator { series.indicator }
  private var shown: [Figure] { series.shown }
  private var known: [(Quarter, Figure.Value)] { series.known }
  private var hasLimits: Bool { series.hasLimits }

  var markup: [Markup] {
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
      wanted.map { scale.y($0.value) }, within: -4...(SignalSeries.height + 4), apart: 15)
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
      y = y < SignalSeries.height / 2 ? 0 : SignalSeries.height
    }
    marks.append(
      S.g(.class("narrow")) {
        Mark.text(
          "end t-b halo", x: edge, y: min(max(y, 12), SignalSeries.height - 4),
          reader.value(last.1.number, indicator.unit))
      })
    return marks
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
