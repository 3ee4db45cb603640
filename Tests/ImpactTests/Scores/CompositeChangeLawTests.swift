import Testing

@testable import Impact

/// Laws of what moves a score, and of what is left without an indicator.
extension `Laws of composite scores` {
  @Test func `the parts of a change sum to it`() throws {
    var (taken, refused, kinds) = (0, 0, Set<ScoreChange.Kind>())
    for seed in UInt64(1)...200 {
      var drawn = try Case(
        seed, holes: true, minimumData: Double(seed % 3) * 0.3,
        means: Self.means + [.mazziottaPareto(.downward), .mazziottaPareto(.upward)])
      let later: [Double?] = drawn.values.map { value in
        switch Int.random(in: 0..<5, using: &drawn.generator) {
        case 0: nil
        case 1: value
        default: Double.random(in: 0...10, using: &drawn.generator)
        }
      }
      let names = drawn.composite.indicators.map(\.name)
      let study = try Study(drawn.composite, panel(names, [[("u", drawn.values)], [("u", later)]]))
      let change: ScoreChange
      do {
        guard let found = try study.change(of: 0, from: 0, to: 1) else {
          let ends = (try study.levels(0).value(0, 0), try study.levels(1).value(0, 0))
          #expect(ends.0 == nil || ends.1 == nil, "seed \(seed)")
          continue
        }
        change = found
      } catch {
        // Mazziotta–Pareto may fall to 0 or below, where the mean above it ends: the score itself is refused too.
        refused += 1
        #expect(throws: ScoreError.self) {
          _ = try study.levels(0)
          _ = try study.levels(1)
        }
        continue
      }
      taken += 1
      kinds.formUnion(change.parts.map(\.kind))
      #expect(abs(change.parts.reduce(0) { $0 + $1.amount } - change.amount) < 1e-9, "seed \(seed)")
      let (before, after) = (try study.levels(0).value(0, 0), try study.levels(1).value(0, 0))
      #expect(change.before == before && change.after == after)
      for part in change.parts {
        guard let index = names.firstIndex(of: part.node) else { continue }
        switch part.kind {
        case .moved: #expect(drawn.values[index] != nil && later[index] != nil)
        case .appeared: #expect(drawn.values[index] == nil && later[index] != nil)
        case .disappeared: #expect(drawn.values[index] != nil && later[index] == nil)
        case .replaced: Issue.record("an indicator is not replaced")
        }
      }
    }
    #expect(taken >= 100 && refused <= 40)
    #expect(kinds.isSuperset(of: [.moved, .appeared, .disappeared]))
  }

  @Test(arguments: UInt64(1)...100)
  func `what a missing value does to a score is never told as a movement of the rest`(_ seed: UInt64) throws {
    let drawn = try Case(seed, holes: false)
    let names = drawn.composite.indicators.map(\.name)
    for index in names.indices {
      var holed = drawn.values
      holed[index] = nil
      let study = try Study(drawn.composite, panel(names, [[("u", drawn.values)], [("u", holed)]]))
      let change = try #require(try study.change(of: 0, from: 0, to: 1))
      for part in change.parts where part.kind == .moved { #expect(part.amount == 0) }
      #expect(change.parts.filter { $0.kind != .moved }.count == 1)
    }
  }

  @Test func `leaving one out by subtraction is computing without it`() throws {
    var (left, refused, unknown) = (0, 0, 0)
    for seed in UInt64(1)...100 {
      let drawn = try Case(
        seed, holes: true, minimumData: [0, 0.3, 0.4, 0.5, 0.6, 0.7][Int(seed % 6)],
        means: Self.means + [.mazziottaPareto(.downward)])
      let study = try Study(
        drawn.composite, panel(drawn.composite.indicators.map(\.name), [[("u", drawn.values)]]))
      let evaluator = Evaluator(drawn.composite)
      let work = Evaluator.Workspace(evaluator.count)
      var row = [Double](repeating: .nan, count: 6)
      study.place(0, 0, into: &row)
      for indicator in 0..<6 {
        // Each from a fresh evaluation, so that one refusal does not hide the next.
        _ = evaluator.evaluate(row, work)
        guard work.refused < 0 else {
          refused += 1
          continue
        }
        let quick = evaluator.top(with: -.infinity, at: indicator, work)
        var without = row
        without[indicator] = -.infinity
        let other = Evaluator.Workspace(evaluator.count)
        let slow = evaluator.evaluate(without, other)
        // A value the mean above cannot take is refused by both.
        #expect((work.refused >= 0) == (other.refused >= 0), "seed \(seed), indicator \(indicator)")
        guard work.refused < 0, other.refused < 0 else {
          refused += 1
          continue
        }
        #expect(quick.isFinite == slow.isFinite, "seed \(seed), indicator \(indicator)")
        if quick.isFinite {
          #expect(abs(quick - slow) < 1e-9 * max(1, abs(slow)))
          left += 1
        } else {
          unknown += 1
        }
      }
    }
    #expect(left >= 200 && unknown >= 20 && refused <= 150)
  }
}
