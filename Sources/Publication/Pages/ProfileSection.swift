internal import Impact

/// Who was served: shares of people, with their intervals.
struct ProfileSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let shares = edition.catalogue.indicators.filter { $0.dimension == "people" && $0.isRatioOfCounts }
      .filter { review.figure($0.id) != nil && review.figure($0.id)?.absence != .notApplicable }
    guard !shares.isEmpty else { return .none }
    let rows = shares.compactMap { indicator in
      review.figure(indicator.id)?.value.map { value in
        DotRows.Row(
          label: indicator.label[reader.language], value: value,
          isOpen: review.figure(indicator.id)?.status == .provisional)
      }
    }
    let silent = shares.filter { review.figure($0.id)?.value == nil }
    let dots = DotRows(
      reader: reader, id: "g-profile",
      title: reader.say("Profil des personnes accompagnées", "Profile of the people served"),
      indicator: shares[0], rows: rows)
    return reader.section(
      6, reader.say("Qui est accompagné", "Who we served"),
      note: reader.say(
        "Parts parmi les personnes dont la situation est connue ; inconnu n’est pas non.",
        "Shares among people whose situation is known; unknown is not no."),
      [
        rows.isEmpty
          ? H.p(text: reader.say("Aucune part ne peut être montrée.", "No share can be shown."))
          : ChartFigure(
            id: "f-profile",
            headline: [
              H.span(
                text: reader.say(
                  "Profil des personnes accompagnées, \(reader.numbers.quarter(quarter))",
                  "Profile of the people served, \(reader.numbers.quarter(quarter))"))
            ],
            statistic: reader.say(
              "Part des personnes et intervalle à 95\(Numbers.narrowSpace)%",
              "Share of people and 95% interval"),
            summary: summary(rows),
            plot: dots.markup,
            source: reader.say("Point vide : provisoire.", "Open dot: provisional."),
            table: dots.table(
              reader.say("Parts et intervalles", "Shares and intervals"),
              first: reader.say("Public", "People")),
            links: [
              (
                reader.data("cooperations/\(cooperation.id).csv"),
                reader.say("Tous les chiffres de la coopération, CSV", "All figures of the cooperation, CSV")
              )
            ], side: true
          ).markup,
        silent.isEmpty
          ? .none
          : H.p(
            .class("small soft"),
            text: silent.map { indicator in
              "\(indicator.label[reader.language])\(reader.numbers.colon)"
                + reader.words(review.figure(indicator.id)?.absence ?? .notCollected)
            }.joined(separator: reader.say(" ; ", "; ")) + "."),
      ])
  }

  /// Whom most are of, and whom few: the table has them all.
  private func summary(_ rows: [DotRows.Row]) -> String {
    func names(_ isIn: (Double) -> Bool) -> String? {
      let found = rows.filter { isIn($0.value.number) }
        .map { "\($0.label) (\(reader.value($0.value.number, .percent)))" }
      return found.isEmpty ? nil : found.joined(separator: reader.say(" ; ", "; ")) + "."
    }
    let most = names { $0 > 0.5 }.map { reader.say("Plus de la moitié : ", "More than half: ") + $0 }
    let few = names { $0 < 0.1 }.map { reader.say("Moins d’un dixième : ", "Less than a tenth: ") + $0 }
    let found = [most, few].compactMap(\.self)
    return found.isEmpty
      ? reader.say(
        "Chaque part est entre un dixième et la moitié.", "Every share is between a tenth and half.")
      : found.joined(separator: " ")
  }
}
