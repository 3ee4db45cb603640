internal import Impact

/// How far a ratio moves with one parameter at a time, the widest first: a line a parameter from one end to the other.
struct SwingRows {
  struct Row {
    var label: String
    var ends: Interval
    /// Both ends in words.
    var words: String
  }

  let reader: Reader
  let id: String
  let title: String
  /// The ratio with every parameter at its central value.
  let central: Double
  let rows: [Row]

  var markup: Markup {
    let scale = Scale(fitting: rows.flatMap { [$0.ends.low, $0.ends.high] } + [central], height: 100)
    func x(_ value: Double) -> Double { min(100, max(0, 100 - scale.y(value))) }
    let sentence = rows.map { "\($0.label) \($0.words)" }.joined(separator: ", ")
    let bottom = 44 * Double(rows.count)
    return H.div(.class("plot tight")) {
      S.svg(.role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", px(bottom + 22))) {
        S.title(.id("\(id)-t"), text: title)
        S.desc(.id("\(id)-d"), text: sentence + ".")
        for (index, row) in rows.enumerated() {
          let top = Double(index) * 44
          for tick in scale.ticks { Mark.line("grid", x(tick), top + 17, x(tick), top + 34) }
          RowLabel.markup(row.label, y: top + 12, beside: 16, among: rows.map(\.label))
          S.g(.class("wl")) { Mark.text("end", x: 100, y: top + 12, row.words) }
          Mark.line("ci-l", x(row.ends.low), top + 25.5, x(row.ends.high), top + 25.5)
          Mark.point("pt", x: x(central), y: top + 25.5)
        }
        for (index, tick) in scale.ticks.enumerated() {
          let isLast = index == scale.ticks.count - 1
          // A narrow plot has room for the ends and the middle.
          let isKept = index == 0 || isLast || index == scale.ticks.count / 2
          Mark.text(
            (index == 0 ? "t-s" : isLast ? "end t-s" : "mid t-s")
              + (isKept ? "" : " wide"),
            x: x(tick), y: bottom + 15, reader.numbers.short(tick, decimals: 3))
        }
      }
    }
  }
}
