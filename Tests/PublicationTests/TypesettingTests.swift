import Testing

@testable import Publication

struct TypesettingTests {
  @Test(arguments: [
    ("vrai ; faux", "vrai\u{202F}; faux"), ("quoi ?", "quoi\u{202F}?"), ("Source : lot", "Source\u{A0}: lot"),
    ("« sans objet » ici", "«\u{A0}sans objet\u{A0}» ici"), ("en %", "en\u{202F}%"), ("a;b", "a;b"), ("", ""),
    ("fin ", "fin "),
  ])
  func `French signs keep their spaces on the line`(plain: String, set: String) {
    #expect(Numbers.typeset(plain) == set)
  }

  @Test(arguments: [
    ("court", 10, "court"), ("Expertise sociale et accompagnement", 24, "Expertise sociale et…"),
    ("anticonstitutionnellement", 10, "anticonst…"), ("Part de femmes, jeunes", 17, "Part de femmes…"),
  ])
  func `a long label is cut after a word`(label: String, letters: Int, cut: String) {
    #expect(RowLabel.cut(label, to: letters) == cut)
  }

  @Test func `labels that begin alike are told apart by their end`() {
    let labels = [
      "Part des demandeurs d’emploi de longue durée", "Part des demandeurs d’emploi de très longue durée",
      "Part des femmes", "Part des habitants de quartiers prioritaires",
    ]
    let cut = labels.map { RowLabel.cut($0, to: 35, among: labels) }
    #expect(
      cut == [
        "Part des demandeur… de longue durée", "Part des demande… très longue durée", "Part des femmes",
        "Part des habitants de quartiers…",
      ])
    #expect(cut.allSatisfy { $0.count <= 35 })
    // What differs in the middle only cannot be told apart in so few letters.
    let alike = ["Un très long nom d’une chose a dite", "Un très long nom d’une chose b dite"]
    #expect(Set(alike.map { RowLabel.cut($0, to: 8, among: alike) }).count == 1)
  }

  @Test func `labels at the right are pushed apart in their order`() {
    let places = Labels.spread([50, 52, 90], within: 0...100, apart: 15)
    #expect(places[1] - places[0] >= 14.9)
    #expect(places[2] - places[1] >= 14.9)
    #expect(places[0] < 50 && places[1] > 52)
  }
}
