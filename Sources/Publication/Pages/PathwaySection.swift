internal import Impact

/// Where people stand along their pathway over twelve months: at exit and six months later, as counts.
struct PathwaySection: ReviewSection {
  /// The counts the section is made of, by their name in the catalogue; without them it says so.
  private enum Role {
    static let exits = "exits"
    static let followUps = "follow-ups-at-6-months"
    static let dynamic = "dynamic-exit-rate-rolling-year"
    static let etp = "etp-realisation-rate"
  }

  let review: ReviewPage

  var markup: Markup {
    reader.section(
      4, reader.say("Parcours", "Pathways"),
      note: reader.say(
        "Effectifs sur douze mois. Hachuré : pas documenté ou pas observé.",
        "Numbers over twelve months. Hatched: not documented or not observed."),
      content)
  }

  private func segments(_ indicator: String, _ field: String, _ order: [(code: String, fill: String)])
    -> [StackedBars.Segment]
  {
    let definition = reader.edition.catalogue.indicator(indicator)
    return order.compactMap { code, fill in
      let part = Figure.Part(field: field, value: code)
      guard let value = review.figure(indicator, part: part)?.value, value.number > 0 else { return nil }
      let label = definition.map { reader.label(part, of: $0, review.cooperation) } ?? code
      return StackedBars.Segment(label: label, count: value.number, fill: fill)
    }
  }

  private var bars: [StackedBars.Bar] {
    [
      StackedBars.Bar(
        label: reader.say("Situation à la sortie, 12 mois", "At exit, 12 months"),
        segments: segments(
          Role.exits, "class",
          [
            ("durable", "c1"), ("transition", "c2"), ("positive", "c3"), ("other", "cd"),
            ("withdrawal", "c0"),
            ("outside", "c0"), ("undocumented", "ch"), ("unknown", "ch"),
          ])),
      StackedBars.Bar(
        label: reader.say("Six mois après", "Six months later"),
        segments: segments(
          Role.followUps, "situation",
          [("in_job", "c1"), ("not_in_job", "cd"), ("lost", "c0"), ("unknown", "ch")])),
    ]
  }

  private var content: [Markup] {
    let drawn = bars.filter { $0.total > 0 }
    let etp = reader.edition.catalogue.indicator(Role.etp)
    let etpJudgement = etp.flatMap { reader.album.judgement($0, review.cooperation) }
    guard !drawn.isEmpty else {
      return [
        H.p(
          text: reader.say(
            "Aucune sortie à montrer sur les douze mois.", "No exit to show over the twelve months."))
      ]
    }
    let dynamic = reader.edition.catalogue.indicator(Role.dynamic)
    let figure = review.figure(Role.dynamic)
    let summary: String =
      if let dynamic, let value = figure?.value {
        reader.say(
          "\(reader.numbers.short(drawn[0].total)) sorties en douze mois. \(dynamic.label.french) : \(reader.full(value, dynamic)).",
          "\(reader.numbers.short(drawn[0].total)) exits in twelve months. \(dynamic.label.english): \(reader.full(value, dynamic))."
        )
      } else {
        reader.say(
          "\(reader.numbers.short(drawn[0].total)) sorties en douze mois.",
          "\(reader.numbers.short(drawn[0].total)) exits in twelve months.")
      }
    let rows = drawn.flatMap { bar in
      bar.segments.map { segment -> [Markup] in
        [
          .text(bar.label), .text(segment.label), .text(reader.numbers.short(segment.count)),
          .text(
            "\(reader.numbers.percent(segment.count / bar.total)) (\(reader.numbers.short(segment.count))/\(reader.numbers.short(bar.total)))"
          ),
        ]
      }
    }
    var matter = [
      ChartFigure(
        id: "f-path",
        headline: [
          H.span(
            text: reader.say(
              "\(reader.numbers.short(drawn[0].total)) sorties sur douze mois, par situation",
              "\(reader.numbers.short(drawn[0].total)) exits over twelve months, by situation"))
        ],
        statistic: reader.say(
          "Personnes, quatre trimestres jusqu’au \(reader.numbers.quarter(review.quarter)), chaque barre rapportée à son total",
          "People, four quarters up to \(reader.numbers.quarter(review.quarter)), each bar set against its total"
        ),
        summary: summary, key: key(drawn),
        plot: StackedBars(
          reader: reader, id: "g-path", title: reader.say("Parcours", "Pathways"), bars: drawn
        ).markup,
        source: reader.say(
          "Les retraits et les sorties sans motif restent hors des taux officiels.",
          "Withdrawals and exits without a reason stay out of the official rates."),
        table: reader.folded(
          reader.say("Tableau du parcours", "Table of the pathway"), rows: rows.count,
          reader.table(
            caption: reader.say("Effectifs par situation", "Numbers by situation"),
            head: [
              reader.say("Étape", "Step"), reader.say("Situation", "Situation"),
              reader.say("Personnes", "People"),
              reader.say("Part de l’étape", "Share of the step"),
            ], rows: rows, text: 1)),
        links: [
          (reader.data("indicators/\(Role.exits).csv"), reader.say("Sorties, CSV", "Exits, CSV"))
        ], side: true
      ).markup
    ]
    if let etp, let etpJudgement, etpJudgement.figure?.absence != .notApplicable,
      review.rank(etpJudgement) > 1
        || !review.headlines.prefix(3).contains(where: { $0.indicator.id == etp.id })
    {
      matter.append(SignalChart(reader: reader, judgement: etpJudgement, id: "f-etp").figure(isMain: false))
    }
    return matter
  }

  private func key(_ bars: [StackedBars.Bar]) -> Markup {
    var seen: Set<String> = []
    let items = bars.flatMap(\.segments).filter { seen.insert($0.label).inserted }
    return H.ul(.class("key")) {
      for item in items {
        H.li {
          S.svg(Attribute("width", "14"), Attribute("height", "12"), .hidden) {
            S.rect(
              .class(item.fill), Attribute("x", ".5"), Attribute("y", ".5"), Attribute("width", "13"),
              Attribute("height", "11"))
          }
          item.label
        }
      }
    }
  }
}
