internal import Impact

/// What tells a person's data in a cell, whatever the column is called.
enum PersonalData {
  enum Kind: Hashable {
    case socialSecurityNumber
    case email
    case phone

    var name: Localized {
      switch self {
      case .socialSecurityNumber:
        Localized(fr: "un numéro de sécurité sociale (NIR)", en: "a social security number (NIR)")
      case .email: Localized(fr: "une adresse électronique", en: "an e-mail address")
      case .phone: Localized(fr: "un numéro de téléphone", en: "a telephone number")
      }
    }
  }

  /// The kind of personal data in a text, if any.
  ///
  /// Called only for cells with ten digits or an `@`, so it may take its time.
  static func kind(in text: Span<UInt8>) -> Kind? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for i in 0..<text.count { bytes.append(text[i]) }
    if hasEmail(bytes) { return .email }
    return numberKind(bytes)
  }

  private static func hasEmail(_ bytes: [UInt8]) -> Bool {
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "@") {
      guard index > 0, isWord(bytes[index - 1]) || "._%+-".utf8.contains(bytes[index - 1]) else { continue }
      let domain = bytes[(index + 1)...].prefix {
        isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      }
      let labels = domain.split(separator: UInt8(ascii: "."))
      if labels.count >= 2, domain.first != UInt8(ascii: "."), labels[1].count >= 2 { return true }
    }
    return false
  }

  private static func numberKind(_ bytes: [UInt8]) -> Kind? {
    var i = 0
    while i < bytes.count {
      guard isDigit(bytes[i]) || bytes[i] == UInt8(ascii: "+"), !endsWord(bytes, before: i) else {
        i += 1
        continue
      }
      // A run of groups of digits, each one separator apart.
      var groups: [[UInt8]] = []
      var j = i
      while j < bytes.count {
        let plus = groups.isEmpty && bytes[j] == UInt8(ascii: "+")
        let group = bytes[(plus ? j + 1 : j)...].prefix { isDigit($0) || isCorsican($0) }
        guard group.contains(where: isDigit) else { break }
        j += group.count + (plus ? 1 : 0)
        groups.append((plus ? [UInt8(ascii: "+")] : []) + group)
        let separator = separatorLength(bytes, j)
        guard separator > 0, j + separator < bytes.count, isDigit(bytes[j + separator]) else { break }
        j += separator
      }
      if j == i { j = i + 1 }
      if !beginsWord(bytes, at: j), let kind = kind(of: groups) { return kind }
      i = j
    }
    return nil
  }

  private static func kind(of groups: [[UInt8]]) -> Kind? {
    for first in groups.indices {
      var number: [UInt8] = []
      for group in groups[first...] {
        number += group
        if number.count > 20 { break }
        if isSocialSecurityNumber(number) { return .socialSecurityNumber }
        if isPhone(number) { return .phone }
      }
    }
    return nil
  }

  /// 15 digits whose last two are 97 − n mod 97, or 13 digits built like one; Corsican departments have a letter.
  static func isSocialSecurityNumber(_ text: [UInt8]) -> Bool {
    guard text.count == 13 || text.count == 15, [0x31, 0x32, 0x33, 0x34, 0x37, 0x38].contains(text[0]) else {
      return false
    }
    var digits = text
    if digits[5] == UInt8(ascii: "2"), isCorsican(digits[6]) {
      digits.replaceSubrange(
        5...6, with: digits[6] | 0x20 == UInt8(ascii: "a") ? [0x31, 0x39] : [0x31, 0x38])
    }
    guard digits.allSatisfy(isDigit) else { return false }
    let month = Int(digits[3] - 0x30) * 10 + Int(digits[4] - 0x30)
    guard digits.count == 15 else {
      // Without a key only the months of births tell: 01–12, or those of unknown dates.
      return (1...12).contains(month) || (20...42).contains(month) || month >= 50
    }
    let number = digits[..<13].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let key = digits[13...].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return key == 97 - number % 97
  }

  private static func isPhone(_ text: [UInt8]) -> Bool {
    let national: ArraySlice<UInt8>
    if text.starts(with: Array("+33".utf8)) {
      national = text[3...]
    } else if text.starts(with: Array("0033".utf8)) {
      national = text[4...]
    } else if text.count == 10, text[0] == 0x30 {
      national = text[1...]
    } else {
      return false
    }
    let digits = national.first == 0x30 && national.count == 10 ? national.dropFirst() : national
    return digits.count == 9 && digits.allSatisfy(isDigit) && digits.first != 0x30
  }

  private static func separatorLength(_ bytes: [UInt8], _ index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    if " .-".utf8.contains(bytes[index]) { return 1 }
    if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 { return 2 }
    if bytes[index] == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] == 0xAF {
      return 3
    }
    return 0
  }

  // Outside ASCII only a letter joins a number to a word: a no-break space, a dash or a quote does not.
  private static func endsWord(_ bytes: [UInt8], before index: Int) -> Bool {
    guard index > 0 else { return false }
    guard bytes[index - 1] >= 0x80 else { return isWord(bytes[index - 1]) }
    return String(decoding: bytes[max(0, index - 4)..<index], as: UTF8.self).unicodeScalars.last?.properties
      .isAlphabetic == true
  }

  private static func beginsWord(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    guard bytes[index] >= 0x80 else { return isWord(bytes[index]) }
    return String(decoding: bytes[index..<min(bytes.count, index + 4)], as: UTF8.self).unicodeScalars.first?
      .properties.isAlphabetic == true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
  private static func isCorsican(_ byte: UInt8) -> Bool { byte | 0x20 == 0x61 || byte | 0x20 == 0x62 }
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 && byte != 0xC2 && byte != 0xE2
  }
}
