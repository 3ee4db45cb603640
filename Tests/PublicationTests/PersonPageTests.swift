import Impact
import Testing

@testable import Publication

/// A person's own file as a page.
struct PersonPageTests {
  private static let day = Day(2026, 10, 16) ?? Day(daysSinceEpoch: 0)

  private func page(_ name: String, rows: [PersonFile.Row] = []) -> String {
    let schema = FactSchema(
      name: "exit", title: Localized(fr: "Sortie", en: "Exit"), scope: .cooperation,
      fields: [
        .init(name: "exited_on", kind: .date, title: Localized(fr: "Date", en: "Date")),
        .init(name: "rsa", kind: .boolean, title: Localized(fr: "RSA", en: "RSA")),
      ], key: ["exited_on"], references: [])
    let identity = PersonIdentity(participant: "P1", lastName: name, firstNames: "Zoé", birthDate: Self.day)
    let file = PersonFile(
      cooperation: "essai", participant: "P1", day: Self.day, person: nil,
      identities: [
        PersonFile.Identity(
          cooperation: "essai", identity: identity, registeredOn: "2026-01-02", heldUntil: "2031-12-31",
          heldBecause: "FSE+")
      ],
      sections: rows.isEmpty
        ? [] : [PersonFile.Section(cooperation: "essai", participant: "P1", schema: schema, rows: rows)],
      releases: [PersonFile.Counted(release: "2026T3-r1", facts: 2)], retentionMonths: 24)
    return String(decoding: PersonPage(file).page, as: UTF8.self)
  }

  @Test func `a name is text, whatever is written in it`() {
    let html = page("<script>alert(1)</script>\"&")
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;"))
    #expect(!html.contains("<script"))
    #expect(html.contains("default-src &#39;none&#39;"))
  }

  @Test func `revisions are told with their days in French, and what is not known is empty`() {
    let html = page(
      "Durand",
      rows: [
        .init(
          values: ["2026-03-31", nil], recordedOn: "2026-04-01", replacedOn: "2026-05-02", file: "exit.csv",
          line: 7),
        .init(
          values: ["2026-03-30", "true"], recordedOn: "2026-05-02", replacedOn: nil, file: "exit-2.csv",
          line: 2),
      ])
    for expected in [
      "31/03/2026", "02/05/2026", "oui", "exit.csv, ligne 7", "2026T3-r1 : 2 faits", "31/12/2031",
    ] {
      #expect(html.contains(expected), "\(expected)")
    }
    #expect(html.contains("<bdi></bdi>"))
    #expect(!html.contains("non</bdi>"))
  }

  @Test func `the same file has the same bytes`() {
    #expect(page("Durand") == page("Durand"))
  }
}
