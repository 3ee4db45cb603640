internal import Impact

/// All cooperations side by side, in alphabetical order: a matrix, never a league table.
struct PortfolioPage {
  let reader: Reader

  private var edition: Edition { reader.edition }
  private var headlines: [Indicator] { edition.catalogue.reviewed }

  var page: [UInt8] {
    let quarter = reader.numbers.quarter(edition.release.quarter)
    return Shell(
      reader: reader, room: .portfolio,
      title: reader.say("Portefeuille, \(quarter) – Impact des JVS", "Portfolio, \(quarter) – JVS impact"),
      description: reader.say(
        "Les coopérations suivies, leurs indicateurs de tête et leurs notes, \(quarter).",
        "The cooperations followed, their headline indicators and scores, \(quarter)."),
      runningTitle: reader.say("Portefeuille – \(quarter)", "Portfolio – \(quarter)")
    ).page([
      mast, cooperations, matrix, PortfolioSection(reader: reader).markup,
      FairnessSection(reader: reader).markup, scores, downloads,
    ])
  }

  private var mast: Markup {
    H.div(.class("mast")) {
      H.p(.class("kicker"), text: reader.say("Portefeuille", "Portfolio"))
      H.h1(
        text: reader.say(
          "\(edition.cooperations.count) coopérations, \(reader.numbers.quarter(edition.release.quarter))",
          "\(edition.cooperations.count) cooperations, \(reader.numbers.quarter(edition.release.quarter))"))
      reader.facts([
        (reader.say("Données arrêtées au", "Data cut on"), .text(reader.numbers.day(edition.release.cut))),
        (reader.say("Livraison", "Release"), .text(edition.release.id)),
        (reader.say("Édition", "Edition"), .text(edition.audience.label[reader.language])),
        (reader.say("Indicateurs", "Indicators"), .text("\(edition.catalogue.indicators.count)")),
        (
          reader.say("Prochaine livraison avant le", "Next release before"),
          .text(reader.numbers.day(edition.release.nextDue))
        ),
      ])
    }
  }

  private var cooperations: Markup {
    reader.section(
      1, reader.say("Coopérations", "Cooperations"),
      note: reader.say("Par ordre alphabétique.", "In alphabetical order."),
      [
        reader.table(
          caption: reader.say("Forme, partenaires et période", "Form, partners and period"),
          head: [
            reader.say("Coopération", "Cooperation"), reader.say("Forme", "Form"),
            reader.say("Activité", "Activity"),
            reader.say("Partenaires", "Partners"), reader.say("Période suivie", "Period followed"),
          ],
          rows: edition.cooperations.map { cooperation in
            [
              link(cooperation), .text(reader.words(cooperation.form)),
              .text(cooperation.activity[reader.language]),
              .text(partners(cooperation)), .text(period(cooperation)),
            ]
          }, numbers: false)
      ])
  }

  private func link(_ cooperation: CooperationProfile) -> Markup {
    H.a(.href(reader.page("cooperations/\(cooperation.id).html"))) { H.bdi(text: cooperation.name) }
  }

  private func partners(_ cooperation: CooperationProfile) -> String {
    cooperation.partners.map { partner in
      partner.name + (partner.capitalShare.map { " (\(reader.numbers.percent($0, decimals: 0)))" } ?? "")
    }.joined(separator: ", ")
  }

  private func period(_ cooperation: CooperationProfile) -> String {
    let (first, last) = (cooperation.quarters.lowerBound, cooperation.quarters.upperBound)
    let span = "\(reader.numbers.quarter(first)) – \(reader.numbers.quarter(last))"
    guard let end = cooperation.endedOn, end <= edition.release.cut else { return span }
    return span
      + reader.say(" (terminé le \(reader.numbers.day(end)))", " (ended on \(reader.numbers.day(end)))")
  }

  private var matrix: Markup {
    reader.section(
      2, reader.say("Indicateurs de tête", "Headline indicators"),
      note: reader.say(
        "Chaque coopération à son dernier trimestre. Hachuré : provisoire. La variation se juge contre les limites, jamais contre le trimestre d’avant.",
        "Each cooperation at its last quarter. Hatched: provisional. Variation is judged against limits, never against the quarter before."
      ), full: true,
      [
        DataTable(
          caption: reader.say(
            "\(edition.cooperations.count) coopérations, \(headlines.count) indicateurs de tête",
            "\(edition.cooperations.count) cooperations, \(headlines.count) headline indicators"),
          kind: "mat",
          columns: [DataTable.Column(name: reader.say("Indicateur", "Indicator"))]
            + edition.cooperations.map { cooperation in
              DataTable.Column(
                name: cooperation.name,
                heading: .group([
                  link(cooperation),
                  H.span(.class("ci"), text: reader.numbers.quarter(cooperation.quarters.upperBound)),
                ]))
            },
          rows: headlines.map { indicator in
            [
              DataTable.Cell(
                content: H.a(
                  .href(reader.page("indicators/\(indicator.id).html")),
                  text: indicator.label[reader.language]))
            ] + edition.cooperations.map { cell(indicator, $0) }
          }, fold: .cells
        ).markup
      ])
  }

  private func cell(_ indicator: Indicator, _ cooperation: CooperationProfile) -> DataTable.Cell {
    guard let judgement = reader.album.judgement(indicator, cooperation) else {
      return DataTable.Cell(content: reader.absence(.notCollected))
    }
    var content = [H.span(.class("mv")) { reader.figure(judgement.figure, indicator) }]
    if let value = judgement.figure?.value {
      if value.interval != nil {
        content.append(H.span(.class("ci"), text: reader.interval(value, indicator)))
      }
      content.append(
        H.span(.class("ms")) {
          reader.variation(judgement)
          " "
          reader.assurance(judgement.assurance)
        })
      if judgement.signal.isAlarm { content.append(reader.qualified(judgement)) }
    }
    let isOpen = judgement.figure?.status == .provisional && judgement.figure?.value != nil
    return DataTable.Cell(content: .group(content), kind: isOpen ? "prov" : nil)
  }

  private var scores: Markup {
    let parts = edition.catalogue.scorecard.parts
    let rows = edition.cooperations.map { cooperation -> [Markup] in
      let scores = reader.album.scores(cooperation.id, cooperation.quarters.upperBound)
      let cells = ([nil] + parts.map(\.dimension)).map { dimension -> Markup in
        guard let score = scores.first(where: { $0.dimension == dimension }) else {
          return reader.absence(.notCollected)
        }
        guard let value = score.value else {
          return H.span(.class("none"), text: reader.say("données insuffisantes", "not enough data"))
        }
        guard dimension == nil, let band = score.certainty?.methods else {
          return .text(reader.numbers.number(value))
        }
        return .text(
          "\(reader.numbers.number(value)) (\(reader.numbers.number(band.low))–\(reader.numbers.number(band.high)))"
        )
      }
      return [link(cooperation)] + cells
    }
    return reader.section(
      5, reader.say("Notes", "Scores"),
      note: reader.say(
        "Indice interne de 0 à 100, bornes fixes. Les apports des partenaires n’y entrent pas. Entre parenthèses, où la mettent neuf dixièmes des méthodes essayées. Ce n’est pas un classement.",
        "Internal index from 0 to 100, fixed goalposts. Partners’ contributions do not enter it. In brackets, where nine tenths of the methods tried put it. It is not a ranking."
      ),
      [
        edition.scores.isEmpty
          ? H.p(text: reader.say("Cette édition ne montre pas de notes.", "This edition shows no scores."))
          : reader.table(
            caption: reader.say("Notes par dimension", "Scores by dimension"),
            head: [reader.say("Coopération", "Cooperation"), reader.say("Ensemble", "Overall")]
              + parts.map {
                edition.catalogue.dimension($0.dimension)?.label[reader.language] ?? $0.dimension
              }, rows: rows, wide: [1])
      ])
  }

  private var downloads: Markup {
    reader.section(
      6, reader.say("Télécharger", "Download"),
      note: reader.say(
        "Les mêmes chiffres que les pages, avec numérateur, dénominateur et état.",
        "The same figures as the pages, with numerator, denominator and status."),
      [
        H.ul {
          for (file, french, english) in [
            ("figures.csv", "Tous les chiffres, CSV", "All figures, CSV"),
            (
              "figures-excel-fr.csv", "Tous les chiffres, CSV pour Excel français",
              "All figures, CSV for French Excel"
            ),
            ("portfolio.csv", "Portefeuille, CSV", "Portfolio, CSV"),
            ("fairness.csv", "Taux comparés, CSV", "Rates compared, CSV"),
            ("signals.csv", "Signaux et écarts, CSV", "Signals and changes, CSV"),
            ("months.csv", "Séries mensuelles, CSV", "Monthly series, CSV"),
            ("scores.csv", "Notes, CSV", "Scores, CSV"),
            ("score-changes.csv", "Ce qui a fait bouger les notes, CSV", "What moved the scores, CSV"),
            ("score-sensitivity.csv", "Ce dont les notes dépendent, CSV", "What the scores depend on, CSV"),
            ("restatements.csv", "Rectifications, CSV", "Restatements, CSV"),
            ("decisions.csv", "Décisions ouvertes, CSV", "Open decisions, CSV"),
            ("commentaries.csv", "Commentaires, CSV", "Commentary, CSV"),
            ("release.json", "Livraison, JSON", "Release, JSON"),
          ] {
            H.li { H.a(.href(reader.data(file)), text: reader.say(french, english)) }
          }
        }
      ])
  }
}
