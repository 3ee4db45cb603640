internal import Impact

/// Social returns as rows: a year a row, and the impact map behind each.
struct ReturnRows {
  /// A year of a cooperation a row.
  let returns: CSV
  /// What was put in and what changed, a line of a map a row.
  let maps: CSV

  init(_ edition: Edition) {
    let names = Names(edition)
    let model = edition.catalogue.socialReturn
    func place(_ one: YearReturn) -> [CSV.Cell] {
      [
        .text(edition.release.id), .text(one.cooperation), .text(names.cooperation(one.cooperation)),
        .integer(one.year),
      ]
    }
    let head = ["release", "cooperation", "cooperation_name", "year"]
    returns = CSV(
      head + [
        "model_version", "investment_eur", "contributions_not_valued", "present_value_eur", "ratio",
        "corner_low", "corner_high", "interval_low", "interval_high", "median", "share_above_one", "draws",
        "seed", "absence", "data_nature",
      ],
      rows: edition.returns.map { one in
        let drawn = one.result?.uncertainty
        return place(one) + [
          .integer(model?.version), .number(one.inputs.isEmpty ? nil : one.investment),
          .integer(one.unvalued),
          .number(one.presentValue), .number(one.result?.ratio), .number(one.result?.corners.low),
          .number(one.result?.corners.high), .number(drawn?.interval.low), .number(drawn?.interval.high),
          .number(drawn?.median), .number(drawn?.shareAboveOne), .integer(drawn?.draws),
          .text(drawn.map { String($0.seed) }), .text(one.absence?.rawValue),
          .text(names.dataNature(one.cooperation)),
        ]
      })
    maps = CSV(
      head + [
        "side", "name", "organisation", "label_fr", "label_en", "quantity", "proxy_low_eur",
        "proxy_central_eur", "proxy_high_eur", "proxy_source", "proxy_source_kind", "deadweight",
        "displacement", "attribution_to_others", "drop_off", "first_year", "duration", "value_eur",
        "present_value_eur", "contributions_not_valued", "absence", "data_nature",
      ],
      rows: edition.returns.flatMap { one -> [[CSV.Cell]] in
        let nature = CSV.Cell.text(names.dataNature(one.cooperation))
        let none = [CSV.Cell](repeating: .text(nil), count: 12)
        let inputs = one.inputs.map { input in
          let label = names.indicator(input.name)?.label
          return place(one) + [
            .text("input"), .text(input.name), .text(input.organisation), .text(label?.french),
            .text(label?.english),
          ] + none + [
            .number(input.value), .number(nil), .integer(input.unvalued), .text(input.absence?.rawValue),
            nature,
          ]
        }
        return inputs
          + one.outcomes.compactMap { outcome -> [CSV.Cell]? in
            guard let definition = model?.outcome(outcome.id) else { return nil }
            let proxy = model?.proxy(definition.proxy)
            let estimate = proxy?.estimate(in: one.year)
            let range = proxy?.isRangeKnown(in: one.year) == true ? estimate : nil
            return place(one) + [
              .text("outcome"), .text(outcome.id), .text(nil), .text(definition.label.french),
              .text(definition.label.english), .number(outcome.quantity), .number(range?.low),
              .number(estimate?.central), .number(range?.high), .text(proxy?.source),
              .text(proxy.flatMap { model?.source($0.source)?.kind.rawValue }),
              .number(definition.deadweight.estimate.central),
              .number(definition.displacement.estimate.central),
              .number(definition.attributionToOthers.estimate.central),
              .number(definition.dropOff.estimate.central), .integer(definition.firstYear),
              .integer(definition.duration), .number(outcome.impact), .number(outcome.presentValue),
              .integer(nil), .text(outcome.absence?.rawValue), nature,
            ]
          }
      })
  }
}
