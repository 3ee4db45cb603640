import Testing

@testable import Impact

@Suite struct `Life tables` {
  private static func table(_ people: [TimeToEvent], due horizon: Int = 0) -> LifeTable {
    LifeTable(
      people.map { person in
        LifeTable.Row(
          days: Int(person.time), events: person.cause == 1 ? 1 : 0, others: person.cause > 1 ? 1 : 0,
          censored: person.cause == 0 ? 1 : 0, due: 1, observed: 1)
      })
  }

  private static func people(_ generator: inout SeededGenerator, censored: Bool = true) -> [TimeToEvent] {
    (0..<1 + generator.below(40)).map { _ in
      TimeToEvent(
        time: Double(generator.below(60)), cause: censored ? generator.below(4) : 1 + generator.below(3))
    }
  }

  @Test func `the incidence at each time is the reference's, with its error and interval`() throws {
    let people = try Golden.rows("survival/jvs_competing_input").map {
      TimeToEvent(time: try $0.number("weeks"), cause: Int(try $0.number("status")))
    }
    let curve = CumulativeIncidence(people)
    let table = Self.table(people)
    var compared = 0
    for row in try Golden.rows("survival/jvs_competing_expected_aalen_johansen") {
      let week = Int(try row.number("week"))
      let found = try #require(table.incidence(within: week))
      expectEqual(found.share, try row.number("CIF_durable"))
      let step = try #require(curve.step(at: Double(week)))
      #expect(found.share == step.incidence[1] && found.error == step.errors[1])
      #expect(found.interval() == step.interval(of: 1))
      compared += 1
    }
    #expect(compared > 20)
  }

  @Test func `an incidence lies between 0 and 1, grows with time, and does not know the order of rows`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let people = Self.people(&generator)
      let table = Self.table(people)
      let shuffled = Self.table(people.shuffled(using: &generator))
      #expect(table == shuffled)
      var before = 0.0
      for day in 0..<60 {
        guard let found = table.incidence(within: day) else { continue }
        #expect(before - 1e-12 <= found.share && found.share <= 1)
        before = found.share
        guard let interval = found.interval() else { continue }
        #expect(0 <= interval.low && interval.low <= found.share + 1e-12)
        #expect(found.share <= interval.high + 1e-12 && interval.high <= 1)
      }
    }
  }

  @Test func `where nobody is censored it is the plain share`() throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<500 {
      let people = Self.people(&generator, censored: false)
      let day = generator.below(60)
      let found = try #require(Self.table(people).incidence(within: day))
      let seen = people.count { $0.cause == 1 && $0.time <= Double(day) }
      #expect(found.events == seen)
      #expect(abs(found.share - Double(seen) / Double(people.count)) < 1e-12)
    }
  }

  @Test func `nothing is said beyond the last day followed while somebody still waits`() {
    func row(_ days: Int, events: Int = 0, others: Int = 0, censored: Int = 0) -> LifeTable.Row {
      LifeTable.Row(days: days, events: events, others: others, censored: censored, due: 0, observed: 0)
    }
    let waiting = LifeTable([row(100, events: 1), row(200, censored: 1)])
    #expect(waiting.incidence(within: 365) == nil && waiting.incidence(within: 200)?.share == 0.5)
    let over = LifeTable([row(100, events: 1), row(200, others: 1)])
    #expect(over.incidence(within: 365)?.share == 0.5)
    #expect(LifeTable([]).incidence(within: 1) == nil)
  }

  @Test func `there is no interval before the first event, nor once it has happened to all`() {
    func row(_ days: Int, _ events: Int, _ others: Int) -> LifeTable.Row {
      LifeTable.Row(days: days, events: events, others: others, censored: 0, due: 0, observed: 0)
    }
    let table = LifeTable([row(10, 0, 1), row(20, 1, 0), row(30, 0, 2)])
    #expect(table.incidence(within: 10)?.share == 0 && table.incidence(within: 10)?.interval() == nil)
    #expect(table.incidence(within: 20)?.interval() != nil)
    let all = LifeTable([row(10, 3, 0)])
    #expect(all.incidence(within: 10)?.share == 1 && all.incidence(within: 10)?.interval() == nil)
  }
}

@Suite struct `Medians` {
  private func key(_ indicator: String) -> Figure.Key {
    Figure.Key(indicator: indicator, cooperation: "c", quarter: Quarter(index: 8106))
  }

  @Test func `an interval needs six values, and is the same for the same values in any order`() throws {
    let values = [310.0, 120, 45, 700, 230, 410, 95]
    let median = try #require(SampleMedian(values))
    let seed = key("a").seed
    let interval = try #require(median.bootstrap(seed: seed))
    #expect(median.median == 230 && interval.low >= 45 && interval.high <= 700)
    #expect(interval.low <= 230 && 230 <= interval.high)
    #expect(SampleMedian(values.reversed())?.bootstrap(seed: seed) == interval)
    #expect(SampleMedian(Array(values.prefix(6)))?.bootstrap(seed: seed) != nil)
    #expect(SampleMedian(Array(values.prefix(5)))?.bootstrap(seed: seed) == nil)
    #expect(SampleMedian([]) == nil && SampleMedian([.nan]) == nil)
  }

  @Test func `each figure has draws of its own`() {
    var part = key("a")
    part.part = Figure.Part(field: "sex", value: "F")
    #expect(Set([key("a"), key("b"), part].map(\.seed)).count == 3 && key("a").seed == key("a").seed)
    // FNV-1a of “c/a/2026T3”, from an implementation of its own.
    #expect(key("a").seed == 0x7b4a3d780cb22034)
  }
}
