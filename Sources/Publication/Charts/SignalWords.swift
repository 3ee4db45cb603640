internal import Impact

/// What a signal chart says in words.
struct SignalWords {
  let series: SignalSeries

  private var reader: Reader { series.reader }
  private var judgement: Judgement { series.judgement }
  private var indicator: Indicator { series.indicator }
  private var shown: [Figure] { series.shown }
  private var known: [(Quarter, Figure.Value)] { series.known }
  private var hasLimits: Bool { series.hasLimits }

  /// The last value, what is usual, and the target, in a sentence.
  var summary: String {
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

  /// Where the figures come from, what is cut, what is missing, and what the signal was judged on.
  var source: String {
    var text =
      reader.say("Source : ", "Source: ")
      + reader.say(
        "faits enregistrés au lot \(reader.edition.release.batch), définition version \(indicator.version).",
        "facts recorded up to batch \(reader.edition.release.batch), definition version \(indicator.version)."
      )
    if !known.isEmpty {
      let scale = series.scale
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
}
