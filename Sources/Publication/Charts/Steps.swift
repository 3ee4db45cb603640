/// Stretches of slots that share a value: one mark each, without seams between neighbours.
enum Steps {
  static func runs<Value: Equatable>(_ values: [Value?]) -> [(value: Value, slots: Range<Int>)] {
    var runs: [(value: Value, slots: Range<Int>)] = []
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      if let last = runs.last, last.value == value, last.slots.upperBound == index {
        runs[runs.count - 1].slots = last.slots.lowerBound..<(index + 1)
      } else {
        runs.append((value, index..<(index + 1)))
      }
    }
    return runs
  }
}
