internal import Impact

/// One bar a row from 0 to 100, with its band: the scores of the dimensions.
struct ScoreBars {
  struct Row {
    var label: String
    /// `nil` for a score that cannot be given.
    var value: Double?
    /// Where most of the methods tried put it.
    var band: Interval?
    /// Why it cannot be given.
    var absence: Score.Absence?
  }

  let reader: Reader
  let id: String
  let rows: [Row]

  var markup: Markup {
    H.div(.class("plot tight")) {
      S.svg(
        .role("img"), .labelledBy("\(id)-t \(id)-d"), Attribute("height", px(40 * Double(rows.count) + 18))
      ) {
        S.title(.id("\(id)-t"), text: reader.say("Notes de 0 à 100", "Scores from 0 to 100"))
        S.desc(
          .id("\(id)-d"),
          text: rows.map { "\($0.label) \(words($0, short: false))" }.joined(separator: ", ") + ".")
        for (index, row) in rows.enumerated() { marks(row, top: Double(index) * 40) }
        for (tick, place) in [(0.0, ""), (50, "mid "), (100, "end ")] {
          Mark.text(
            place + "t-s", x: tick, y: 40 * Double(rows.count) + 12, reader.numbers.number(tick))
        }
      }
    }
  }

  private func words(_ row: Row, short: Bool) -> String {
    guard let value = row.value else {
      if row.absence == .notApplicable { return reader.say("sans objet", "not applicable") }
      return short
        ? reader.say("insuffisant", "too little") : reader.say("données insuffisantes", "not enough data")
    }
    let number = reader.numbers.number(value)
    guard let band = row.band else { return number }
    return "\(number) (\(reader.numbers.number(band.low))–\(reader.numbers.number(band.high)))"
  }

  private func marks(_ row: Row, top: Double) -> [Markup] {
    var marks: [Markup] = [
      RowLabel.markup(row.label, y: top + 12, beside: 24, among: rows.map(\.label)),
      Mark.text("end t-b", x: 100, y: top + 12, words(row, short: true)),
      Mark.rect("c0", x: 0, y: top + 18, width: 100, height: 13),
    ]
    if let value = row.value {
      marks.append(Mark.rect("c2", x: 0, y: top + 18, width: max(0.3, value), height: 13))
      if let band = row.band { marks.append(Mark.line("ci-l", band.low, top + 24.5, band.high, top + 24.5)) }
    }
    return marks
  }
}
