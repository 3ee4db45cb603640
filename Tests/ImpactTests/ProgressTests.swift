import Impact
import Testing

struct `Progress towards a target` {
  private func target(
    _ value: Double, _ kind: Target.Kind = .reach, from baseline: Double? = nil
  ) -> Target.Revision {
    Target.Revision(
      value: value, decidedOn: Day(daysSinceEpoch: 0), reason: "context", decision: "d", kind: kind,
      baseline: baseline)
  }

  private func progress(
    _ target: Target.Revision?, _ value: Double?, _ direction: Direction = .higher
  ) -> Progress { .towards(target, from: value, direction: direction) }

  @Test func `no target, and no value, are said and never 0`() {
    #expect(progress(nil, 3) == .undefined(.noTarget))
    #expect(progress(nil, nil) == .undefined(.noTarget))
    #expect(progress(target(4), nil) == .undefined(.noValue))
  }

  @Test func `a target of 0 has no share of nought`() {
    #expect(progress(target(0), 3) == .undefined(.noBaseline))
    #expect(progress(target(0), 0) == .undefined(.noBaseline))
    #expect(progress(target(0, from: 8), 2, .lower) == .covered(0.75))
    #expect(progress(target(0, .reduceToZero, from: 8), 2) == .covered(0.75))
    #expect(progress(target(0, .reduceToZero), 2) == .undefined(.noBaseline))
    #expect(progress(target(0, .keepAtZero), 0) == .holds)
    #expect(progress(target(0, .keepAtZero), 2) == .off(by: 2))
  }

  @Test func `a value still at its baseline has covered nothing`() {
    #expect(progress(target(10, from: 4), 4) == .covered(0))
    #expect(progress(target(0, .reduceToZero, from: 8), 8) == .covered(0))
  }

  @Test(arguments: [
    (Direction.higher, 6.0, true), (.higher, 4, false), (.lower, 4, true), (.lower, 6, false),
    (.neutral, 5, true), (.neutral, 6, false),
  ])
  func `a baseline that is the target leaves no way to go`(
    _ direction: Direction, _ value: Double, _ holds: Bool
  ) {
    #expect(progress(target(5, from: 5), value, direction) == (holds ? .holds : .off(by: 1)))
    #expect(progress(target(0, .reduceToZero, from: 0), 0) == .holds)
    #expect(progress(target(0, .reduceToZero, from: 0), 2) == .off(by: 2))
  }

  @Test func `a share without a baseline is of the target, upwards only`() {
    #expect(progress(target(0.6), 0.3) == .covered(0.5))
    #expect(progress(target(0.6), 0.9) == .covered(1.5))
    #expect(progress(target(0.6), 0.3, .lower) == .undefined(.noBaseline))
    #expect(progress(target(6, .atMost), 5, .lower) == .holds)
    #expect(progress(target(6, .atMost), 8, .lower) == .off(by: 2))
    #expect(progress(target(10, from: 4), 1) == .covered(-0.5))
  }

  @Test func `no number that is not one ever comes out`() {
    let values = [-2.0, 0, 1, 5]
    for kind in Target.Kind.allCases {
      for direction in Direction.allCases {
        for value in values {
          for aim in values {
            for baseline in [nil] + values.map(Optional.some) {
              switch progress(target(aim, kind, from: baseline), value, direction) {
              case .covered(let share): #expect(share.isFinite)
              case .off(let distance): #expect(distance > 0 && distance.isFinite)
              case .holds, .undefined: break
              }
            }
          }
        }
      }
    }
  }
}
