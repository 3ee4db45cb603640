internal import Impact
internal import Postgres

extension Condition {
  /// The condition on a row `r` and, where it is about the quarter, its period `p`; every constant is a bound
  /// parameter.
  var judgement: SQL { judgement(quarterEnd: "p.ends") }

  /// The condition on a row `r`, for a quarter that ends on a day.
  func judgement(quarterEnd ends: SQL) -> SQL {
    let column: SQL = "r.\(identifier: field)"
    switch test {
    case .oneOf(let values): return "\(fragment: column)::text = ANY (\(values)::text[])"
    case .isTrue(true): return "\(fragment: column)"
    case .isTrue(false): return "NOT \(fragment: column)"
    case .atLeast(let number): return "\(fragment: column) >= \(number)::numeric"
    case .lessThan(let number): return "\(fragment: column) < \(number)::numeric"
    case .equalTo(let number): return "\(fragment: column) = \(number)::numeric"
    case .withinMonths(let months):
      return
        "(\(fragment: column) > \(fragment: ends) AND \(fragment: column) < (\(fragment: ends) + 1 + make_interval(months => \(months)))::date)"
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

extension Term {
  /// Whether its numbers of single quarters cannot be added up to those of a window.
  var isBoundToQuarter: Bool {
    function == .median
      || conditions.contains { if case .withinMonths = $0.test { true } else { false } }
  }
}
