import Impact
import Publication

/// The method sheet of an indicator (*fiche de méthode*): what a statistician signs and a director reads.
struct MethodSheet {
  /// One heading with its paragraphs.
  struct Section: Encodable {
    var heading: String
    var lines: [String]
  }

  private let indicator: Indicator
  private let catalogue: Catalogue
  private let language: Language
  private let day: Day
  private let definition: Definition

  /// The sheet of a definition, its parameters as of a day.
  init(_ indicator: Indicator, catalogue: Catalogue, language: Language, day: Day) {
    self.indicator = indicator
    self.catalogue = catalogue
    self.language = language
    self.day = day
    definition = Definition(indicator, in: catalogue, language)
  }

  private func say(_ french: String, _ english: String) -> String {
    language == .french ? french : english
  }

  /// The sheet for a reader at a terminal.
  var text: String {
    var lines = [indicator.label[language], identity]
    for section in sections {
      lines += ["", section.heading.uppercased()]
      for line in section.lines { lines += MethodSheet.wrapped(line) }
    }
    return lines.joined(separator: "\n")
  }

  private var identity: String {
    let dimension = catalogue.dimension(indicator.dimension)?.label[language] ?? indicator.dimension
    let direction =
      switch indicator.direction {
      case .higher: say("plus est mieux", "more is better")
      case .lower: say("moins est mieux", "less is better")
      case .neutral: say("ni plus ni moins n’est mieux", "neither more nor less is better")
      }
    return "\(indicator.id), version \(indicator.version) · \(dimension) · \(unit) · \(direction)"
  }

  private var unit: String {
    switch indicator.unit {
    case .percent: "%"
    case .people: say("personnes", "people")
    case .count: say("nombre", "number")
    case .hours: say("heures", "hours")
    case .etp: say("équivalents temps plein", "full-time equivalents")
    case .euro: "€"
    case .days: say("jours", "days")
    case .tonnes: say("tonnes", "tonnes")
    }
  }

  private var sections: [Section] {
    let all = [
      Section(heading: say("Question", "Question"), lines: [indicator.question[language]]),
      Section(heading: say("Formule", "Formula"), lines: definition.formula),
      Section(heading: say("Inclusions et exclusions", "Inclusions and exclusions"), lines: inclusions),
      Section(heading: say("Définitions", "Definitions"), lines: meanings),
      Section(heading: say("Fenêtre et cohorte", "Window and cohort"), lines: [definition.window] + cohort),
      Section(heading: say("Détails", "Breakdowns"), lines: breakdowns),
      Section(heading: say("Incertitude", "Uncertainty"), lines: [interval]),
      Section(heading: say("Ensemble du portefeuille", "Portfolio"), lines: [portfolio]),
      Section(heading: say("Données manquantes", "Missing data"), lines: missing),
      Section(heading: say("Champ d’application", "Applicability"), lines: applicability),
      Section(heading: say("Paramètres", "Parameters"), lines: parameters + references),
      Section(heading: say("Versions", "Versions"), lines: definition.versions),
      Section(heading: say("Source", "Source"), lines: [indicator.source[language]]),
      Section(heading: say("Limites", "Limits"), lines: [indicator.limits[language]]),
      Section(heading: say("Correspondances", "Mappings"), lines: mappings),
      Section(heading: say("Exemple", "Worked example"), lines: example),
    ]
    return all.filter { !$0.lines.isEmpty }
  }

  // MARK: What counts

  private var inclusions: [String] {
    if let expression = indicator.measure.expression {
      let named = expression.indicators.map { id in
        "\(catalogue.indicator(id)?.label[language] ?? id) (\(id))"
      }
      return [
        say(
          "Indicateurs employés, chacun avec sa propre fiche : ", "Indicators used, each with its own sheet: "
        )
          + named.joined(separator: say(" ; ", "; ")) + "."
      ]
    }
    let terms = indicator.measure.terms
    // The formula already says the first two, and all of an incidence; a followed cohort has three more.
    var lines = zip(roles, indicator.measure.incidence == nil ? terms : []).dropFirst(2).map {
      "\($0)\(colon)\(definition.words($1))."
    }
    lines += dates(of: terms)
    if terms.contains(where: { !$0.conditions.isEmpty }) {
      lines.append(
        say(
          "Toutes les conditions doivent tenir ; une ligne dont une condition n’est pas remplie, ou n’est pas connue, est laissée de côté (jvs explain les compte par condition).",
          "Every condition must hold; a row of which one does not hold, or is not known, is left out (jvs explain counts them by condition)."
        ))
    }
    return lines
  }

  /// The date each row counts at, a line an entity: of what is counted while it runs, its two ends.
  private func dates(of terms: [Term]) -> [String] {
    Set(terms.map(\.entity)).sorted().compactMap(catalogue.vocabulary.entity).map { entity in
      func named(_ field: String) -> String {
        let label = entity.field(field)?.label[language] ?? field
        return say("« \(label) »", "“\(label)”")
      }
      let rows = say("« \(entity.label.french) »", "“\(entity.label.english)”")
      guard terms.contains(where: { $0.entity == entity.name && $0.function == .stock }),
        let until = entity.until
      else {
        return say(
          "Date à laquelle compte chaque ligne \(rows) : \(named(entity.date)).",
          "Date at which each row of \(rows) counts: \(named(entity.date)).")
      }
      return say(
        "Chaque ligne \(rows) court de \(named(entity.date)) à \(named(until)) ; sans celle-ci, elle court encore.",
        "Each row of \(rows) runs from \(named(entity.date)) to \(named(until)); without the latter it still runs."
      )
    }
  }

  /// What the words above mean, and the files rows are made from.
  private var meanings: [String] {
    let files = catalogue.entities(of: indicator).filter { !$0.files.isEmpty }.map { entity in
      let isOne = entity.files.count == 1
      return say(
        "Lignes « \(entity.label.french) » : faites \(isOne ? "du fichier" : "des fichiers") ",
        "Rows of “\(entity.label.english)”: made from the \(isOne ? "file" : "files") ")
        + entity.files.joined(separator: ", ") + "."
    }
    return definition.meanings + files
  }

  /// The rows of reference tables in force on the day of the sheet, with how sure each is and its source.
  private var references: [String] {
    catalogue.tables(of: indicator).flatMap { table, only in
      ReferenceText(table, in: catalogue.vocabulary, language: language).lines(
        of: table.inForce(from: day, to: day, only: only), only: only)
    }
  }

  private var colon: String { say(" : ", ": ") }

  private var roles: [String] {
    [say("Numérateur", "Numerator"), say("Dénominateur", "Denominator")]
      + (indicator.measure.asked == nil
        ? [say("Suivis", "Followed"), say("Échus", "Due"), say("Observés", "Observed")]
        : [say("Question posée à", "Asked of")])
  }

  private var cohort: [String] {
    switch indicator.measure {
    case .ratio(_, _, _?), .incidence: break
    case .ratio where indicator.measure.asked != nil:
      return [
        say(
          "Réponses connues : le chiffre porte le nombre de ceux dont la réponse est inconnue, sur tous ceux à qui la question est posée.",
          "Known answers: the figure carries how many have no known answer, of all those the question is asked of."
        )
      ]
    default: return []
    }
    return [
      say(
        "Suivi : le chiffre porte les nombres de personnes suivies, échues (date d’observation passée à l’arrêté), observées, et perdues de vue (échues, non observées). Tant que personne n’est échu, il est « pas encore échu ».",
        "Follow-up: the figure carries how many are followed, due (observation date passed at the cut), observed, and lost (due, not observed). As long as nobody is due it is “not yet due”."
      )
    ]
  }

  private var breakdowns: [String] {
    guard !indicator.breakdowns.isEmpty else { return [] }
    let labels = indicator.breakdowns.map { field in
      indicator.measure.terms.lazy.compactMap {
        catalogue.vocabulary.entity($0.entity)?.field(field)?.label[language]
      }.first ?? field
    }
    return [say("Aussi montré par : ", "Also shown by: ") + labels.joined(separator: ", ") + "."]
  }

  // MARK: How far to trust it

  private var interval: String {
    switch indicator.intervalMethod {
    case .wilson:
      return say(
        "Intervalle à 95 % de Wilson sur le rapport. La cohorte est comptée en entier : l’intervalle ne dit pas une erreur de sondage, mais ce que le hasard aurait pu donner au même dispositif ; il s’élargit quand les effectifs sont petits.",
        "95% Wilson interval on the ratio. The cohort is a full count: the interval tells no sampling error, but what chance might have given the same process; it widens when numbers are small."
      )
        + say(
          " L’écart entre deux périodes sans jour commun a celui de Newcombe, fait des deux.",
          " The change between two periods that share no day has Newcombe’s, made of the two.")
    case .byar:
      return say(
        "Intervalle à 95 % de Byar pour un nombre d’événements, compté comme s’ils survenaient un par un (Poisson) : zéro constaté n’exclut pas trois ou quatre. L’écart entre deux périodes sans jour commun est fait des deux intervalles (Zou et Donner).",
        "Byar’s 95% interval for a number of events, as if they happened one by one (Poisson): none seen does not rule out three or four. The change between two periods that share no day is made of the two intervals (Zou and Donner)."
      )
    case .garwoodInverse:
      return say(
        "Intervalle à 95 % : le montant divisé par les bornes exactes de Garwood du nombre d’événements (Poisson). Le montant est connu, le nombre aurait pu être un peu autre ; s’il est petit, l’intervalle est très large et dissymétrique.",
        "95% interval: the amount over the ends of Garwood’s exact interval of the number of events (Poisson). The amount is known, the number might have been a little different; where it is small the interval is very wide and lopsided."
      )
    case .garwoodRate:
      return say(
        "Intervalle à 95 % : les bornes exactes de Garwood du nombre d’événements (Poisson), divisées par le montant, qui est connu.",
        "95% interval: the ends of Garwood’s exact interval of the number of events (Poisson), over the amount, which is known."
      )
    case .carried:
      return say(
        "Intervalle à 95 % : le même calcul aux deux bornes du seul chiffre employé qui doive au hasard (celles de Garwood pour un nombre d’événements) ; les autres sont des montants connus.",
        "95% interval: the same arithmetic at the two ends of the one figure used that owes to chance (Garwood’s for a number of events); the others are known amounts."
      )
    case .wilsonProduct:
      return say(
        "Intervalle à 95 % : l’écart est le produit de deux parts, le premier taux et la part des lignes que le second taux compte en plus ; il est fait de leurs intervalles de Wilson (variance d’un produit, Goodman 1960).",
        "95% interval: the gap is the product of two shares, the first rate and the share of rows that only the second one counts; it is made of their Wilson intervals (variance of a product, Goodman 1960)."
      )
    case .student:
      return say(
        "Intervalle à 95 % de Student sur la moyenne, à partir de deux personnes ; une moyenne de quelques durées inégales le fait très large. L’écart entre deux périodes sans jour commun a celui de Welch.",
        "Student’s 95% interval on the mean, from two people on; a mean of a few unequal durations makes it very wide. The change between two periods that share no day has Welch’s."
      )
    case .logLog:
      return say(
        "Intervalle à 95 % log-log, variance de la méthode delta : celui de R et de lifelines. Pas d’intervalle avant le premier événement, ni quand tous l’ont connu.",
        "95% log-log interval, delta-method variance: that of R and lifelines. No interval before the first event, nor when it has happened to all."
      )
    case .bootstrap:
      return say(
        "Intervalle à 95 % par rééchantillonnage (bootstrap, 2 000 tirages, percentiles), la graine tirée du nom du chiffre : les mêmes données donnent les mêmes bornes. Pas d’intervalle en dessous de six valeurs, dont l’étendue entière ne couvre pas la médiane 95 fois sur 100.",
        "95% bootstrap interval (2,000 draws, percentiles), seeded by the figure’s name: the same data give the same bounds. No interval below six values, whose whole range does not cover the median 95 times in 100."
      )
    case .newcombe, .mover, .welch, nil:
      return (indicator.intervalAbsence ?? .fullCount).sentence(in: language)
    }
  }

  /// How the figure of several cooperations is made, and which of them are in it.
  private var portfolio: String {
    definition.portfolio
      + say(
        " N’y sont que les coopérations qui ont un chiffre montré.",
        " Only cooperations with a figure that is shown are in it.")
      + (indicator.portfolioMethod.isOfRows
        ? say(
          " Une édition qui masque les petits nombres ne le dit que de trois coopérations ou plus.",
          " An edition that masks small numbers tells it only of three cooperations or more.") : "")
  }

  private var missing: [String] {
    if indicator.measure.expression != nil { return [definition.fill] }
    // Of an incidence the cohort alone can be missing: the others are some of it.
    let terms = indicator.measure.incidence.map { [$0.cohort] } ?? indicator.measure.terms
    let named = zip(terms.count == 1 ? [say("Total", "Total")] : roles, terms)
    // Said once for all the terms it holds for.
    var said: [(roles: [String], sentence: String)] = []
    for (role, term) in named {
      let sentence = withoutRows(term)
      if let index = said.firstIndex(where: { $0.sentence == sentence }) {
        said[index].roles.append(role.lowercased())
      } else {
        said.append(([role], sentence))
      }
    }
    return said.map { roles, sentence in
      let last = roles.count > 1 ? say(" et ", " and ") + (roles.last ?? "") : ""
      return roles.prefix(max(1, roles.count - 1)).joined(separator: ", ") + last + colon + sentence
    }
  }

  /// What a term is when no row is there.
  private func withoutRows(_ term: Term) -> String {
    switch (term.absent, term.function.isAverage) {
    case (.zero, false):
      say(
        "s’il n’y a aucune ligne, zéro quand le trimestre et ce fichier, même vide, ont été transmis, « non collecté » sinon.",
        "without any row, zero when the quarter and this file, be it empty, were delivered, “not collected” otherwise."
      )
    case (.zero, true), (.unknown, true):
      say("s’il n’y a aucune ligne, pas de chiffre, jamais zéro.", "without any row, no figure, never zero.")
    case (.unknown, false):
      say(
        "s’il n’y a aucune ligne, « non collecté », jamais zéro.",
        "without any row, “not collected”, never zero.")
    }
  }

  private var applicability: [String] {
    let lines = definition.applicability
    return lines.isEmpty
      ? [say("Toute structure, toute forme de coopération.", "Any structure, any form of cooperation.")]
      : lines
  }

  // MARK: What it rests on

  private var parameters: [String] {
    (indicator.measure.expression?.parameters ?? []).compactMap { name in
      guard let parameter = catalogue.parameter(name) else { return nil }
      let heading = "\(parameter.label[language]) (\(name))\(colon)"
      guard let value = parameter.value(on: day) else {
        return heading
          + say(
            "aucune valeur en vigueur le \(ReferenceText.date(day, in: language)).",
            "no value in force on \(day).")
      }
      let details = [
        say("depuis le ", "since ") + ReferenceText.date(value.validFrom, in: language),
        value.sureness.words(in: language), value.source,
      ]
      return heading + ReferenceText.number(value.text, in: language) + " \(parameter.unit), "
        + details.joined(separator: say(" ; ", "; ")) + "."
    }
  }

  private var mappings: [String] {
    if let reason = indicator.unmapped { return [say("Aucune. ", "None. ") + reason[language]] }
    return indicator.mappings.sorted { $0.key < $1.key }.map { frame, code in
      let label = catalogue.frames.first { $0.name == frame }?.label(of: code)
      let named = label.map { "\(code) (\($0[language]))" } ?? code
      return switch frame {
      case "iris": "IRIS+ 5.3\(colon)\(named)"
      case "sdg": say("contribue à la cible ODD \(named)", "contributes to SDG target \(named)")
      case "fse": say("FSE+ : \(named)", "ESF+: \(named)")
      default: "\(frame.uppercased())\(colon)\(named)"
      }
    }
  }

  private var example: [String] {
    guard let example = indicator.example else { return [] }
    return [example.text[language]]
  }

  // MARK: Form

  /// A paragraph on lines of at most 96 characters, indented.
  private static func wrapped(_ paragraph: String) -> [String] {
    var lines: [String] = []
    var line = " "
    // A French mark never stands alone at the end of a line.
    var glued = paragraph.replacing("« ", with: "«\u{A0}")
    for mark in ["»", ":", ";", "?", "!", "%", "€"] {
      glued = glued.replacing(" " + mark, with: "\u{A0}" + mark)
    }
    glued = glued.replacing(/([0-9]) ([0-9]{3})/) { "\($0.1)\u{A0}\($0.2)" }
    for word in glued.split(separator: " ") {
      if line.count + 1 + word.count > 96, line != " " {
        lines.append(line)
        line = "   "
      }
      line += " " + word
    }
    return lines + [line]
  }

  /// The sheet for a machine.
  var answer: Answer {
    Answer(
      id: indicator.id, version: indicator.version, dimension: indicator.dimension,
      kind: indicator.measure.kind, unit: indicator.unit.rawValue, direction: indicator.direction.rawValue,
      language: language.rawValue, label: indicator.label[language], sections: sections)
  }

  /// The sheet for a machine.
  struct Answer: Encodable {
    var id: String
    var version: Int
    var dimension: String
    var kind: String
    var unit: String
    var direction: String
    var language: String
    var label: String
    var sections: [Section]
  }
}
