internal import Foundation
internal import Impact

/// Turns the cells of one column into canonical text, or says why it cannot.
final class CellReader {
  enum Outcome {
    case value(String?)
    case problem(Problem)
  }

  let field: FactSchema.Field
  // Apart from the field, which would be copied to be asked.
  let kind: FactSchema.Kind
  let isRequired: Bool
  let isEnumerated: Bool
  private let allowed: Set<String>
  let pattern: WholePattern?
  /// Whether addresses and telephone numbers may stand here, as they may in an identity and nowhere else.
  private let holdsContacts: Bool
  /// Whether the row is about one participant.
  let isPersonal: Bool
  /// Whether anything may be written in the field.
  let isFreeText: Bool
  /// What the plain way needs: the allowed values as bytes, the bounds as whole numbers, the longest text.
  let allowedBytes: [[UInt8]]
  let plainMinimum: Int?
  let plainMaximum: Int?
  let hasPlainBounds: Bool
  let plainLength: Int

  init(_ field: FactSchema.Field, of schema: FactSchema) throws {
    self.field = field
    kind = field.kind
    isRequired = field.isRequired
    isEnumerated = !field.allowed.isEmpty
    holdsContacts = schema.scope == .identity
    isPersonal = schema.isAboutParticipants
    isFreeText = field.isFreeText
    allowed = Set(field.allowed)
    pattern = try field.pattern.map(WholePattern.init)
    allowedBytes = field.allowed.map { Array($0.utf8) }
    plainMinimum = field.minimum.flatMap { CellReader.plainBound($0, field.kind) }
    plainMaximum = field.maximum.flatMap { CellReader.plainBound($0, field.kind) }
    hasPlainBounds =
      (field.minimum == nil || plainMinimum != nil) && (field.maximum == nil || plainMaximum != nil)
    plainLength = min(field.maximumLength ?? 1024, 1024)
  }

  /// What a cell holds; the message of a problem never repeats it.
  func read(_ raw: Span<UInt8>) -> Outcome {
    let cell = raw.extracting(CellReader.trimmedRange(raw))
    if cell.isEmpty {
      guard field.isRequired else { return .value(nil) }
      return .problem(
        Problem(
          code: "required",
          message: Localized(
            fr: "la cellule est vide mais « \(field.name) » est obligatoire ; la remplir",
            en: "the cell is empty but \"\(field.name)\" is required; fill it")))
    }
    let survey = Survey(cell)
    // The decimals of a number are no telephone: 0.0612345678 is what a division leaves.
    let judged = field.kind == .number ? cell.extracting(0..<CellReader.wholeLength(cell)) : cell
    if let kind = survey.personal(judged), !holdsContacts || kind == .socialSecurityNumber {
      return .problem(CellReader.personal(kind))
    }
    switch field.kind {
    case .string: return text(cell, survey)
    case .integer, .number: return number(cell)
    case .boolean:
      if let value = CellReader.boolean(cell) { return checked(value) }
      if cell.count == 1, cell[0] | 0x20 == UInt8(ascii: "x") {
        return problem(
          "boolean",
          fr:
            "une croix dit oui, mais une cellule vide dirait alors à la fois non et inconnu ; écrire oui ou non",
          en: "a cross says yes, but then an empty cell would say both no and unknown; write oui or non")
      }
      let kind = CellKind(cell).name
      return notTyped(
        cell, "type",
        Localized(
          fr: "\(kind.french) se trouve où il faut oui ou non ; écrire oui ou non, ou laisser vide",
          en: "\(kind.english) stands where yes or no is expected; write oui or non, or leave the cell empty")
      )
    case .date:
      switch DateText.day(cell) {
      case .value(let value): return checked(value)
      case .problem(let problem):
        let expected = Localized(fr: "une date", en: "a date")
        return notTyped(cell, problem.code, problem.sentence(expected, "31/12/2025", CellKind(cell)))
      }
    case .yearmonth:
      switch DateText.month(cell) {
      case .value(let value): return checked(value)
      case .problem(let problem):
        let expected = Localized(fr: "un mois", en: "a month")
        return notTyped(cell, problem.code, problem.sentence(expected, "2025-03", CellKind(cell)))
      }
    }
  }

  private func number(_ cell: Span<UInt8>) -> Outcome {
    let isInteger = field.kind == .integer
    switch isInteger ? NumberText.integer(cell) : NumberText.decimal(cell) {
    case .value(let value): return checked(value)
    case .problem(let problem):
      if let meant = meantNumber(problem, cell) { return .problem(meant) }
      let expected =
        isInteger
        ? Localized(fr: "un nombre entier", en: "a whole number") : Localized(fr: "un nombre", en: "a number")
      return notTyped(cell, problem.code, problem.sentence(expected, CellKind(cell)))
    }
  }

  private func text(_ cell: Span<UInt8>, _ survey: Survey) -> Outcome {
    if survey.hasControls {
      return problem(
        "characters", fr: "la cellule contient des caractères de commande invisibles ; retaper son texte",
        en: "the cell holds invisible control characters; type its text again")
    }
    // An export puts an apostrophe before a text that a spreadsheet would run as a formula.
    let isGuarded =
      cell.count > 1 && cell[0] == 0x27 && FormulaGuard.startsFormula(cell.extracting(1..<cell.count))
    let rest = cell.extracting((isGuarded ? 1 : 0)..<cell.count)
    let cell = rest.extracting(CellReader.trimmedRange(rest))
    var value = String(copying: cell)
    if survey.hasForeign {
      if CellReader.hasBidiControl(value) {
        return problem(
          "characters",
          fr: "la cellule contient des caractères qui changent le sens de l’écriture ; retaper son texte",
          en: "the cell holds characters that change the direction of writing; type its text again")
      }
      // The same word must be the same bytes, however the accents were typed.
      value = value.precomposedStringWithCanonicalMapping
      // Nor does it help to write them in other digits or letters: ０６, or the Kelvin sign for a K.
      if let kind = CellReader.personalKind(plain: value), !holdsContacts || kind == .socialSecurityNumber {
        return .problem(CellReader.personal(kind))
      }
    }
    if let outcome = spreadsheetOutcome(cell) { return outcome }
    if CellReader.isShortened(cell) {
      return problem(
        "number",
        fr:
          "un tableur a abrégé ce nombre (avec un exposant) et ses derniers chiffres sont perdus ; donner le format texte à la colonne et le retaper",
        en:
          "a spreadsheet has shortened this number (with an exponent) and its last digits are lost; give the column the text format and type it again"
      )
    }
    if isPersonal, let outcome = sensitiveOutcome(value) { return outcome }
    if let maximum = field.maximumLength, cell.count > maximum, value.unicodeScalars.count > maximum {
      return problem(
        "length", fr: "un texte de plus de \(maximum) caractères se trouve ici ; l’abréger",
        en: "a text of more than \(maximum) characters stands here; shorten it")
    }
    if let pattern, !pattern.matches(value) {
      let (kind, format) = (CellKind(cell).name, field.format)
      let example = field.example ?? ""
      return problem(
        "pattern",
        fr:
          "\(kind.french) se trouve où « \(field.name) » attend \(format.french) ; le corriger\(example.isEmpty ? "" : ", par exemple \(example)")",
        en:
          "\(kind.english) stands where \"\(field.name)\" must be \(format.english); correct it\(example.isEmpty ? "" : ", like \(example)")"
      )
    }
    return checked(value)
  }

  /// Enumeration and bounds, on canonical text.
  private func checked(_ value: String) -> Outcome {
    if !allowed.isEmpty, !allowed.contains(value) { return notAllowed(value) }
    // Bounds are of numbers and of days; a month's is its first day.
    let isDay = field.kind == .date || field.kind == .yearmonth
    if let minimum = field.minimum, isLess(value, minimum) {
      return problem(
        "minimum",
        fr: isDay
          ? "une date d’avant le \(minimum), la première admise dans « \(field.name) », se trouve ici ; la corriger"
          : minimum == "0"
            ? "un nombre négatif se trouve ici, alors que « \(field.name) » ne peut pas descendre sous zéro ; le corriger"
            : "un nombre inférieur à \(minimum), le minimum de « \(field.name) », se trouve ici ; le corriger",
        en: isDay
          ? "a date before \(minimum), the first of \"\(field.name)\", stands here; correct it"
          : "a number less than \(minimum), the least of \"\(field.name)\", stands here; correct it")
    }
    if let maximum = field.maximum, isLess(maximum, value) {
      return problem(
        "maximum",
        fr: isDay
          ? "une date d’après le \(maximum), la dernière admise dans « \(field.name) », se trouve ici ; la corriger"
          : "un nombre supérieur à \(maximum), le maximum de « \(field.name) », se trouve ici ; le corriger",
        en: isDay
          ? "a date after \(maximum), the last of \"\(field.name)\", stands here; correct it"
          : "a number more than \(maximum), the most of \"\(field.name)\", stands here; correct it")
    }
    return .value(value)
  }

  private func notAllowed(_ value: String) -> Outcome {
    // A slip of the shift key is the commonest: the remedy is then one code, not the whole list.
    if let meant = field.allowed.first(where: { $0.lowercased() == value.lowercased() }) {
      return problem(
        "enum",
        fr: "un code de « \(field.name) » est écrit avec d’autres majuscules ; écrire \(meant)",
        en: "a code of \"\(field.name)\" stands here with other capitals; write \(meant)")
    }
    let bytes = Array(value.utf8)
    let kind = CellKind(bytes.span).name
    return problem(
      "enum",
      fr:
        "\(kind.french) qui n’est pas un des codes de « \(field.name) » se trouve ici ; écrire \(DefinitionFile.list(field.allowed, "ou")) (la feuille « Mode d’emploi » du modèle les explique)",
      en:
        "\(kind.english) that is none of the codes of \"\(field.name)\" stands here; write \(DefinitionFile.list(field.allowed, "or"))"
    )
  }

  private func isLess(_ left: String, _ right: String) -> Bool {
    switch field.kind {
    case .integer, .number: NumberText.compare(left, right) < 0
    default: left < right
    }
  }

  private func problem(_ code: String, fr french: String, en english: String) -> Outcome {
    .problem(Problem(code: code, message: Localized(fr: french, en: english)))
  }

  private func notTyped(_ cell: Span<UInt8>, _ code: String, _ message: Localized) -> Outcome {
    spreadsheetOutcome(cell) ?? .problem(Problem(code: code, message: message))
  }

  /// A refusal of `#N/A`, `N/C` and the like; `nil` for anything else.
  private func spreadsheetOutcome(_ cell: Span<UInt8>) -> Outcome? {
    // Most cells begin otherwise: they must cost nothing here.
    guard cell.count <= 9, "#NnVvIi-?".utf8.contains(cell[0]) else { return nil }
    let word = String(copying: cell).uppercased()
    // Two letters may be a word or a code in a text, but never a number or a date.
    let isPlain = field.kind == .string && word.utf8.allSatisfy { $0 >= 0x41 }
    switch SpreadsheetWord(word) {
    case .error:
      return problem(
        "spreadsheet-error",
        fr: "une erreur de tableur se trouve ici ; corriger la formule et enregistrer de nouveau",
        en: "a spreadsheet error stands here; correct the formula and save the file again")
    case .placeholder where isPlain: return nil
    case .placeholder where field.isRequired:
      return problem(
        "placeholder",
        fr:
          "un mot pour « inconnu » se trouve ici, mais « \(field.name) » est obligatoire ; écrire sa valeur",
        en: "a word for \"not known\" stands here, but \"\(field.name)\" is required; write its value")
    case .placeholder:
      return problem(
        "placeholder", fr: "un mot pour « inconnu » se trouve ici ; laisser plutôt la cellule vide",
        en: "a word for \"not known\" stands here; leave the cell empty instead")
    case nil: return nil
    }
  }

  /// A refusal of what tells of one person's record, or of the detail of their health.
  private func sensitiveOutcome(_ value: String) -> Outcome? {
    if value.utf8.count <= 12, Sensitivity.personalCodes.contains(value.uppercased()) {
      return .problem(CellReader.sensitive(.justice))
    }
    // A code the schema does not list, of a barrier that is only ever counted.
    if !allowed.isEmpty, !allowed.contains(value), let kind = Sensitivity.parts[value] {
      let (french, english) =
        kind == .justice ? ("du passé judiciaire", "justice") : ("de la santé", "health")
      let sentence = Localized(
        fr:
          "la cellule parle \(french) d’une personne, qui n’est pas conservé ici ; supprimer la ligne et compter les personnes concernées dans barrier_count",
        en:
          "the cell tells of a person's \(english), which is not kept here; remove the row, and count the people concerned in barrier_count"
      )
      return .problem(Problem(code: "sensitive-data", message: sentence, isSensitive: true))
    }
    // Codes and listed words say what the schema lets them say.
    guard isFreeText, let kind = Sensitivity(in: value) else { return nil }
    return .problem(CellReader.sensitive(kind))
  }

  private static func personalKind(plain text: String) -> PersonalData.Kind? {
    let plain = Array(text.precomposedStringWithCompatibilityMapping.utf8)
    return Survey(plain.span).personal(plain.span)
  }

  private static func hasBidiControl(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }
  }
}
