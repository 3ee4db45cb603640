import Impact
import Testing

@testable import Publication

/// What pages say of figures: their values, their fractions, the words of their absences.
struct PageFigureTests {
  private static let edition = SampleEdition.whole
  private static let files = Dictionary(
    uniqueKeysWithValues: Site(edition).files.map { ($0.path, $0.bytes) })

  private func page(_ path: String) throws -> PageReader { try PageReader(#require(Self.files[path])) }

  private func plain(_ text: String) -> String {
    text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ").replacing("\n", with: "")
  }

  @Test(arguments: ["fr", "en"])
  func `each value of the priority table is a value of the figures`(language: String) throws {
    let numbers = Numbers(language: language == "fr" ? .french : .english)
    for cooperation in Self.edition.cooperations {
      let read = try page("\(language)/cooperations/\(cooperation.id).html")
      let cells = read.all("td").filter { $0.attributes["class"] == "val num" }.map {
        plain(read.text(of: $0))
      }
      let headlines = SampleCatalogue.catalogue.indicators.filter(\.isHeadline)
      let figures = headlines.compactMap { indicator in
        Self.edition.figures.figure(indicator.id, cooperation.id, cooperation.quarters.upperBound)
          .map { (indicator, $0) }
      }.filter { $0.1.absence != .notApplicable }
      #expect(cells.count == figures.count)
      for (indicator, figure) in figures where indicator.unit == .percent {
        guard let value = figure.value else { continue }
        let shown = plain(numbers.percent(value.number))
        #expect(
          cells.contains { $0.hasPrefix(shown) && $0.contains("/") },
          "\(cooperation.id) \(indicator.id): \(shown) in \(cells)")
      }
    }
  }

  @Test func `a rate shows its fraction and its interval`() throws {
    let text = plain(try page("fr/cooperations/atelier-du-canal.html").text)
    #expect(text.contains("68,0 % (17/25)"))
    #expect(text.contains("IC 95 % 48,4 – 82,8 %"))
    #expect(text.contains("recensement, sans IC"))
  }

  @Test func `a part of an answer is yes, no or unknown in the page's language, never a code`() throws {
    let indicator = try #require(
      SampleCatalogue.catalogue.indicators.first { $0.measure.terms.contains { $0.entity == "exits" } })
    let cooperation = Self.edition.cooperations[0]
    for (language, words) in [
      (Language.french, ["oui", "non", "non renseigné"]), (.english, ["yes", "no", "unknown"]),
    ] {
      let reader = Reader(album: Album(Self.edition), language: language, path: "indicators/x.html")
      let labels = ["true", "false", "unknown"].map {
        reader.label(Figure.Part(field: "documented", value: $0), of: indicator, cooperation)
      }
      #expect(labels == words)
    }
  }

  @Test func `absences are said in words and zero is a value`() throws {
    let text = plain(try page("fr/cooperations/jardins-d-emile.html").text)
    #expect(text.contains("pas encore échu"))
    #expect(text.contains("non collecté"))
    #expect(plain(try page("fr/cooperations/groupement-du-nord.html").text).contains("sans dénominateur"))
    #expect(plain(try page("fr/indicators/hours-worked.html").text).contains("• masqué"))
    let partners = try page("fr/indicators/exits-to-a-partner.html")
    #expect(partners.all("td").map(partners.text).contains("0"))
  }

  @Test func `a finished consortium is shown at its own last quarter`() throws {
    let read = try page("fr/cooperations/groupement-du-nord.html")
    #expect(plain(read.text(of: read.all("h1")[0])).contains("T2 2025"))
    #expect(plain(read.text).contains("Cette coopération est terminée"))
    #expect(plain(try page("fr/index.html").text).contains("terminé le 30 juin 2025"))
  }

  @Test(arguments: [
    (
      "fr", "Rétroactive : La version 1 comptait les retraits",
      "Version 2 : en vigueur pour tous les trimestres."
    ),
    ("en", "Retroactive: Version 1 counted withdrawals", "Version 2: in force in every quarter."),
  ])
  func `a version that stands alone says why, and one that was never another says nothing`(
    language: String, why: String, span: String
  ) throws {
    let text = plain(try page("\(language)/indicators/dynamic-exit-rate.html").text)
    #expect(text.contains(why) && text.contains(span), "\(text)")
    #expect(!plain(try page("\(language)/indicators/hours-worked.html").text).contains("Version 1"))
  }

  @Test func `a first and a current target stand side by side`() throws {
    #expect(plain(try page("fr/indicators/dynamic-exit-rate.html").text).contains("65 % → 62 %"))
    #expect(plain(try page("en/indicators/dynamic-exit-rate.html").text).contains("65% → 62%"))
  }

  @Test func `a figure restated says what was published`() throws {
    let text = plain(try page("fr/cooperations/atelier-du-canal.html").text)
    #expect(text.contains("72,2 % (13/18)"))
  }

  @Test func `a series without a value draws nothing and says why`() throws {
    let read = try page("en/indicators/steering-meetings.html")
    #expect(read.all("svg").filter { $0.attributes["role"] == "img" }.isEmpty)
    #expect(read.text.contains("not collected"))
  }

  @Test func `texts of partners are escaped`() throws {
    let bytes = try #require(Self.files["fr/cooperations/atelier-du-canal.html"])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Grande Maison &quot;Conseil&quot;"))
    #expect(text.contains("L’Atelier du Canal &amp; Cie"))
  }

  @Test func `each cooperation and each indicator has its file, linked from its page`() {
    for cooperation in Self.edition.cooperations {
      #expect(Self.files["data/cooperations/\(cooperation.id).csv"] != nil)
    }
    for indicator in Self.edition.catalogue.indicators {
      #expect(Self.files["data/indicators/\(indicator.id).csv"] != nil)
    }
  }
}
