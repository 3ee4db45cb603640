internal import Impact

/// Charts of the headline indicators that have a signal or miss their target; the first two when none has.
struct SignalSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let earned = review.headlines.filter {
      review.rank($0) <= 1 || $0.signal.verdict == .improvement || $0.signal.verdict == .change
    }
    let usual = review.headlines.filter { $0.figure?.value != nil }
    let chosen = earned.isEmpty ? Array(usual.prefix(2)) : Array(earned.prefix(3))
    guard !chosen.isEmpty else { return .none }
    return reader.section(
      5, reader.say("Signaux", "Signals"),
      note: earned.isEmpty
        ? reader.say(
          "Aucun signal, aucun objectif manqué : les deux premiers indicateurs, pour mémoire.",
          "No signal, no missed target: the first two indicators, for the record.")
        : reader.say(
          "Seulement les indicateurs qui ont un signal ou manquent leur objectif.",
          "Only indicators with a signal or a missed target."),
      chosen.enumerated().map { index, judgement in
        let id = "f-signal-\(index + 1)"
        let months = MonthChart(reader: reader, judgement: judgement, id: id).figure(isMain: false)
        return months.isEmpty
          ? SignalChart(reader: reader, judgement: judgement, id: id).figure(isMain: false) : months
      })
  }
}
