import Testing

@testable import Impact

@Suite struct `Changes between quarters` {
  static let now = Quarter(index: 2026 * 4 + 2)

  static func figure(_ value: Figure.Value?, _ quarter: Quarter, version: Int = 1) -> Figure {
    Figure(
      key: Figure.Key(indicator: "x", cooperation: "c", quarter: quarter),
      content: value.map(Figure.Content.value) ?? .absent(.notCollected), status: .final,
      indicatorVersion: version)
  }
  static func rate(_ x: Double, _ n: Double) -> Figure.Value {
    Figure.Value(
      number: x / n, numerator: x, denominator: n, count: Int(n), interval: Proportion(x, of: n)?.wilson())
  }
  static func indicator(_ measure: Measure, _ unit: Unit, window: Window = .quarter) -> Indicator {
    var indicator = `Signals of months`.indicator(measure, unit)
    indicator.window = window
    return indicator
  }
  static let exits = Term(.count, of: "exits", absent: .zero)
  static let ratio = Measure.ratio(numerator: exits, denominator: exits, cohort: nil)

  @Test func `a rate changes by Newcombe's interval and Fisher's test`() throws {
    let before = Self.figure(Self.rate(48, 80), Self.now.advanced(by: -1))
    let after = Self.figure(Self.rate(56, 70), Self.now)
    let change = try #require(Change(from: before, to: after, of: Self.indicator(Self.ratio, .percent)))
    expectEqual(change.estimate, 0.2)
    expectEqual(change.interval?.low, 0.05243147240236498)
    expectEqual(change.interval?.high, 0.333872654036906)
    expectEqual(change.p, 0.012521129749209154)
    #expect(change.method == .newcombe && change.isBeyondChance && change.since == before.key.quarter)
  }

  @Test func `windows that share a day are never compared`() {
    func change(_ window: Window, _ quarters: Int) -> Change? {
      Change(
        from: Self.figure(Self.rate(3, 20), Self.now.advanced(by: -quarters)),
        to: Self.figure(Self.rate(4, 20), Self.now), of: Self.indicator(Self.ratio, .percent, window: window))
    }
    #expect(change(.quarter, 1) != nil && change(.quarter, 4) != nil)
    for quarters in 1...3 { #expect(change(.rollingYear, quarters) == nil) }
    #expect(change(.rollingYear, 4) != nil)
    #expect(change(.yearToDate, 1) == nil && change(.yearToDate, 4) != nil)
    #expect(change(.sinceStart, 1) == nil && change(.sinceStart, 40) == nil)
    #expect(change(.quarter, 0) == nil && change(.quarter, -1) == nil)
  }

  @Test func `no window overlaps another exactly when no day is in both`() {
    for window in Window.allCases where window != .sinceStart {
      let indicator = Self.indicator(Self.ratio, .percent, window: window)
      for one in 0..<12 {
        for other in 0..<12 where one != other {
          let (a, b) = (Quarter(index: 8000 + one), Quarter(index: 8000 + other))
          let (first, second) = (window.start(endingWith: a), window.start(endingWith: b))
          guard let first, let second else { continue }
          #expect(indicator.windowsOverlap(a, b) == (first <= b.end && second <= a.end))
        }
      }
    }
  }

  @Test func `counts change by exact test, durations by Welch's`() throws {
    let count = Self.indicator(.count(Self.exits), .count)
    func events(_ number: Double, _ quarters: Int) -> Figure {
      Self.figure(
        Figure.Value(number: number, count: Int(number), interval: EventCount(number)?.byar()),
        Self.now.advanced(by: -quarters))
    }
    let change = try #require(Change(from: events(12, 1), to: events(3, 0), of: count))
    #expect(change.estimate == -9 && change.method == .mover)
    expectEqual(change.p, 0.03515625)
    let interval = try #require(change.interval)
    #expect(interval.low < -9 && -9 < interval.high)
    let duration = Self.indicator(
      .duration(Term(.mean, of: "exits", field: "length_days", absent: .unknown)), .days)
    func mean(_ values: [Double], _ quarters: Int) throws -> Figure {
      let mean = try #require(SampleMean(values))
      return Self.figure(
        Figure.Value(number: mean.mean, count: mean.count, interval: mean.student()),
        Self.now.advanced(by: -quarters))
    }
    let days = `Tests of two figures equal scipy`.days
    let longer = try #require(
      Change(from: mean(`Tests of two figures equal scipy`.others, 1), to: mean(days, 0), of: duration))
    expectEqual(longer.interval?.low, -74.22831742548364, within: 1e-8)
    expectEqual(longer.interval?.high, 14.89498409215031, within: 1e-8)
    expectEqual(longer.p, 0.17754536674564791, within: 1e-8)
  }

  @Test func `people who may be the same ones have a change without an interval`() throws {
    let served = Term(.distinct, of: "activity", field: "participant", absent: .zero)
    let share = Self.indicator(.ratio(numerator: served, denominator: served, cohort: nil), .percent)
    let change = try #require(
      Change(
        from: Self.figure(Self.rate(3, 20), Self.now.advanced(by: -1)),
        to: Self.figure(Self.rate(9, 20), Self.now), of: share))
    #expect(change.interval == nil && change.p == nil && !change.isBeyondChance)
    let present = Self.indicator(.stock(Term(.stock, of: "pathways", absent: .zero)), .people)
    let stock = try #require(
      Change(
        from: Self.figure(Figure.Value(number: 4), Self.now.advanced(by: -1)),
        to: Self.figure(Figure.Value(number: 9), Self.now), of: present))
    #expect(stock.estimate == 5 && stock.interval == nil)
  }

  @Test func `an absence, and another definition, have no change`() {
    let rate = Self.indicator(Self.ratio, .percent)
    let value = Self.rate(3, 20)
    let earlier = Self.now.advanced(by: -1)
    #expect(Change(from: Self.figure(nil, earlier), to: Self.figure(value, Self.now), of: rate) == nil)
    #expect(Change(from: Self.figure(value, earlier), to: Self.figure(nil, Self.now), of: rate) == nil)
    #expect(
      Change(from: Self.figure(value, earlier, version: 2), to: Self.figure(value, Self.now), of: rate) == nil
    )
  }
}

@Suite struct `Intervals of figures` {
  private func content(_ measure: Measure, _ unit: Unit, _ totals: [TermTotal], window: Window = .quarter)
    -> Figure.Value?
  {
    guard
      case .value(let value) = Figure.assembled(
        `Changes between quarters`.indicator(measure, unit, window: window), totals: totals,
        isDelivered: true, appliesHere: true, shortfall: nil
      ).content
    else { return nil }
    return value
  }
  private let events = Term(.count, of: "exits", absent: .zero)

  @Test func `events have Byar's, means Student's from their squares, full counts none`() {
    let count = content(.count(events), .count, [TermTotal(total: 7, rows: 9, matching: 7)])
    #expect(count?.interval == EventCount(7)?.byar())
    #expect(
      content(.count(events), .count, [TermTotal(total: 7, rows: 9, matching: 7)], window: .sinceStart)?
        .interval == nil)
    let values = `Tests of two figures equal scipy`.days
    let sum = values.reduce(0, +)
    let mean = Term(.mean, of: "exits", field: "length_days", absent: .unknown)
    let total = TermTotal(
      total: sum / 12, rows: 20, matching: 14, known: 12,
      squares: values.reduce(0) { $0 + $1 * $1 })
    let duration = content(.duration(mean), .days, [total])
    expectEqual(duration?.interval?.low, 27.09153872894813)
    #expect(duration?.count == 12)
    #expect(
      content(.duration(mean), .days, [TermTotal(total: 90, rows: 1, matching: 1, known: 1, squares: 8100)])?
        .interval == nil)
    let stock = Term(.stock, of: "pathways", absent: .zero)
    #expect(content(.stock(stock), .people, [TermTotal(total: 7, rows: 9, matching: 7)])?.interval == nil)
    let hours = Term(.sum, of: "activity", field: "hours_worked", absent: .unknown)
    #expect(content(.sum(hours), .hours, [TermTotal(total: 7, rows: 9, matching: 7)])?.interval == nil)
  }

  @Test func `linked rows have no interval, neither counted nor divided nor averaged`() {
    func term(_ function: Term.Function, _ field: String? = nil, _ rows: Vocabulary.Rows) -> Term {
      Term(function, of: "rows", field: field, absent: .zero, rows: rows)
    }
    let seven = TermTotal(total: 7, rows: 9, matching: 7)
    let nine = TermTotal(total: 9, rows: 9, matching: 9)
    let mean = TermTotal(total: 5, rows: 9, matching: 9, known: 9, squares: 300)
    for (rows, counted, divided, averaged) in [
      (Vocabulary.Rows.events, true, true, true), (.people, false, true, true),
      (.linked, false, false, false),
    ] {
      let count = term(.count, nil, rows)
      let ratio = Measure.ratio(numerator: count, denominator: count, cohort: nil)
      #expect((content(.count(count), .count, [seven])?.interval != nil) == counted)
      #expect((content(ratio, .percent, [seven, nine])?.interval != nil) == divided)
      #expect((content(.duration(term(.mean, "days", rows)), .days, [mean])?.interval != nil) == averaged)
      #expect(content(ratio, .percent, [seven, nine])?.number == 7.0 / 9)
      #expect(
        `Changes between quarters`.indicator(.count(count), .count).countsLinkedRows == (rows == .linked))
    }
    // People told apart are independent, whatever the rows they are seen in; organisations are not people.
    for (field, isPeople) in [("participant", true), ("organisation", false)] {
      let people = term(.distinct, field, .linked)
      let share = Measure.ratio(numerator: people, denominator: people, cohort: nil)
      #expect((content(share, .percent, [seven, nine])?.interval != nil) == isPeople)
    }
  }

  @Test func `the cost of an event lies between the amount over Garwood's exact ends`() throws {
    let euros = Term(.sum, of: "finance", field: "amount_eur", absent: .unknown, rows: .linked)
    let cost = Measure.ratio(numerator: euros, denominator: events, cohort: nil)
    func value(_ amount: Double, _ count: Int) -> Figure.Value? {
      content(
        cost, .euro,
        [
          TermTotal(total: amount, rows: 4, matching: 4),
          TermTotal(total: Double(count), rows: count, matching: count),
        ])
    }
    let ends = try #require(EventCount(19)?.garwood())
    let nineteen = try #require(value(380_000, 19))
    #expect(nineteen.number == 20_000)
    #expect(nineteen.interval == Interval(low: 380_000 / ends.high, high: 380_000 / ends.low))
    for count in 1...60 {
      let one = try #require(value(1000, count))
      let interval = try #require(one.interval)
      #expect(interval.low < one.number && one.number < interval.high && interval.high.isFinite)
    }
    #expect(value(1000, 0) == nil)
    // Of one event, 0.0253178 to 5.5716434; Byar's lower end, 0.0127, would tell twice the cost.
    let one = try #require(value(1000, 1)?.interval)
    #expect(abs(1000 / one.high - 0.0253178) < 1e-6 && abs(1000 / one.low - 5.5716434) < 1e-6)
    // Turned round, events in so many hours.
    let hourly = `Changes between quarters`.indicator(
      .ratio(numerator: events, denominator: euros, cohort: nil), .count)
    #expect(hourly.intervalMethod == .garwoodRate)
    let rate = try #require(hourly.interval(ofRatio: 3, to: 100))
    #expect(abs(rate.low - 0.006186721) < 1e-8 && abs(rate.high - 0.087672731) < 1e-8)
    // A share of an amount, or an amount over linked rows, is no cost of an event.
    let months = Term(.count, of: "months", absent: .zero, rows: .linked)
    let monthly = Measure.ratio(numerator: euros, denominator: months, cohort: nil)
    #expect(
      content(
        monthly, .euro,
        [TermTotal(total: 9, rows: 1, matching: 1), TermTotal(total: 3, rows: 3, matching: 3)])?
        .interval == nil)
  }

  @Test func `an interval always holds its value`() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      let n = Double(1 + generator.below(60))
      let x = Double(generator.below(Int(n) + 1))
      for value in [
        content(.count(events), .count, [TermTotal(total: x, rows: 60, matching: Int(x))]),
        content(
          `Changes between quarters`.ratio, .percent,
          [TermTotal(total: x, rows: 60, matching: Int(x)), TermTotal(total: n, rows: 60, matching: Int(n))]),
      ] {
        guard let value, let interval = value.interval else {
          Issue.record("no interval for \(x) of \(n)")
          continue
        }
        #expect(interval.low <= value.number && value.number <= interval.high)
      }
    }
  }
}
