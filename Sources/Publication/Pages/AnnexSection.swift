internal import Impact

/// Every indicator at the quarter.
struct AnnexSection: ReviewSection {
  let review: ReviewPage

  /// How settled the figures are, where all of them are alike.
  private var common: Figure.Status? {
    let all = Set(
      edition.catalogue.indicators.compactMap { reader.album.judgement($0, cooperation)?.figure?.status })
    return all.count == 1 ? all.first : nil
  }

  var markup: Markup {
    let common = common
    let rows = edition.catalogue.indicators.compactMap { indicator -> [Markup]? in
      guard let judgement = reader.album.judgement(indicator, cooperation) else { return nil }
      let name = H.a(
        .href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language])
      return [
        indicator.version == 1 ? name : .group([name, H.small(text: " v\(indicator.version)")]),
        reader.figure(judgement.figure, indicator),
      ] + (common == nil ? [.text(judgement.figure.map { reader.words($0.status) } ?? "–")] : [])
    }
    let caption = reader.say(
      "Tous les indicateurs, \(reader.numbers.quarter(quarter))",
      "All indicators, \(reader.numbers.quarter(quarter))")
    return reader.section(
      11, reader.say("Annexe", "Annex"),
      note: reader.say(
        "Tous les indicateurs à ce trimestre, chacun avec un lien vers sa définition ; v2 en est la deuxième version.",
        "All indicators at this quarter, each with a link to its definition; v2 is the second version of it."),
      [
        H.details(.class("annex")) {
          H.summary(text: reader.say("Les \(rows.count) indicateurs", "All \(rows.count) indicators"))
          reader.table(
            caption: common.map {
              caption
                + reader.say(
                  ", tous les chiffres\(reader.numbers.colon)", ", all figures\(reader.numbers.colon)")
                + reader.words($0, many: true)
            } ?? caption,
            head: [reader.say("Indicateur", "Indicator"), reader.say("Valeur", "Value")]
              + (common == nil ? [reader.say("État", "Status")] : []),
            rows: rows)
        },
        H.p(
          .class("onpaper"),
          text: reader.say(
            "Les \(rows.count) indicateurs à ce trimestre ne sont pas imprimés. Ils sont sur cette page, dans le dossier de la livraison (fr/cooperations/\(cooperation.id).html#s11), et dans le fichier data/cooperations/\(cooperation.id).csv.",
            "The \(rows.count) indicators at this quarter are not printed. They are on this page, in the release’s folder (en/cooperations/\(cooperation.id).html#s11), and in the file data/cooperations/\(cooperation.id).csv."
          )),
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
