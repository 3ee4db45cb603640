internal import Impact

/// What there is to say of a column, in both languages.
struct TemplateWords {
  private let column: FactTemplate.Column

  init(_ column: FactTemplate.Column) { self.column = column }

  /// How its values are written, bounds included.
  var format: Localized {
    let field = column.field
    let base = field.format
    let (low, high) = (field.minimum.map(shown), field.maximum.map(shown))
    return switch (low, high) {
    case (let low?, let high?):
      Localized(fr: "\(base.french), de \(low) à \(high)", en: "\(base.english), from \(low) to \(high)")
    case (let low?, nil):
      Localized(
        fr: isDay ? "\(base.french), à partir de \(low)" : "\(base.french), \(low) ou plus",
        en: isDay ? "\(base.english), from \(low) on" : "\(base.english), \(low) or more")
    case (nil, let high?):
      Localized(
        fr: isDay ? "\(base.french), jusqu’à \(high)" : "\(base.french), \(high) ou moins",
        en: isDay ? "\(base.english), until \(high)" : "\(base.english), \(high) or less")
    case (nil, nil): base
    }
  }

  /// A right value, as one types it in a French spreadsheet.
  var example: String? { column.field.example }

  /// Whether it must be filled in.
  var required: Localized {
    column.field.isRequired
      ? Localized(fr: "obligatoire", en: "required")
      : Localized(fr: "facultative : vide si inconnu", en: "optional: empty if unknown")
  }

  /// What it points to, if anything.
  var reference: Localized? {
    column.reference.map {
      Localized(fr: "doit exister dans \($0)", en: "must exist in \($0)")
    }
  }

  /// The sentence Excel says when a value is refused, of 255 characters at most.
  var refusal: String {
    let start = "La colonne « \(column.field.name) » attend "
    let isListed = !column.codes.isEmpty && column.field.kind != .boolean
    let guide = "voir la feuille « \(TemplateGuide.name) »."
    let whole = start + (isListed ? "un code de la liste : \(guide)" : "\(format.french).")
    let text = whole.utf16.count <= 255 ? whole : start + "une autre valeur : \(guide)"
    return Numbers.typeset(text)
  }

  private var isDay: Bool { column.field.kind == .date || column.field.kind == .yearmonth }

  /// A bound as it is typed: a day begins with its day.
  private func shown(_ bound: String) -> String {
    let parts = bound.split(separator: "-")
    switch column.field.kind {
    case .date where parts.count == 3: return "\(parts[2])/\(parts[1])/\(parts[0])"
    case .yearmonth where parts.count == 3: return "\(parts[0])-\(parts[1])"
    default: return bound
    }
  }
}
