/// What the law protects most about a person: their health (article 9 GDPR) and their criminal record
/// (article 10 GDPR, article 46 of the French data protection act).
///
/// The store takes neither beyond the coarse yes or no its schemas name (RQTH, AAH), and hands neither out.
public enum Sensitivity: String, Hashable, Sendable, CaseIterable {
  /// Illness, care, disability beyond the administrative recognition.
  case health
  /// Convictions, detention, measures under justice.
  case justice

  /// What a header or a text tells of; `nil` when nothing sensitive.
  ///
  /// It judges words, so it may be wrong on the safe side.
  ///
  /// - Parameter text: the text as it is written, in French or English.
  public init?(in text: String) {
    let words = Sensitivity.words(text)
    for kind in [Sensitivity.justice, .health] {
      for (index, word) in words.enumerated() {
        let isExact = kind.exact.contains(word)
        let isStem = kind.stems.contains { word.utf8.starts(with: $0.utf8) }
        let isPair = index + 1 < words.count && kind.pairs.contains("\(word) \(words[index + 1])")
        if isExact || isStem || isPair {
          self = kind
          return
        }
      }
    }
    return nil
  }

  /// Codes of eligibility criteria that tell of one person's record; they may be counted, never recorded of a
  /// person.
  public static let personalCodes: Set<String> = ["DETENTION_MJ"]

  /// Values of a breakdown that tell of health or of justice: kinds of barriers (*freins*).
  public static let parts: [String: Sensitivity] = [
    "sante": .health, "health": .health, "addiction": .health, "justice": .justice, "judiciaire": .justice,
  ]

  /// Free text about a participant that names an organisation, not the person: the host of an immersion.
  public static let organisationFields: Set<String> = ["host"]

  /// Entities that are about organisations: their text names those and describes their work.
  public static let organisationEntities: Set<String> = [
    "cooperation", "organisation", "organisation_name", "market",
  ]

  /// Fields that lead to one participant: none of them stands in any export.
  public static let leadingFields: Set<String> = [
    "participant", "pathway", "person", "last_name", "first_names", "birth_date", "birth_year", "contact",
    "pass_iae_number", "hmac",
  ]

  /// Recorded fields that tell of health, each a coarse yes or no; they leave the store as counts only.
  public static let healthFields: Set<String> = ["rqth", "aah"]

  /// Figures without the breakdowns one of whose parts tells of health or of justice.
  ///
  /// The whole breakdown goes: a part left out could be found by subtraction.
  public static func shown(_ figures: [Figure]) -> [Figure] {
    struct Family: Hashable {
      var indicator: String
      var field: String
    }
    var hidden: Set<Family> = []
    for figure in figures {
      guard let part = figure.key.part, parts[part.value] != nil else { continue }
      hidden.insert(Family(indicator: figure.key.indicator, field: part.field))
    }
    guard !hidden.isEmpty else { return figures }
    return figures.filter { figure in
      figure.key.part.map { !hidden.contains(Family(indicator: figure.key.indicator, field: $0.field)) }
        ?? true
    }
  }

  private var stems: [String] {
    switch self {
    case .justice:
      [
        "judiciair", "detention", "detenu", "prison", "incarcer", "ecrou", "condamn", "ppsmj", "spip",
        "delinquan",
        "criminal", "convict", "offend", "offence", "penitenti",
      ]
    case .health:
      [
        "malad", "patholog", "diagnos", "medical", "medicament", "medecin", "addict", "alcool", "toxicoman",
        "psychiatr", "psycholog", "depress", "hospitalis", "grossesse", "enceinte", "handicap", "invalidit",
        "allerg", "seropos", "cancer", "illness", "disease", "disabilit", "pregnan",
      ]
    }
  }

  private var exact: Set<String> {
    switch self {
    case .justice: ["justice", "penal", "penale", "penaux", "probation", "casier", "sursis", "jail"]
    case .health: ["sante", "health", "vih", "hiv", "sida", "ald", "mdph"]
    }
  }

  private var pairs: Set<String> {
    switch self {
    case .justice: ["bracelet electronique", "garde vue"]
    case .health: ["groupe sanguin", "arret travail"]
    }
  }

  /// Lower-case words without accents, without the small words between them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": word.unicodeScalars.append(scalar)
      case "à", "â", "ä", "á": word += "a"
      case "é", "è", "ê", "ë": word += "e"
      case "î", "ï", "í": word += "i"
      case "ô", "ö", "ó": word += "o"
      case "ù", "û", "ü", "ú": word += "u"
      case "ç": word += "c"
      case "œ": word += "oe"
      case "\u{300}"..."\u{36F}": continue  // an accent typed apart
      default:
        if !word.isEmpty { words.append(word) }
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words.filter { !["a", "de", "d", "du", "la", "le", "l", "of", "the"].contains($0) }
  }
}
