/// Places of units by their scores.
public enum Ranking {
  /// Competition ranks, 1 for the best score, ties share the best place; unknown scores have none.
  ///
  /// Scores that agree to twelve decimals are tied: the last bits of a sum depend on its order.
  public static func ranks(_ scores: [Double?]) -> [Int?] {
    let places = places(scores.map { $0 ?? .nan })
    return places.map { $0 == 0 ? nil : Int($0) }
  }

  /// Ranks with 0 for unknown scores.
  static func places(_ scores: [Double]) -> [UInt32] {
    var sorter = RadixSorter()
    var places = [UInt32](repeating: 0, count: scores.count)
    sorter.rank(scores, into: &places)
    return places
  }
}

/// Ranks scores by sorting their bits: no comparison, and no memory once it has run.
struct RadixSorter: Sendable {
  private var keys: [UInt64] = []
  private var order: [UInt32] = []
  private var otherKeys: [UInt64] = []
  private var otherOrder: [UInt32] = []
  private var counts = [UInt32](repeating: 0, count: 6 * 2048)

  /// Competition ranks of scores, best first, 0 for `NaN` and `±∞`.
  mutating func rank(_ scores: [Double], into places: inout [UInt32]) {
    let most = scores.count
    if keys.count < most {
      keys = [UInt64](repeating: 0, count: most)
      otherKeys = keys
      order = [UInt32](repeating: 0, count: most)
      otherOrder = order
    }
    for index in counts.indices { counts[index] = 0 }
    var count = 0
    for index in 0..<most {
      let score = scores[index]
      guard score.isFinite else {
        places[index] = 0
        continue
      }
      // Tied to twelve decimals; −0 is 0. The bits of a negative number turned over sort like the number.
      let rounded = (score * 1e12).rounded() + 0
      let bits = rounded.bitPattern
      let ascending = bits >> 63 == 1 ? ~bits : bits | 1 << 63
      let key = ~ascending
      keys[count] = key
      order[count] = UInt32(truncatingIfNeeded: index)
      count += 1
      for digit in 0..<6 { counts[digit &* 2048 &+ Int((key >> UInt64(11 &* digit)) & 2047)] &+= 1 }
    }
    guard count > 0 else { return }
    for digit in 0..<6 {
      let base = digit * 2048
      // Every key has the same digit here: nothing to sort.
      if counts[base + Int((keys[0] >> UInt64(11 * digit)) & 2047)] == UInt32(count) { continue }
      var sum: UInt32 = 0
      for bucket in base..<base + 2048 {
        let own = counts[bucket]
        counts[bucket] = sum
        sum &+= own
      }
      let shift = UInt64(11 * digit)
      for index in 0..<count {
        let key = keys[index]
        let bucket = base &+ Int((key >> shift) & 2047)
        let place = Int(counts[bucket])
        counts[bucket] &+= 1
        otherKeys[place] = key
        otherOrder[place] = order[index]
      }
      swap(&keys, &otherKeys)
      swap(&order, &otherOrder)
    }
    var place: UInt32 = 1
    for index in 0..<count {
      if index > 0, keys[index] != keys[index - 1] { place = UInt32(index + 1) }
      places[Int(order[index])] = place
    }
  }
}
