internal import Impact

/// What the previous release said otherwise, a changed figure a row.
struct RestatementRows {
  /// A changed figure a row.
  let table: CSV

  init(_ edition: Edition) {
    let names = Names(edition)
    table = CSV(
      [
        "release", "previous_release", "cooperation", "cooperation_name", "indicator", "label_fr", "label_en",
        "quarter", "part_field", "part_value", "unit", "value_before", "absence_before", "value_after",
        "absence_after", "cause", "data_nature",
      ],
      rows: edition.restatements.map { restatement in
        let key = restatement.key
        let indicator = names.indicator(key.indicator)
        // What is masked now must not be told through what it used to be.
        let isMasked =
          restatement.after == .absent(.tooFew) || edition.figures[key]?.absence == .tooFew
        let before = isMasked ? .absent(.tooFew) : restatement.before
        let after = isMasked ? .absent(.tooFew) : restatement.after
        return [
          .text(edition.release.id), .text(restatement.release), .text(key.cooperation),
          .text(names.cooperation(key.cooperation)), .text(key.indicator), .text(indicator?.label.french),
          .text(indicator?.label.english), .text(key.quarter.description), .text(key.part?.field),
          .text(key.part?.value), .text(indicator?.unit.rawValue), .number(before.number),
          .text(before.reason), .number(after.number), .text(after.reason),
          .text(restatement.causes.map(\.rawValue).joined(separator: " ")),
          .text(names.dataNature(key.cooperation)),
        ]
      })
  }
}

extension Figure.Content {
  fileprivate var number: Double? { if case .value(let value) = self { value.number } else { nil } }
  fileprivate var reason: String? { if case .absent(let absence) = self { absence.rawValue } else { nil } }
}
