import Impact
import Testing

@testable import Publication

/// Partners on the review: their names, their shares, and what they promised and delivered.
struct PledgePageTests {
  private static let files = Dictionary(
    uniqueKeysWithValues: Site(SampleEdition.whole).files.map { ($0.path, $0.bytes) })

  private func page(_ language: String, _ cooperation: String = SampleEdition.canal) throws -> String {
    try PageReader(#require(Self.files["\(language)/cooperations/\(cooperation).html"])).text
      .replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
  }

  @Test func `sponsored time has its cost, its value under the ceiling and its market price apart`() throws {
    let text = try page("fr")
    #expect(text.contains("35 h, 5 personnes"))
    #expect(text.contains("2 188 €prix de revient") && text.contains("1 900 €") && text.contains("3 500 €"))
    #expect(text.contains("88 %"))
    #expect(text.contains("pour mémoire, dans aucun total"))
    #expect(try page("en").contains("€2,188at cost"))
  }

  @Test func `what is not valued is said so, what was not delivered is 0, what was not promised too`() throws
  {
    let text = try page("fr")
    #expect(text.contains("non valorisé"))
    #expect(text.contains("rien de promis") && text.contains("12 h"))
    // Promised two people, nobody offered: 0 of 2, not nothing.
    #expect(text.contains("0 / 2"))
    #expect(text.contains("35 / 40"))
  }

  @Test func `votes stand apart from capital, declared shares from both, former names with their last day`()
    throws
  {
    let text = try page("fr")
    #expect(text.contains("49 %"))
    // What they share by is the rule they declared, not what they agreed on beside it.
    let profile = try #require(SampleEdition.whole.cooperations.first { $0.id == SampleEdition.canal })
    let shares = try #require(SampleEdition.whole.shares(of: profile))
    #expect(text.contains("Part déclarée des résultats") && !text.contains("Part convenue des résultats"))
    #expect(!shares.parts.isEmpty)
    let numbers = Numbers(language: .french)
    for part in shares.parts {
      let share = numbers.shortPercent(Double(part.thousandths) / 1000)
      #expect(text.contains(String(share.map { "\u{202F}\u{A0}".contains($0) ? " " : $0 })))
    }
    #expect(text.contains("auparavant Maison Grande (jusqu’au 30 juin 2024)"))
    #expect(try page("en").contains("formerly Maison Grande (until 30 June 2024)"))
  }

  @Test func `late counts what is older than the quarters shown, on both pages and in the file`() throws {
    func contributions(_ language: String) throws -> String {
      try PageReader(#require(Self.files["\(language)/contributions/\(SampleEdition.canal).html"])).text
        .replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
    }
    // 10 h owed, 80 promised and 76 delivered: 14 late. A grant no quarter shown knows of is late as well.
    let french = try contributions("fr")
    #expect(french.contains("14 hdû d’avant : 10 h") && french.contains("5 000 €dû d’avant : 5 000 €"))
    #expect(french.contains("riend’avance : 3 h") && french.contains("ceux d’avant ce tableau compris"))
    #expect(try contributions("en").contains("14 howed from before: 10 h"))
    let review = try page("fr")
    #expect(review.contains("En retard, tous trimestres compris : "))
    #expect(review.contains("Conseil\" (14 h)") && review.contains("5 000 € et 2 personnes"))
    #expect(!review.contains("Rien n’est en retard"))
    #expect(try page("en", SampleEdition.nord).contains("Nothing is late, over all quarters"))
    let rows = try ParsedCSV(#require(Self.files["data/pledges.csv"])).rows
    let hours = rows.filter { $0["kind"] == "skills_sponsorship" }
    #expect(hours.map { $0["quarter"] ?? "" } == ["2026T2", "2026T3"])
    #expect(hours.map { $0["late"] ?? "" } == ["9", "14"])
    let grant = try #require(rows.first { $0["kind"] == "grant" })
    #expect(grant["late"] == "5000" && grant["quarter"] == "2024T3" && grant["promised"] == "")
    #expect(rows.first { $0["kind"] == "business_development" }?["late"] == "0")
  }

  @Test func `sponsored time has its capped value quarter by quarter too`() throws {
    let text = try PageReader(
      #require(Self.files["fr/contributions/\(SampleEdition.canal).html"])
    ).text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
    let start = try #require(text.firstRange(of: "Promis et réalisé par trimestre")).upperBound
    let table = text[start...]
    #expect(table.contains("2 188 €plafonnée : 1 900 €"))
    // The quarter before nobody said how much of it is under the ceiling.
    #expect(table.contains("plafonnée : non renseigné"))
  }

  @Test func `the file of pledges has every row the pages show`() throws {
    let table = try ParsedCSV(#require(Self.files["data/pledges.csv"]))
    let older = SampleEdition.whole.openings.filter { $0.kind == "grant" }
    #expect(table.rows.count == SampleEdition.whole.pledges.count + older.count)
    let time = try #require(
      table.rows.first { $0["kind"] == "skills_sponsorship" && $0["quarter"] == "2026T3" })
    #expect(time["promised"] == "40" && time["delivered"] == "35" && time["delivered_eur"] == "2187.5")
    #expect(time["delivered_capped_eur"] == "1900" && time["delivered_market_eur"] == "3500")
    #expect(time["delivered_people"] == "5" && time["delivered_methods"] == "cost")
    #expect(time["organisation_name"] == "Grande Maison \"Conseil\"")
  }

  @Test func `a cooperation nobody promised anything has no table of it`() throws {
    #expect(try !page("fr", SampleEdition.jardins).contains("Réalisé / promis par trimestre"))
  }

  @Test func `provisional is said once at the head of a review`() throws {
    let bytes = try #require(Self.files["fr/cooperations/\(SampleEdition.jardins).html"])
    let text = String(decoding: bytes, as: UTF8.self)
    let head = try #require(text.firstRange(of: "<dl class=\"facts\">")).upperBound
    let end = try #require(text[head...].firstRange(of: "</dl>")).lowerBound
    #expect(text[head..<end].ranges(of: "rovisoire").count == 1, "\(text[head..<end])")
    #expect(try page("fr").contains("validée le"))
  }
}
