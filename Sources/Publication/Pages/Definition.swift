internal import Impact

/// A definition in words: how an indicator is computed, said from its terms.
struct Definition {
  let reader: Reader
  let indicator: Indicator

  /// The rule as sentences.
  var sentences: [String] {
    var lines: [String] = []
    switch indicator.measure {
    case .ratio(let numerator, let denominator, let cohort):
      lines.append(
        reader.say(
          "Rapport de deux totaux, jamais une moyenne de pourcentages.",
          "A ratio of two totals, never a mean of percentages."))
      lines.append(reader.say("Numérateur : ", "Numerator: ") + words(numerator) + ".")
      lines.append(reader.say("Dénominateur : ", "Denominator: ") + words(denominator) + ".")
      if cohort != nil {
        lines.append(
          reader.say(
            "Cohorte suivie : seules comptent les personnes dont la date d’observation est passée ; les autres ne sont pas encore échues.",
            "Followed cohort: only people whose observation date has passed count; the others are not yet due."
          ))
      }
    case .count(let term), .distinct(let term), .sum(let term), .stock(let term), .duration(let term),
      .cumulative(let term), .observed(let term):
      lines.append(capitalised(words(term)) + ".")
    case .derived(let expression):
      lines.append(
        reader.say("Calculé à partir d’autres indicateurs : ", "Computed from other indicators: ")
          + written(expression) + ".")
    }
    lines.append(window)
    if !indicator.appliesToForms.isEmpty {
      let forms = indicator.appliesToForms.compactMap(CooperationProfile.Form.init(rawValue:)).map(
        reader.words)
      lines.append(
        reader.say("S’applique aux coopérations : ", "Applies to cooperations: ") + reader.list(forms)
          + reader.say(" ; « sans objet » ailleurs.", "; “not applicable” elsewhere."))
    }
    if !indicator.appliesTo.isEmpty {
      lines.append(
        reader.say("S’applique aux structures : ", "Applies to structures: ")
          + indicator.appliesTo.joined(separator: ", ")
          + reader.say(" ; « sans objet » ailleurs.", "; “not applicable” elsewhere."))
    }
    lines.append(fill)
    return lines
  }

  private var window: String {
    let text =
      switch indicator.isCumulative ? .sinceStart : indicator.window {
      case .quarter: reader.say("Fenêtre : le trimestre", "Window: the quarter")
      case .yearToDate: reader.say("Fenêtre : depuis le 1er janvier", "Window: since 1 January")
      case .rollingYear:
        reader.say(
          "Fenêtre : le trimestre et les trois précédents", "Window: the quarter and the three before it")
      case .sinceStart:
        reader.say("Fenêtre : depuis le début de la coopération", "Window: since the cooperation began")
      }
    guard indicator.shift > 0 else { return text + "." }
    let months = indicator.shift * 3
    return text
      + reader.say(
        ", décalée de \(months) mois : les résultats s’observent \(months) mois après.",
        ", \(months) months earlier: outcomes are observed \(months) months later.")
  }

  /// An expression with the labels of what it names.
  private func written(_ expression: Measure.Expression) -> String {
    expression.written { part in
      switch part {
      case .indicator(let id):
        let label = reader.edition.catalogue.indicator(id)?.label[reader.language] ?? id
        return reader.say("« \(label) »", "“\(label)”")
      case .parameter(let name):
        guard let parameter = reader.edition.catalogue.parameter(name) else { return name }
        return reader.say(
          "paramètre « \(parameter.label.french) »", "parameter “\(parameter.label.english)”")
      default: return nil
      }
    }
  }

  private var fill: String {
    if indicator.measure.expression != nil {
      return reader.say(
        "Dès qu’un des indicateurs est absent, celui-ci l’est aussi ; il ne compte jamais pour zéro.",
        "As soon as one of the indicators is missing, so is this one; a missing one never counts as zero.")
    }
    let fills = Set(indicator.measure.terms.map(\.absent))
    if fills == [.zero] {
      return reader.say(
        "Une absence de ligne vaut zéro, si le trimestre a été transmis.",
        "No row means zero, provided the quarter was delivered.")
    }
    if fills == [.unknown] {
      return reader.say(
        "Une absence de ligne veut dire « non collecté », jamais zéro.",
        "No row means “not collected”, never zero.")
    }
    return reader.say(
      "Une absence de ligne vaut zéro au numérateur si le trimestre a été transmis, « non collecté » au dénominateur.",
      "No row means zero in the numerator provided the quarter was delivered, “not collected” in the denominator."
    )
  }

  private func words(_ term: Term) -> String {
    let entity = reader.edition.catalogue.vocabulary.entity(term.entity)
    let rows = entity?.label[reader.language].lowercasedFirst ?? term.entity
    let field = term.field.flatMap { entity?.field($0)?.label[reader.language].lowercasedFirst } ?? ""
    var text: String =
      switch term.function {
      case .count: reader.say("nombre de lignes « \(rows) »", "number of “\(rows)” rows")
      case .stock:
        reader.say(
          "nombre de lignes « \(rows) » en cours au dernier jour",
          "number of “\(rows)” rows running on the last day")
      case .distinct:
        reader.say(
          "nombre de valeurs distinctes de « \(field) » (\(rows))", "number of distinct “\(field)” (\(rows))")
      case .sum: reader.say("somme de « \(field) » (\(rows))", "sum of “\(field)” (\(rows))")
      case .mean: reader.say("moyenne de « \(field) » (\(rows))", "mean of “\(field)” (\(rows))")
      case .median: reader.say("médiane de « \(field) » (\(rows))", "median of “\(field)” (\(rows))")
      }
    let conditions = term.conditions.map { words($0, entity) }
    if !conditions.isEmpty { text += reader.say(", où ", ", where ") + reader.list(conditions) }
    return text
  }

  private func words(_ condition: Condition, _ entity: Vocabulary.Entity?) -> String {
    let field = entity?.field(condition.field)
    let name = "« \(field?.label[reader.language].lowercasedFirst ?? condition.field) »"
    let quoted = reader.language == .french ? name : name.replacingQuotes
    switch condition.test {
    case .oneOf(let codes):
      let labels = codes.map { code in
        field?.values.first { $0.code == code }?.label[reader.language].lowercasedFirst ?? code
      }
      return "\(quoted) = " + labels.joined(separator: reader.say(" ou ", " or "))
    case .isTrue(let isTrue):
      return "\(quoted) = " + (isTrue ? reader.say("oui", "yes") : reader.say("non", "no"))
    case .atLeast(let number): return "\(quoted) ≥ \(number)"
    case .lessThan(let number): return "\(quoted) < \(number)"
    case .equalTo(let number): return "\(quoted) = \(number)"
    case .withinMonths(let months):
      return reader.say(
        "\(quoted) tombe dans les \(months) mois qui suivent le trimestre",
        "\(quoted) falls within the \(months) months after the quarter")
    case .known(let isKnown):
      return isKnown
        ? reader.say("\(quoted) est connu", "\(quoted) is known")
        : reader.say("\(quoted) est inconnu", "\(quoted) is unknown")
    }
  }

  private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension String {
  /// The text with a small first letter, unless it begins with an abbreviation.
  fileprivate var lowercasedFirst: String {
    guard let second = dropFirst().first, !second.isUppercase else { return self }
    return prefix(1).lowercased() + dropFirst()
  }

  /// English quotation marks in the place of French ones.
  fileprivate var replacingQuotes: String { "“" + dropFirst(2).dropLast(2) + "”" }
}
