internal import Impact

/// The data files of a release, the same for readers of both languages.
enum Exports {
  /// Every file, under `data/`.
  static func files(of album: Album) -> [Site.File] {
    let edition = album.edition
    let signals = SignalRows(album)
    let figures = FigureRows(edition)
    let scores = ScoreRows(edition)
    let minutes = MinutesRows(edition)
    let returns = ReturnRows(edition)
    func file(_ path: String, _ bytes: [UInt8]) -> Site.File { Site.File(path: "data/" + path, bytes: bytes) }
    let all = figures.table(edition.figures.all)
    return [
      file("figures.csv", all.rendered()),
      file("figures-excel-fr.csv", all.rendered(.excelFrench)),
      file("scores.csv", scores.scores.rendered()),
      file("score-components.csv", scores.components.rendered()),
      file("score-changes.csv", scores.changes.rendered()),
      file("score-sensitivity.csv", scores.sensitivity.rendered()),
      file("earlier-scores.csv", scores.earlier.rendered()),
      file("restatements.csv", RestatementRows(edition).table.rendered()),
      file("signals.csv", signals.signals.rendered()),
      file("months.csv", signals.months.rendered()),
      file("portfolio.csv", PortfolioRows(album).table.rendered()),
      file("fairness.csv", FairnessRows(album).table.rendered()),
      file("decisions.csv", minutes.decisions.rendered()),
      file("commentaries.csv", minutes.commentaries.rendered()),
      file("pledges.csv", PledgeRows(edition).table.rendered()),
      file("social-returns.csv", returns.returns.rendered()),
      file("impact-map.csv", returns.maps.rendered()),
      file("contribution-shares.csv", ShareRows(edition).table.rendered()),
      file("release.json", ReleaseDescription(edition).json.rendered()),
    ]
      // A file for each, even without a figure: pages link to all of them.
      + edition.cooperations.map { cooperation in
        let rows = edition.figures.all.filter { $0.key.cooperation == cooperation.id }
        return file("cooperations/\(cooperation.id).csv", figures.table(rows).rendered())
      }
      + edition.catalogue.indicators.map { indicator in
        let rows = edition.figures.all.filter { $0.key.indicator == indicator.id }
        return file("indicators/\(indicator.id).csv", figures.table(rows).rendered())
      }
  }
}
