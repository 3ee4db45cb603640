internal import Impact

/// Figures changed since the previous release.
struct RestatementSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    guard let previous = edition.release.previous else {
      return reader.section(
        9, reader.say("Rectifications", "Restatements"),
        note: reader.say(
          "Chaque chiffre changé depuis la livraison précédente.",
          "Each figure changed since the previous release."),
        [
          H.p(
            text: reader.say(
              "Première livraison : il n’y a rien à rectifier.", "First release: nothing to restate."))
        ])
    }
    let own = edition.restatements.filter { $0.key.cooperation == cooperation.id }
    // The table keeps to headline indicators; the file has every figure.
    let headlineIDs = Set(edition.catalogue.indicators.filter(\.isHeadline).map(\.id))
    let sorted = own.filter { headlineIDs.contains($0.key.indicator) }.sorted { $0.key < $1.key }
    let content: [Markup]
    if edition.restatements.isEmpty, edition.audience.threshold > 1 {
      content = [
        H.p(
          text: reader.say(
            "Cette édition ne montre pas les rectifications.", "This edition does not show restatements."))
      ]
    } else if own.isEmpty {
      content = [
        H.p(
          text: reader.say(
            "Aucun chiffre publié par \(previous) n’a changé.",
            "No figure published by \(previous) has changed."))
      ]
    } else {
      let table = reader.table(
        caption: reader.say("Chiffres de \(previous) qui ont changé", "Figures of \(previous) that changed"),
        head: [
          reader.say("Indicateur", "Indicator"), reader.say("Période", "Period"),
          reader.say("Publié", "Published"),
          reader.say("Rectifié", "Restated"), reader.say("Cause", "Cause"),
        ],
        rows: sorted.compactMap { restatement in
          guard let indicator = edition.catalogue.indicator(restatement.key.indicator) else { return nil }
          func words(_ content: Figure.Content) -> Markup {
            switch content {
            case .value(let value): .text(reader.full(value, indicator))
            case .absent(let absence): reader.absence(absence)
            }
          }
          return [
            H.a(
              .href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language]),
            .text(reader.numbers.quarter(restatement.key.quarter)), words(restatement.before),
            words(restatement.after),
            .text(restatement.causes.map(reader.words).joined(separator: " ; ")),
          ]
        }, text: 1)
      content = [
        H.p(
          text: reader.count(
            own.count, ("chiffre rectifié", "chiffres rectifiés"), ("figure restated", "figures restated"))
            + reader.say(
              " depuis \(previous) : lignes tardives, corrections ou sorties documentées depuis.",
              " since \(previous): late rows, corrections or exits documented since.")
            + lateWords(own)),
        reader.folded(
          reader.say("Tableau des rectifications", "Table of restatements"), rows: own.count, table),
      ]
    }
    return reader.section(
      9, reader.say("Rectifications", "Restatements"),
      note: reader.say(
        "Chaque chiffre changé depuis la livraison précédente.",
        "Each figure changed since the previous release."), content)
  }

  /// How many of the restatements come from rows that arrived after their quarter was signed.
  private func lateWords(_ own: [Restatement]) -> String {
    let late = own.filter { $0.causes.contains(.lateRows) }.count
    guard late > 0 else { return "" }
    return reader.say(
      " Dont \(late) par des lignes tardives d’un trimestre clos.",
      " Of these, \(late) by late rows of a closed quarter.")
  }
}
