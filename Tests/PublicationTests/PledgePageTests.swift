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

  @Test func `the file of pledges has every row the pages show`() throws {
    let table = try ParsedCSV(#require(Self.files["data/pledges.csv"]))
    #expect(table.rows.count == SampleEdition.whole.pledges.count)
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
