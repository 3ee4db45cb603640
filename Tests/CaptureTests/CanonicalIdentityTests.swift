import Foundation
import Impact
import Testing

@testable import Capture

/// The same human is the same digest, however an employer writes the name.
struct CanonicalIdentityTests {
  private let born = Day(1991, 2, 3) ?? Day(daysSinceEpoch: 0)

  private func canonical(_ last: String, _ first: String, born: Day? = nil) -> String {
    String(
      decoding: PersonIdentity(
        participant: "P1", lastName: last, firstNames: first, birthDate: born ?? self.born
      ).canonical, as: UTF8.self)
  }

  @Test func `case, accents, hyphens and spaces make no difference`() {
    #expect(canonical("Durand-Martin", "Zoé") == "DURANDMARTIN|ZOE|1991-02-03")
    for (last, first) in [
      ("DURAND MARTIN", "ZOE"), ("durand  martin", "zoe\u{301}"), (" Durand‑Martin ", "Zoé."),
      ("Ｄｕｒａｎｄ Martin", "ZOÉ"),
    ] { #expect(canonical(last, first) == canonical("Durand-Martin", "Zoé")) }
    #expect(canonical("Lecœur", "Lætitia") == canonical("LECOEUR", "LAETITIA"))
    #expect(canonical("Weiß", "i") == "WEISS|I|1991-02-03")
    #expect(canonical("الدين", "نور") != canonical("الدين", "نورا"))
  }

  @Test func `another name, another birth or names that change sides are another person`() {
    let one = canonical("Martin", "Paul")
    #expect(canonical("Paul", "Martin") != one)
    #expect(canonical("MartinP", "aul") != one)
    #expect(canonical("Martin", "Paul", born: born.adding(days: 1)) != one)
    #expect(canonical("Martin", "Paule") != one)
  }

  @Test func `a name without a letter tells nobody apart`() {
    #expect(
      !PersonIdentity(participant: "P1", lastName: "123", firstNames: "Paul", birthDate: born).isTelling)
    #expect(PersonIdentity(participant: "P1", lastName: "Ô", firstNames: "Paul", birthDate: born).isTelling)
  }

  @Test func `the digest is HMAC-SHA-256`() {
    // RFC 4231, test case 2, its key of four bytes filled up with zeros as HMAC itself does.
    let key = PseudonymKey(id: "k", secret: Array("Jefe".utf8) + Array(repeating: 0, count: 28))
    #expect(
      KeyFolder.hex(key.digest(of: Array("what do ya want for nothing?".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func `neither an identity nor a key prints itself`() {
    let identity = PersonIdentity(
      participant: "P1", lastName: "Zazoubert", firstNames: "Zoé", birthDate: born)
    let key = PseudonymKey(id: "k", secret: Array(repeating: 0xAB, count: 32))
    for text in ["\(identity)", String(reflecting: identity), "\([identity])"] {
      #expect(!text.contains("Zazou") && !text.contains("1991"))
    }
    var dumped = ""
    dump([identity], to: &dumped)
    dump(key, to: &dumped)
    dumped += "\(key) \(String(reflecting: key))"
    #expect(!dumped.contains("Zazou") && !dumped.contains("171") && !dumped.lowercased().contains("abab"))
  }
}
