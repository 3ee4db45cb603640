internal import Impact

/// Bars under one another, each split into parts that add up to it.
struct StackedBars {
  struct Segment {
    var label: String
    var count: Double
    /// `c1`, `c2`, `c3`, `cd`, `c0` or `ch`: the fill.
    var fill: String
  }
  struct Bar {
    var label: String
    var segments: [Segment]
    var total: Double { segments.reduce(0) { $0 + $1.count } }
  }

  let reader: Reader
  let id: String
  let title: String
  let bars: [Bar]

  private static let pitch = 92.0

  var markup: Markup {
    let drawn = bars.filter { $0.total > 0 }
    let sentence = drawn.map { bar in
      "\(bar.label)\(reader.numbers.colon)"
        + bar.segments.map { "\($0.label) \(reader.numbers.short($0.count))" }.joined(separator: ", ")
    }.joined(separator: ". ")
    return H.div(.class("plot tight")) {
      S.svg(
        .role("img"), .labelledBy("\(id)-t \(id)-d"),
        Attribute("height", px(StackedBars.pitch * Double(drawn.count)))
      ) {
        S.title(.id("\(id)-t"), text: title)
        S.desc(.id("\(id)-d"), text: sentence + ".")
        for (index, bar) in drawn.enumerated() { row(bar, top: Double(index) * StackedBars.pitch) }
      }
    }
  }

  private func row(_ bar: Bar, top: Double) -> [Markup] {
    var marks = [
      Mark.text("t-b", x: 0, y: top + 12, bar.label),
      Mark.text("end t-b", x: 100, y: top + 12, reader.numbers.short(bar.total)),
    ]
    var start = 0.0
    for segment in bar.segments where segment.count > 0 {
      let width = 100 * segment.count / bar.total
      marks.append(Mark.rect(segment.fill, x: start, y: top + 20, width: max(0.4, width - 0.3), height: 30))
      let ink = "o" + segment.fill.dropFirst()
      if width >= 7.5 {
        marks.append(
          Mark.text(
            "mid t-b \(ink)", x: start + width / 2, y: top + 39.5, reader.numbers.short(segment.count)))
      } else if width >= 3 {
        marks.append(
          Mark.text("mid t-s", x: start + width / 2, y: top + 65, reader.numbers.short(segment.count)))
      }
      // Wide labels only show from 38 rem up, where a letter takes about one per cent; paper has the key.
      if width >= Double(segment.label.count) * 1.05 + 0.5, width >= 7.5 {
        marks.append(
          S.g(.class("wide noprint")) { Mark.text("t-s", x: start + 0.1, y: top + 65, segment.label) })
      }
      start += width
    }
    return marks
  }
}

/// The name of a row, cut where it would touch the value at the right; the table beside has it whole.
enum RowLabel {
  /// The label in as many widths as its length needs.
  ///
  /// - Parameters:
  ///   - label: the whole name.
  ///   - y: the line of the text.
  ///   - room: letters the widest value takes.
  ///   - others: the names of the rows, from which it must be told apart.
  /// - Returns: one text for each width of figure, of which the style sheet shows one.
  static func markup(_ label: String, y: Double, beside room: Int, among others: [String]) -> Markup {
    // Letters of the widest usual font in 288 px, in 30 rem and in 38 rem, less those of the value.
    let (narrow, middle, wide) = (35, 70 - room, 90 - room)
    func text(_ letters: Int) -> Markup { Mark.text("", x: 0, y: y, cut(label, to: letters, among: others)) }
    switch label.count {
    case ...narrow: return text(narrow)
    case ...middle: return .group([S.g(.class("wl")) { text(middle) }, S.g(.class("nl")) { text(narrow) }])
    default: return .group([S.g(.class("wide")) { text(wide) }, S.g(.class("narrow")) { text(narrow) }])
    }
  }

  /// The text, or its first words and an ellipsis, then its last words where another begins like it.
  static func cut(_ text: String, to letters: Int, among others: [String]) -> String {
    let plain = cut(text, to: letters)
    let alike = others.filter { $0 != text && cut($0, to: letters) == plain }
    guard text.count > letters, !alike.isEmpty else { return plain }
    let words = text.split(separator: " ")
    for count in 1..<max(1, words.count) {
      let tail = " " + words.suffix(count).joined(separator: " ")
      guard tail.count * 3 < letters * 2 else { break }
      if !alike.contains(where: { $0.hasSuffix(tail) }) { return cut(text, to: letters - tail.count) + tail }
    }
    return plain
  }

  /// The text, or its first words and an ellipsis.
  static func cut(_ text: String, to letters: Int) -> String {
    guard text.count > letters else { return text }
    let head = text.prefix(letters - 1)
    let words = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return (words.count * 2 > letters ? words : head).trimmingPunctuation + "…"
  }
}

extension Substring {
  fileprivate var trimmingPunctuation: String {
    var text = self
    while let last = text.last, " ,;:".contains(last) { text.removeLast() }
    return String(text)
  }
}

/// One bar a row: what was promised as an outline, what was delivered inside it.
struct PledgeBars {
  struct Row {
    var label: String
    var promised: Double?
    var delivered: Double?
  }

  let reader: Reader
  let id: String
  let title: String
  let rows: [Row]

  var markup: Markup {
    let most = rows.flatMap { [$0.promised, $0.delivered].compactMap { $0 } }.max() ?? 0
    let sentence = rows.map { "\($0.label)\(reader.numbers.colon)\(words($0))" }.joined(
      separator: reader.say(" ; ", "; "))
    return H.div(.class("plot tight")) {
      S.svg(.role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", px(44 * Double(rows.count)))) {
        S.title(.id("\(id)-t"), text: title)
        S.desc(.id("\(id)-d"), text: sentence + ".")
        for (index, row) in rows.enumerated() { marks(row, top: Double(index) * 44, most: most) }
      }
    }
  }

  private func words(_ row: Row) -> String {
    let delivered =
      row.delivered.map { reader.value($0, .euro) } ?? reader.words(Figure.Absence.notCollected)
    guard let promised = row.promised else {
      return reader.say("\(delivered), rien de promis", "\(delivered), nothing promised")
    }
    return reader.say(
      "\(delivered) sur \(reader.value(promised, .euro))", "\(delivered) of \(reader.value(promised, .euro))")
  }

  private func marks(_ row: Row, top: Double, most: Double) -> [Markup] {
    func width(_ value: Double) -> Double { most > 0 ? 100 * value / most : 0 }
    var marks: [Markup] = [
      RowLabel.markup(row.label, y: top + 13, beside: 26, among: rows.map(\.label)),
      Mark.text("end wl", x: 100, y: top + 13, words(row)),
      S.g(.class("nl")) {
        Mark.text(
          "end", x: 100, y: top + 13,
          row.delivered.map { reader.value($0, .euro) } ?? reader.words(Figure.Absence.notCollected))
      },
      Mark.line("axis", 0, top + 17, 0, top + 34),
    ]
    if let promised = row.promised {
      marks.append(Mark.rect("hollow", x: 0, y: top + 18, width: width(promised), height: 14))
    }
    if let delivered = row.delivered {
      marks.append(Mark.rect("c2", x: 0, y: top + 21.5, width: max(0.3, width(delivered)), height: 7))
    }
    return marks
  }
}

/// One dot a row with its interval: cooperations beside one another, in alphabetical order, never ranked.
struct DotRows {
  struct Row {
    var label: String
    var value: Figure.Value
    var isOpen: Bool
  }

  let reader: Reader
  let id: String
  let title: String
  let indicator: Indicator
  let rows: [Row]

  /// Rows above which a sentence of all of them is no longer listened to.
  private static let heard = 12

  /// What the chart shows to whoever does not see it; of many rows their range, since the table has each.
  private var sentence: String {
    let sorted = rows.sorted { $0.value.number < $1.value.number }
    guard rows.count > Self.heard, let least = sorted.first, let most = sorted.last else {
      return rows.map { "\($0.label) \(reader.full($0.value, indicator))" }.joined(separator: ", ")
    }
    func told(_ row: Row) -> String { "\(reader.full(row.value, indicator)), \(row.label)" }
    return reader.say(
      "\(rows.count) valeurs, toutes dans le tableau ; la plus basse : \(told(least)) ; la plus haute : \(told(most))",
      "\(rows.count) values, all in the table; the lowest: \(told(least)); the highest: \(told(most))")
  }

  var markup: Markup {
    let values = rows.flatMap {
      [$0.value.number, $0.value.interval?.low, $0.value.interval?.high].compactMap { $0 }
    }
    let isSigned = values.contains { $0 < 0 }
    let scale = Scale(
      fitting: isSigned ? values : values + [0], height: 100, floor: isSigned ? nil : 0,
      ceiling: indicator.isRatioOfCounts ? 1 : nil)
    func x(_ value: Double) -> Double { min(100, max(0, 100 - scale.y(value))) }
    let bottom = 44 * Double(rows.count)
    return H.div(.class("plot tight")) {
      S.svg(.role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", px(bottom + 22))) {
        S.title(.id("\(id)-t"), text: title)
        S.desc(.id("\(id)-d"), text: sentence + ".")
        for (index, row) in rows.enumerated() {
          let top = Double(index) * 44
          Mark.lane("\(id)-g", index: index, top: top) {
            for tick in scale.ticks { Mark.line("grid", x(tick), 17, x(tick), 34) }
          }
          RowLabel.markup(row.label, y: top + 12, beside: 18, among: rows.map(\.label))
          S.text(.class("end"), .x(100), .y(top + 12)) {
            Markup.text(reader.value(row.value.number, indicator.unit))
            if let fraction = reader.fraction(row.value, indicator) {
              S.tspan(.class("wl"), text: " " + fraction)
            }
          }
          if let interval = row.value.interval {
            Mark.line("ci-l", x(interval.low), top + 25.5, x(interval.high), top + 25.5)
          }
          Mark.point(row.isOpen ? "pt-open" : "pt", x: x(row.value.number), y: top + 25.5)
        }
        for (index, tick) in scale.ticks.enumerated() {
          let isLast = index == scale.ticks.count - 1
          // A narrow plot has room for the ends and the middle.
          let isKept = index == 0 || isLast || index == scale.ticks.count / 2
          Mark.text(
            (index == 0 ? "t-s" : isLast ? "end t-s" : "mid t-s")
              + (isKept ? "" : " wide"),
            x: x(tick), y: bottom + 15,
            indicator.unit == .percent
              ? reader.numbers.percent(tick, decimals: scale.step < 0.01 ? 1 : 0)
              : reader.numbers.short(tick, decimals: scale.step < 1 ? 2 : 0))
        }
      }
    }
  }
}

extension DotRows {
  /// The same rows as a table, with names in full.
  func table(_ caption: String, first: String) -> Markup {
    let hasInterval = rows.contains { $0.value.interval != nil }
    return reader.folded(
      caption, rows: rows.count,
      reader.table(
        caption: caption,
        head: [first, reader.say("Valeur", "Value")] + (hasInterval ? [reader.say("IC 95 %", "95% CI")] : []),
        rows: rows.map { row in
          var cells: [Markup] = [.text(row.label), .text(reader.full(row.value, indicator))]
          if hasInterval {
            cells.append(
              row.value.interval.map { .text(reader.range($0.low, $0.high, indicator.unit)) }
                ?? H.span(.class("none"), text: reader.say("sans IC", "no CI")))
          }
          return cells
        }))
  }
}
