internal import Foundation

/// The known name a misspelt one was probably meant to be.
public enum NearestName {
  /// The letters and digits of a name, without case and accents: what people hear when they read it aloud.
  static func folded(_ name: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in name.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      folded.append(scalar)
    }
    return String(folded)
  }

  /// The closest of `names` when it is close enough to be a slip, else `nil`.
  public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    // A long foreign text is no slip, and its distance would be costly.
    guard name.utf8.count <= 200 else { return nil }
    let wanted = Array(folded(name).utf8)
    guard wanted.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = distance(wanted, Array(folded(candidate).utf8))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(2, wanted.count / 3), best.distance < wanted.count else {
      return nil
    }
    return best.name
  }

  /// ` (did you mean "…"?)`, or nothing.
  public static func hint(for name: String, among names: some Sequence<String>) -> String {
    nearest(to: name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// Insertions, deletions, substitutions and swaps of neighbours between two words.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in 0..<left.count {
      var row = [i + 1]
      for j in 0..<right.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
