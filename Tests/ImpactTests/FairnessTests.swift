import Testing

@testable import Impact

/// By how many features a cooperation's people are told apart before they are held to the others.
@Suite struct `People told apart by the first features` {
  private static let rate = `Figures over a portfolio`.rate
  private static let features = ["registration", "rsa", "age_group", "sex"]

  /// Cooperations of a few dozen people with four features, of which some are rare.
  private static func population(_ generator: inout SeededGenerator) -> Fairness.Population {
    var groups: [Fairness.Group] = []
    let rarity = 1 + generator.below(6)
    for cooperation in 0..<(2 + generator.below(5)) {
      var own: [[String]: (events: Int, people: Int)] = [:]
      for _ in 0..<(1 + generator.below(40)) {
        let values = features.indices.map { _ -> String in
          let draw = generator.below(rarity * 4)
          return draw < 4 ? "\(draw)" : "\(cooperation % 2)"
        }
        own[values, default: (0, 0)].people += 1
        own[values, default: (0, 0)].events += generator.below(2)
      }
      groups += own.map {
        Fairness.Group(
          cooperation: "c\(cooperation)", values: $0.key, events: $0.value.events, people: $0.value.people)
      }
    }
    return Fairness.Population(
      features: features,
      groups: groups.sorted { "\($0.cooperation)\($0.values)" < "\($1.cooperation)\($1.values)" })
  }

  private static func fairness(_ population: Fairness.Population) throws -> Fairness {
    let own = Dictionary(grouping: population.groups, by: \.cooperation).sorted { $0.key < $1.key }
    let figures = `Figures over a portfolio`.rates(
      own.map { _, groups in
        (Double(groups.reduce(0) { $0 + $1.events }), Double(groups.reduce(0) { $0 + $1.people }))
      })
    return try #require(Fairness(rate, figures: figures, population: population))
  }

  /// People of a cooperation without a like elsewhere, looked for one by one.
  private static func alone(_ cooperation: String, _ depth: Int, _ groups: [Fairness.Group]) -> Int {
    groups.filter { own in
      own.cooperation == cooperation
        && !groups.contains {
          $0.cooperation != cooperation && $0.values.prefix(depth) == own.values.prefix(depth)
        }
    }.reduce(0) { $0 + $1.people }
  }

  @Test func `the finest that leaves at most a fifth without a like is kept, found by looking one by one`()
    throws
  {
    var generator = SeededGenerator(seed: 31)
    var depths: Set<Int> = []
    for _ in 0..<200 {
      let population = Self.population(&generator)
      for standing in try Self.fairness(population).standings {
        let people = try #require(standing.ownPeople)
        let alone = (0...4).map { Self.alone(standing.cooperation, $0, population.groups) }
        #expect(people.unmatched == alone)
        #expect(alone == alone.sorted() && alone[0] == 0, "a feature more only takes likes away")
        let all = Int(standing.rate.trials)
        let finest = try #require((0...4).last { alone[$0] * 5 <= all })
        #expect(people.features == Array(Self.features.prefix(finest)))
        #expect(people.withoutComparator == alone[finest] && people.isForItsPeople == (finest > 0))
        let expected = try #require(people.expected)
        #expect(expected.observed.trials + Double(alone[finest]) == standing.rate.trials)
        depths.insert(finest)
      }
    }
    #expect(depths == [0, 1, 2, 3, 4], "every case was met")
  }

  @Test func `no result, here or elsewhere, moves by what people are told apart`() throws {
    var generator = SeededGenerator(seed: 32)
    for _ in 0..<200 {
      let population = Self.population(&generator)
      let before = try Self.fairness(population).standings.map(\.ownPeople)
      for outcome in 0..<3 {
        var altered = population
        for index in altered.groups.indices {
          let people = altered.groups[index].people
          altered.groups[index].events = [0, people, generator.below(people + 1)][outcome]
        }
        let after = try Self.fairness(altered).standings.map(\.ownPeople)
        #expect(after.map(\.?.features) == before.map(\.?.features))
        #expect(after.map(\.?.unmatched) == before.map(\.?.unmatched))
      }
    }
  }

  @Test func `nobody moves what is expected of them, and order moves nothing`() throws {
    var generator = SeededGenerator(seed: 33)
    for _ in 0..<100 {
      let population = Self.population(&generator)
      let fairness = try Self.fairness(population)
      var shuffled = population
      shuffled.groups.shuffle(using: &generator)
      #expect(try Self.fairness(shuffled) == fairness)
      let own = try #require(fairness.standings.randomElement(using: &generator))
      var altered = population
      for index in altered.groups.indices where altered.groups[index].cooperation == own.cooperation {
        altered.groups[index].events = generator.below(altered.groups[index].people + 1)
      }
      let other = try #require(Self.fairness(altered).standings.first { $0.cooperation == own.cooperation })
      #expect(other.expected?.rate == own.expected?.rate && other.expected?.range == own.expected?.range)
    }
  }

  @Test func `where all features leave enough likes, the groups of all features at once set the standard`()
    throws
  {
    var generator = SeededGenerator(seed: 34)
    var seen = 0
    for _ in 0..<200 {
      let population = Self.population(&generator)
      for standing in try Self.fairness(population).standings
      where standing.ownPeople?.features.count == 4 {
        let (own, others) = (
          population.groups.filter { $0.cooperation == standing.cooperation },
          population.groups.filter { $0.cooperation != standing.cooperation }
        )
        func proportion(_ groups: [Fairness.Group]) -> Proportion? {
          Proportion(
            Double(groups.reduce(0) { $0 + $1.events }), of: Double(groups.reduce(0) { $0 + $1.people }))
        }
        let strata = own.sorted { $0.values.lexicographicallyPrecedes($1.values) }.compactMap { group in
          proportion(others.filter { $0.values == group.values }).map {
            IndirectStandardisation.Stratum(
              events: Double(group.events), people: Double(group.people), standard: $0)
          }
        }
        let all = try #require(proportion(others))
        let result = try #require(
          IndirectStandardisation(
            strata, estimatedAround: (all.successes + 0.5) / (all.trials + 1)))
        let expected = try #require(standing.expected)
        #expect(expected.rate == result.expectedRate && expected.range == result.expectedRange())
        #expect(expected.observed == Proportion(result.observed, of: result.people))
        #expect(expected.ratio?.estimate == result.ratio()?.value)
        #expect(expected.ratio?.interval == result.ratio()?.interval)
        seen += 1
      }
    }
    #expect(seen > 20)
  }

  @Test(arguments: [(0, 40), (12, 40), (40, 40), (1, 1)])
  func `whose people are like nobody's is held to the plain rate of the others, none and all included`(
    events: Int, people: Int
  ) throws {
    let population = Fairness.Population(
      features: ["registration"],
      groups: [
        Fairness.Group(cooperation: "c0", values: ["here"], events: 5, people: 20),
        Fairness.Group(cooperation: "c1", values: ["there"], events: events, people: people),
      ])
    let standing = try Self.fairness(population).standings[0]
    let own = try #require(standing.ownPeople)
    #expect(own.features.isEmpty && !own.isForItsPeople && own.unmatched == [0, 20])
    let expected = try #require(own.expected)
    #expect(expected.rate == Double(events) / Double(people) && expected.observed == standing.rate)
    #expect(expected.range.low <= expected.rate && expected.rate <= expected.range.high)
    #expect(expected.range.low < expected.range.high, "no number of people proves a rate")
    #expect((expected.ratio == nil) == (events == 0 || events == people))
    if let ratio = expected.ratio { expectEqual(ratio.estimate, 0.25 / expected.rate) }
  }

  @Test func `a group that lacks a feature is nobody's, so that what it belongs to is not compared`() throws {
    var generator = SeededGenerator(seed: 35)
    var population = Self.population(&generator)
    let cooperation = population.groups[0].cooperation
    population.groups[0].values.removeLast()
    let standings = try Self.fairness(population).standings
    for standing in standings {
      #expect((standing.ownPeople == nil) == (standing.cooperation == cooperation))
    }
  }
}
