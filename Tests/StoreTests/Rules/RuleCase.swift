import Impact
import Store

/// Rows that break one rule, and rows that just keep it.
///
/// Rows are written `field=value field=value`; a value has no space.
struct RuleCase: Sendable {
  /// The rule.
  var code: String
  /// What is recorded before, besides the world of ``RuleTests``: entity and rows.
  var given: [(entity: String, rows: [String])]
  /// Rows of one file that break the rule.
  var breaks: [String]
  /// Which of them break it, by place from 0; by default the last.
  var broken: Set<Int>
  /// Rows of one file that keep it, as near to breaking it as can be.
  var keeps: [String]

  init(
    _ code: String, given: [(entity: String, rows: [String])] = [], breaks: [String],
    at broken: Set<Int>? = nil,
    keeps: [String]
  ) {
    self.code = code
    self.given = given
    self.breaks = breaks
    self.broken = broken ?? [breaks.count - 1]
    self.keeps = keeps
  }

  /// The fields of a row.
  static func fields(_ row: String) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: row.split(separator: " ").map { part in
        let pair = part.split(separator: "=", maxSplits: 1)
        return (String(pair[0]), String(pair[1]))
      })
  }

  static let all = dates + people + passes + partners + sharing
}
