public import Impact

/// The headline figures of each cooperation in a few lines of text, for a terminal or a message.
public struct Headlines: Sendable {
  /// One cooperation's lines.
  public struct Entry: Hashable, Sendable {
    /// Its name and the quarter the figures are of.
    public var title: String
    /// Its score and headline figures, each with its fraction.
    public var lines: [String]
  }

  /// The cooperations, in order of name.
  public let entries: [Entry]

  /// The headlines of an edition in a language.
  public init(_ edition: Edition, in language: Language) {
    let album = Album(edition)
    let reader = Reader(album: album, language: language, path: "index.html")
    let indicators = edition.catalogue.indicators.filter(\.isHeadline)
    entries = edition.cooperations.map { cooperation in
      let quarter = cooperation.quarters.upperBound
      let overall = album.scores(cooperation.id, quarter).first { $0.dimension == nil }
      let score =
        overall?.value.map {
          reader.say(
            "note \(reader.numbers.number($0)) sur 100", "score \(reader.numbers.number($0)) out of 100")
        }
        ?? reader.say("note : données insuffisantes", "score: not enough data")
      let lines = indicators.compactMap { indicator -> String? in
        guard let figure = album.judgement(indicator, cooperation)?.figure else { return nil }
        switch figure.content {
        case .value(let value):
          return "\(indicator.label[language])\(reader.numbers.colon)\(reader.full(value, indicator))"
        case .absent(let absence):
          return "\(indicator.label[language])\(reader.numbers.colon)\(reader.words(absence))"
        }
      }
      return Entry(
        title: "\(cooperation.name) – \(reader.numbers.quarter(quarter))",
        lines: [score] + Array(lines.prefix(6)))
    }
  }
}
