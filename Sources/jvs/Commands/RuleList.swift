import Capture
import Impact
import Store

/// Every rule a file is checked by at import, layer by layer.
struct RuleList {
  /// One rule, for a machine.
  struct Rule: Encodable, Equatable {
    /// `file`, `schema`, `reference` or `field`.
    var layer: String
    var code: String
    /// The entity it is about; `nil` for every one.
    var entity: String?
    var field: String?
    /// `error`, `warning`, or both where it depends on the place.
    var severities: [String]
    var title: String?
    var titleEnglish: String?
    var message: String
    var french: String?
    var source: String
    /// How sure a rule of the field is.
    var sureness: String?
  }

  /// The rules: those of files first, then the rules of the field by entity.
  static let rules: [Rule] =
    FileRule.all.map {
      Rule(
        layer: $0.layer.rawValue, code: $0.code, severities: $0.severities.map(\.rawValue),
        message: $0.message,
        source: $0.source)
    }
    + FieldRule.all.map {
      Rule(
        layer: "field", code: $0.code, entity: $0.entity, field: $0.field, severities: [$0.severity.rawValue],
        title: $0.title.french, titleEnglish: $0.title.english, message: $0.message, french: $0.french,
        source: $0.source,
        sureness: $0.sureness.rawValue)
    }

  /// Says them.
  static func say(on console: Console) throws {
    try console.answer(rules)
    var place: (layer: String, entity: String?) = ("", nil)
    for rule in rules {
      if (rule.layer, rule.entity) != place {
        place = (rule.layer, rule.entity)
        try console.say("\(rule.layer)\(rule.entity.map { " · \($0)" } ?? "")")
      }
      let sureness = rule.sureness.map { ", \($0)" } ?? ""
      try console.say(
        "  \(rule.code) (\(rule.severities.joined(separator: " or "))): \(rule.message)"
          + "\n      \(rule.source)\(sureness)")
    }
    try console.say("\(rules.count) rules: an error refuses the row or the file, a warning is told.")
  }
}
