/// What an audience may not see, taken out before anything is rendered (*secret*).
///
/// First protection, on the safe side: a count of people under the threshold is masked, and so is a rate
/// whose numerator or complement is; a breakdown is shown whole or not at all, and so are the counts that
/// divide one set of people among them, so that no part can be found by subtraction from the others.
public struct Disclosure: Hashable, Sendable {
  /// Least number of people behind a published count; 1 masks nothing.
  public let threshold: Int

  /// A protection at that threshold.
  public init(threshold: Int) { self.threshold = threshold }

  /// The figures an audience may see; the masked ones are `too-few` and hold no number.
  ///
  /// Versions of one indicator that stand beside each other are masked together: the difference of two
  /// definitions may be one person. A derived figure is masked as soon as one of those it is made of is, since
  /// the arithmetic could be done backwards.
  ///
  /// - Parameters:
  ///   - figures: every figure of the release.
  ///   - indicators: their definitions, earlier versions included, by the name their figures bear.
  /// - Returns: as many figures, in the same order.
  public func masked(_ figures: [Figure], indicators: [String: Indicator]) -> [Figure] {
    guard threshold > 1 else { return figures }
    let versions = Dictionary(grouping: indicators.values, by: \.name)
    var unsafe: Set<Family> = []
    for figure in figures where isSmall(figure, versions[Indicator.name(of: figure.key.indicator)] ?? []) {
      unsafe.insert(Family(figure.key))
    }
    maskShares(figures, versions, &unsafe)
    maskDerived(figures, versions, &unsafe)
    let silent = silent(figures, versions)
    return figures.map { figure in
      var masked = figure
      if silent.contains(Family(figure.key)) { masked.maturity = nil }
      guard figure.value != nil, unsafe.contains(Family(figure.key)) else { return masked }
      masked.content = .absent(.tooFew)
      masked.maturity = nil
      return masked
    }
  }

  /// The shares over known answers that do not say how many are unknown, since some of them would tell of few.
  private func silent(_ figures: [Figure], _ versions: [String: [Indicator]]) -> Set<Family> {
    let asked = Set(versions.filter { $1.contains { $0.measure.asked != nil && $0.concernsPeople } }.keys)
    var found: Set<Family> = []
    for figure in figures where asked.contains(Indicator.name(of: figure.key.indicator)) {
      guard let maturity = figure.maturity else { continue }
      let isFew = [maturity.lost, maturity.followed].contains { $0 > 0 && $0 < threshold }
      if isFew { found.insert(Family(figure.key)) }
    }
    return found
  }

  /// Adds the other counts of a set of people one of whose counts is masked: their whole less the others would give it.
  private func maskShares(
    _ figures: [Figure], _ versions: [String: [Indicator]], _ unsafe: inout Set<Family>
  ) {
    let shares = versions.compactMapValues { Set($0.compactMap(Indicator.Share.init)) }.filter { !$1.isEmpty }
    struct Place: Hashable {
      var share: Indicator.Share
      var cooperation: String
      var quarter: Quarter
    }
    func places(_ key: Figure.Key) -> [Place] {
      guard key.part == nil else { return [] }
      return shares[Indicator.name(of: key.indicator), default: []].map {
        Place(share: $0, cooperation: key.cooperation, quarter: key.quarter)
      }
    }
    let small = Set(figures.filter { unsafe.contains(Family($0.key)) }.flatMap { places($0.key) })
    for figure in figures where !small.isDisjoint(with: places(figure.key)) {
      unsafe.insert(Family(figure.key))
    }
  }

  /// Adds the derived figures that a masked one could be found from, until none is left.
  private func maskDerived(
    _ figures: [Figure], _ versions: [String: [Indicator]], _ unsafe: inout Set<Family>
  ) {
    let operands = versions.mapValues { Set($0.flatMap { $0.measure.expression?.indicators ?? [] }) }
    let derived = figures.filter { !(operands[Indicator.name(of: $0.key.indicator)] ?? []).isEmpty }
    var isChanging = true
    while isChanging {
      isChanging = false
      for figure in derived where !unsafe.contains(Family(figure.key)) {
        let isUnsafe = operands[Indicator.name(of: figure.key.indicator), default: []].contains { name in
          unsafe.contains(
            Family(
              Figure.Key(indicator: name, cooperation: figure.key.cooperation, quarter: figure.key.quarter)))
        }
        if isUnsafe {
          unsafe.insert(Family(figure.key))
          isChanging = true
        }
      }
    }
  }

  /// What is shown whole or not at all: a figure with its other versions, or every part of a breakdown.
  private struct Family: Hashable {
    var indicator: String
    var cooperation: String
    var quarter: Quarter
    var field: String?

    init(_ key: Figure.Key) {
      indicator = Indicator.name(of: key.indicator)
      cooperation = key.cooperation
      quarter = key.quarter
      field = key.part?.field
    }
  }

  /// Whether a figure tells about too few people by any version of its definition; without one, it does.
  private func isSmall(_ figure: Figure, _ versions: [Indicator]) -> Bool {
    versions.isEmpty ? figure.value != nil : versions.contains { isSmall(figure, $0) }
  }

  /// Whether a figure tells about too few people.
  private func isSmall(_ figure: Figure, _ indicator: Indicator) -> Bool {
    guard let value = figure.value else { return false }
    func small(_ number: Double) -> Bool { number > 0 && number < Double(threshold) }
    if indicator.isShareOfPeople, let numerator = value.numerator, let denominator = value.denominator {
      return small(numerator) || small(denominator - numerator) || small(denominator)
    }
    if indicator.unit == .people || indicator.countsPeople { return small(value.number) }
    // A mean or a total over very few people tells what each of them did.
    return indicator.concernsPeople && small(Double(value.count ?? 0))
  }
}

extension Indicator {
  /// What indicators have in common that count the same rows about people, each those with other values of one field.
  struct Share: Hashable {
    private var term: Term
    private var window: Window
    private var shift: Int
    private var field: String

    /// What the counts of an indicator are shares of; `nil` when it is not one of several.
    init?(_ indicator: Indicator) {
      guard indicator.countsPeople, case .count(let term) = indicator.measure else { return nil }
      // The field a value is asked of last tells the shares apart; everything else is the same.
      let telling = term.conditions.lastIndex { condition in
        switch condition.test {
        case .oneOf, .known(false): true
        default: false
        }
      }
      guard let telling else { return nil }
      self.term = term
      field = self.term.conditions.remove(at: telling).field
      window = indicator.window
      shift = indicator.shift
    }
  }

  /// Entities of the vocabulary whose rows are about one person each: those that have a participant.
  public static let personalEntities: Set<String> = [
    "pathways", "activity", "exits", "follow_ups", "journeys", "trainings", "contracts", "supports",
    "barrier_assessments", "barrier_changes", "immersions", "diagnoses", "passes", "pass_quarters",
  ]

  /// Whether its rows are about people one by one.
  var concernsPeople: Bool { measure.terms.contains { Indicator.personalEntities.contains($0.entity) } }

  /// Whether its numerator and denominator are counts, the one among the other, so that either tells of few.
  var isShareOfPeople: Bool { isRatioOfCounts || measure.incidence != nil }

  /// Whether its value is a number of people or of their exits.
  var countsPeople: Bool {
    switch measure {
    case .count, .distinct, .stock: concernsPeople
    default: false
    }
  }
}
