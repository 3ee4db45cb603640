internal import Impact

/// The periods of one indicator for one cooperation, with everything behind each.
struct SeriesTable {
  let reader: Reader
  let judgement: Judgement
  /// Fewer, fuller columns, for a table that stands beside its chart on paper.
  var isCompact = false

  var markup: Markup {
    let indicator = judgement.indicator
    let isRatio = judgement.series.contains { $0.value?.denominator != nil }
    let hasInterval = judgement.series.contains { $0.value?.interval != nil }
    let hasTarget = judgement.series.contains {
      reader.edition.target(indicator.id, judgement.cooperation.id, $0.key.quarter) != nil
    }
    var head = [reader.say("Période", "Period"), reader.say("Valeur", "Value")]
    if hasTarget { head.append(reader.say("Objectif", "Target")) }
    if isCompact, hasInterval { head[1] = reader.say("Valeur et IC 95 %", "Value and 95% CI") }
    if !isCompact {
      if isRatio {
        head += [reader.say("Numérateur", "Numerator"), reader.say("Dénominateur", "Denominator")]
      }
      if hasInterval { head += [reader.say("Bas", "Low"), reader.say("Haut", "High")] }
    }
    head.append(reader.say("État", "Status"))
    let rows = judgement.series.reversed().map { figure -> [Markup] in
      let value = figure.value
      func number(_ number: Double?) -> Markup {
        number.map { .text(reader.numbers.short($0, decimals: $0.magnitude >= 1000 ? 0 : 1)) } ?? dash
      }
      var cells: [Markup] = [
        .text(reader.numbers.quarter(figure.key.quarter)),
        value.map { isCompact ? full($0) : .text(reader.value($0.number, indicator.unit)) }
          ?? reader.absence(figure.absence ?? .notCollected),
      ]
      if hasTarget {
        let target = reader.edition.target(indicator.id, judgement.cooperation.id, figure.key.quarter)
        cells.append(
          target.map { .text(reader.words($0, indicator)) }
            ?? H.span(.class("none"), text: reader.say("non fixé", "not set")))
      }
      if isRatio, !isCompact { cells += [number(value?.numerator), number(value?.denominator)] }
      if hasInterval, !isCompact {
        cells += [value?.interval?.low, value?.interval?.high].map { end in
          end.map { .text(reader.value($0, indicator.unit)) } ?? dash
        }
      }
      cells.append(.text(reader.words(figure.status)))
      return cells
    }
    return reader.table(
      caption: "\(indicator.label[reader.language]), \(judgement.cooperation.name)", head: head, rows: rows,
      fold: isCompact ? nil : .lines)
  }

  /// A value with its fraction, its interval below.
  private func full(_ value: Figure.Value) -> Markup {
    let indicator = judgement.indicator
    return .group([
      .text(reader.full(value, indicator)),
      value.interval.map { H.span(.class("ci"), text: reader.range($0.low, $0.high, indicator.unit)) }
        ?? .none,
    ])
  }

  private var dash: Markup { H.span(.class("none"), text: "–") }
}
