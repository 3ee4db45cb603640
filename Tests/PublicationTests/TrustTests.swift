import Impact
import Testing

@testable import Publication

/// What pages say of how far to trust figures is what the files say, and neither tells a masked figure.
struct TrustTests {
  private static let album = Album(SampleEdition.whole)
  private static let files = Dictionary(
    uniqueKeysWithValues: Site(SampleEdition.whole).files.map { ($0.path, $0.bytes) })
  private let numbers = Numbers(language: .french)

  private func page(_ path: String) throws -> PageReader { try PageReader(#require(Self.files[path])) }
  private func rows(_ name: String) throws -> [[String: String]] {
    try ParsedCSV(#require(Self.files["data/\(name).csv"])).rows
  }
  private func plain(_ text: String) -> String {
    text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ").replacing("\n", with: "")
  }
  private func number(_ row: [String: String], _ column: String) throws -> Double {
    try #require(Double(row[column] ?? ""), "\(column)")
  }

  @Test func `the portfolio on the page is the portfolio in the file`() throws {
    let text = plain(try page("fr/index.html").text)
    let rates = try rows("portfolio").filter { row in
      row["unit"] == "percent"
        && SampleEdition.whole.catalogue.reviewed.contains { $0.id == row["indicator"] }
    }
    #expect(!rates.isEmpty)
    #expect(rates.contains { $0["absence"] == "not-yet-due" } && text.contains("pas encore échu"))
    for row in rates {
      #expect((row["value"] == "") == (row["absence"] != ""))
      guard row["value"] != "" else { continue }
      let value = plain(numbers.percent(try number(row, "value")))
      let fraction =
        "(\(numbers.short(try number(row, "numerator")))/\(numbers.short(try number(row, "denominator"))))"
      #expect(text.contains("\(value) \(plain(fraction))"), "\(row["indicator"] ?? ""): \(value) \(fraction)")
      if row["low"] != "" {
        #expect(text.contains(plain(numbers.percentRange(try number(row, "low"), try number(row, "high")))))
      }
    }
  }

  @Test func `every value in the files has an interval or says why it has none, and the page says the same`()
    throws
  {
    var reasons: Set<IntervalAbsence> = []
    let catalogue = SampleEdition.whole.catalogue
    for row in try rows("figures") + rows("portfolio") {
      let place = "\(row["indicator"] ?? "") \(row["quarter"] ?? "")"
      #expect((row["value"] != "") == ((row["low"] != "") != (row["interval_absence"] != "")), "\(place)")
      #expect((row["low"] != "") == (row["interval_method"] != ""), "\(place)")
      guard let code = row["interval_absence"], !code.isEmpty else { continue }
      reasons.insert(try #require(IntervalAbsence(rawValue: code), "\(place)"))
    }
    #expect(reasons.contains(.fullCount))
    // What holds of every figure of an indicator is told with its definition too.
    let description = String(decoding: try #require(Self.files["data/release.json"]), as: UTF8.self)
    for reason in Set(catalogue.indicators.compactMap(\.intervalAbsence)) {
      #expect(description.contains("\"interval_absence\": \"\(reason.rawValue)\""))
    }
    #expect(description.contains("\"portfolio_method\": \"ratio-of-sums\""))
    for reason in IntervalAbsence.allCases {
      #expect(reason.words(in: .french) != reason.words(in: .english))
      #expect(reason.sentence(in: .french).hasPrefix("Sans intervalle"))
    }
    let shown = try page("fr/cooperations/\(SampleEdition.canal).html").text
    #expect(shown.contains(IntervalAbsence.fullCount.words(in: .french)))
  }

  @Test func `rates compared on the page are those of the file, in alphabetical order`() throws {
    let text = plain(try page("fr/index.html").text)
    let rows = try rows("fairness")
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(text.contains(plain(numbers.percent(try number(row, "value")))))
      #expect(
        text.contains(
          plain(numbers.percentRange(try number(row, "alert_low"), try number(row, "alert_high")))))
      guard row["shrunken_rate"] != "" else { continue }
      #expect(text.contains(plain(numbers.percent(try number(row, "shrunken_rate")))))
    }
  }

  @Test func `what people were told apart by is said on the page and in the file, and where they were not`()
    throws
  {
    let pages = try ["fr", "en"].map { plain(try page("\($0)/index.html").text) }
    let (french, english) = (pages[0], pages[1])
    let rows = try rows("fairness")
    var seen: Set<String> = []
    for row in rows {
      let features = (row["features"] ?? "").split(separator: " ").map(String.init)
      let alone = (row["without_comparator_by_feature"] ?? "").split(separator: " ").compactMap { Int($0) }
      #expect(alone.count == 4 && row["without_comparator"] == "\(alone[features.count])")
      #expect(row["compared_with"] == (features.isEmpty ? "others" : "like"))
      let rate = plain(numbers.percent(try number(row, "expected_rate")))
      let range = plain(
        numbers.percentRange(try number(row, "expected_low"), try number(row, "expected_high")))
      let words =
        switch features {
        case []:
          ("taux des autres, quel que soit leur public", "rate of the others, whoever their people are")
        case ["registration"]:
          ("selon : ancienneté à France Travail à l’entrée", "by: time registered at France Travail at entry")
        default:
          (
            "selon : ancienneté à France Travail à l’entrée, bénéficiaire du RSA",
            "by: time registered at France Travail at entry, on minimum income"
          )
        }
      #expect(french.contains("\(rate)\(range)\(words.0)"), "\(rate) \(range) \(words.0)")
      #expect(english.contains(words.1))
      if alone[features.count] > 0 {
        #expect(
          french.contains(
            "\(words.0)\(alone[features.count]) sur \(row["denominator"] ?? "") sans équivalent"))
      }
      seen.insert(row["features"] ?? "")
    }
    #expect(seen == ["", "registration", "registration rsa"])
    // A column with the plain rate of the others is not for anybody's people.
    let markup = String(decoding: try #require(Self.files["fr/index.html"]), as: UTF8.self)
    #expect(markup.contains(">Attendu</th>"))
    #expect(!markup.contains(">Attendu pour son public</th>"))
    #expect(french.contains("Taux des autres : trop peu de personnes ont un équivalent"))
    #expect(english.contains("Rate of the others: too few people have a like"))
  }

  @Test func `a review says how many false alarms to expect, as the file does`() throws {
    for cooperation in SampleEdition.whole.cooperations {
      let text = plain(try page("fr/cooperations/\(cooperation.id).html").text)
      let row = try #require(
        try rows("signals").first { $0["cooperation"] == cooperation.id && $0["reviewed"] == "true" })
      let expected = numbers.number(try number(row, "review_false_alarms_expected"), decimals: 1)
      let judged = try #require(Int(row["review_judged"] ?? ""))
      #expect(judged == 0 || text.contains("le hasard seul en signale en moyenne \(expected)"), "\(expected)")
    }
  }

  @Test
  func `every verdict in the file is controlled in its review or said not to be, or says why there is none`()
    throws
  {
    let rows = try rows("signals")
    var kinds: Set<String> = []
    for row in rows {
      let place = "\(row["cooperation"] ?? "") \(row["indicator"] ?? "")"
      let isJudged = !["too-few", "not-judged"].contains(row["verdict"])
      #expect(isJudged == (row["not_judged_because"] == ""), "\(place)")
      #expect(isJudged == (row["reviewed"] != ""), "\(place)")
      let isReviewed = row["reviewed"] == "true"
      #expect(isReviewed == (row["p_value_adjusted"] != ""), "\(place)")
      #expect(isReviewed == (row["review_judged"] != ""), "\(place)")
      let isAlarm = ["concern", "improvement", "change"].contains(row["verdict"])
      #expect((isAlarm && isReviewed) == (row["confirmed"] != ""), "\(place)")
      if row["not_judged_because"] == "too-few" {
        #expect(try #require(Int(row["points"] ?? "")) < Signal.minimumPoints, "\(place)")
      }
      kinds.insert(row["not_judged_because"] != "" ? row["not_judged_because"] ?? "" : row["reviewed"] ?? "")
    }
    #expect(kinds.isSuperset(of: ["true", "false", "overlap"]), "\(kinds)")
  }

  @Test func `a page calls a change real only where its review confirms it`() throws {
    let reader = Reader(album: Self.album, language: .english, path: "en/index.html")
    var alarms = 0
    for cooperation in SampleEdition.whole.cooperations {
      let review = Self.album.alarms(cooperation)
      for indicator in SampleEdition.whole.catalogue.indicators {
        guard let judgement = Self.album.judgement(indicator, cooperation), judgement.signal.isAlarm else {
          continue
        }
        alarms += 1
        let headline = reader.headline(judgement)
        #expect(headline.contains("likely real") == review.isConfirmed(judgement.judgedOn.id))
        #expect(headline.contains("not reviewed") == !review.isReviewed(judgement.judgedOn.id))
        #expect(!reader.confirmation(judgement).isEmpty)
      }
    }
    #expect(alarms > 0)
  }

  @Test func `a review counts what it judged once, and says when its table has no room for all`() throws {
    let whole = SampleEdition.whole
    let cooperation = try #require(whole.cooperations.first { $0.id == SampleEdition.canal })
    func review(of headlines: (Judgement) -> Bool) throws -> (text: String, judged: Int) {
      var edition = whole
      for (index, indicator) in edition.catalogue.indicators.enumerated() {
        edition.catalogue.indicators[index].isHeadline =
          Self.album.judgement(indicator, cooperation).map(headlines) ?? false
      }
      let album = Album(edition)
      let reader = Reader(album: album, language: .english, path: "en/cooperations/\(cooperation.id).html")
      let page = try PageReader(ReviewPage(reader: reader, cooperation: cooperation).page)
      let text = page.all("main").map { page.text(of: $0) }.joined().replacing("\u{A0}", with: " ")
      return (text, album.alarms(cooperation).judged)
    }
    // Nothing moves, so that the first sentence gives the number, as the note under the table does.
    let calm = try review { !$0.signal.isAlarm }
    let sentence = calm.text.firstMatch(of: /Nothing beyond usual variation \(([0-9]+) indicators? judged/)?.1
    let note = calm.text.firstMatch(of: /False alarms: of ([0-9]+) indicators? judged/)?.1
    #expect(calm.judged > 0 && sentence == "\(calm.judged)" && note == "\(calm.judged)")
    let full = try review { _ in true }
    let all = whole.catalogue.indicators.compactMap { Self.album.judgement($0, cooperation) }
      .filter { $0.figure?.absence != .notApplicable }
    try #require(all.count > 12)
    #expect(full.text.contains("12 of \(all.count) headline indicators, those that most need attention"))
  }

  @Test func `the months of a chart are the months of the file`() throws {
    let months = try rows("months")
    let judged = SampleEdition.whole.cooperations.flatMap { cooperation in
      SampleEdition.whole.catalogue.indicators.compactMap { Self.album.judgement($0, cooperation) }
    }.filter { $0.signal.basis == .months && $0.judgedOn.id == $0.indicator.id && $0.figure?.value != nil }
    #expect(judged.contains { $0.signal.mean != nil })
    for judgement in judged {
      let own = months.filter {
        $0["cooperation"] == judgement.cooperation.id && $0["indicator"] == judgement.indicator.id
      }
      #expect(own.count == judgement.signal.points.count)
      for (row, point) in zip(own, judgement.signal.points) {
        #expect(row["month"] == point.month?.description)
        #expect(Double(row["value"] ?? "") == point.value)
        #expect(Double(row["upper_limit"] ?? "") == point.high)
      }
      guard judgement.signal.mean != nil else { continue }
      let read = try page("fr/indicators/\(judgement.indicator.id).html")
      let last = try #require(judgement.signal.points.last?.month)
      #expect(plain(read.text).contains(numbers.month(last)))
    }
  }

  @Test func `changes on the page are those of the file`() throws {
    var seen = 0
    for row in try rows("signals") where row["year_before_low"] != "" && row["unit"] == "percent" {
      let text = plain(try page("fr/indicators/\(row["indicator"] ?? "").html").text)
      let points = numbers.number(try number(row, "year_before_change") * 100, decimals: 1)
      #expect(text.contains("\(plain(points)) pts"), "\(row["indicator"] ?? "") \(points)")
      seen += 1
    }
    #expect(seen > 0)
  }

  /// What a funder sees: everything below five people taken out, and no month, no group.
  private static func masked() -> Edition {
    var edition = SampleEdition.whole
    let indicators = Dictionary(
      edition.catalogue.indicators.map { ($0.id, $0) }
    ) { first, _ in first }
    edition.figures = FigureTable(
      Disclosure(threshold: 5).masked(edition.figures.all, indicators: indicators))
    edition.months = []
    edition.populations = [:]
    edition.restatements = []
    edition.scores = []
    return edition
  }

  @Test
  func `a total shown to a funder is made of shown figures, so that nothing is left over for a masked one`()
    throws
  {
    let edition = Self.masked()
    let album = Album(edition)
    var withMasked = 0
    for figure in album.portfolio {
      let shown = edition.figures.all.filter {
        $0.key.part == nil && $0.key.quarter == edition.release.quarter
          && $0.key.indicator == figure.indicator
      }
      #expect(
        Set(figure.parts.map(\.cooperation)) == Set(shown.filter { $0.value != nil }.map(\.key.cooperation)))
      if shown.contains(where: { $0.absence == .tooFew }) {
        withMasked += 1
        #expect(figure.missing.contains { name in shown.contains { $0.key.cooperation == name } })
        // Of people met twice nothing is told: they stay in each cooperation.
        #expect(figure.people != .once && figure.people != .partly)
      }
      if let numerator = figure.value?.numerator {
        #expect(abs(numerator - shown.compactMap { $0.value?.numerator }.reduce(0, +)) < 1e-9)
      }
    }
    #expect(withMasked > 0)
    for fairness in album.fairness {
      for standing in fairness.standings {
        #expect(
          edition.figures.figure(fairness.indicator, standing.cooperation, fairness.quarter)?.value != nil)
        #expect(standing.expected == nil)
      }
    }
    let months = try ParsedCSV("data/months.csv", of: Exports.files(of: album))
    #expect(months.rows.isEmpty)
    // A figure that is masked has no verdict, no change and no test either.
    let signals = try ParsedCSV("data/signals.csv", of: Exports.files(of: album)).rows
    for figure in edition.figures.all where figure.absence == .tooFew && figure.key.part == nil {
      #expect(
        !signals.contains {
          $0["cooperation"] == figure.key.cooperation && $0["indicator"] == figure.key.indicator
            && $0["quarter"] == figure.key.quarter.description
        })
      #expect(
        !signals.contains {
          $0["cooperation"] == figure.key.cooperation && $0["indicator"] == figure.key.indicator
            && $0["quarter_before_since"] == figure.key.quarter.description
        })
    }
  }
}
