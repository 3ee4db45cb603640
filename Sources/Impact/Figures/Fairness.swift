/// How far rates of cooperations differ beyond chance, and beyond the people each of them receives.
///
/// Beside each raw rate: the limits chance sets around the common rate, the rate expected for its own people, and the
/// rate drawn towards the common one as far as its size leaves it uncertain. It ranks nobody. How finely its own people
/// are told apart is decided in `OwnPeople`.
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

  /// The people behind a rate, of every cooperation, told apart by what they were on entering.
  public struct Population: Hashable, Sendable {
    /// The names of the fields that tell them apart: the last is the first to be let go.
    public var features: [String]
    /// The groups, each with a value for every feature.
    public var groups: [Group]
    /// People in groups.
    public init(features: [String], groups: [Group]) {
      self.features = features
      self.groups = groups
    }
  }

  /// The greatest share of a cooperation's people without a comparator with which its people are still told apart so finely.
  public static let mostWithoutComparator = 0.2

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
    /// Its people beside their like elsewhere; `nil` when they are not known, or not told.
    public var ownPeople: OwnPeople?

    /// Its people of whom no other cooperation has a like; `nil` when they are not known, or not told.
    public var withoutComparator: Int? { ownPeople?.withoutComparator }
    /// What is expected of it; `nil` when its people are not known, or not told, or when nobody else has any.
    public var expected: Expected? { ownPeople?.expected }
  }

  /// The indicator's name.
  public var indicator: String
  /// The quarter.
  public var quarter: Quarter
  /// The common rate: a ratio of sums.
  public var common: Proportion
  /// The features people may be told apart by, in their order; none when they are not known, or not told.
  public var features: [String]
  /// The standings, in order of the cooperations' names in data.
  public var standings: [Standing]

  /// The comparison of a rate of counts over at least two cooperations; `nil` for anything less.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - figures: the whole figures of the quarter, one a cooperation.
  ///   - population: their people; `nil` when they are not known, or not to be told.
  public init?(_ indicator: Indicator, figures: [Figure], population: Population? = nil) {
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
    features = population?.features ?? []
    // Only those compared set the standard.
    let comparators = population.map { Comparators($0, of: Set(known.map(\.0.cooperation))) }
    standings = known.map { key, rate in
      Standing(
        cooperation: key.cooperation, rate: rate,
        alert: funnel.limits(trials: rate.trials, coverage: 0.95),
        alarm: funnel.limits(trials: rate.trials, coverage: 0.998), flag: funnel.flag(rate),
        shrunken: shrinkage.map { Difference(estimate: $0.estimate(rate), interval: $0.interval(rate)) },
        ownPeople: comparators.flatMap { OwnPeople(of: key.cooperation, rate: rate, among: $0) })
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
