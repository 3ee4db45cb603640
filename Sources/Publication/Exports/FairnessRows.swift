internal import Impact

/// Rates compared between cooperations, a cooperation a row: raw, expected for its people, and drawn towards the common one.
struct FairnessRows {
  let table: CSV

  init(_ album: Album) {
    let edition = album.edition
    let names = Names(edition)
    table = CSV(
      [
        "release", "indicator", "label_fr", "label_en", "quarter", "cooperation", "cooperation_name", "value",
        "numerator", "denominator", "common_rate", "alert_low", "alert_high", "alarm_low", "alarm_high",
        "flag",
        "compared_with", "features", "without_comparator", "without_comparator_by_feature",
        "compared_numerator", "compared_denominator", "expected_rate", "expected_low",
        "expected_high", "observed_over_expected", "ratio_low", "ratio_high",
        "shrunken_rate", "shrunken_low", "shrunken_high", "data_nature",
      ],
      rows: album.fairness.flatMap { fairness in
        fairness.standings.map { standing -> [CSV.Cell] in
          let indicator = names.indicator(fairness.indicator)
          return [
            .text(edition.release.id), .text(fairness.indicator), .text(indicator?.label.french),
            .text(indicator?.label.english), .text(fairness.quarter.description), .text(standing.cooperation),
            .text(names.cooperation(standing.cooperation)), .number(standing.rate.share),
            .number(standing.rate.successes), .number(standing.rate.trials), .number(fairness.common.share),
            .number(standing.alert.low), .number(standing.alert.high), .number(standing.alarm.low),
            .number(standing.alarm.high), .text(standing.flag.rawValue),
            .text(
              standing.ownPeople.flatMap { people in
                people.expected.map { _ in people.isForItsPeople ? "like" : "others" }
              }),
            .text(standing.ownPeople?.features.joined(separator: " ")),
            .integer(standing.withoutComparator),
            .text(standing.ownPeople?.unmatched.map(String.init).joined(separator: " ")),
            .number(standing.expected?.observed.successes),
            .number(standing.expected?.observed.trials), .number(standing.expected?.rate),
            .number(standing.expected?.range.low), .number(standing.expected?.range.high),
            .number(standing.expected?.ratio?.estimate), .number(standing.expected?.ratio?.interval.low),
            .number(standing.expected?.ratio?.interval.high), .number(standing.shrunken?.estimate),
            .number(standing.shrunken?.interval.low), .number(standing.shrunken?.interval.high),
            .text(names.dataNature(standing.cooperation)),
          ]
        }
      })
  }
}
