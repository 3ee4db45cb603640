internal import Impact
internal import Postgres

extension FieldRule {
  /// Targets: a kind that names zero has no other value, and a way to zero starts somewhere.
  static let targets: [FieldRule] = [
    FieldRule(
      "target-of-zero-with-value", of: "target", .error, field: "value",
      fr: "Objectif à zéro avec une autre valeur", en: "Target of zero with another value",
      "a target to keep at zero or to reduce to zero has the value 0; write 0, or choose the kind reach or at_most",
      source: "the kinds keep_at_zero and reduce_to_zero name their value", .inference,
      breaks: .row("s.kind IN ('keep_at_zero', 'reduce_to_zero') AND s.value <> 0")),
    FieldRule(
      "target-to-zero-without-baseline", of: "target", .warning, field: "baseline",
      fr: "Réduction à zéro sans valeur de départ", en: "Reduction to zero without a start",
      "this target goes to zero and does not say from where, so that no progress can be told; fill in the baseline",
      source: "progress is the share of the way from the baseline to zero", .inference,
      breaks: .row("s.kind = 'reduce_to_zero' AND s.baseline IS NULL")),
  ]
}
