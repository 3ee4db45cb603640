internal import Impact

extension Archive {
  /// The comparison of a rate with those of the other cooperations that may be read.
  ///
  /// Reads as of the batch and cut that were set.
  ///
  /// - Parameters:
  ///   - key: the place of one of the rates.
  ///   - indicator: its definition.
  ///   - catalogue: the definitions.
  /// - Returns: the comparison; `nil` when the indicator is not compared, or fewer than two cooperations have the rate.
  /// - Throws: `UnknownEntity`, `TooLarge` or the database's error.
  func fairness(
    of key: Figure.Key, _ indicator: Indicator, in catalogue: Catalogue
  ) throws -> Fairness? {
    guard indicator.isCompared else { return nil }
    var rates: [Figure] = []
    try eachFigures(
      of: catalogue.limited(to: [indicator.name]), spans: try spans(upTo: key.quarter), upTo: key.quarter,
      since: key.quarter
    ) { _, figures in
      rates += figures.filter {
        $0.key.indicator == key.indicator && $0.key.quarter == key.quarter && $0.key.part == nil
      }
    }
    return Fairness(
      indicator, figures: rates, population: try population(of: indicator, in: catalogue, key.quarter))
  }
}
