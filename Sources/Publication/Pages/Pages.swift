internal import Impact

/// Every page of an edition, in both languages, at mirrored paths.
enum Pages {
  static func files(of album: Album) -> [Site.File] {
    let edition = album.edition
    var files: [Site.File] = []
    for language in Language.allCases {
      func add(_ path: String, _ page: (Reader) -> [UInt8]) {
        let reader = Reader(album: album, language: language, path: path)
        files.append(Site.File(path: "\(language.rawValue)/\(path)", bytes: page(reader)))
      }
      add("index.html") { PortfolioPage(reader: $0).page }
      add("method.html") { MethodPage(reader: $0).page }
      add("indicators/index.html") { IndicatorListPage(reader: $0).page }
      for cooperation in edition.cooperations {
        add("cooperations/\(cooperation.id).html") { ReviewPage(reader: $0, cooperation: cooperation).page }
        add("contributions/\(cooperation.id).html") {
          ContributionsPage(reader: $0, cooperation: cooperation).page
        }
        if let model = edition.catalogue.socialReturn {
          add("returns/\(cooperation.id).html") {
            SocialReturnPage(reader: $0, cooperation: cooperation, model: model).page
          }
        }
      }
      for indicator in edition.catalogue.indicators {
        add("indicators/\(indicator.id).html") { IndicatorPage(reader: $0, indicator: indicator).page }
      }
    }
    return files
  }
}
