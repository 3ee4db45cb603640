internal import Impact

/// Every indicator at the quarter.
struct AnnexSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let rows = edition.catalogue.indicators.compactMap { indicator -> [Markup]? in
      guard let judgement = reader.album.judgement(indicator, cooperation) else { return nil }
      return [
        H.a(.href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language]),
        reader.figure(judgement.figure, indicator),
        .text(judgement.figure.map { reader.words($0.status) } ?? "–"),
        .text("v\(indicator.version)"),
      ]
    }
    return reader.section(
      11, reader.say("Annexe", "Annex"),
      note: reader.say(
        "Tous les indicateurs à ce trimestre, chacun avec sa définition.",
        "All indicators at this quarter, each with its definition."),
      [
        H.details(.class("annex")) {
          H.summary(text: reader.say("Les \(rows.count) indicateurs", "All \(rows.count) indicators"))
          reader.table(
            caption: reader.say(
              "Tous les indicateurs, \(reader.numbers.quarter(quarter))",
              "All indicators, \(reader.numbers.quarter(quarter))"),
            head: [
              reader.say("Indicateur", "Indicator"), reader.say("Valeur", "Value"),
              reader.say("État", "Status"),
              reader.say("Définition", "Definition"),
            ], rows: rows)
        },
        H.ul(.class("links")) {
          H.li {
            H.a(
              .href(reader.data("cooperations/\(cooperation.id).csv")),
              text: reader.say(
                "Tous les chiffres de la coopération, CSV", "All figures of the cooperation, CSV"))
          }
        },
      ])
  }
}
