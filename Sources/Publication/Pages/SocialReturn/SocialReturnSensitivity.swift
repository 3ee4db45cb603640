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
        "Un paramètre à la fois, d’un bout à l’autre de sa fourchette, les autres à leur valeur centrale.",
        "One parameter at a time, from one end of its range to the other, all others at their central value."
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
        " The 95 % interval comes from \(reader.numbers.number(Double(drawn.draws))) triangular draws, seed \(drawn.seed); the median is \(reader.ratio(drawn.median))."
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
              "Ce qui pèse le plus : \(label(widest))", "What weighs most: \(label(widest))"))
        ],
        statistic: reader.say(
          "Euros par euro mis, \(page.cooperation.name), \(shown.year) ; point : valeurs centrales",
          "Euros for a euro put in, \(page.cooperation.name), \(shown.year); point: central values"),
        summary: breakEven(map) + (drawn ?? ""),
        plot: SwingRows(
          reader: reader, id: "g-swings",
          title: reader.say("Retour selon un paramètre à la fois", "Return by one parameter at a time"),
          central: result.ratio,
          rows: swings.prefix(SocialReturnSensitivity.most).map { swing in
            SwingRows.Row(
              label: label(swing),
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
        table: table(swings)
      ).markup
    ]
  }

  private func label(_ swing: ImpactMap.Swing) -> String {
    let name = reader.words(swing.parameter)
    guard let outcome = swing.outcome else {
      return swing.parameter == .discountRate
        ? name : name + reader.say(", tous les changements", ", all changes")
    }
    return name + reader.say(" – ", " – ")
      + (page.model.outcome(outcome)?.label[reader.language] ?? outcome)
  }

  private func breakEven(_ map: ImpactMap) -> String {
    guard let found = map.breakEven else {
      return reader.say(
        "Aucune valeur possible d’un seul paramètre ne fait qu’un euro mis rende un euro.",
        "No possible value of a single parameter makes a euro put in give back a euro.")
    }
    let name = page.model.outcome(found.outcome)?.label[reader.language] ?? found.outcome
    let parameter = reader.words(found.parameter)
    let (value, current) = (
      reader.value(found.value, of: found.parameter), reader.value(found.current, of: found.parameter)
    )
    return reader.say(
      "Un euro mis rendrait un euro si, pour « \(name) », le paramètre « \(parameter) » valait \(value) au lieu de \(current).",
      "A euro put in would give back a euro if, for “\(name)”, the \(parameter) were \(value) instead of \(current)."
    )
  }

  private func table(_ swings: [ImpactMap.Swing]) -> Markup {
    func end(_ swing: ImpactMap.Swing, _ value: Double) -> String {
      guard swing.outcome == nil, swing.parameter == .deadweight else {
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
            .text(label(swing)), .text(end(swing, swing.ends.low)), .text(reader.ratio(swing.ratios.low)),
            .text(end(swing, swing.ends.high)), .text(reader.ratio(swing.ratios.high)),
          ]
        }))
  }
}
