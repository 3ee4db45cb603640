import Impact
import Testing

@Suite struct `A person in a free text` {
  private let person = PersonIdentity(
    participant: "LA-001", lastName: "N’Diaye-Petit", firstNames: "Zoé, Marie-Ange",
    birthDate: Day(daysSinceEpoch: 0),
    contact: "06 12 34 56 78", passIAENumber: "999992139048")

  private func mention(_ text: String, codes: [String] = ["LA-001", "LA-001-1"], known: Bool = true)
    -> Mention?
  {
    MentionFinder(codes: codes, identities: known ? [person] : []).mention(in: text)
  }

  @Test(arguments: [
    "Le parcours LA-001 est prolongé.", "(la-001-1)", "Zoé N'Diaye Petit a signé un CDI", "N’DIAYE-PETIT Zoe",
    "Mme Ndiaye-Petit", "mme N'DIAYE PETIT : logement trouvé", "N'Diaye-Petit Marie-Ange", "Z. N’Diaye-Petit",
    "joindre au 0612345678", "PASS 99999 21 39048", "zoe\u{301} n'diaye petit",
  ]) func `is certain`(text: String) {
    #expect(mention(text) == .certain, "\(text)")
  }

  @Test(arguments: [
    "N’Diaye-Petit revient en juin", "Zoé a trouvé un emploi", "l’atelier de Marie-Ange",
  ]) func `is possible, and left to a reader`(text: String) {
    #expect(mention(text) == .possible, "\(text)")
  }

  @Test(arguments: [
    "", "Un petit retard sur les heures", "LA-0011 et LA-00", "Diaye", "Zoélie", "12 personnes",
    "+ 1 234,5 h", "[effacé]",
  ]) func `is nobody`(text: String) {
    #expect(mention(text) == nil, "\(text)")
  }

  @Test
  func `without an identity only codes tell, and a code that is a plain number or word is only possible`() {
    #expect(mention("Zoé N'Diaye Petit, LA-001", known: false) == .certain)
    #expect(mention("Zoé N'Diaye Petit", known: false) == nil)
    #expect(mention("12 personnes", codes: ["12"], known: false) == .possible)
    #expect(mention("Voir tri", codes: ["TRI"], known: false) == .possible)
  }
}
