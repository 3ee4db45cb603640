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
    var sorter = RankSorter()
    var places = [UInt32](repeating: 0, count: scores.count)
    scores.withUnsafeBufferPointer { scores in
      places.withUnsafeMutableBufferPointer { sorter.rank(scores, into: $0) }
    }
    return places
  }
}

/// Ranks scores, without memory once it has run.
struct RankSorter: Sendable {
  private struct Entry: Comparable {
    /// The score to twelve decimals, turned over: the best is the least.
    var key: Double
    var index: Int32

    static func < (one: Entry, other: Entry) -> Bool { one.key < other.key }
  }

  private var keys: [Double] = []
  private var entries: [Entry] = []
  private var ends: [Int32] = []

  /// Competition ranks of scores, best first, 0 for `NaN` and `±∞`.
  mutating func rank(_ scores: UnsafeBufferPointer<Double>, into places: UnsafeMutableBufferPointer<UInt32>) {
    let most = scores.count
    if entries.count < most {
      keys = [Double](repeating: .nan, count: most)
      entries = [Entry](repeating: Entry(key: .nan, index: 0), count: most)
      ends = [Int32](repeating: 0, count: most * 2)
    }
    keys.withUnsafeMutableBufferPointer { keys in
      entries.withUnsafeMutableBufferPointer { entries in
        ends.withUnsafeMutableBufferPointer { ends in
          RankSorter.rank(scores, keys, entries, ends, places)
        }
      }
    }
  }

  private static func rank(
    _ scores: UnsafeBufferPointer<Double>, _ keys: UnsafeMutableBufferPointer<Double>,
    _ entries: UnsafeMutableBufferPointer<Entry>, _ ends: UnsafeMutableBufferPointer<Int32>,
    _ places: UnsafeMutableBufferPointer<UInt32>
  ) {
    var (count, least, greatest) = (0, Double.infinity, -Double.infinity)
    for (index, score) in scores.enumerated() {
      let key = RankSorter.key(score)
      keys[index] = key
      guard !key.isNaN else { continue }
      least = min(least, key)
      greatest = max(greatest, key)
      count += 1
    }
    guard count > 0 else { return places.update(repeating: 0) }
    // So many that most stand alone.
    let bins = count * 2
    let ends = UnsafeMutableBufferPointer(rebasing: ends[..<bins])
    ends.update(repeating: 0)
    let place = Bins(bins, from: least, to: greatest)
    for index in scores.indices where !keys[index].isNaN { ends[place[keys[index]]] &+= 1 }
    Bins.begin(ends)
    for index in scores.indices {
      let key = keys[index]
      guard !key.isNaN else {
        places[index] = 0
        continue
      }
      let bin = place[key]
      entries[Int(ends[bin])] = Entry(key: key, index: Int32(truncatingIfNeeded: index))
      ends[bin] &+= 1
    }
    Bins.sort(UnsafeMutableBufferPointer(rebasing: entries[..<count]))
    var rank: UInt32 = 1
    for place in 0..<count {
      if place > 0, entries[place].key != entries[place - 1].key { rank = UInt32(place + 1) }
      places[Int(entries[place].index)] = rank
    }
  }

  /// What a score is sorted by; `NaN` where it has no rank.
  @inline(__always)
  private static func key(_ score: Double) -> Double {
    guard score.isFinite else { return .nan }
    let key = score * -1e12
    // Adding and taking off 1.5 × 2⁵² rounds to a whole number; beyond 2⁵¹ only halves are left to round.
    return abs(key) < 0x1p51 ? (key + 0x1.8p52) - 0x1.8p52 : key.rounded()
  }
}
