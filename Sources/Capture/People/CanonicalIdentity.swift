internal import Foundation
public import Impact

extension PersonIdentity {
  /// The identity as every employer writes it: what the same person's digest is made of.
  ///
  /// NFKD, upper-case, letters only of the last name and of the first names, then the date of birth as ISO:
  /// `DURANDMARTIN|ZOE|1991-02-03` for “Durand-Martin, Zoé”. Ligatures are written out, as civil registers in
  /// capitals do. Someone whose names are spelt in two ways is two persons here: that is said, not guessed.
  public var canonical: [UInt8] {
    Array("\(PersonIdentity.letters(lastName))|\(PersonIdentity.letters(firstNames))|\(birthDate)".utf8)
  }

  private static func letters(_ name: String) -> String {
    var text = ""
    for scalar in name.decomposedStringWithCompatibilityMapping.unicodeScalars {
      // Case of one letter at a time does not depend on the language of the machine.
      for upper in scalar.properties.uppercaseMapping.unicodeScalars {
        switch upper {
        case "Œ": text += "OE"
        case "Æ": text += "AE"
        default: if upper.properties.isAlphabetic, !isMark(upper) { text.unicodeScalars.append(upper) }
        }
      }
    }
    return text
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Whether both names have at least one letter: without any, everybody born on a day would be one person.
  public var isTelling: Bool {
    !PersonIdentity.letters(lastName).isEmpty && !PersonIdentity.letters(firstNames).isEmpty
  }

  /// The identity of a row of `identity.csv`, in the order of its schema; `nil` when a part is missing.
  public init?(_ row: FactRow, of schema: FactSchema) {
    func value(_ name: String) -> String? {
      schema.fields.firstIndex { $0.name == name }.flatMap { row.values[$0] }
    }
    guard let participant = value("participant"), let last = value("last_name"),
      let first = value("first_names"), let birth = value("birth_date").flatMap(Day.init)
    else { return nil }
    self.init(
      participant: participant, lastName: last, firstNames: first, birthDate: birth,
      contact: value("contact"), passIAENumber: value("pass_iae_number")?.uppercased())
  }
}
