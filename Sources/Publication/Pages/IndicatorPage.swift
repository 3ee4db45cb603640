internal import Impact

/// One indicator: its last figures, its series, how it is computed, what it does not say.
struct IndicatorPage {
  let reader: Reader
  let indicator: Indicator

  private var edition: Edition { reader.edition }

  /// Cooperations it has something to say about, in alphabetical order.
  private var judgements: [Judgement] {
    edition.cooperations.compactMap { reader.album.judgement(indicator, $0) }
  }

  private var shown: [Judgement] { judgements.filter { $0.series.contains { $0.value != nil } } }

  var page: [UInt8] {
    let label = indicator.label[reader.language]
    let dimension = edition.catalogue.dimension(indicator.dimension)
    return Shell(
      reader: reader, room: .indicators,
      title: reader.say("\(label) – Impact des JVS", "\(label) – JVS impact"),
      description: indicator.question[reader.language],
      trail: [
        (reader.say("Indicateurs", "Indicators"), "indicators/index.html"),
        (
          dimension?.label[reader.language] ?? indicator.dimension,
          "indicators/index.html#\(indicator.dimension)"
        ),
        (label, nil),
      ], runningTitle: label
    ).page(
      [
        mast, LatestFigures(reader: reader, indicator: indicator, judgements: judgements).section, evolution,
        across, method, breakdowns, downloads,
      ].filter { !$0.isEmpty })
  }

  private var mast: Markup {
    H.div(.class("mast")) {
      H.p(.class("kicker")) {
        reader.say("Indicateur ", "Indicator ")
        H.span(.class("code"), text: indicator.id)
      }
      H.h1(text: indicator.label[reader.language])
      H.p(.class("lead"), text: indicator.question[reader.language])
      reader.facts([
        (
          reader.say("Sens favorable", "Better when"),
          .text(
            indicator.direction == .higher
              ? reader.say("hausse", "higher")
              : indicator.direction == .lower
                ? reader.say("baisse", "lower") : reader.say("aucun : il décrit", "neither: it describes"))
        ),
        (reader.say("Unité", "Unit"), .text(unit)),
        (reader.say("Définition", "Definition"), .text("v\(indicator.version)")),
        (reader.say("Fenêtre", "Window"), .text(window)),
      ])
    }
  }

  private var unit: String {
    switch indicator.unit {
    case .percent: "%"
    case .people: reader.say("personnes", "people")
    case .count: reader.say("nombre", "count")
    case .hours: reader.say("heures", "hours")
    case .etp: reader.say("équivalents temps plein (ETP)", "full-time equivalents (ETP)")
    case .euro: reader.say("euros", "euros")
    case .days: reader.say("jours", "days")
    case .tonnes: reader.say("tonnes", "tonnes")
    }
  }

  private var window: String {
    switch indicator.isCumulative ? .sinceStart : indicator.window {
    case .quarter: reader.say("trimestre", "quarter")
    case .yearToDate: reader.say("depuis janvier", "year to date")
    case .rollingYear: reader.say("12 mois glissants", "rolling 12 months")
    case .sinceStart: reader.say("depuis le début", "since the start")
    }
  }

  private var evolution: Markup {
    let charts = shown.enumerated().map { index, judgement in
      Markup.group([
        SignalChart(reader: reader, judgement: judgement, id: "f-\(index + 1)", quarters: 16).figure(),
        judgement.judgedOn.id == indicator.id
          ? MonthChart(reader: reader, judgement: judgement, id: "f-\(index + 1)-m").figure() : .none,
      ])
    }
    let silent = judgements.filter { judgement in
      !shown.contains { $0.cooperation.id == judgement.cooperation.id }
    }
    return reader.section(
      2, reader.say("Évolution", "Over time"),
      note: reader.say(
        "Une coopération par graphique. Les limites s’élargissent quand les effectifs sont petits.",
        "One cooperation a chart. Limits widen when numbers are small."),
      (charts.isEmpty
        ? [
          H.p(text: reader.say("Aucune coopération n’a encore de valeur.", "No cooperation has a value yet."))
        ] : charts)
        + silent.map { judgement in
          H.p(
            .class("small soft"),
            text: "\(judgement.cooperation.name)\(reader.numbers.colon)"
              + reader.words(judgement.figure?.absence ?? .notCollected) + ".")
        })
  }

  private var across: Markup {
    let rows = shown.compactMap { judgement in
      judgement.figure?.value.map { value in
        DotRows.Row(
          label: "\(judgement.cooperation.name), \(reader.numbers.quarter(judgement.quarter))", value: value,
          isOpen: judgement.figure?.status == .provisional)
      }
    }
    guard rows.count > 1 else {
      return reader.section(
        3, reader.say("Entre coopérations", "Across cooperations"),
        note: reader.say("Par ordre alphabétique.", "In alphabetical order."),
        [
          H.p(
            text: reader.say(
              "Moins de deux coopérations ont une valeur : il n’y a rien à comparer.",
              "Fewer than two cooperations have a value: there is nothing to compare."))
        ])
    }
    let hasInterval = rows.contains { $0.value.interval != nil }
    return reader.section(
      3, reader.say("Entre coopérations", "Across cooperations"),
      note: reader.say(
        "Par ordre alphabétique : des publics et des métiers différents ne se classent pas.",
        "In alphabetical order: different people and trades are not ranked."),
      [
        ChartFigure(
          id: "f-across",
          headline: [
            H.span(text: reader.say("Situation de chaque coopération", "Where each cooperation stands"))
          ],
          statistic: indicator.label[reader.language] + ", "
            + reader.say("dernier trimestre de chacune", "last quarter of each"),
          summary: hasInterval
            ? reader.say(
              "Le trait est l’intervalle à 95\(Numbers.narrowSpace)% : deux traits qui se recouvrent ne se départagent pas.",
              "The line is the 95% interval: two lines that overlap cannot be told apart.")
            : indicator.intervalAbsence(of: rows[0].value)?.sentence(in: reader.language) ?? "",
          plot: DotRows(
            reader: reader, id: "g-across", title: indicator.label[reader.language], indicator: indicator,
            rows: rows
          ).markup,
          source: reader.say("Point vide : provisoire.", "Open dot: provisional.")
        ).markup
      ])
  }

  private var method: Markup {
    let definition = Definition(indicator, in: reader.edition.catalogue, reader.language)
    return reader.section(
      4, reader.say("Comment il se calcule", "How it is computed"),
      note: reader.say(
        "La définition en vigueur, lue par le programme.", "The definition in force, as the program reads it."
      ),
      [
        H.div(.class("flow")) {
          H.ul { for sentence in definition.sentences { H.li(text: sentence) } }
          if let example = indicator.example {
            H.h3(text: reader.say("Exemple", "Worked example"))
            H.p(text: example.text[reader.language])
          }
          // One version in force from the beginning is told by its number alone.
          if definition.versions.count > 1 || indicator.validFrom != nil || indicator.validTo != nil {
            H.h3(text: "Versions")
            H.ul { for sentence in definition.versions { H.li(text: sentence) } }
          }
          H.h3(text: reader.say("Ce qu’il faut savoir", "What you should know"))
          H.p(text: indicator.limits[reader.language])
          H.h3(text: reader.say("Source", "Source"))
          H.p(text: indicator.source[reader.language])
          if !indicator.mappings.isEmpty {
            H.h3(text: reader.say("Correspondances", "Mappings"))
            H.p(
              text: indicator.mappings.sorted { $0.key < $1.key }.map { frame, code in
                switch frame {
                case "iris": "IRIS+ \(code)"
                case "sdg": reader.say("contribue à l’ODD \(code)", "contributes to SDG \(code)")
                case "fse": "FSE+ \(code)"
                default: "\(frame.uppercased()) \(code)"
                }
              }.joined(separator: ", "))
          }
        }
      ])
  }

  private var breakdowns: Markup {
    var tables: [Markup] = []
    for field in indicator.breakdowns {
      for judgement in judgements {
        let parts = edition.figures.parts(
          indicator.id, judgement.cooperation.id, judgement.quarter, by: field)
        guard !parts.isEmpty else { continue }
        tables.append(
          reader.table(
            caption: "\(judgement.cooperation.name), \(reader.numbers.quarter(judgement.quarter)), "
              + reader.say("par ", "by ") + fieldLabel(field),
            head: [fieldLabel(field), reader.say("Valeur", "Value")],
            rows: parts.map { part in
              [
                .text(part.key.part.map { reader.label($0, of: indicator, judgement.cooperation) } ?? ""),
                reader.figure(part, indicator),
              ]
            }))
      }
    }
    guard !tables.isEmpty else { return .none }
    return reader.section(
      5, reader.say("Détail", "Breakdowns"),
      note: reader.say("Les parts s’additionnent au tout.", "Parts add up to the whole."),
      [H.div(.class("two"), content: tables)])
  }

  private var hasBreakdowns: Bool { !breakdowns.isEmpty }

  private func fieldLabel(_ field: String) -> String {
    for term in indicator.measure.terms {
      if let label = edition.catalogue.vocabulary.entity(term.entity)?.field(field)?.label[reader.language] {
        return label
      }
    }
    return field
  }

  private var downloads: Markup {
    let all = edition.catalogue.indicators
    let position = all.firstIndex { $0.id == indicator.id } ?? 0
    let before = position > 0 ? all[position - 1] : nil
    let after = position + 1 < all.count ? all[position + 1] : nil
    let url = "\(edition.release.id)/\(indicator.id)"
    return reader.section(
      hasBreakdowns ? 6 : 5, reader.say("Télécharger et citer", "Download and cite"),
      note: reader.say("Les mêmes chiffres que cette page.", "The same figures as this page."),
      [
        H.ul {
          H.li {
            H.a(
              .href(reader.data("indicators/\(indicator.id).csv")),
              text: reader.say(
                "\(indicator.label.french), toutes périodes, CSV",
                "\(indicator.label.english), all periods, CSV"))
          }
          H.li {
            reader.say("Citer : ", "Cite: ")
            H.span(.class("code"), text: "JVS, \(url), \(edition.release.cut)")
          }
          if let before {
            H.li {
              H.a(
                .href(reader.page("indicators/\(before.id).html")),
                text: reader.say("Indicateur précédent : ", "Previous indicator: ")
                  + before.label[reader.language])
            }
          }
          if let after {
            H.li {
              H.a(
                .href(reader.page("indicators/\(after.id).html")),
                text: reader.say("Indicateur suivant : ", "Next indicator: ") + after.label[reader.language])
            }
          }
        }
      ])
  }
}
