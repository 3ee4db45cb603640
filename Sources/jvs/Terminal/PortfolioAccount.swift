import Impact
import Store

/// What a figure of the portfolio is made from: the figures of its cooperations, each of which has its own receipt.
struct PortfolioAccount: Encodable {
  /// The figure of one cooperation.
  struct Part: Encodable {
    var cooperation: String
    var value: Double?
    var numerator: Double?
    var denominator: Double?
    var absence: String?
    /// SHA-256 of the rows used, term by term, as in the cooperation's receipt.
    var sha256: [String]
  }

  var indicator: String
  var version: Int
  var quarter: String
  var parts: [Part]
  /// What the parts come to, people seen in two of them counted twice; `nil` where they do not add up.
  var value: Double?
  var numerator: Double?
  var denominator: Double?

  private enum CodingKeys: CodingKey {
    case indicator, version, quarter, parts, value, numerator, denominator
  }

  private let definition: Indicator

  /// The account of an indicator, from the receipts of the cooperations that have a figure of it.
  init(_ definition: Indicator, _ quarter: Quarter, _ explanations: [Explanation]) {
    self.definition = definition
    (indicator, version, self.quarter) = (definition.name, definition.version, quarter.description)
    parts = explanations.map { explanation in
      let value = explanation.figure.value
      return Part(
        cooperation: explanation.figure.key.cooperation, value: value?.number, numerator: value?.numerator,
        denominator: value?.denominator, absence: explanation.figure.absence?.rawValue,
        sha256: explanation.accounts.map(\.digest))
    }
    // Made of the figures alone: who is in two of them, and the rows of medians and incidences, are for an edition to read.
    guard let found = PortfolioFigure(definition, figures: explanations.map(\.figure))?.value else { return }
    (value, numerator, denominator) = (found.number, found.numerator, found.denominator)
  }

  /// Why the parts' figures alone do not give it.
  private var reason: String {
    switch definition.portfolioMethod {
    case .pooledMedian, .pooledLifeTable:
      "It is made of all their rows together, not of their figures; portfolio.csv of the release has it."
    case .derived:
      "Its arithmetic is done on the portfolio's figures of what it names; portfolio.csv of the release has it."
    case .sum, .distinctPeople, .ratioOfSums, .pooledMean: "No part has a value to add up."
    }
  }

  /// The account for a reader at a terminal.
  func text(_ prefix: String) -> String {
    var lines = [
      "\(definition.label.french) / \(definition.label.english)", "portfolio, \(quarter)", "",
      "  definition  \(indicator), version \(version), \(definition.measure.kind); jvs indicators show \(indicator) says how it is made of several cooperations",
    ]
    if let value, let numerator, let denominator {
      lines.append(
        "  ratio of sums \(ExplanationText.written(value)) (\(ExplanationText.written(numerator)) / \(ExplanationText.written(denominator)))"
      )
    } else if let value {
      let how = definition.portfolioMethod == .pooledMean ? "mean of all rows" : "sum of parts"
      lines.append("  \(how)  \(ExplanationText.written(value))")
    }
    if value != nil, definition.measure.terms.contains(where: { $0.function == .distinct }) {
      lines.append(
        "  Whoever is in two cooperations counts twice here; once in portfolio.csv where that is known (people_counted)."
      )
    }
    if value == nil { lines.append("  \(reason)") }
    lines += ["", "made from:"]
    for part in parts {
      var text = part.absence.map { "not in it: \($0)" } ?? part.value.map(ExplanationText.written) ?? ""
      if let numerator = part.numerator, let denominator = part.denominator {
        text += " (\(ExplanationText.written(numerator)) / \(ExplanationText.written(denominator)))"
      }
      lines.append(
        "  \(part.cooperation)  \(text); jvs explain \(prefix)\(part.cooperation)/\(indicator)/\(quarter)")
    }
    return lines.joined(separator: "\n")
  }
}
