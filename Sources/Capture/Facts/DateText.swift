internal import Impact

/// Dates and months as people write them, turned into ISO dates.
enum DateText {
  enum Problem {
    case notDate
    case twoDigitYear
    case monthFirst
    case impossible
    case serial
    case withTime
    case separator
    case outOfRange
    case notFirstDay
  }

  enum Outcome {
    case value(String)
    case problem(Problem)
  }

  /// `31/12/2025` or `2025-12-31`, as `2025-12-31`.
  static func day(_ text: Span<UInt8>) -> Outcome {
    let parts = Parts(text)
    switch (parts.count, parts.separator) {
    case (3, UInt8(ascii: "-")) where parts.lengths == (4, 2, 2):
      return checked(parts.numbers.0, parts.numbers.1, parts.numbers.2)
    case (3, UInt8(ascii: "/")) where parts.lengths.0 <= 2 && parts.lengths.1 <= 2 && parts.lengths.2 == 4:
      let (day, month, year) = parts.numbers
      if month > 12, month <= 31, day <= 12 { return .problem(.monthFirst) }
      return checked(year, month, day)
    default: return .problem(parts.problem(text))
    }
  }

  /// `2025-03`, `03/2025` or the first day of the month, as `2025-03-01`.
  static func month(_ text: Span<UInt8>) -> Outcome {
    let parts = Parts(text)
    switch (parts.count, parts.separator) {
    case (2, UInt8(ascii: "-")) where parts.lengths.0 == 4 && parts.lengths.1 == 2:
      return checked(parts.numbers.0, parts.numbers.1, 1)
    case (2, UInt8(ascii: "/")) where parts.lengths.0 <= 2 && parts.lengths.1 == 4:
      return checked(parts.numbers.1, parts.numbers.0, 1)
    case (2, UInt8(ascii: "/")) where parts.lengths.1 == 2: return .problem(.twoDigitYear)
    default:
      let day = day(text)
      if case .value(let date) = day, !date.hasSuffix("-01") { return .problem(.notFirstDay) }
      return day
    }
  }

  private static func checked(_ year: Int, _ month: Int, _ day: Int) -> Outcome {
    guard Day(year, month, day) != nil else { return .problem(.impossible) }
    // A year such as 0202 or 2205 is a slip of the hand.
    guard (1900...2100).contains(year) else { return .problem(.outOfRange) }
    return .value(
      String(unsafeUninitializedCapacity: 10) { buffer in
        func digit(_ number: Int) -> UInt8 { UInt8(0x30 + number % 10) }
        let bytes: [10 of UInt8] = [
          digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), 0x2D, digit(month / 10),
          digit(month),
          0x2D, digit(day / 10), digit(day),
        ]
        for i in bytes.indices { buffer.initializeElement(at: i, to: bytes[i]) }
        return 10
      })
  }

  /// Up to three numbers between separators.
  private struct Parts {
    var count = 0
    var separator: UInt8 = 0
    var numbers = (0, 0, 0)
    var lengths = (0, 0, 0)

    init(_ text: Span<UInt8>) {
      guard text.count <= 12 else { return }
      var found = 0
      var number = 0
      var length = 0
      var mark: UInt8 = 0
      for i in 0...text.count {
        if i < text.count, text[i] &- 0x30 <= 9 {
          number = number * 10 + Int(text[i] - 0x30)
          length += 1
          continue
        }
        guard length > 0, found < 3 else { return }
        switch found {
        case 0: (numbers.0, lengths.0) = (number, length)
        case 1: (numbers.1, lengths.1) = (number, length)
        default: (numbers.2, lengths.2) = (number, length)
        }
        found += 1
        (number, length) = (0, 0)
        guard i < text.count else { break }
        guard mark == 0 || mark == text[i] else { return }
        mark = text[i]
      }
      (count, separator) = (found, mark)
    }

    func problem(_ text: Span<UInt8>) -> Problem {
      if count == 1, (4...6).contains(lengths.0) { return .serial }
      if count == 3, lengths.0 <= 2, lengths.1 <= 2, lengths.2 == 2 { return .twoDigitYear }
      if count == 3 { return .separator }
      if text.count > 10, text[10] == 0x20 || text[10] == UInt8(ascii: "T") { return .withTime }
      return .notDate
    }
  }
}

extension DateText.Problem {
  var code: String {
    switch self {
    case .notDate: "type"
    case .outOfRange: "range"
    default: "date"
    }
  }

  /// What stands there, why it cannot be read, and what to write.
  ///
  /// - Parameters:
  ///   - expected: what should stand there.
  ///   - example: how that is written.
  ///   - kind: what stands there when it is no date at all.
  /// - Returns: the sentence in both languages, without the value.
  func sentence(_ expected: Localized, _ example: String, _ kind: CellKind) -> Localized {
    let (expectedFr, expectedEn) = (expected.french, expected.english)
    return switch self {
    case .notDate:
      Localized(
        fr:
          "\(kind.name.french) se trouve où il faut \(expectedFr) ; écrire par exemple \(example), ou laisser vide",
        en:
          "\(kind.name.english) stands where \(expectedEn) is expected; write it like \(example), or leave the cell empty"
      )
    case .twoDigitYear:
      Localized(
        fr:
          "une date à deux chiffres d’année se trouve où il faut \(expectedFr) ; écrire l’année en entier, comme \(example)",
        en:
          "a date with a two-digit year stands where \(expectedEn) is expected; write all four digits, like \(example)"
      )
    case .monthFirst:
      Localized(
        fr:
          "une date qui commence par le mois se trouve où il faut \(expectedFr) ; commencer par le jour, comme \(example)",
        en:
          "a date with the month first stands where \(expectedEn) is expected; write the day first, like \(example)"
      )
    case .impossible:
      Localized(
        fr: example.utf8.count == 7
          ? "ce mois n’existe pas ; le corriger, comme \(example)"
          : "ce jour n’existe pas dans le calendrier ; le corriger, comme \(example)",
        en: example.utf8.count == 7
          ? "there is no such month; correct it, like \(example)"
          : "the calendar has no such day; correct it, like \(example)")
    case .serial:
      Localized(
        fr:
          "un numéro de jour de tableur se trouve où il faut \(expectedFr) ; donner le format date à la colonne et enregistrer de nouveau",
        en:
          "a spreadsheet's day number stands where \(expectedEn) is expected; give the column the date format and save the file again"
      )
    case .withTime:
      Localized(
        fr:
          "une date avec une heure se trouve où il faut \(expectedFr) ; écrire le jour seul, comme \(example)",
        en: "a date with a time stands where \(expectedEn) is expected; write the day alone, like \(example)")
    case .separator:
      Localized(
        fr:
          "une date écrite d’une façon qui n’est pas comprise se trouve où il faut \(expectedFr) ; écrire comme \(example)",
        en:
          "a date written in a way that is not understood stands where \(expectedEn) is expected; write it like \(example)"
      )
    case .outOfRange:
      Localized(
        fr: "une date dont l’année n’est pas entre 1900 et 2100 se trouve ici ; la corriger",
        en: "a date whose year is not between 1900 and 2100 stands here; correct it")
    case .notFirstDay:
      Localized(
        fr: "un jour à l’intérieur d’un mois se trouve où il faut un mois ; écrire comme \(example)",
        en: "a day inside a month stands where a month is expected; write it like \(example)")
    }
  }
}
