internal import Impact

/// Numbers that are not written as such and whose meaning can be seen all the same: the remark then says how to write
/// just that.
extension CellReader {
  /// What to say of a cell that is no number; `nil` when its meaning is anybody's guess.
  func meantNumber(_ problem: NumberText.Problem, _ cell: Span<UInt8>) -> Problem? {
    switch problem {
    case .notNumber where CellReader.isClock(cell):
      Problem(
        code: "type",
        message: Localized(
          fr:
            "une durée en heures et minutes se trouve ici ; écrire des heures décimales, comme 7,5 pour 7 h 30",
          en: "a time in hours and minutes stands here; write decimal hours, like 7.5 for 7 h 30"))
    case .notNumber where CellReader.hasLostSpace(cell):
      Problem(
        code: "number",
        message: Localized(
          fr:
            "un point d’interrogation se trouve dans ce nombre, là où une espace n’a pas survécu à l’enregistrement ; l’ôter, ou enregistrer en CSV UTF-8",
          en:
            "a question mark stands in this number, where a space did not survive the saving of the file; remove it, or save as CSV UTF-8"
        ))
    case .percent:
      Problem(
        code: problem.code,
        message: Localized(
          fr:
            "un pourcentage se trouve ici ; écrire le nombre sans le signe pour cent, comme le demande la colonne : « \(field.title.french) »",
          en:
            "a percentage stands here; write the number without the per cent sign, as the column wants it: \"\(field.title.english)\""
        ))
    default: nil
    }
  }

  /// Whether a text is a number but for question marks between its digits: Windows-1252 has no narrow space.
  private static func hasLostSpace(_ cell: Span<UInt8>) -> Bool {
    guard cell.count > 2, isDigit(cell[0]), isDigit(cell[cell.count - 1]) else { return false }
    var isLost = false
    for i in 0..<cell.count {
      switch cell[i] {
      case 0x30...0x39, UInt8(ascii: ","), UInt8(ascii: "."): continue
      case UInt8(ascii: "?") where isDigit(cell[i - 1]) && isDigit(cell[i + 1]): isLost = true
      default: return false
      }
    }
    return isLost
  }

  /// Whether a text is a time: `12h30`, `12 h`, `12:30`.
  private static func isClock(_ cell: Span<UInt8>) -> Bool {
    guard (2...9).contains(cell.count), isDigit(cell[0]) else { return false }
    var marks = 0
    for i in 0..<cell.count {
      switch cell[i] {
      case 0x30...0x39, 0x20: continue
      case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: ":"): marks += 1
      default: return false
      }
    }
    return marks == 1
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
}
