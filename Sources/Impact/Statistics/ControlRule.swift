/// A rule by which a point of a control chart speaks of more than chance, as published by NHS England's "Making Data
/// Count" (reference: the R package NHSRplotthedots).
public enum ControlRule: String, Hashable, Sendable, CaseIterable {
  /// Outside the limits.
  case outside
  /// Seven in a row on one side of the mean; flags all seven.
  case run
  /// Seven in a row rising or falling; flags all seven.
  case trend
  /// Two of three beyond two thirds of the way to a limit and inside it, all three on one side; flags the far ones.
  case nearLimit = "near-limit"

  /// A value with the centre and limits it is judged by.
  struct Judged {
    var value: Double
    var centre: Double
    var low: Double
    var high: Double

    var side: Int { value > centre ? 1 : value < centre ? -1 : 0 }
    var isOutside: Bool { value < low || value > high }
    var isFar: Bool {
      guard !isOutside else { return false }
      return value > centre + (high - centre) * 2 / 3 || value < centre - (centre - low) * 2 / 3
    }
  }

  /// The rules each point breaks, each at most once, in the order of `allCases`.
  static func fired(by points: [Judged]) -> [[ControlRule]] {
    var fired = [Set<ControlRule>](repeating: [], count: points.count)
    for index in points.indices where points[index].isOutside { fired[index].insert(.outside) }
    for start in points.indices where start + 7 <= points.count {
      let window = start..<(start + 7)
      let side = points[start].side
      if side != 0, window.allSatisfy({ points[$0].side == side }) {
        for index in window { fired[index].insert(.run) }
      }
      let steps = zip(points[window], points[window].dropFirst())
      if steps.allSatisfy({ $0.value < $1.value }) || steps.allSatisfy({ $0.value > $1.value }) {
        for index in window { fired[index].insert(.trend) }
      }
    }
    for start in points.indices where start + 3 <= points.count {
      let window = start..<(start + 3)
      let side = points[start].side
      guard side != 0, window.allSatisfy({ points[$0].side == side }) else { continue }
      let far = window.filter { points[$0].isFar }
      if far.count >= 2 { for index in far { fired[index].insert(.nearLimit) } }
    }
    return fired.map { set in allCases.filter(set.contains) }
  }
}
