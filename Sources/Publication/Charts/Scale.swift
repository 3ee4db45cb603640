internal import Glibc

/// The vertical scale of a plot: round steps around the data, and pixels from values.
struct Scale {
  let low: Double
  let high: Double
  let step: Double
  /// Height of the plotting area, in pixels.
  let height: Double

  /// A scale that holds every value, with at most six grid lines.
  ///
  /// - Parameters:
  ///   - values: what must fit; not empty.
  ///   - height: height of the plotting area, in pixels.
  ///   - floor: a value the scale never goes below, such as 0.
  ///   - ceiling: a value it never goes above, such as 1 for a share.
  init(fitting values: [Double], height: Double, floor: Double? = nil, ceiling: Double? = nil) {
    let least = values.min() ?? 0
    let most = values.max() ?? 1
    // Equal values still need a height to stand in.
    let spread = most > least ? most - least : max(abs(most) * 0.2, 0.001)
    let rough = spread * 1.15 / 5
    let power = pow(10, (log10(rough)).rounded(.down))
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
    var low = ((least - spread * 0.05) / step).rounded(.down) * step
    var high = ((most + spread * 0.05) / step).rounded(.up) * step
    if let floor { low = max(low, floor) }
    if let ceiling { high = min(high, max(ceiling, most)) }
    if high <= low { high = low + step }
    self.low = low
    self.high = high
    self.step = step
    self.height = height
  }

  /// The values of the grid lines, from the lowest.
  var ticks: [Double] {
    var ticks: [Double] = []
    var index = 0
    while low + Double(index) * step <= high + step * 1e-6 {
      ticks.append(low + Double(index) * step)
      index += 1
    }
    return ticks
  }

  /// Pixels from the top.
  func y(_ value: Double) -> Double { height * (1 - (value - low) / (high - low)) }
}

/// A coordinate with at most two decimals: the same bytes on every run.
func px(_ value: Double) -> String {
  let text = DecimalText(value.isFinite ? value : 0).rounded(to: 2)
  var short = Substring(text)
  while short.last == "0" { short.removeLast() }
  if short.last == "." { short.removeLast() }
  return String(short)
}

/// A coordinate in per cent of the plot's width.
func pc(_ value: Double) -> String { px(value) + "%" }

extension Attribute {
  static func x(_ value: Double) -> Self { Self("x", pc(value)) }
  static func y(_ value: Double) -> Self { Self("y", px(value)) }
  static func x1(_ value: Double) -> Self { Self("x1", pc(value)) }
  static func x2(_ value: Double) -> Self { Self("x2", pc(value)) }
  static func y1(_ value: Double) -> Self { Self("y1", px(value)) }
  static func y2(_ value: Double) -> Self { Self("y2", px(value)) }
  static func dx(_ value: Double) -> Self { Self("dx", px(value)) }
  static func width(_ value: Double) -> Self { Self("width", pc(value)) }
  static func height(_ value: Double) -> Self { Self("height", px(value)) }
}

/// Marks shared by the charts.
enum Mark {
  static func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Markup {
    S.line(.class(name), .x1(x1), .y1(y1), .x2(x2), .y2(y2))
  }

  static func text(_ name: String, x: Double, y: Double, dx: Double? = nil, _ text: String) -> Markup {
    S.text(name.isEmpty ? nil : .class(name), .x(x), .y(y), dx.map { .dx($0) }, text: text)
  }

  static func rect(_ name: String, x: Double, y: Double, width: Double, height: Double) -> Markup {
    S.rect(.class(name), .x(x), .y(y), .width(max(0, width)), .height(max(0, height)))
  }

  static func point(_ name: String, x: Double, y: Double) -> Markup {
    S.circle(.class(name), Attribute("cx", pc(x)), Attribute("cy", px(y)), Attribute("r", "4"))
  }

  /// A triangle, drawn once on the page: it keeps its shape wherever it is placed.
  static func triangle(_ name: String, x: Double, y: Double, up: Bool) -> Markup {
    S.use(.class(name), .href(up ? "#t-up" : "#t-down"), .x(x), .y(y))
  }

  /// The grid behind each row of a chart: drawn behind the first, and shown again behind the others, where the rules of
  /// the style sheet reach the copy but not what it copies.
  static func lane(_ id: String, index: Int, top: Double, @MarkupBuilder _ marks: () -> [Markup]) -> Markup {
    index == 0
      ? S.g(.id(id), content: marks()) : S.use(.class("grid"), .href("#\(id)"), Attribute("y", px(top)))
  }

  /// Points joined by a line, in a drawing of their own whose width is that of the plot and whose height is its own.
  static func curve(_ points: [(x: Double, y: Double)], height: Double) -> Markup {
    guard points.count > 1 else { return .none }
    return S.svg(
      .class("run"), Attribute("viewBox", "0 0 100 \(px(height))"), Attribute("height", px(height)),
      Attribute("preserveAspectRatio", "none")
    ) {
      S.path(.class("line"), Attribute("d", path(points)))
    }
  }

  /// `M1 2L3 4`.
  static func path(_ points: [(x: Double, y: Double)]) -> String {
    points.enumerated().map { index, point in
      // The letter L may be left out between points; a minus separates as well as a space does.
      (index == 0 ? "M" : index == 1 ? "L" : " ") + "\(px(point.x)) \(px(point.y))"
    }.joined()
  }
}

/// A chart with its words: headline, statistic, sentence, key, drawing, source, table, links.
struct ChartFigure {
  let id: String
  let headline: [Markup]
  let statistic: String
  let summary: String
  var key: Markup = .none
  /// The drawing, or nothing when there is nothing to draw: then the sentence stands alone.
  let plot: Markup
  let source: String
  var table: Markup = .none
  var links: [(href: String, text: String)] = []
  var side = false

  var markup: Markup {
    H.figure(.class(side ? "fig side" : "fig"), .id(id), .labelledBy("\(id)-h")) {
      H.figcaption {
        H.h3(.id("\(id)-h"), content: headline)
        H.p(.class("stat"), text: statistic)
        H.p(.class("sum"), text: summary)
      }
      key
      plot
      H.p(.class("src"), text: source)
      table
      if !links.isEmpty {
        H.ul(.class("links")) {
          for link in links { H.li { H.a(.href(link.href), text: link.text) } }
        }
      }
    }
  }
}
