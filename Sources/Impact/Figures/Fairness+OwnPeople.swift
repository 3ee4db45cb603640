extension Fairness {
  /// The rate expected of a cooperation.
  public struct Expected: Hashable, Sendable {
    /// The rate, were each group of its people to do as it does in the other cooperations; with no feature told apart, the
    /// plain rate of the others.
    public var rate: Double
    /// Where the rate would lie 95 times in 100, by chance and by how little the others' groups tell.
    public var range: Interval
    /// The cooperation's rate among those who have a like elsewhere, which is what compares with it.
    public var observed: Proportion
    /// Observed over expected, with its 95 % interval; `nil` when the others tell too little to bound it.
    public var ratio: Difference?
  }

  /// A cooperation's people beside the people of the others who are like them: whoever sets its own standard always meets
  /// it.
  ///
  /// People are told apart by the first k of the declared features, with the greatest k at which no more than
  /// `mostWithoutComparator` of the cooperation's people have no like elsewhere. Each feature more can only take likes away,
  /// so that one k is the finest; at k = 0 everyone elsewhere is a like, and what is expected is no longer for its people.
  ///
  /// The choice rests on who is counted, here and elsewhere, and on nothing that became of those counted: no result moves
  /// it. It can be moved by what is written of people on entering. A feature left empty is a value of its own, `unknown`,
  /// whose likes are those of whom it is unknown elsewhere; it is for the indicators of data quality to show how many those
  /// are. Cooperations may be told apart by different features, so that their expected rates do not compare with each other;
  /// nor do the events expected of all add up to those that happened, since each is held to the others.
  public struct OwnPeople: Hashable, Sendable {
    /// The features that tell its people apart: the first of those declared; none at k = 0.
    public var features: [String]
    /// Its people without a like elsewhere when none, the first, the first two… of the features declared tell them apart.
    public var unmatched: [Int]
    /// What is expected of it; `nil` when nobody else has any people.
    public var expected: Expected?

    /// Its people of whom no other cooperation has a like, who are in neither side of the comparison.
    public var withoutComparator: Int { unmatched[features.count] }
    /// Whether what is expected is for its people: at least one feature tells them apart.
    public var isForItsPeople: Bool { !features.isEmpty }

    /// The comparison; `nil` unless the groups are the very people of the rate, or it would be of something else.
    init?(of cooperation: String, rate: Proportion, among comparators: Comparators) {
      guard comparators.people(of: cooperation) == rate else { return nil }
      unmatched = (0...comparators.features.count).map { comparators.unmatched(of: cooperation, by: $0) }
      let finest = unmatched.lastIndex { Double($0) <= Fairness.mostWithoutComparator * rate.trials } ?? 0
      features = Array(comparators.features.prefix(finest))
      expected =
        finest > 0
        ? Expected(comparators, of: cooperation, by: finest)
        : comparators.others(than: cooperation).flatMap { Expected(plain: $0, of: rate) }
    }
  }
}

extension Fairness.Expected {
  /// What the others who are alike by the first features make expected; `nil` when nobody is.
  fileprivate init?(_ comparators: Fairness.Comparators, of cooperation: String, by depth: Int) {
    guard let others = comparators.others(than: cooperation),
      let result = IndirectStandardisation(
        comparators.strata(of: cooperation, by: depth),
        // Half an event more keeps the common rate off 0 and 1, which no number of people proves (Jeffreys).
        estimatedAround: (others.successes + 0.5) / (others.trials + 1)),
      let observed = Proportion(result.observed, of: result.people)
    else { return nil }
    rate = result.expectedRate
    range = result.expectedRange()
    self.observed = observed
    ratio = result.ratio().map { Difference(estimate: $0.value, interval: $0.interval) }
  }

  /// The plain rate of everyone elsewhere, whoever they are.
  ///
  /// Its range is that of Jeffreys' law of a rate seen as x of N, `Beta(x + ½, N − x + ½)`: without the halves, none among
  /// those elsewhere would leave no chance of one here. A ratio to a rate of 0 or 1 has no interval, and is not given.
  fileprivate init?(plain others: Proportion, of own: Proportion) {
    func standardised(_ standard: Proportion) -> IndirectStandardisation? {
      // Drawn towards itself, a rate stays where it is.
      IndirectStandardisation(
        [.init(events: own.successes, people: own.trials, standard: standard)],
        estimatedAround: standard.share)
    }
    guard let jeffreys = Proportion(others.successes + 0.5, of: others.trials + 1),
      let spread = standardised(jeffreys)
    else { return nil }
    rate = others.share
    range = spread.expectedRange()
    observed = own
    ratio = standardised(others)?.ratio().map { Difference(estimate: $0.value, interval: $0.interval) }
  }
}
