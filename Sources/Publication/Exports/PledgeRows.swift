internal import Impact

/// What partners promised and delivered, a row an organisation, kind, unit and quarter.
///
/// `late` is in the unit of the row: what had been promised since the first promise of its kind for the quarters over by
/// the end of this one (and by the cut), less all that was delivered since that promise; 0 when nothing is late. What is late of a kind
/// of which these quarters know nothing has a row of its own, of the last quarter before them.
struct PledgeRows {
  let table: CSV

  init(_ edition: Edition) {
    let names = Names(edition)
    let lastDays = Dictionary(edition.cooperations.map { ($0.id, edition.lastDay(of: $0)) }) { first, _ in
      first
    }
    let late = edition.pledges.late(after: edition.openings) { lastDays[$0] ?? edition.release.cut }
    let partners = Dictionary(
      edition.cooperations.flatMap { one in one.partners.map { ([one.id, $0.organisation], $0.name) } }
    ) { first, _ in first }
    let held = Set(edition.pledges.map { [$0.cooperation, $0.organisation, $0.kind, $0.unit] })
    let older = edition.openings.filter { opening in
      opening.quantity > 0
        && !held.contains([opening.cooperation, opening.organisation, opening.kind, opening.unit])
    }
    table = CSV(
      [
        "release", "cooperation", "cooperation_name", "quarter", "organisation", "organisation_name", "kind",
        "unit", "promised", "promised_eur", "promised_people", "promised_methods", "delivered",
        "delivered_eur", "delivered_capped_eur", "delivered_market_eur", "delivered_people",
        "delivered_methods", "deliveries", "late", "data_nature",
      ],
      rows: zip(edition.pledges, late).map { pledge, late in
        func methods(_ side: Pledge.Side?) -> CSV.Cell { .text(side?.methods.joined(separator: " ")) }
        return [
          .text(edition.release.id), .text(pledge.cooperation), .text(names.cooperation(pledge.cooperation)),
          .text(pledge.quarter.description), .text(pledge.organisation),
          .text(partners[[pledge.cooperation, pledge.organisation]]),
          .text(pledge.kind), .text(pledge.unit), .number(pledge.promised?.quantity),
          .number(pledge.promised?.valueInEuros), .integer(pledge.promised?.people), methods(pledge.promised),
          .number(pledge.delivered?.quantity), .number(pledge.delivered?.valueInEuros),
          .number(pledge.delivered?.cappedValueInEuros), .number(pledge.delivered?.marketValueInEuros),
          .integer(pledge.delivered?.people), methods(pledge.delivered), .integer(pledge.deliveries),
          .number(late), .text(names.dataNature(pledge.cooperation)),
        ]
      }
        + older.map { opening in
          [
            .text(edition.release.id), .text(opening.cooperation),
            .text(names.cooperation(opening.cooperation)), .text(opening.quarter.description),
            .text(opening.organisation),
            .text(partners[[opening.cooperation, opening.organisation]]),
            .text(opening.kind), .text(opening.unit),
          ] + [CSV.Cell](repeating: .text(nil), count: 11) + [
            .number(opening.quantity), .text(names.dataNature(opening.cooperation)),
          ]
        })
  }
}
