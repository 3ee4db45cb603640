import Impact
import Testing

@testable import Publication

/// The pages of social return and of contributions, and the files beside them.
struct SocialReturnPageTests {
  private static let edition = SampleEdition.whole
  private static let files = Dictionary(
    uniqueKeysWithValues: Site(SampleEdition.whole).files.map { ($0.path, $0.bytes) })

  private func text(_ path: String) throws -> String {
    try PageReader(#require(Self.files[path])).text
  }

  private func words(_ path: String) throws -> String {
    // What a reader sees, whatever spaces keep it together.
    String(try text(path).map { "\u{202F}\u{A0}".contains($0) ? " " : $0 })
  }

  @Test func `every cooperation has both pages in both languages, and its review leads there`() throws {
    for cooperation in Self.edition.cooperations {
      for language in ["fr", "en"] {
        for kind in ["returns", "contributions"] {
          #expect(Self.files["\(language)/\(kind)/\(cooperation.id).html"] != nil)
          let review = try #require(Self.files["\(language)/cooperations/\(cooperation.id).html"])
          #expect(String(decoding: review, as: UTF8.self).contains("../\(kind)/\(cooperation.id).html"))
        }
      }
    }
  }

  @Test func `the page shows the ratio, its interval, its corners, the seed and the break-even`() throws {
    let shown = try #require(Self.edition.lastReturn(of: SampleEdition.canal))
    let result = try #require(shown.result)
    let drawn = try #require(result.uncertainty)
    let page = try words("fr/returns/\(SampleEdition.canal).html")
    let numbers = Numbers(language: .french)
    func ratio(_ value: Double) -> String { numbers.number(value, decimals: 2) + " €" }
    for value in [
      result.ratio, result.corners.low, result.corners.high, drawn.interval.low, drawn.interval.high,
      drawn.median,
    ] {
      #expect(page.contains(ratio(value)), "\(value)")
    }
    #expect(page.contains("graine 20160301") && page.contains("10 000 tirages"))
    let map = try #require(shown.map(SampleReturns.model))
    let found = try #require(map.breakEven)
    let reader = Reader(album: Album(Self.edition), language: .french, path: "returns/x.html")
    let value = reader.value(found.value, of: found.parameter)
    #expect(page.contains("valait \(String(value.map { "\u{202F}\u{A0}".contains($0) ? " " : $0 }))"))
    #expect(page.contains("2 apports non valorisés"))
  }

  @Test func `the review tells the return in a line, the page what one result more changes`() throws {
    let shown = try #require(Self.edition.lastReturn(of: SampleEdition.canal))
    let result = try #require(shown.result)
    let drawn = try #require(result.uncertainty)
    let numbers = Numbers(language: .french)
    let review = try words("fr/cooperations/\(SampleEdition.canal).html")
    #expect(review.contains("Retour social \(shown.year)."))
    for value in [result.ratio, drawn.interval.low, drawn.interval.high] {
      #expect(review.contains(numbers.number(value, decimals: 2) + " €"))
    }
    // The year that is not whole is not told; the reason is.
    #expect(try words("en/cooperations/\(SampleEdition.recyclerie).html").contains("Nothing was put in"))
    let page = try words("fr/returns/\(SampleEdition.canal).html")
    let map = try #require(shown.map(SampleReturns.model))
    let jobs = try #require(map.presentValueOfOne("jobs"))
    #expect(page.contains("Ce que change un résultat de plus"))
    #expect(
      page.contains(String(numbers.number(jobs).map { "\u{202F}\u{A0}".contains($0) ? " " : $0 }) + " €"))
    // Paid back only where the value of all years reaches what was put in.
    #expect(page.contains("jamais") == (result.ratio < 1))
  }

  @Test func `the method says how a return, a share and a score's band are made, in both languages`() throws {
    let (french, english) = (try words("fr/method.html"), try words("en/method.html"))
    for word in [
      "Poids mort", "Déplacement", "Attribution à des tiers", "érosion", "3,5 %", "10 000 tirages",
      "jamais additionnés", "Contribution déclarée, pas causalité", "Shapley", "La bande de la note",
    ] {
      #expect(french.contains(word), "\(word)")
    }
    for word in [
      "Deadweight", "Displacement", "Attribution to others", "drop-off", "3.5%", "10,000 draws",
      "never added up", "Declared contribution, not causality", "Shapley", "The band of the score",
    ] {
      #expect(english.contains(word), "\(word)")
    }
  }

  @Test func `where what weighs most has no break-even the page says so, then the first that has one`() throws
  {
    let shown = try #require(Self.edition.lastReturn(of: SampleEdition.canal))
    var (poor, model) = (shown, SampleReturns.model)
    // So much put in, and effects so short, that no share can bring it back: only a value can.
    for index in poor.inputs.indices { poor.inputs[index].value = 90_000 }
    for index in model.outcomes.indices { model.outcomes[index].duration = 1 }
    poor.outcomes[1].quantity = 1
    let map = try #require(poor.map(model))
    let found = map.breakEvens
    #expect(found.count > 3 && found.first?.breakEven == nil && found.last?.breakEven != nil)
    let total = map.swings.count { $0.span > 0 }
    let cooperation = try #require(Self.edition.cooperations.first { $0.id == SampleEdition.canal })
    func plain(_ text: String) -> String { String(text.map { "\u{202F}\u{A0}".contains($0) ? " " : $0 }) }
    func words(_ language: Language) -> String {
      let reader = Reader(album: Album(Self.edition), language: language, path: "returns/x.html")
      let page = SocialReturnPage(reader: reader, cooperation: cooperation, model: model)
      let label = plain(page.label(found[0].swing, map))
      let words = plain(SocialReturnBreakEven(page: page, map: map).words)
      #expect(words.hasPrefix(language == .french ? "« \(label) »" : "“\(label)”"), "\(words)")
      return words
    }
    let (french, english) = (words(.french), words(.english))
    #expect(french.contains("aucune valeur possible ne fait qu’un euro mis rende un euro."), "\(french)")
    #expect(french.contains("Les \(found.count - 2) suivants par leur poids n’en ont pas non plus."))
    #expect(
      french.contains("Le premier qui en a une, n° \(found.count) sur \(total) par son poids : un euro"))
    #expect(english.contains("no possible value makes a euro put in give back a euro."))
    #expect(english.contains("number \(found.count) of \(total) by weight: a euro put in would"))
  }

  @Test func `a result is named with its part, and has a cost that no proxy enters`() throws {
    var edition = Self.edition
    var model = SampleReturns.model
    // Of the exits, those to a lasting job: counted by a value that is off.
    model.outcomes[2].quantity.part = Figure.Part(field: "class", value: "durable")
    edition.catalogue.socialReturn = model
    let cooperation = try #require(edition.cooperations.first { $0.id == SampleEdition.canal })
    let last = try #require(edition.lastReturn(of: SampleEdition.canal))
    let indicator = try #require(edition.catalogue.indicator("exits-examined"))
    func figure(_ quarter: Int, _ part: Figure.Part?, _ number: Double) throws -> Figure {
      Figure(
        key: Figure.Key(
          indicator: indicator.id, cooperation: SampleEdition.canal,
          quarter: try #require(Quarter(last.year, quarter)), part: part),
        content: .value(Figure.Value(number: number)), status: .final, indicatorVersion: 1)
    }
    let part = model.outcomes[2].quantity.part
    edition.figures = FigureTable(
      try (1...4).flatMap { [try figure($0, nil, 12), try figure($0, part, 2)] })
    let reader = Reader(album: Album(edition), language: .english, path: "contributions/x.html")
    let text = try PageReader(ContributionsPage(reader: reader, cooperation: cooperation).page).text
    // The whole is what the return keeps, the part what the figures of the year tell.
    let whole = try #require(last.outcomes.first { $0.id == "jobs" }?.quantity)
    let durable = indicator.window == .quarter ? 8.0 : 2
    let given = last.contributions.values.reduce(0, +)
    let all = try #require(last.investment)
    #expect(given == 18_000 && all == 38_000)
    for (count, name) in [(whole, indicator.label.english), (durable, ", ")] {
      #expect(text.contains(name), "\(text)")
      for euros in [given, all] {
        #expect(text.contains(reader.euros(euros / count)), "\(euros) / \(count) in \(text)")
      }
    }
    #expect(text.contains("no value in euros of a result enters them") && !text.contains("Benefit avoided"))
  }

  @Test func `no value counts without its source on the page, and what is off is shown as off`() throws {
    let page = try words("fr/returns/\(SampleEdition.canal).html")
    let read = try PageReader(try #require(Self.files["fr/returns/\(SampleEdition.canal).html"]))
    let places = Set(read.elements.compactMap { $0.attributes["id"] })
    for proxy in SampleReturns.model.proxies {
      let source = try #require(SampleReturns.model.source(proxy.source))
      #expect(page.contains(proxy.label.french) && page.contains(source.title.french), "\(proxy.id)")
      #expect(places.contains("source-\(proxy.source)"))
    }
    for kind in ["loi", "évaluation", "plaidoyer", "hypothèse"] { #expect(page.contains(kind)) }
    #expect(page.contains("15 000 €aucune fourchette connue"))
    #expect(try self.words("en/returns/\(SampleEdition.canal).html").contains("€15,000no range known"))
    #expect(page.ranges(of: "aucune fourchette connue").count == 1, "what is certain by law has none to know")
    // Off: in the list of values, not in the map.
    #expect(page.contains("Un an sans emploi") && !page.contains("Privation évitée"))
  }

  @Test(arguments: [
    (SampleEdition.nord, "Un changement n’est pas mesuré.", "A change is not measured."),
    (SampleEdition.jardins, "Masqué", "Masked"),
    (SampleEdition.recyclerie, "un retour sur rien n’a pas de sens", "a return on nothing has no meaning"),
  ])
  func `without a result there is a reason`(cooperation: String, french: String, english: String) throws {
    #expect(try words("fr/returns/\(cooperation).html").contains(french))
    #expect(try words("en/returns/\(cooperation).html").contains(english))
  }

  @Test func `every reason is a sentence in both languages`() {
    for language in Language.allCases {
      let reader = Reader(album: Album(Self.edition), language: language, path: "returns/x.html")
      let sentences = YearReturn.Absence.allCases.map { reader.words($0) }
      #expect(Set(sentences).count == sentences.count && sentences.allSatisfy { $0.hasSuffix(".") })
      #expect(Set(YearReturn.Absence.allCases.map { reader.short($0) }).count == sentences.count)
    }
  }

  @Test func `shares make 100 per cent on the page and in the file, or the page says why there are none`()
    throws
  {
    let page = try words("fr/contributions/\(SampleEdition.canal).html")
    #expect(page.contains("Contribution déclarée, pas causalité"))
    #expect(page.contains("66,7 %") && page.contains("33,3 %") && page.contains("100,0 %"))
    #expect(page.contains("au prorata des apports valorisés"))
    let nord = try words("fr/contributions/\(SampleEdition.nord).html")
    // Régie alone 3, ESAT alone 1, both 8: 5 and 3 of 8.
    #expect(nord.contains("62,5 %") && nord.contains("37,5 %") && nord.contains("valeur de Shapley"))
    #expect(
      try words("fr/contributions/\(SampleEdition.recyclerie).html").contains("aucune n’est déclarée"))
    #expect(
      try words("en/contributions/\(SampleEdition.jardins).html").contains("declared no rule of sharing"))
    let rows = try ParsedCSV(#require(Self.files["data/contribution-shares.csv"])).rows
    for (cooperation, own) in Dictionary(grouping: rows, by: { $0["cooperation"] ?? "" }) {
      let sum = own.compactMap { $0["share_percent"].flatMap(Double.init) }.reduce(0, +)
      #expect(abs(sum - 100) < 1e-9, "\(cooperation)")
      #expect(own.allSatisfy { $0["meaning"] == "contribution déclarée, pas causalité" })
    }
  }

  @Test func `the files read back exactly, a reason where there is no number`() throws {
    let rows = try ParsedCSV(#require(Self.files["data/social-returns.csv"])).rows
    #expect(rows.count == Self.edition.returns.count)
    for (row, one) in zip(rows, Self.edition.returns) {
      #expect(row["cooperation"] == one.cooperation && row["year"] == "\(one.year)")
      #expect(row["ratio"].flatMap(Double.init) == one.result?.ratio)
      #expect(row["interval_low"].flatMap(Double.init) == one.result?.uncertainty?.interval.low)
      #expect(row["absence"] == one.absence?.rawValue ?? "")
      #expect(row["ratio"]?.isEmpty != row["absence"]?.isEmpty)
    }
    let maps = try ParsedCSV(#require(Self.files["data/impact-map.csv"])).rows
    #expect(maps.count == Self.edition.returns.reduce(0) { $0 + $1.inputs.count + $1.outcomes.count })
    let jobs = try #require(maps.first { $0["name"] == "jobs" && $0["year"] == "2025" })
    #expect(jobs["attribution_to_others"] == "0.1" && jobs["proxy_source_kind"] == "law")
    // Masked is masked in every file.
    let masked = maps.filter { $0["absence"] == "too-few" }
    #expect(masked.count == 2)
    for row in masked {
      for column in ["quantity", "value_eur", "present_value_eur"] { #expect(row[column] == "") }
    }
  }

  @Test func `without a model there is no page of returns, and nothing leads to one`() throws {
    var edition = Self.edition
    edition.catalogue.socialReturn = nil
    let files = Site(edition).files
    #expect(!files.contains { $0.path.contains("/returns/") })
    for file in files where file.path.hasSuffix(".html") {
      #expect(!String(decoding: file.bytes, as: UTF8.self).contains("returns/"), "\(file.path)")
    }
  }
}
