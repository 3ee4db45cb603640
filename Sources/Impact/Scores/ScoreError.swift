/// Why a score cannot be computed as its scorecard says.
///
/// The sentence has no place: whoever read the file adds it.
public enum ScoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The two goalposts of an indicator are equal.
  case equalGoalposts(indicator: String)
  /// The weights below a node add up to nothing.
  case weightsSumToZero(node: String)
  /// A weight is below 0 or not a number.
  case negativeWeight(node: String)
  /// A value that is not above 0 stands under a mean that needs such values.
  case notPositive(node: String, mean: Aggregation, unit: String?, period: String?)
  /// The values below a node have no such mean: Mazziotta–Pareto's divides by their mean, which must be above 0.
  case noMean(node: String, mean: Aggregation, unit: String?, period: String?)
  /// A normalisation needs something the indicator lacks.
  case lacks(indicator: String, what: String)
  /// The reference unit is not in the table.
  case unknownUnit(String)
  /// The reference period is not in the table.
  case unknownPeriod(String)
  /// The target of an indicator is not better than the worst value, so that distances to it run backwards.
  case targetNotBetter(indicator: String, target: Double, worst: Double)
  /// The value an indicator is divided by is not above 0.
  case referenceNotPositive(indicator: String, reference: Double)
  /// A normalisation divides by a spread that is 0.
  case noSpread(indicator: String)
  /// An indicator is worth the same in every complete row, so that it goes together with nothing.
  case constant(indicator: String)
  /// Something is asked of one unit's score that Copeland's rule only has of all units together.
  case notByUnit(node: String, what: String)
  /// A matrix of comparisons is not one.
  case comparisons(String)
  /// Something does not hold together.
  case inconsistent(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .equalGoalposts(let indicator):
      "the goalposts of \"\(indicator)\" are equal; low and high must differ"
    case .weightsSumToZero(let node):
      "the weights below \"\(node)\" add up to 0; give at least one of them a weight above 0"
    case .negativeWeight(let node): "the weight of \"\(node)\" is below 0; a weight is 0 or more"
    case .notPositive(let node, let mean, let unit, let period):
      if mean == .geometricFromOne {
        "\"\(node)\" lies below its scale\(ScoreError.place(unit, period)), and a \(mean.name) mean counts from 1 at the "
          + "scale's beginning; use goalposts, or another mean"
      } else {
        "\"\(node)\" is not above 0\(ScoreError.place(unit, period)), and a \(mean.name) mean needs values above 0; use "
          + "geometric-from-one, or a scale that begins above 0"
      }
    case .noMean(let node, let mean, let unit, let period):
      if case .mazziottaPareto = mean {
        "what stands below \"\(node)\" has a mean of 0 or less\(ScoreError.place(unit, period)), and \(mean.name) divides by "
          + "it; use values around 100, as { z-score-population: { mean: 100, deviation: 10 } }, or another mean"
      } else {
        "what stands below \"\(node)\" is too great or too small for a \(mean.name) mean\(ScoreError.place(unit, period)); "
          + "use a normalisation that puts it on the scale"
      }
    case .lacks(let indicator, let what):
      "\"\(indicator)\" lacks \(what), which its normalisation needs; add it"
    case .unknownUnit(let unit): "the table has no unit \"\(unit)\"; write the name of one of its rows"
    case .unknownPeriod(let period): "the table has no period \"\(period)\"; write one of its periods"
    case .noSpread(let indicator):
      "every value of \"\(indicator)\" is the same, so it cannot be normalised this way; remove it or use goalposts"
    case .targetNotBetter(let indicator, let target, let worst):
      "the target of \"\(indicator)\", \(target), is no better than the worst value, \(worst): distances to it would run "
        + "backwards; set a target beyond the values, say which direction is better, or use goalposts"
    case .referenceNotPositive(let indicator, let reference):
      "the reference of \"\(indicator)\" is \(reference), and only over one above 0 is more of it a greater share; measure "
        + "from another reference, or use goalposts, min-max or a z-score"
    case .constant(let indicator):
      "\"\(indicator)\" is worth the same, once normalised, for every unit that has all indicators: it correlates with "
        + "nothing; ask for no correlations, or take it out"
    case .notByUnit(let node, let what):
      "\"\(node)\" is made by Copeland's rule, where a unit's score depends on every other unit: \(what) cannot be told "
        + "unit by unit; leave it out, or use another aggregation"
    case .comparisons(let problem): problem
    case .inconsistent(let problem): problem
    }
  }

  private static func place(_ unit: String?, _ period: String?) -> String {
    (unit.map { " for \"\($0)\"" } ?? "") + (period.map { " in \"\($0)\"" } ?? "")
  }
}
