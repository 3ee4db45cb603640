import Foundation
import Impact
import Testing

/// Known answers, as small files beside the tests: computed once by scipy, statsmodels, lifelines and R, or published.
enum Golden {
  struct Row {
    var cells: [String: String]
    var line: Int

    func text(_ column: String) throws -> String { try #require(cells[column], "no column \(column)") }
    func number(_ column: String) throws -> Double {
      let text = try text(column)
      return try #require(Double(text), "line \(line), column \(column) is no number")
    }
    func rate(_ successes: String, _ trials: String) throws -> Proportion {
      let (x, n) = (try number(successes), try number(trials))
      return try #require(Proportion(x, of: n))
    }
  }

  /// The rows of a file of `Golden/`.
  static func rows(_ name: String) throws -> [Row] {
    let lines = try lines(name)
    let header = try #require(lines.first)
    let rows = lines.dropFirst().enumerated().map { index, cells in
      Row(
        cells: Dictionary(zip(header, cells)) { first, _ in first },
        line: index + 2)
    }
    try #require(!rows.isEmpty)
    return rows
  }

  /// The numbers of a file of names and numbers, without a header.
  static func values(_ name: String) throws -> [String: Double] {
    let pairs = try lines(name).compactMap { cells in Double(cells[1]).map { (cells[0], $0) } }
    try #require(!pairs.isEmpty)
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private static func lines(_ name: String, file: String = #filePath) throws -> [[String]] {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
    let text = try String(contentsOf: folder.appendingPathComponent("\(name).csv"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
      }
    }
  }
}

/// Expects two numbers to agree to 1e-9, relative to numbers above 1.
func expectEqual(
  _ value: Double?, _ expected: Double, within tolerance: Double = 1e-9, _ comment: Comment? = nil,
  location: SourceLocation = #_sourceLocation
) {
  guard let value else {
    Issue.record("no value where \(expected) is expected", sourceLocation: location)
    return
  }
  #expect(
    abs(value - expected) <= tolerance * max(1, abs(expected)),
    "\(value) is not \(expected) \(comment ?? "")",
    sourceLocation: location)
}
