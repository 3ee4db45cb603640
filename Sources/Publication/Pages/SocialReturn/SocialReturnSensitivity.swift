internal import Impact

/// What would change the result: each parameter alone, and the value at which a euro put in brings a euro.
struct SocialReturnSensitivity {
  /// Parameters shown: the widest.
  private static let most = 8

  let page: SocialReturnPage

  private var reader: Reader { page.reader }

  var markup: Markup {
    reader.section(
      4, reader.say("Ce qui changerait le résultat", "What would change the result"),
      note: reader.say(
        "Un paramètre à la fois, d’un bout à l’autre de sa fourchette, les autres à leur valeur centrale. Une même hypothèse bouge pour tous les changements qu’elle sert.",
        "One parameter at a time, from one end of its range to the other, all others at their central value. One assumption moves for every change it serves."
      ), content)
  }

  private var content: [Markup] {
    guard let shown = page.shown, let result = shown.result, let map = shown.map(page.model) else {
      return [
        H.p(
          text: reader.say(
            "Sans résultat, rien à faire varier.", "Without a result there is nothing to vary."))
      ]
    }
    let swings = map.swings.filter { $0.span > 0 }
    let drawn = result.uncertainty.map { drawn in
      reader.say(
        " L’intervalle à 95 % vient de \(reader.numbers.number(Double(drawn.draws))) tirages triangulaires, graine \(drawn.seed) ; la médiane est \(reader.ratio(drawn.median)).",
        " The 95% interval comes from \(reader.numbers.number(Double(drawn.draws))) triangular draws, seed \(drawn.seed); the median is \(reader.ratio(drawn.median))."
      )
    }
    guard let widest = swings.first else {
      return [
        H.p(
          text: reader.say(
            "Aucun paramètre ne change le résultat dans sa fourchette.",
            "No parameter changes the result within its range."))
      ]
    }
    return [
      ChartFigure(
        id: "f-swings",
        headline: [
          H.span(
            text: reader.say(
              "Ce qui pèse le plus : \(page.label(widest, map))",
              "What weighs most: \(page.label(widest, map))"))
        ],
        statistic: reader.say(
          "Euros par euro mis, \(page.cooperation.name), \(shown.year) ; point : valeurs centrales",
          "Euros for a euro put in, \(page.cooperation.name), \(shown.year); point: central values"),
        summary: SocialReturnBreakEven(page: page, map: map).words + (drawn ?? ""),
        plot: SwingRows(
          reader: reader, id: "g-swings",
          title: reader.say("Retour selon un paramètre à la fois", "Return by one parameter at a time"),
          central: result.ratio,
          rows: swings.prefix(SocialReturnSensitivity.most).map { swing in
            SwingRows.Row(
              label: page.label(swing, map),
              ends: Interval(
                low: min(swing.ratios.low, swing.ratios.high), high: max(swing.ratios.low, swing.ratios.high)),
              words: reader.ratios(
                Interval(
                  low: min(swing.ratios.low, swing.ratios.high),
                  high: max(swing.ratios.low, swing.ratios.high))))
          }
        ).markup,
        source: reader.say(
          "Calcul exact, sans tirage. Fourchettes : voir les sources.",
          "Exact, without a draw. Ranges: see the sources."),
        table: table(swings, map)
      ).markup, results(map),
    ]
  }

  /// What one result more is worth, and how many of them a euro for a euro takes; euros collected are no results.
  private func results(_ map: ImpactMap) -> Markup {
    let rows = map.outcomes.compactMap { outcome -> [Markup]? in
      guard let definition = page.model.outcome(outcome.id), let number = outcome.quantity?.central,
        let indicator = page.edition.catalogue.indicator(definition.quantity.indicator),
        indicator.unit != .euro,
        let worth = map.presentValueOfOne(outcome.id)
      else { return nil }
      let needed = map.breakEven(of: .quantity, for: outcome.id)?.value
      return [
        .group([
          .text(definition.label[reader.language]),
          H.span(.class("ci words"), text: reader.counted(definition.quantity, page.cooperation)),
        ]),
        .text(reader.numbers.short(number, decimals: 1)), .text(reader.value(worth, .euro)),
        .text(
          reader.say(
            "\(reader.numbers.number(worth / map.investment, decimals: 3))\(Numbers.space)€",
            "€\(reader.numbers.number(worth / map.investment, decimals: 3))")),
        needed.map { .text(reader.numbers.number($0.rounded(.up))) }
          ?? H.span(.class("none"), text: reader.say("aucun nombre", "no number")),
      ]
    }
    guard !rows.isEmpty else { return .none }
    return reader.table(
      caption: reader.say("Ce que change un résultat de plus", "What one result more changes"),
      head: [
        reader.say("Résultat", "Result"), reader.say("Nombre", "Number"),
        reader.say("Valeur d’un de plus", "Value of one more"),
        reader.say("Par euro mis", "For a euro put in"),
        reader.say("Nombre où un euro rend un euro", "Number at which a euro gives back a euro"),
      ], rows: rows)
  }

  private func table(_ swings: [ImpactMap.Swing], _ map: ImpactMap) -> Markup {
    func end(_ swing: ImpactMap.Swing, _ value: Double) -> String {
      guard swing.outcomes.isEmpty, swing.parameter == .deadweight else {
        return reader.value(value, of: swing.parameter)
      }
      let points = reader.numbers.number(value.magnitude * 100)
      return (value < 0 ? "\u{2212}" : "+") + points + reader.say(" points", " points")
    }
    return reader.folded(
      reader.say("Tous les paramètres", "All parameters"), rows: swings.count,
      reader.table(
        caption: reader.say(
          "Retour aux deux bouts de chaque fourchette", "Return at both ends of each range"),
        head: [
          reader.say("Paramètre", "Parameter"), reader.say("D’un bout", "One end"),
          reader.say("Retour", "Return"), reader.say("De l’autre", "Other end"),
          reader.say("Retour", "Return"),
        ],
        rows: swings.map { swing in
          [
            .text(page.label(swing, map)), .text(end(swing, swing.ends.low)),
            .text(reader.ratio(swing.ratios.low)),
            .text(end(swing, swing.ends.high)), .text(reader.ratio(swing.ratios.high)),
          ]
        }))
  }
}
