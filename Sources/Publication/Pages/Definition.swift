public import Impact

/// A definition in words (*fiche de méthode*): how an indicator is computed, said from its terms.
public struct Definition: Sendable {
  let indicator: Indicator
  let catalogue: Catalogue
  private let language: Language

  /// The words for a definition.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - catalogue: where the labels of what it names are.
  ///   - language: the reader's.
  public init(_ indicator: Indicator, in catalogue: Catalogue, _ language: Language) {
    self.indicator = indicator
    self.catalogue = catalogue
    self.language = language
  }

  func say(_ french: String, _ english: String) -> String {
    language == .french ? Numbers.typeset(french) : english
  }

  /// The whole rule as sentences.
  public var sentences: [String] { formula + meanings + [window] + applicability + [fill, portfolio] }

  /// What the words of the formula mean: which rows an entity has where it is more than one file, and how each field
  /// that is read is computed.
  public var meanings: [String] {
    let rows = catalogue.entities(of: indicator).compactMap { entity in
      entity.definition.map { quoted(entity.label[language]) + say(" : ", ": ") + typeset($0) }
    }
    let fields = catalogue.fields(of: indicator).compactMap { use in
      use.field.definition.map { quoted(use.field.label[language]) + say(" : ", ": ") + typeset($0) }
    }
    // A field of two entities that means the same is said once.
    var said: [String] = []
    for line in rows + fields where !said.contains(line) { said.append(line) }
    return said
  }

  private func typeset(_ text: Localized) -> String {
    language == .french ? Numbers.typeset(text.french) : text.english
  }

  private func quoted(_ name: String) -> String { say("« \(name) »", "“\(name)”") }

  /// How the number is made.
  public var formula: [String] {
    var lines: [String] = []
    switch indicator.measure {
    case .ratio(let numerator, let denominator, let cohort):
      lines.append(
        say(
          "Rapport de deux totaux, jamais une moyenne de pourcentages.",
          "A ratio of two totals, never a mean of percentages."))
      lines.append(say("Numérateur : ", "Numerator: ") + words(numerator) + ".")
      lines.append(say("Dénominateur : ", "Denominator: ") + words(denominator) + ".")
      if cohort != nil {
        lines.append(
          say(
            "Cohorte suivie : seules comptent les personnes dont la date d’observation est passée ; les autres ne sont pas encore échues.",
            "Followed cohort: only people whose observation date has passed count; the others are not yet due."
          ))
      }
    case .count(let term), .distinct(let term), .sum(let term), .stock(let term), .duration(let term),
      .cumulative(let term), .observed(let term):
      lines.append(capitalised(words(term)) + ".")
    case .incidence(let incidence): lines += followed(incidence)
    case .derived(let expression):
      lines.append(
        say("Calculé à partir d’autres indicateurs : ", "Computed from other indicators: ")
          + written(expression) + ".")
    }
    return lines
  }

  /// Where it makes sense; nothing when it does everywhere.
  public var applicability: [String] {
    var lines: [String] = []
    if !indicator.appliesToForms.isEmpty {
      let forms = indicator.appliesToForms.compactMap(CooperationProfile.Form.init(rawValue:)).map {
        $0.words(in: language)
      }
      lines.append(
        say("S’applique aux coopérations : ", "Applies to cooperations: ") + list(forms)
          + say(" ; « sans objet » ailleurs.", "; “not applicable” elsewhere."))
    }
    if !indicator.appliesTo.isEmpty {
      lines.append(
        say("S’applique aux structures : ", "Applies to structures: ")
          + indicator.appliesTo.joined(separator: ", ")
          + say(" ; « sans objet » ailleurs.", "; “not applicable” elsewhere."))
    }
    return lines
  }

  /// Its versions, newest first, with the quarters each is in force; before them why one that stands alone replaced those
  /// before it in every quarter.
  public var versions: [String] {
    let why = indicator.restated.map { say("Rétroactive : ", "Retroactive: ") + typeset($0) }
    return [why].compactMap(\.self)
      + catalogue.versions(of: indicator.name).map { version in
        let span = [
          version.validFrom.map { say("à partir de \($0)", "from \($0)") },
          version.validTo.map { say("jusqu’à \($0)", "until \($0)") },
        ].compactMap(\.self).joined(separator: ", ")
        return "Version \(version.version)" + say(" : ", ": ")
          + (span.isEmpty
            ? say("en vigueur pour tous les trimestres.", "in force in every quarter.") : span + ".")
      }
  }

  /// The stretch of time it looks at.
  public var window: String {
    let text =
      switch indicator.isCumulative ? .sinceStart : indicator.window {
      case .quarter: say("Fenêtre : le trimestre", "Window: the quarter")
      case .yearToDate:
        say(
          "Fenêtre : depuis le 1er janvier, sans chiffre si les premiers trimestres de l’année manquent",
          "Window: since 1 January, without a figure when the first quarters of the year are missing")
      case .rollingYear:
        say(
          "Fenêtre : le trimestre et les trois précédents, sans chiffre tant que les quatre n’ont pas été transmis",
          "Window: the quarter and the three before it, without a figure until all four have been delivered")
      case .sinceStart:
        say("Fenêtre : depuis le début de la coopération", "Window: since the cooperation began")
      }
    guard indicator.shift > 0 else { return text + "." }
    let months = indicator.shift * 3
    return text
      + say(
        ", décalée de \(months) mois : les résultats s’observent \(months) mois après.",
        ", \(months) months earlier: outcomes are observed \(months) months later.")
  }

  /// An expression with the labels of what it names.
  private func written(_ expression: Measure.Expression) -> String {
    let text = expression.written { part in
      switch part {
      case .indicator(let id):
        let label = catalogue.indicator(id)?.label[language] ?? id
        return say("« \(label) »", "“\(label)”")
      case .parameter(let name):
        guard let parameter = catalogue.parameter(name) else { return name }
        return say(
          "paramètre « \(parameter.label.french) »", "parameter “\(parameter.label.english)”")
      default: return nil
      }
    }
    return text.replacing(" * ", with: " × ").replacing(" - ", with: " − ")
  }

  /// What an absence of rows means.
  public var fill: String {
    if indicator.measure.expression != nil {
      return say(
        "Dès qu’un des indicateurs est absent, celui-ci l’est aussi ; il ne compte jamais pour zéro.",
        "As soon as one of the indicators is missing, so is this one; a missing one never counts as zero.")
    }
    let fills = Set(indicator.measure.terms.map(\.absent))
    if fills == [.zero] {
      return say(
        "Une absence de ligne vaut zéro, si le trimestre et ce fichier, même vide, ont été transmis.",
        "No row means zero, provided the quarter and this file, be it empty, were delivered.")
    }
    if fills == [.unknown] {
      return say(
        "Une absence de ligne veut dire « non collecté », jamais zéro.",
        "No row means “not collected”, never zero.")
    }
    return say(
      "Une absence de ligne vaut zéro au numérateur si le trimestre et ce fichier, même vide, ont été transmis, « non collecté » au dénominateur.",
      "No row means zero in the numerator provided the quarter and this file, be it empty, were delivered, “not collected” in the denominator."
    )
  }

  func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + say(" et ", " and ") + last
  }

  /// A term in words: what is done with which rows.
  public func words(_ term: Term) -> String {
    let entity = catalogue.vocabulary.entity(term.entity)
    let rows = entity?.label[language].lowercasedFirst ?? term.entity
    let field = term.field.flatMap { entity?.field($0)?.label[language].lowercasedFirst } ?? ""
    var text: String =
      switch term.function {
      case .count: say("nombre de lignes « \(rows) »", "number of “\(rows)” rows")
      case .time: say("« \(rows) », suivis en jours", "“\(rows)”, followed in days")
      case .stock:
        say(
          "nombre de lignes « \(rows) » en cours au dernier jour",
          "number of “\(rows)” rows running on the last day")
      case .distinct:
        say(
          "nombre de valeurs distinctes de « \(field) » (\(rows))", "number of distinct “\(field)” (\(rows))")
      case .sum: say("somme de « \(field) » (\(rows))", "sum of “\(field)” (\(rows))")
      case .mean: say("moyenne de « \(field) » (\(rows))", "mean of “\(field)” (\(rows))")
      case .median: say("médiane de « \(field) » (\(rows))", "median of “\(field)” (\(rows))")
      }
    let conditions = term.conditions.map { words($0, entity) }
    if !conditions.isEmpty { text += say(", où ", ", where ") + list(conditions) }
    return text
  }

  func words(_ condition: Condition, _ entity: Vocabulary.Entity?) -> String {
    let field = entity?.field(condition.field)
    let name = "« \(field?.label[language].lowercasedFirst ?? condition.field) »"
    let quoted = language == .french ? name : name.replacingQuotes
    switch condition.test {
    case .oneOf(let codes):
      let labels = codes.map { code in
        field?.values.first { $0.code == code }?.label[language].lowercasedFirst ?? code
      }
      return "\(quoted) = " + labels.joined(separator: say(" ou ", " or "))
    case .isTrue(let isTrue):
      return "\(quoted) = " + (isTrue ? say("oui", "yes") : say("non", "no"))
    case .atLeast(let number): return "\(quoted) ≥ \(decimal(number))"
    case .lessThan(let number): return "\(quoted) < \(decimal(number))"
    case .equalTo(let number): return "\(quoted) = \(decimal(number))"
    case .withinMonths(let months):
      return say(
        "\(quoted) tombe dans les \(months) mois qui suivent le trimestre",
        "\(quoted) falls within the \(months) months after the quarter")
    case .known(let isKnown):
      return isKnown
        ? say("\(quoted) est connu", "\(quoted) is known")
        : say("\(quoted) est inconnu", "\(quoted) is unknown")
    }
  }

  private func decimal(_ number: String) -> String {
    language == .french ? number.replacing(".", with: ",") : number
  }

  private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension String {
  /// The text with a small first letter, unless it begins with an abbreviation.
  var lowercasedFirst: String {
    guard let second = dropFirst().first, !second.isUppercase else { return self }
    return prefix(1).lowercased() + dropFirst()
  }

  /// English quotation marks in the place of French ones.
  fileprivate var replacingQuotes: String { "“" + dropFirst(2).dropLast(2) + "”" }
}

extension CooperationProfile.Form {
  /// The legal form in words.
  func words(in language: Language) -> String {
    let (french, english) =
      switch self {
      case .jvs: ("joint-venture sociale", "joint-venture sociale")
      case .gmeConjoint:
        ("groupement momentané d’entreprises, conjoint", "temporary consortium (GME conjoint)")
      case .gmeSolidaire:
        ("groupement momentané d’entreprises, solidaire", "temporary consortium (GME solidaire)")
      case .accordCadre: ("accord-cadre", "framework agreement")
      case .sousTraitance: ("sous-traitance", "subcontracting")
      }
    return language == .french ? Numbers.typeset(french) : english
  }
}
