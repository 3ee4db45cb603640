extension Vocabulary {
  /// The entities that hold what partners promised and gave, one by one or by quarter: the ledger of contributions.
  ///
  /// They are means, not results: no score may rest on them (OECD/JRC handbook on composite indicators, 2008, p. 22).
  public static let ledger: Set<String> = ["commitments", "contributions", "pledges"]
}

extension [Indicator] {
  /// The indicators by which one reads the ledger of contributions, from itself to the one whose own terms read it.
  ///
  /// Every version of a definition counts, since each decides the figures of its quarters; so do the terms that only
  /// divide or say how mature a figure is.
  ///
  /// - Parameter id: the indicator's name.
  /// - Returns: the shortest such way in the order written; `nil` when it never reads the ledger.
  public func wayToLedger(from id: String) -> [String]? {
    var ways = [[id]]
    var seen: Set<String> = [id]
    while !ways.isEmpty {
      var further: [[String]] = []
      for way in ways {
        for version in self where version.name == way.last {
          if version.measure.terms.contains(where: { Vocabulary.ledger.contains($0.entity) }) { return way }
          // A definition that names itself in a circle is refused elsewhere; here it must only end.
          for name in version.measure.expression?.indicators ?? [] where seen.insert(name).inserted {
            further.append(way + [name])
          }
        }
      }
      ways = further
    }
    return nil
  }
}
