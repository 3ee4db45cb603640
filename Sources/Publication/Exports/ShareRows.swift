internal import Impact

/// How partners share the last whole year of each cooperation, a partner a row; shares in per cent sum to 100.
struct ShareRows {
  let table: CSV

  init(_ edition: Edition) {
    let names = Names(edition)
    table = CSV(
      [
        "release", "cooperation", "cooperation_name", "year", "rule", "rule_started_on", "rule_decided_on",
        "rule_document", "organisation", "organisation_name", "share_percent", "value_eur", "meaning",
        "data_nature",
      ],
      rows: edition.cooperations.flatMap { cooperation -> [[CSV.Cell]] in
        guard let shares = edition.shares(of: cooperation) else { return [] }
        let agreement = shares.agreement
        return shares.parts.map { part in
          [
            .text(edition.release.id), .text(cooperation.id), .text(cooperation.name), .integer(shares.year),
            .text(agreement.rule.rawValue), .text(agreement.startedOn.description),
            .text(agreement.decidedOn.description), .text(agreement.document), .text(part.partner),
            .text(cooperation.partners.first { $0.organisation == part.partner }?.name),
            .number(Double(part.thousandths) / 10), .number(part.value),
            .text("contribution déclarée, pas causalité"), .text(names.dataNature(cooperation.id)),
          ]
        }
      })
  }
}
