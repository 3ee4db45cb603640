let seed: UInt64 = 20_260_967

/// SplitMix64: small, fast, and the same on every machine.
struct Random {
  private var state: UInt64

  /// A stream of its own for each cooperation, so that a change in one leaves the others as they are.
  init(seed: UInt64, stream: String) {
    state = stream.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }
  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }
  mutating func pick<Element>(_ weighted: [(Element, Double)]) -> Element {
    var left = unit() * weighted.reduce(0) { $0 + $1.1 }
    for (element, weight) in weighted {
      left -= weight
      if left < 0 { return element }
    }
    return weighted[weighted.count - 1].0
  }
}
