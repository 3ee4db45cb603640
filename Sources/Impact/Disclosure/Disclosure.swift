/// What an audience may not see, taken out before anything is rendered (*secret*).
///
/// First protection, on the safe side: a count of people under the threshold is masked, and so is a rate
/// whose numerator or complement is; a breakdown is shown whole or not at all, so that no part can be
/// found by subtraction from the others.
public struct Disclosure: Hashable, Sendable {
  /// Least number of people behind a published count; 1 masks nothing.
  public let threshold: Int

  /// A protection at that threshold.
  public init(threshold: Int) { self.threshold = threshold }

  /// The figures an audience may see; the masked ones are `too-few` and hold no number.
  ///
  /// - Parameters:
  ///   - figures: every figure of the release.
  ///   - indicators: their definitions, by name.
  /// - Returns: as many figures, in the same order.
  public func masked(_ figures: [Figure], indicators: [String: Indicator]) -> [Figure] {
    guard threshold > 1 else { return figures }
    struct Family: Hashable {
      var indicator: String
      var cooperation: String
      var quarter: Quarter
      var field: String
    }
    func family(_ key: Figure.Key) -> Family? {
      key.part.map {
        Family(indicator: key.indicator, cooperation: key.cooperation, quarter: key.quarter, field: $0.field)
      }
    }
    var unsafe: Set<Family> = []
    for figure in figures {
      guard let family = family(figure.key), isSmall(figure, indicators[figure.key.indicator]) else {
        continue
      }
      unsafe.insert(family)
    }
    return figures.map { figure in
      let isUnsafe =
        family(figure.key).map(unsafe.contains) ?? isSmall(figure, indicators[figure.key.indicator])
      guard isUnsafe, figure.value != nil else { return figure }
      var masked = figure
      masked.content = .absent(.tooFew)
      masked.maturity = nil
      return masked
    }
  }

  /// Whether a figure tells about too few people.
  ///
  /// Without its definition, it does.
  private func isSmall(_ figure: Figure, _ indicator: Indicator?) -> Bool {
    guard let value = figure.value else { return false }
    guard let indicator else { return true }
    func small(_ number: Double) -> Bool { number > 0 && number < Double(threshold) }
    if indicator.isRatioOfCounts, let numerator = value.numerator, let denominator = value.denominator {
      return small(numerator) || small(denominator - numerator) || small(denominator)
    }
    if indicator.unit == .people || indicator.countsPeople { return small(value.number) }
    // A mean or a total over very few people tells what each of them did.
    return indicator.concernsPeople && small(Double(value.count ?? 0))
  }
}

extension Indicator {
  /// Entities of the vocabulary whose rows are about one person each.
  static let personalEntities: Set<String> = ["pathways", "activity", "exits", "follow_ups", "trainings"]

  /// Whether its rows are about people one by one.
  var concernsPeople: Bool { measure.terms.contains { Indicator.personalEntities.contains($0.entity) } }

  /// Whether its value is a number of people or of their exits.
  var countsPeople: Bool {
    switch measure {
    case .count, .distinct, .stock: concernsPeople
    default: false
    }
  }
}
