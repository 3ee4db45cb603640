extension FactSchema.Field {
  /// How a value is written, in words a partner reads: `14 digits`, `a day, as 31/12/2025`.
  public var format: Localized {
    switch kind {
    case .string:
      if let pattern { return FactSchema.Field.words(for: pattern) }
      if !allowed.isEmpty { return Localized(fr: "un code de la liste", en: "a code of the list") }
      guard let maximumLength else { return Localized(fr: "un texte", en: "a text") }
      return Localized(
        fr: "un texte de \(maximumLength) caractères au plus",
        en: "a text of \(maximumLength) characters at most")
    case .integer:
      return allowed.isEmpty
        ? Localized(fr: "un nombre entier", en: "a whole number")
        : Localized(fr: "un code de la liste", en: "a code of the list")
    case .number: return Localized(fr: "un nombre", en: "a number")
    case .boolean: return Localized(fr: "oui ou non", en: "oui (yes) or non (no)")
    case .date:
      return Localized(fr: "un jour : jj/mm/aaaa", en: "a day: dd/mm/yyyy, or yyyy-mm-dd")
    case .yearmonth: return Localized(fr: "un mois : aaaa-mm", en: "a month: yyyy-mm")
    }
  }

  /// A value that is right, invented; `nil` when none is known that surely is.
  public var example: String? {
    if let first = allowed.first { return kind == .boolean ? "oui" : first }
    switch kind {
    case .string:
      guard let pattern else { return maximumLength ?? 100 < 11 ? nil : "texte libre" }
      return FactSchema.Field.example(for: pattern)
    case .boolean: return "oui"
    case .integer, .number: return numberExample
    case .date:
      let day = "2026-03-31"
      return isWithinBounds(day) ? "31/03/2026" : minimum ?? maximum
    case .yearmonth:
      return isWithinBounds("2026-03-01") ? "2026-03" : (minimum ?? maximum).map { String($0.prefix(7)) }
    }
  }

  private var numberExample: String? {
    let low = minimum.flatMap { Double($0) }
    let high = maximum.flatMap { Double($0) }
    if low ?? 12 <= 12, 12 <= high ?? 12 { return "12" }
    if kind == .integer, let low, let high { return String(Int(((low + high) / 2).rounded(.down))) }
    return minimum ?? maximum
  }

  /// ISO dates are in the order of their texts.
  private func isWithinBounds(_ day: String) -> Bool { minimum ?? day <= day && day <= maximum ?? day }

  // MARK: Patterns

  /// The patterns of the house, each in words and with an example.
  private static let known: [String: (words: Localized, example: String)] = [
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$": (
      Localized(
        fr: "un code de lettres sans accent, chiffres, points, tirets ou soulignés, 40 au plus",
        en: "a code of letters without accents, digits, dots, hyphens or underscores, 40 at most"), "A-0042"
    ),
    "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$": (
      Localized(
        fr: "un nom court en minuscules sans accent, chiffres et tirets, 63 caractères au plus",
        en: "a short name in lower-case letters without accents, digits and hyphens, 63 characters at most"),
      "les-ateliers"
    ),
    "^[a-z][a-z_]{1,29}$": (
      Localized(
        fr: "un code de minuscules sans accent et de soulignés, de 2 à 30 caractères",
        en: "a code of lower-case letters without accents and underscores, of 2 to 30 characters"), "logement"
    ),
    "^[A-Z][A-Z_]{1,19}$": (
      Localized(
        fr: "un code de majuscules sans accent et de soulignés, de 2 à 20 caractères",
        en: "a code of capitals without accents and underscores, of 2 to 20 characters"), "RSA"
    ),
    "^[A-Za-z0-9]{5}[0-9]{7}$": (
      Localized(
        fr: "un numéro de 12 caractères, dont les 7 derniers sont des chiffres",
        en: "a number of 12 characters, the last 7 of which are digits"), "ABCDE2600001"
    ),
    "^[0-9]{4}T[1-4]$": (
      Localized(
        fr: "un trimestre : l’année, la lettre T, puis 1 à 4",
        en: "a quarter: the year, the letter T, then 1 to 4"), "2026T3"
    ),
  ]

  private static func words(for pattern: String) -> Localized {
    if let known = known[pattern] { return known.words }
    if let count = digits(in: pattern) {
      return Localized(fr: "\(count) chiffres exactement", en: "exactly \(count) digits")
    }
    return Localized(fr: "un texte de la forme \(pattern)", en: "a text of the form \(pattern)")
  }

  private static func example(for pattern: String) -> String? {
    if let known = known[pattern] { return known.example }
    return digits(in: pattern).map { count in String((1...count).map { Character(String($0 % 10)) }) }
  }

  /// `14` for `^[0-9]{14}$`.
  private static func digits(in pattern: String) -> Int? {
    guard pattern.hasPrefix("^[0-9]{"), pattern.hasSuffix("}$") else { return nil }
    return Int(pattern.dropFirst(7).dropLast(2)).flatMap { (1...60).contains($0) ? $0 : nil }
  }
}
