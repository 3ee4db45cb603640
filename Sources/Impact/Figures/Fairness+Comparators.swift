extension Fairness {
  /// The people of several cooperations, added up by the first features that tell them apart, so that those of all but one
  /// are had by subtraction.
  struct Comparators {
    /// Events among people.
    private struct Observed {
      var events = 0
      var people = 0

      /// The rate; `nil` of nobody.
      var proportion: Proportion? { Proportion(Double(events), of: Double(people)) }

      static func += (left: inout Observed, right: Observed) {
        left.events += right.events
        left.people += right.people
      }
      static func - (left: Observed, right: Observed) -> Observed {
        Observed(events: left.events - right.events, people: left.people - right.people)
      }
    }
    /// Counts by the values of the first features, for no feature, for one, and so on.
    private typealias Ladder = [[[String]: Observed]]

    let features: [String]
    private var all: Ladder
    private var own: [String: Ladder] = [:]

    /// The people of the named cooperations; a group that lacks a feature is nobody's.
    init(_ population: Population, of cooperations: Set<String>) {
      features = population.features
      let empty = Ladder(repeating: [:], count: features.count + 1)
      all = empty
      for group in population.groups
      where group.people > 0 && group.values.count == features.count
        && cooperations.contains(group.cooperation)
      {
        let count = Observed(events: group.events, people: group.people)
        for depth in 0...features.count {
          let values = Array(group.values.prefix(depth))
          all[depth][values, default: Observed()] += count
          own[group.cooperation, default: empty][depth][values, default: Observed()] += count
        }
      }
    }

    /// The rate among a cooperation's people; `nil` when it has none.
    func people(of cooperation: String) -> Proportion? { own[cooperation]?[0][[]]?.proportion }

    /// The rate among everyone else; `nil` when there is nobody.
    func others(than cooperation: String) -> Proportion? {
      guard let all = all[0][[]] else { return nil }
      return (all - (own[cooperation]?[0][[]] ?? Observed())).proportion
    }

    /// People of a cooperation without a like elsewhere by the first features.
    func unmatched(of cooperation: String, by depth: Int) -> Int {
      matches(of: cooperation, by: depth).reduce(0) { $0 + ($1.standard == nil ? $1.own.people : 0) }
    }

    /// Groups of a cooperation that have a like elsewhere, in the order of their values.
    func strata(of cooperation: String, by depth: Int) -> [IndirectStandardisation.Stratum] {
      matches(of: cooperation, by: depth).compactMap { own, standard in
        standard.map {
          IndirectStandardisation.Stratum(
            events: Double(own.events), people: Double(own.people), standard: $0)
        }
      }
    }

    private func matches(
      of cooperation: String, by depth: Int
    ) -> [(own: Observed, standard: Proportion?)] {
      let groups = own[cooperation]?[depth] ?? [:]
      return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { values, count in
        (count, all[depth][values].flatMap { ($0 - count).proportion })
      }
    }
  }
}
