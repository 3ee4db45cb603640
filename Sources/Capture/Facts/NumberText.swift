internal import Impact

/// Numbers as people write them, turned into digits with a dot.
enum NumberText {
  enum Problem {
    case notNumber
    case scientific
    case percent
    case currency
    case parentheses
    case grouping
    case tooLong
    case notWhole
    case tooLarge
  }

  enum Outcome {
    case value(String)
    case problem(Problem)
  }

  /// `1 234,50` as `1234.5`.
  ///
  /// Thousands are separated by spaces (plain, no-break or narrow no-break) or, when the other sign stands
  /// after them, by commas or dots; a single comma or dot is the decimal sign.
  static func decimal(_ text: Span<UInt8>) -> Outcome {
    if isCanonical(text) { return .value(String(copying: text)) }
    switch parse(text) {
    case .failure(let problem): return .problem(problem)
    case .success(let parts): return .value(parts.text)
    }
  }

  /// `1 234` as `1234`; refuses a fraction, and `1.234` where thousands may be meant.
  static func integer(_ text: Span<UInt8>) -> Outcome {
    if isShortInteger(text) { return .value(String(copying: text)) }
    switch parse(text) {
    case .failure(let problem): return .problem(problem)
    case .success(let parts):
      guard parts.writtenFraction < 3, parts.fraction.isEmpty else { return .problem(.notWhole) }
      // The columns of the store hold 32 bits.
      guard parts.whole.count <= 10, let value = Int(String(decoding: parts.whole, as: UTF8.self)),
        value <= Int(Int32.max)
      else { return .problem(.tooLarge) }
      return .value(parts.text)
    }
  }

  /// Whether `left` is less than (negative), equal to (0) or greater than `right`, both canonical; exact.
  static func compare(_ left: String, _ right: String) -> Int {
    let (a, b) = (left.utf8, right.utf8)
    let (aNegative, bNegative) = (a.first == 0x2D, b.first == 0x2D)
    if aNegative != bNegative { return aNegative ? -1 : 1 }
    let aDigits = a.dropFirst(aNegative ? 1 : 0)
    let bDigits = b.dropFirst(bNegative ? 1 : 0)
    let order = compareMagnitudes(aDigits, bDigits)
    return aNegative ? -order : order
  }

  private static func compareMagnitudes(_ a: Substring.UTF8View, _ b: Substring.UTF8View) -> Int {
    let aWhole = a.prefix { $0 != 0x2E }
    let bWhole = b.prefix { $0 != 0x2E }
    if aWhole.count != bWhole.count { return aWhole.count < bWhole.count ? -1 : 1 }
    // Same number of whole digits: the order of the texts is the order of the numbers.
    if a.elementsEqual(b) { return 0 }
    return a.lexicographicallyPrecedes(b) ? -1 : 1
  }

  private struct Parts {
    var isNegative: Bool
    var whole: [UInt8]
    var fraction: [UInt8]
    /// Digits of the fraction as written, zeros included.
    var writtenFraction: Int

    var text: String {
      var bytes: [UInt8] = []
      if isNegative, whole != [0x30] || !fraction.isEmpty { bytes.append(0x2D) }
      bytes += whole
      if !fraction.isEmpty {
        bytes.append(0x2E)
        bytes += fraction
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private enum Parsed {
    case success(Parts)
    case failure(Problem)
  }

  private static func isShortInteger(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, text.count <= 9, text[0] != 0x30 || text.count == 1 else { return false }
    for i in 0..<text.count where text[i] &- 0x30 > 9 { return false }
    return true
  }

  private static func isCanonical(_ text: Span<UInt8>) -> Bool {
    let count = text.count
    guard count > 0, count <= 15 else { return false }
    var i = 0
    while i < count, text[i] &- 0x30 <= 9 { i += 1 }
    guard i > 0, i == 1 || text[0] != 0x30 else { return false }
    if i == count { return true }
    guard text[i] == 0x2E, i + 1 < count, text[count - 1] != 0x30 else { return false }
    i += 1
    while i < count, text[i] &- 0x30 <= 9 { i += 1 }
    return i == count
  }

  private static func parse(_ text: Span<UInt8>) -> Parsed {
    guard text.count <= 60 else { return .failure(.tooLong) }
    // One byte a sign: `_` for any space of a number, `-` for both minus signs.
    var signs: [UInt8] = []
    var i = 0
    while i < text.count {
      let byte = text[i]
      if byte < 0x80 {
        signs.append(byte == 0x20 ? UInt8(ascii: "_") : byte == UInt8(ascii: "_") ? 0 : byte)
        i += 1
      } else if byte == 0xC2, i + 1 < text.count, text[i + 1] == 0xA0 {
        signs.append(UInt8(ascii: "_"))
        i += 2
      } else if byte == 0xE2, i + 2 < text.count {
        switch (text[i + 1], text[i + 2]) {
        case (0x80, 0xAF): signs.append(UInt8(ascii: "_"))
        case (0x88, 0x92): signs.append(0x2D)
        case (0x82, 0xAC): return .failure(.currency)
        default: return .failure(.notNumber)
        }
        i += 3
      } else {
        return .failure(.notNumber)
      }
    }
    if signs.contains(UInt8(ascii: "%")) { return .failure(.percent) }
    if signs.first == UInt8(ascii: "("), signs.last == UInt8(ascii: ")") { return .failure(.parentheses) }
    if let e = signs.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), e > 0,
      signs.allSatisfy({ isDigit($0) || "eE+-.,".utf8.contains($0) })
    {
      return .failure(.scientific)
    }
    var isNegative = false
    if signs.first == 0x2D || signs.first == 0x2B {
      isNegative = signs.first == 0x2D
      signs.removeFirst()
      if signs.first == UInt8(ascii: "_") { signs.removeFirst() }
    }
    guard signs.contains(where: isDigit),
      signs.allSatisfy({ isDigit($0) || $0 == 0x5F || $0 == 0x2C || $0 == 0x2E })
    else { return .failure(.notNumber) }
    return split(signs, isNegative: isNegative)
  }

  private static func split(_ signs: [UInt8], isNegative: Bool) -> Parsed {
    let marks = signs.filter { $0 == 0x2C || $0 == 0x2E }
    var grouping: UInt8?
    var decimalAt: Int?
    if let last = marks.last {
      let position = signs.lastIndex(of: last) ?? signs.count
      if marks.count == 1 {
        decimalAt = position
      } else if marks.allSatisfy({ $0 == last }) {
        // `1,234,567`: a decimal sign stands once, so these separate thousands.
        grouping = last
      } else {
        // `1.234,50`: the last sign is the decimal one when it stands once and all others are alike.
        guard marks.dropLast().allSatisfy({ $0 != last }) else { return .failure(.grouping) }
        decimalAt = position
        grouping = marks[0]
      }
    }
    let wholeSigns = signs[..<(decimalAt ?? signs.count)]
    let fractionSigns = decimalAt.map { signs[($0 + 1)...] } ?? []
    if grouping != nil, wholeSigns.contains(0x5F) { return .failure(.grouping) }
    let separator = grouping ?? 0x5F
    let groups = wholeSigns.split(separator: separator, omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard let head = groups.first, (1...3).contains(head.count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return .failure(.grouping) }
    }
    guard fractionSigns.allSatisfy(isDigit), decimalAt == nil || !fractionSigns.isEmpty else {
      return .failure(fractionSigns.contains(0x5F) ? .grouping : .notNumber)
    }
    var whole = Array(groups.joined())
    guard !whole.isEmpty, whole.allSatisfy(isDigit) else { return .failure(.notNumber) }
    guard whole.count + fractionSigns.count <= 30 else { return .failure(.tooLong) }
    while whole.count > 1, whole.first == 0x30 { whole.removeFirst() }
    var fraction = Array(fractionSigns)
    while fraction.last == 0x30 { fraction.removeLast() }
    return .success(
      Parts(isNegative: isNegative, whole: whole, fraction: fraction, writtenFraction: fractionSigns.count))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
}

extension NumberText.Problem {
  var code: String {
    switch self {
    case .notNumber: "type"
    case .tooLarge: "range"
    default: "number"
    }
  }

  /// What stands there, why it cannot be read, and what to write.
  ///
  /// - Parameters:
  ///   - expected: what should stand there.
  ///   - kind: what stands there when it is no number at all.
  /// - Returns: the sentence in both languages, without the value.
  func sentence(_ expected: Localized, _ kind: CellKind) -> Localized {
    let (expectedFr, expectedEn) = (expected.french, expected.english)
    return switch self {
    case .notNumber:
      Localized(
        fr:
          "\(kind.name.french) se trouve où il faut \(expectedFr) ; écrire des chiffres seulement, ou laisser vide",
        en:
          "\(kind.name.english) stands where \(expectedEn) is expected; write digits only, or leave the cell empty"
      )
    case .scientific:
      Localized(
        fr:
          "un nombre abrégé (avec un exposant) se trouve où il faut \(expectedFr) ; donner le format nombre à la colonne et enregistrer de nouveau",
        en:
          "a shortened number (with an exponent) stands where \(expectedEn) is expected; give the column the number format and save the file again"
      )
    case .percent:
      Localized(
        fr: "un pourcentage se trouve où il faut \(expectedFr) ; écrire le nombre sans le signe pour cent",
        en: "a percentage stands where \(expectedEn) is expected; write the number without the per cent sign")
    case .currency:
      Localized(
        fr: "un montant avec un signe de monnaie se trouve où il faut \(expectedFr) ; écrire le nombre seul",
        en: "an amount with a currency sign stands where \(expectedEn) is expected; write the number alone")
    case .parentheses:
      Localized(
        fr:
          "un nombre entre parenthèses se trouve où il faut \(expectedFr) ; écrire un signe moins devant un nombre négatif",
        en:
          "a number in brackets stands where \(expectedEn) is expected; write a minus sign for a negative number"
      )
    case .grouping:
      Localized(
        fr:
          "un nombre dont les espaces, virgules ou points se lisent de deux façons se trouve ici ; l’écrire sans séparateur de milliers",
        en:
          "a number whose spaces, commas or dots can be read in two ways stands here; write it without thousands separators"
      )
    case .tooLong:
      Localized(
        fr: "un nombre de trop de chiffres se trouve ici ; l’arrondir",
        en: "a number of too many digits stands here; round it")
    case .notWhole:
      Localized(
        fr:
          "un nombre à décimales se trouve où il faut un nombre entier ; l’écrire sans décimales ni séparateurs",
        en:
          "a number with decimals stands where a whole number is expected; write it without decimals or separators"
      )
    case .tooLarge:
      Localized(
        fr: "un nombre entier plus grand que 2147483647 se trouve ici ; vérifier la colonne",
        en: "a whole number larger than 2147483647 stands here; check the column")
    }
  }
}
