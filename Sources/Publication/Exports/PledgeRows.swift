internal import Impact

/// What partners promised and delivered, a row an organisation, kind, unit and quarter.
struct PledgeRows {
  let table: CSV

  init(_ edition: Edition) {
    let names = Names(edition)
    table = CSV(
      [
        "release", "cooperation", "cooperation_name", "quarter", "organisation", "organisation_name", "kind",
        "unit", "promised", "promised_eur", "promised_people", "promised_methods", "delivered",
        "delivered_eur", "delivered_capped_eur", "delivered_market_eur", "delivered_people",
        "delivered_methods", "deliveries", "data_nature",
      ],
      rows: edition.pledges.map { pledge in
        let partner = edition.cooperations.first { $0.id == pledge.cooperation }?.partners
          .first { $0.organisation == pledge.organisation }
        func methods(_ side: Pledge.Side?) -> CSV.Cell { .text(side?.methods.joined(separator: " ")) }
        return [
          .text(edition.release.id), .text(pledge.cooperation), .text(names.cooperation(pledge.cooperation)),
          .text(pledge.quarter.description), .text(pledge.organisation), .text(partner?.name),
          .text(pledge.kind), .text(pledge.unit), .number(pledge.promised?.quantity),
          .number(pledge.promised?.valueInEuros), .integer(pledge.promised?.people), methods(pledge.promised),
          .number(pledge.delivered?.quantity), .number(pledge.delivered?.valueInEuros),
          .number(pledge.delivered?.cappedValueInEuros), .number(pledge.delivered?.marketValueInEuros),
          .integer(pledge.delivered?.people), methods(pledge.delivered), .integer(pledge.deliveries),
          .text(names.dataNature(pledge.cooperation)),
        ]
      })
  }
}
