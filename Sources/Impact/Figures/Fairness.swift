/// How far rates of cooperations differ beyond chance, and beyond the people each of them receives.
///
/// Beside each raw rate: the limits chance sets around the common rate, the rate expected for its own people, and the
/// rate drawn towards the common one as far as its size leaves it uncertain. It ranks nobody.
public struct Fairness: Hashable, Sendable {
  /// One cooperation's exits of one group of people.
  public struct Group: Hashable, Sendable {
    /// The cooperation's name in data.
    public var cooperation: String
    /// The values of the fields that make the group, in their order.
    public var values: [String]
    /// Those among its people that count.
    public var events: Int
    /// Its people.
    public var people: Int
    /// A group of people.
    public init(cooperation: String, values: [String], events: Int, people: Int) {
      self.cooperation = cooperation
      self.values = values
      self.events = events
      self.people = people
    }
  }

  /// The greatest share of a cooperation's people without a comparator with which something is still expected of it.
  public static let mostWithoutComparator = 0.2

  /// The rate expected for a cooperation's own people.
  public struct Expected: Hashable, Sendable {
    /// The rate, were each group to do as it does in the other cooperations.
    public var rate: Double
    /// Where the rate would lie 95 times in 100, by chance and by how little the others' groups tell.
    public var range: Interval
    /// The cooperation's rate among those who have a like elsewhere, which is what compares with it.
    public var observed: Proportion
    /// Observed over expected, with its 95 % interval; `nil` when nothing is expected.
    public var ratio: Difference?
  }

  /// One cooperation.
  public struct Standing: Hashable, Sendable {
    /// Its name in data.
    public var cooperation: String
    /// Its raw rate.
    public var rate: Proportion
    /// Where 95 of 100 groups of its size lie by chance around the common rate.
    public var alert: Interval
    /// Where 998 of 1 000 do.
    public var alarm: Interval
    /// How far out it lies.
    public var flag: FunnelLimits.Flag
    /// Its rate drawn towards the common one, and the 95 % interval of its true rate; `nil` when none can be estimated.
    public var shrunken: Difference?
    /// Its people of whom no other cooperation has a like; `nil` when they are not known, or not told.
    public var withoutComparator: Int?
    /// What is expected of it for its people; `nil` when they are not known, or not told, or when more than
    /// `mostWithoutComparator` of them have no comparator.
    public var expected: Expected?
  }

  /// The indicator's name.
  public var indicator: String
  /// The quarter.
  public var quarter: Quarter
  /// The common rate: a ratio of sums.
  public var common: Proportion
  /// The standings, in order of the cooperations' names in data.
  public var standings: [Standing]

  /// The comparison of a rate of counts over at least two cooperations; `nil` for anything less.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - figures: the whole figures of the quarter, one a cooperation.
  ///   - groups: their people by group; empty when they are not known, or not to be told.
  public init?(_ indicator: Indicator, figures: [Figure], groups: [Group] = []) {
    guard indicator.intervalMethod == .wilson else { return nil }
    let known = figures.sorted { $0.key < $1.key }.compactMap { figure in
      figure.value?.proportion.map { (figure.key, $0) }
    }
    let rates = known.map(\.1)
    guard known.count > 1, let quarter = known.first?.0.quarter, let funnel = FunnelLimits(rates),
      let common = Proportion(
        rates.reduce(0) { $0 + $1.successes }, of: rates.reduce(0) { $0 + $1.trials })
    else { return nil }
    self.indicator = indicator.id
    self.quarter = quarter
    self.common = common
    let shrinkage = Shrinkage(moments: rates)
    // Only those compared set the standard.
    let names = Set(known.map(\.0.cooperation))
    let groups = groups.filter { names.contains($0.cooperation) }
    standings = known.map { key, rate in
      let comparison = OwnPeople(of: key.cooperation, rate: rate, among: groups)
      return Standing(
        cooperation: key.cooperation, rate: rate,
        alert: funnel.limits(trials: rate.trials, coverage: 0.95),
        alarm: funnel.limits(trials: rate.trials, coverage: 0.998), flag: funnel.flag(rate),
        shrunken: shrinkage.map { Difference(estimate: $0.estimate(rate), interval: $0.interval(rate)) },
        withoutComparator: comparison?.withoutComparator, expected: comparison?.expected)
    }
  }

  /// A cooperation's groups against the same groups of the others: whoever sets its own standard always meets it.
  private struct OwnPeople {
    var withoutComparator: Int
    var expected: Expected?

    /// The comparison; `nil` unless the groups are the very people of the rate, or it would be of something else.
    init?(of cooperation: String, rate: Proportion, among groups: [Group]) {
      let own = groups.filter { $0.cooperation == cooperation && $0.people > 0 }
        .sorted { $0.values.lexicographicallyPrecedes($1.values) }
      guard !own.isEmpty, Double(own.reduce(0) { $0 + $1.people }) == rate.trials,
        Double(own.reduce(0) { $0 + $1.events }) == rate.successes
      else { return nil }
      let others = groups.filter { $0.cooperation != cooperation }
      let standard = Dictionary(grouping: others, by: \.values).compactMapValues(OwnPeople.pooled)
      let strata = own.compactMap { group in
        standard[group.values].map {
          IndirectStandardisation.Stratum(
            events: Double(group.events), people: Double(group.people), standard: $0)
        }
      }
      withoutComparator = own.filter { standard[$0.values] == nil }.reduce(0) { $0 + $1.people }
      guard Double(withoutComparator) <= Fairness.mostWithoutComparator * rate.trials,
        let all = OwnPeople.pooled(others),
        // Half an event more keeps the common rate off 0 and 1, which no number of people proves (Jeffreys).
        let result = IndirectStandardisation(
          strata, estimatedAround: (all.successes + 0.5) / (all.trials + 1)),
        let observed = Proportion(result.observed, of: result.people)
      else { return }
      expected = Expected(
        rate: result.expectedRate, range: result.expectedRange(), observed: observed,
        ratio: result.ratio().map { Difference(estimate: $0.value, interval: $0.interval) })
    }

    private static func pooled(_ groups: [Group]) -> Proportion? {
      Proportion(
        Double(groups.reduce(0) { $0 + $1.events }), of: Double(groups.reduce(0) { $0 + $1.people }))
    }
  }
}

extension Indicator {
  /// Whether its rates are compared between cooperations: a headline rate of exits, over windows that end together.
  public var isCompared: Bool {
    guard case .ratio(_, let denominator, nil) = measure else { return false }
    return isHeadline && intervalMethod == .wilson && denominator.entity == "exits"
  }
}
