internal import Impact
internal import Postgres

extension Condition {
  /// The condition on a row `r`; every constant is a bound parameter.
  var judgement: SQL {
    let column: SQL = "r.\(identifier: field)"
    switch test {
    case .oneOf(let values): return "\(fragment: column)::text = ANY (\(values)::text[])"
    case .isTrue(true): return "\(fragment: column)"
    case .isTrue(false): return "NOT \(fragment: column)"
    case .atLeast(let number): return "\(fragment: column) >= \(number)::numeric"
    case .lessThan(let number): return "\(fragment: column) < \(number)::numeric"
    case .known(true): return "\(fragment: column) IS NOT NULL"
    case .known(false): return "\(fragment: column) IS NULL"
    }
  }
}

/// A definition names an entity the vocabulary does not have: the catalogue was not checked.
struct UnknownEntity: Error, CustomStringConvertible {
  var name: String
  var description: String { "the entity “\(name)” is not in Indicators/facts.yaml; run jvs check" }
}

extension Indicator {
  /// The window its terms are counted in: a cumulative total always runs from the beginning.
  var reportingWindow: Window {
    if case .cumulative = measure { .sinceStart } else { window }
  }
}
