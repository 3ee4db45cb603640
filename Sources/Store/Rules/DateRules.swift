internal import Impact
internal import Postgres

extension FieldRule {
  /// A period ends on or after the day it starts, whatever it is a period of.
  static let dates: [FieldRule] =
    [
      "cooperation", "contract", "convention", "immersion", "market", "organisation_name", "partnership",
      "pass_iae_prolongation", "pass_iae_suspension",
    ].map { entity in
      FieldRule(
        "\(entity.split(separator: "_").joined(separator: "-"))-ends-before-start", of: entity, .error,
        field: "ended_on", fr: "Fin avant le début", en: "End before the start",
        "the last day of this row is before its first; correct one of the two",
        source: "a period has at least one day", .inference,
        breaks: .row("s.ended_on < s.started_on"))
    } + [
      FieldRule(
        "target-ends-before-start", of: "target", .error, field: "to_quarter", fr: "Fin avant le début",
        en: "End before the start",
        "the last quarter of this target is before its first; correct one of the two",
        source: "a period has at least one quarter", .inference,
        breaks: .row("ops.quarter_start(s.to_quarter) < ops.quarter_start(s.from_quarter)"))
    ]
}
