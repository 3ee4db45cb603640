extension Measure {
  /// For a ratio over known answers, everything the question is asked of; `nil` for any other measure.
  ///
  /// It is the denominator without its conditions that something is known (`rsa: { known: true }`): what it has more than the
  /// denominator has no known answer, and every figure says how many. A ratio with a cohort says it by that already, and of a
  /// sum the rows left out have no number.
  public var asked: Term? {
    guard case .ratio(_, let denominator, nil) = self, [.count, .distinct].contains(denominator.function)
    else { return nil }
    var asked = denominator
    asked.conditions.removeAll { $0.test == .known(true) }
    return asked.conditions.count < denominator.conditions.count ? asked : nil
  }
}
