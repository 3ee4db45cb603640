internal import Impact

/// Every indicator by dimension, with the question it answers.
struct IndicatorListPage {
  let reader: Reader

  var page: [UInt8] {
    let catalogue = reader.edition.catalogue
    return Shell(
      reader: reader, room: .indicators,
      title: reader.say("Indicateurs – Impact des JVS", "Indicators – JVS impact"),
      description: reader.say(
        "Les \(catalogue.indicators.count) indicateurs du catalogue \(catalogue.version), par dimension.",
        "The \(catalogue.indicators.count) indicators of catalogue \(catalogue.version), by dimension."),
      trail: [(reader.say("Indicateurs", "Indicators"), nil)],
      runningTitle: reader.say("Indicateurs", "Indicators")
    ).page(
      [
        H.div(.class("mast")) {
          H.h1(text: reader.say("Indicateurs", "Indicators"))
          H.p(
            .class("lead"),
            text: reader.say(
              "\(catalogue.indicators.count) définitions, catalogue \(catalogue.version).",
              "\(catalogue.indicators.count) definitions, catalogue \(catalogue.version)."))
        }
      ]
        + catalogue.dimensions.enumerated().map { index, dimension in
          reader.section(
            index + 1, id: dimension.id, dimension.label[reader.language],
            note: dimension.description[reader.language],
            [
              reader.table(
                caption: dimension.label[reader.language],
                head: [
                  reader.say("Indicateur", "Indicator"), reader.say("Question", "Question"),
                  reader.say("Version", "Version"),
                ],
                rows: catalogue.indicators.filter { $0.dimension == dimension.id }.map { indicator in
                  [
                    H.a(
                      .href(reader.page("indicators/\(indicator.id).html")),
                      text: indicator.label[reader.language]),
                    .text(indicator.question[reader.language]), .text("v\(indicator.version)"),
                  ]
                }, numbers: false)
            ])
        })
  }
}
