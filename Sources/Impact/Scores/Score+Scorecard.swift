internal import Glibc  // libm: `pow` and `exp`

extension Score {
  /// The scores of a cooperation for one quarter: one a dimension of the scorecard, then the overall one.
  ///
  /// Each value is set between its goalposts and clipped, `100 × (x − low) / (high − low)`; a dimension is
  /// the weighted arithmetic mean of what is known of it, the overall score the weighted geometric mean of
  /// the dimensions, each counted from 1 so that one zero does not erase the rest. A value that is absent, or
  /// a rate on fewer than the scorecard's least denominator, leaves with its weight; below the least known
  /// weight the score is "not enough data". (OECD/JRC handbook 2008, steps 5 and 6.)
  ///
  /// - Parameters:
  ///   - scorecard: goalposts, weights and least data.
  ///   - cooperation: the cooperation's name in data.
  ///   - quarter: the quarter.
  ///   - figure: the figure of an indicator for that cooperation and quarter.
  /// - Returns: the dimensions' scores in the order of the scorecard, then the overall score.
  public static func scores(
    _ scorecard: Scorecard, cooperation: String, quarter: Quarter, figure: (String) -> Figure?
  ) -> [Score] {
    let dimensions = scorecard.parts.map { part in
      dimensionScore(part, scorecard, cooperation: cooperation, quarter: quarter, figure: figure)
    }
    var weightKnown = 0.0
    var weightTotal = 0.0
    var logarithms = 0.0
    for (part, score) in zip(scorecard.parts, dimensions) {
      weightTotal += part.weight
      guard let value = score.value else { continue }
      weightKnown += part.weight
      logarithms += part.weight * log(1 + value * 0.99)
    }
    let coverage = weightTotal > 0 ? weightKnown / weightTotal : 0
    let isKnown = weightKnown > 0 && coverage >= scorecard.minimumData
    let overall = isKnown ? clipped((exp(logarithms / weightKnown) - 1) / 0.99) : nil
    return dimensions + [
      Score(
        cooperation: cooperation, quarter: quarter, dimension: nil, value: overall,
        absence: isKnown ? nil : .notEnoughData, coverage: coverage, contributions: [])
    ]
  }

  private static func dimensionScore(
    _ part: Scorecard.Part, _ scorecard: Scorecard, cooperation: String, quarter: Quarter,
    figure: (String) -> Figure?
  ) -> Score {
    var contributions: [Contribution] = []
    var weightKnown = 0.0
    var weightTotal = 0.0
    var sum = 0.0
    for component in part.components {
      let found = figure(component.indicator)
      // What makes no sense for this cooperation is not missing: it does not count against coverage.
      if found?.absence == .notApplicable { continue }
      weightTotal += component.weight
      let value = found?.value.flatMap { value -> Double? in
        // Only a rate among people has an interval, and only it can rest on too few of them.
        guard value.interval != nil else { return value.number }
        return (value.count ?? 0) >= scorecard.minimumCount ? value.number : nil
      }
      let placed = value.map { normalised($0, between: component.goalposts) }
      if let placed {
        weightKnown += component.weight
        sum += component.weight * placed
      }
      contributions.append(
        Contribution(
          indicator: component.indicator, value: value, normalised: placed,
          weight: placed == nil ? 0 : component.weight))
    }
    let coverage = weightTotal > 0 ? weightKnown / weightTotal : 0
    let isKnown = weightKnown > 0 && coverage >= scorecard.minimumData
    for index in contributions.indices where weightKnown > 0 { contributions[index].weight /= weightKnown }
    return Score(
      cooperation: cooperation, quarter: quarter, dimension: part.dimension,
      value: isKnown ? clipped(sum / weightKnown) : nil, absence: isKnown ? nil : .notEnoughData,
      coverage: coverage, contributions: contributions)
  }

  /// A value between its goalposts, 0–100, clipped.
  static func normalised(_ value: Double, between goalposts: Scorecard.Goalposts) -> Double {
    clipped(100 * (value - goalposts.low) / (goalposts.high - goalposts.low))
  }

  private static func clipped(_ value: Double) -> Double { min(100, max(0, value)) }
}
