internal import Impact

/// The verdict on each indicator of each cooperation at its last quarter, its changes, and the months behind it.
struct SignalRows {
  /// An indicator of a cooperation a row.
  let signals: CSV
  /// A month a row, with the limits it was judged by; no row for audiences that see masked figures.
  let months: CSV

  init(_ album: Album) {
    let edition = album.edition
    let release = edition.release.id
    let names = Names(edition)
    let judgements = edition.cooperations.flatMap { cooperation in
      edition.catalogue.indicators.compactMap { album.judgement($0, cooperation) }
    }.filter { $0.figure?.value != nil }
    func place(_ judgement: Judgement) -> [CSV.Cell] {
      [
        .text(release), .text(judgement.cooperation.id), .text(judgement.cooperation.name),
        .text(judgement.indicator.id), .text(judgement.indicator.label.french),
        .text(judgement.indicator.label.english), .text(judgement.indicator.unit.rawValue),
      ]
    }
    let head = ["release", "cooperation", "cooperation_name", "indicator", "label_fr", "label_en", "unit"]
    func change(_ change: Change?) -> [CSV.Cell] {
      [
        .text(change?.since.description), .number(change?.estimate), .number(change?.interval?.low),
        .number(change?.interval?.high), .text(change?.method?.rawValue), .number(change?.p),
      ]
    }
    func changeHead(_ name: String) -> [String] {
      ["since", "change", "low", "high", "interval_method", "p_value"].map { "\(name)_\($0)" }
    }
    signals = CSV(
      head + [
        "quarter", "verdict", "not_judged_because", "basis", "judged_on", "points", "centre", "reviewed",
        "p_value", "p_value_adjusted", "confirmed",
      ]
        + changeHead("quarter_before") + changeHead("year_before")
        + ["review_judged", "review_false_alarms_expected", "data_nature"],
      rows: judgements.map { judgement in
        let signal = judgement.signal
        let alarms = album.alarms(judgement.cooperation)
        // Of an indicator the review does not put forward, the file says nothing of false alarms: none was controlled.
        let isReviewed = alarms.isReviewed(judgement.judgedOn.id)
        let confirmed =
          isReviewed && signal.isAlarm ? "\(alarms.isConfirmed(judgement.judgedOn.id))" : nil
        return place(judgement)
          + [
            .text(judgement.quarter.description), .text(signal.verdict.rawValue),
            .text(signal.silence?.rawValue), .text(signal.isJudged ? signal.basis.rawValue : nil),
            .text(judgement.judgedOn.id), .integer(signal.points.count), .number(signal.mean),
            .text(signal.isJudged ? "\(isReviewed)" : nil), .number(signal.p),
            .number(alarms.adjusted[judgement.judgedOn.id]), .text(confirmed),
          ] + change(judgement.sinceQuarter) + change(judgement.sinceYear) + [
            .integer(isReviewed ? alarms.judged : nil), .number(isReviewed ? alarms.expected : nil),
            .text(names.dataNature(judgement.cooperation.id)),
          ]
      })
    months = CSV(
      head + [
        "month", "value", "numerator", "denominator", "n", "centre", "lower_limit", "upper_limit", "rules",
        "data_nature",
      ],
      rows: judgements.filter { $0.signal.basis == .months && $0.judgedOn.id == $0.indicator.id }.flatMap {
        judgement in
        judgement.signal.points.map { point -> [CSV.Cell] in
          let value = edition.months(judgement.indicator.id, judgement.cooperation.id)?.months
            .first { $0.start == point.month }?.value
          return place(judgement) + [
            .text(point.month?.description), .number(point.value), .number(value?.numerator),
            .number(value?.denominator), .integer(value?.count), .number(judgement.signal.mean),
            .number(point.low), .number(point.high),
            .text(point.rules.map(\.rawValue).joined(separator: " ")),
            .text(names.dataNature(judgement.cooperation.id)),
          ]
        }
      })
  }
}
