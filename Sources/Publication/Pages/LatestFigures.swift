internal import Impact

/// The last figure of one indicator for each cooperation, and how far it went since.
struct LatestFigures {
  let reader: Reader
  let indicator: Indicator
  /// Of the cooperations it has something to say about.
  let judgements: [Judgement]

  var section: Markup {
    reader.section(
      1, reader.say("Dernier chiffre", "Latest figure"),
      note: reader.say(
        "Chaque coopération à son dernier trimestre.", "Each cooperation at its last quarter."),
      [
        DataTable(
          caption: reader.say("Dernier chiffre de chaque coopération", "Latest figure of each cooperation"),
          columns: [
            DataTable.Column(name: reader.say("Coopération", "Cooperation")),
            DataTable.Column(name: reader.say("Valeur et intervalle", "Value and interval"), isNumber: true),
            DataTable.Column(name: reader.say("Variation", "Variation")),
            DataTable.Column(name: reader.say("Objectif et chemin parcouru", "Target and way covered")),
            DataTable.Column(name: reader.say("Objectif tenu ?", "Target met?")),
            DataTable.Column(name: reader.say("Période", "Period")),
            DataTable.Column(name: reader.say("État", "Status")),
          ],
          rows: judgements.map { row(of: $0).map { DataTable.Cell(content: $0) } }, fold: .cells
        ).markup,
        changes,
      ])
  }

  private func row(of judgement: Judgement) -> [Markup] {
    let dash = H.span(.class("none"), text: "–")
    let hasValue = judgement.figure?.value != nil
    let observed = judgement.figure.flatMap { reader.observed($0, indicator) }
    return [
      H.a(.href(reader.page("cooperations/\(judgement.cooperation.id).html"))) {
        H.bdi(text: judgement.cooperation.name)
      },
      .group([
        reader.figure(judgement.figure, indicator),
        judgement.figure?.value.map { H.span(.class("ci"), text: reader.interval($0, indicator)) } ?? .none,
      ]),
      hasValue ? .group([reader.variation(judgement), reader.qualified(judgement)]) : dash,
      reader.target(judgement),
      hasValue ? reader.assurance(judgement.assurance) : dash,
      .text(reader.numbers.quarter(judgement.quarter)),
      .group([
        .text(judgement.figure.map { reader.words($0.status) } ?? "–"),
        observed.map { H.span(.class("ci"), text: $0) } ?? .none,
      ]),
    ]
  }

  /// The changes that may be told: between windows that share no day.
  private var changes: Markup {
    let told = judgements.filter { $0.sinceQuarter != nil || $0.sinceYear != nil }
    guard !told.isEmpty else { return .none }
    func cell(_ change: Change?) -> Markup {
      guard let change else { return H.span(.class("none"), text: "–") }
      return .group([
        .text(reader.difference(change.estimate, indicator.unit)),
        change.interval.map { interval in
          H.span(.class("ci"), text: reader.differences(interval, indicator.unit))
        } ?? .none,
      ])
    }
    return reader.table(
      caption: told.contains { $0.sinceQuarter?.interval != nil || $0.sinceYear?.interval != nil }
        ? reader.say("Écarts, avec leur intervalle à 95 %", "Changes, with their 95% interval")
        : reader.say("Écarts", "Changes"),
      head: [
        reader.say("Coopération", "Cooperation"),
        reader.say("Depuis le trimestre d’avant", "Since the quarter before"),
        reader.say("Depuis un an", "Since a year before"),
      ],
      rows: told.map { [H.bdi(text: $0.cooperation.name), cell($0.sinceQuarter), cell($0.sinceYear)] },
      fold: .cells)
  }
}
