import Impact

/// The social return of a year, for a reader at a terminal and for a machine.
struct SocialReturnText {
  let shown: YearReturn
  let model: SocialReturnModel
  let release: String

  /// A social return for a machine.
  struct Answer: Encodable {
    struct Line: Encodable {
      var name: String
      var organisation: String?
      var quantity: Double?
      var euros: Double?
      var presentValue: Double?
      var absence: String?
    }
    var release: String
    var cooperation: String
    var year: Int
    var investment: Double?
    var presentValue: Double?
    var ratio: Double?
    var low: Double?
    var high: Double?
    var cornerLow: Double?
    var cornerHigh: Double?
    var absence: String?
    var inputs: [Line]
    var outcomes: [Line]
  }

  var answer: Answer {
    let drawn = shown.result?.uncertainty
    return Answer(
      release: release, cooperation: shown.cooperation, year: shown.year,
      investment: shown.inputs.isEmpty ? nil : shown.investment, presentValue: shown.presentValue,
      ratio: shown.result?.ratio, low: drawn?.interval.low, high: drawn?.interval.high,
      cornerLow: shown.result?.corners.low, cornerHigh: shown.result?.corners.high,
      absence: shown.absence?.rawValue,
      inputs: shown.inputs.map {
        Answer.Line(
          name: $0.name, organisation: $0.organisation, euros: $0.value, absence: $0.absence?.rawValue)
      },
      outcomes: shown.outcomes.map {
        Answer.Line(
          name: $0.id, quantity: $0.quantity, euros: $0.impact, presentValue: $0.presentValue,
          absence: $0.absence?.rawValue)
      })
  }

  var lines: [String] {
    func number(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    var lines = [
      "\(shown.cooperation), \(shown.year), release \(release), sroi.yaml version \(model.version)"
    ]
    lines += shown.inputs.map { input in
      "  put in: \([input.organisation, input.name].compactMap(\.self).joined(separator: " ")): "
        + (input.value.map { number($0) + " €" } ?? input.absence?.rawValue ?? "unknown")
        + (input.unvalued > 0 ? ", and \(input.unvalued) not valued" : "")
    }
    for outcome in shown.outcomes {
      guard let definition = model.outcome(outcome.id) else { continue }
      let proxy = model.proxy(definition.proxy)?.estimate(in: shown.year)
      lines.append(
        "  \(outcome.id): \(outcome.quantity.map(number) ?? outcome.absence?.rawValue ?? "unknown")"
          + (proxy.map { " × \(number($0.central)) €" } ?? ", no value in force")
          + ", deadweight \(definition.deadweight.estimate.central)"
          + ", displacement \(definition.displacement.estimate.central)"
          + ", attribution to others \(definition.attributionToOthers.estimate.central)"
          + ", drop-off \(definition.dropOff.estimate.central)"
          + ", years \(definition.firstYear)–\(definition.firstYear + definition.duration - 1)"
          + (outcome.presentValue.map { ": \(number($0)) € today" } ?? ""))
    }
    if let result = shown.result {
      lines.append(
        "  ratio \(number(result.ratio)), corners \(number(result.corners.low)) to \(number(result.corners.high))"
          + (result.uncertainty.map {
            ", 95 % of \($0.draws) draws (seed \($0.seed)) \(number($0.interval.low)) to \(number($0.interval.high))"
          } ?? ""))
    } else {
      lines.append("  no ratio: \(shown.absence?.rawValue ?? "unknown")")
    }
    return lines
  }
}
