internal import Impact

/// The series of one indicator: limits that follow each point, mean, targets, signals, gaps.
struct SignalChart {
  let reader: Reader
  let judgement: Judgement
  let id: String
  /// Most quarters drawn; the table has them all.
  var quarters = 16

  private var indicator: Indicator { judgement.indicator }

  /// The chart with its words, or its words alone when no quarter has a value.
  func figure(isMain: Bool = true) -> Markup {
    let reader = self.reader
    let series = SignalSeries(judgement, last: quarters, reader)
    let words = SignalWords(series: series)
    let (shown, isKnown) = (series.shown, !series.known.isEmpty)
    let (shape, kind) = reader.shape(judgement)
    let span =
      shown.isEmpty
      ? ""
      : ", \(reader.numbers.quarter(shown[0].key.quarter)) – \(reader.numbers.quarter(shown[shown.count - 1].key.quarter))"
    let headline: [Markup] =
      isKnown
      ? [reader.icon(shape, kind), H.span(text: reader.headline(judgement))]
      : [H.span(text: reader.say("Aucune valeur à montrer", "No value to show"))]
    return ChartFigure(
      id: id, headline: headline,
      statistic: "\(indicator.label[reader.language]), \(judgement.cooperation.name)\(span)"
        + reader.inUnit(indicator.unit),
      summary: words.summary,
      key: isKnown ? key(series) : .none,
      plot: isKnown ? SignalPlot(series: series, id: id, summary: words.summary).markup : .none,
      source: words.source,
      table: isKnown
        ? reader.folded(
          reader.say("Tableau des trimestres", "Table of the quarters"), rows: shown.count,
          SeriesTable(reader: reader, judgement: judgement, isCompact: !isMain).markup) : .none,
      links: [
        (
          reader.data("indicators/\(indicator.id).csv"),
          reader.say("\(indicator.label.french), CSV", "\(indicator.label.english), CSV")
        )
      ], side: !isMain
    ).markup
  }

  private func key(_ series: SignalSeries) -> Markup {
    func item(_ mark: Markup, _ width: Int, _ text: String) -> Markup {
      H.li {
        S.svg(Attribute("width", "\(width)"), Attribute("height", "12"), .hidden) { mark }
        text
      }
    }
    func dot(_ name: String) -> Markup {
      S.circle(.class(name), Attribute("cx", "6"), Attribute("cy", "6"), Attribute("r", "4"))
    }
    let target = judgement.target
    return H.ul(.class("key")) {
      item(dot("pt"), 12, reader.say("définitif", "final"))
      item(dot("pt-open"), 12, reader.say("provisoire", "provisional"))
      if series.hasLimits {
        item(
          .group([
            S.rect(.class("band"), Attribute("width", "22"), Attribute("height", "12")),
            S.path(.class("lim"), Attribute("d", "M0 .5h22M0 11.5h22")),
          ]), 22, reader.say("variation habituelle", "usual variation"))
        item(S.path(.class("mean"), Attribute("d", "M0 6h22")), 22, reader.say("moyenne", "mean"))
      } else if series.shown.contains(where: { $0.value?.interval != nil }) {
        item(
          S.path(.class("lim"), Attribute("d", "M6 0v12")), 12,
          reader.say("intervalle à 95 %", "95% interval"))
      }
      if target != nil {
        item(
          S.path(.class("tgt"), Attribute("d", "M0 6h30")), 30,
          reader.say("objectif actuel", "current target"))
      }
      if let target, target.revisions.count > 1 {
        item(
          S.path(.class("tgt0"), Attribute("d", "M0 6h30")), 30,
          reader.say("objectif initial", "first target"))
      }
    }
  }
}
