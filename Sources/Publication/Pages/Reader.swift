internal import Impact

/// A page's reader: the language, and how to write things and links from where the page stands.
struct Reader: Sendable {
  let album: Album
  let language: Language
  /// The page's path inside its language: `cooperations/lemon-aide.html`.
  let path: String

  var edition: Edition { album.edition }
  var numbers: Numbers { Numbers(language: language) }

  /// The text of the reader's language.
  func say(_ french: String, _ english: String) -> String {
    language == .french ? Numbers.typeset(french) : english
  }

  /// A relative link to a page of the same language.
  func page(_ target: String) -> String { up + target }

  /// A relative link to a data file.
  func data(_ target: String) -> String { up + "../data/" + target }

  /// A relative link to this page in the other language.
  var otherLanguage: String { up + "../" + (language == .french ? "en/" : "fr/") + path }

  private var up: String { String(repeating: "../", count: path.split(separator: "/").count - 1) }
}

extension Reader {
  /// A value in the indicator's unit.
  func value(_ number: Double, _ unit: Unit) -> String {
    switch unit {
    case .percent: numbers.percent(number)
    case .people, .count: numbers.short(number, decimals: 1)
    case .hours: numbers.short(number, decimals: number.magnitude < 100 ? 1 : 0) + Numbers.space + "h"
    case .etp: numbers.number(number, decimals: 1) + Numbers.space + say("ETP", "FTE")
    case .euro:
      language == .french ? numbers.number(number) + Numbers.space + "€" : "€" + numbers.number(number)
    case .days: numbers.number(number) + Numbers.space + say("j", "days")
    case .tonnes: numbers.short(number, decimals: 1) + Numbers.space + "t"
    }
  }

  /// The unit as the end of a chart's subtitle; counts of people or things name themselves.
  func inUnit(_ unit: Unit) -> String {
    switch unit {
    case .percent: say(", en %", ", in %")
    case .hours: say(", en heures", ", in hours")
    case .etp: say(", en ETP", ", in FTE")
    case .euro: say(", en euros", ", in euros")
    case .days: say(", en jours", ", in days")
    case .tonnes: say(", en tonnes", ", in tonnes")
    case .people, .count: ""
    }
  }

  /// A value of a figure with its fraction: `12,5 % (3/24)`.
  func full(_ value: Figure.Value, _ indicator: Indicator) -> String {
    self.value(value.number, indicator.unit) + (fraction(value, indicator).map { " " + $0 } ?? "")
  }

  /// The fraction of a ratio: `(3/24)`; of an incidence, which is none, the events seen and everyone followed.
  func fraction(_ value: Figure.Value, _ indicator: Indicator) -> String? {
    guard let numerator = value.numerator, let denominator = value.denominator else { return nil }
    let decimals = max(numerator, denominator) >= 1000 ? 0 : 1
    if indicator.measure.incidence != nil {
      let (seen, followed) = (numbers.short(numerator, decimals: 0), numbers.short(denominator, decimals: 0))
      return say("(\(seen) vus, \(followed) suivis)", "(\(seen) seen, \(followed) followed)")
    }
    return
      "(\(numbers.short(numerator, decimals: decimals))/\(numbers.short(denominator, decimals: decimals)))"
  }

  /// The interval of a value, or why it has none.
  func interval(_ value: Figure.Value, _ indicator: Indicator) -> String {
    if let reason = indicator.intervalAbsence(of: value) { return reason.words(in: language) }
    guard let interval = value.interval else { return "" }
    return say("IC 95\(Numbers.narrowSpace)% ", "95% CI ")
      + range(interval.low, interval.high, indicator.unit)
  }

  /// A range of values, the unit written once where it can be.
  func range(_ low: Double, _ high: Double, _ unit: Unit) -> String {
    guard unit == .percent else { return "\(value(low, unit)) – \(value(high, unit))" }
    return numbers.percentRange(low, high)
  }

  /// Why there is no value.
  func words(_ absence: Figure.Absence) -> String {
    switch absence {
    case .notCollected: say("non collecté", "not collected")
    case .notApplicable: say("sans objet", "not applicable")
    case .noDenominator: say("sans dénominateur", "no denominator")
    case .notYetDue: say("pas encore échu", "not yet due")
    case .tooFew: say("masqué", "masked")
    }
  }

  /// How settled a figure is.
  func words(_ status: Figure.Status) -> String {
    switch status {
    case .provisional: say("provisoire", "provisional")
    case .final: say("définitif", "final")
    case .revised: say("révisé", "revised")
    }
  }

  /// How settled all figures of a quarter are.
  func words(_ status: Figure.Status, many: Bool) -> String {
    let words = words(status)
    return many && language == .french ? words + "s" : words
  }

  /// How far the review of a quarter had come.
  func words(_ period: PeriodStatus) -> String {
    func signed(_ french: String, _ english: String, _ signature: PeriodStatus.Signature?) -> String {
      guard let signature else { return say(french, english) }
      let day = numbers.day(signature.day)
      return say(
        "\(french) le \(day) par \(signature.name)", "\(english) on \(day) by \(signature.name)")
    }
    return switch period.state {
    case .provisional: say("à soumettre", "to be submitted")
    case .submitted: signed("soumise", "submitted", period.submitted)
    case .validated: signed("validée", "validated", period.validated)
    case .closed: signed("close", "closed", period.closed)
    }
  }

  /// What made a published figure change.
  func words(_ cause: Restatement.Cause) -> String {
    switch cause {
    case .lateRows: say("lignes tardives d’un trimestre clos", "late rows of a closed quarter")
    case .rows: say("lignes nouvelles ou corrigées", "new or corrected rows")
    case .definition: say("nouvelle définition", "new definition")
    }
  }

  /// How much of a cohort was observed, or how many of the answers of a share are not known; `nil` where there is neither.
  func observed(_ figure: Figure, _ indicator: Indicator) -> String? {
    guard indicator.measure.asked != nil else { return figure.maturity.map { words($0) } }
    guard let maturity = figure.maturity else {
      // What would tell of few people is taken out of the figure, but not that it may be there.
      let isHidden = figure.value != nil && edition.audience.threshold > 1
      return isHidden ? say("inconnus : non dits", "unknown: not told") : nil
    }
    return say(
      "\(numbers.number(Double(maturity.lost))) \(maturity.lost > 1 ? "inconnus" : "inconnu") sur "
        + numbers.number(Double(maturity.followed)),
      "\(numbers.number(Double(maturity.lost))) unknown of \(numbers.number(Double(maturity.followed)))")
  }

  /// How much of a cohort was observed.
  func words(_ maturity: Figure.Maturity) -> String {
    guard maturity.due > 0 else {
      return say(
        "\(maturity.followed) suivis, aucun encore échu", "\(maturity.followed) followed, none due yet")
    }
    return say(
      "\(maturity.due) échus sur \(maturity.followed), \(maturity.observed) observés, \(maturity.lost) perdus de vue",
      "\(maturity.due) of \(maturity.followed) due, \(maturity.observed) observed, \(maturity.lost) lost")
  }

  /// The verdict on a series, in a word.
  func words(_ judgement: Judgement) -> String {
    switch judgement.signal.verdict {
    case .improvement: say("amélioration", "improvement")
    case .concern: say("préoccupation", "concern")
    case .change: say("changement", "change")
    case .usual: say("habituel", "usual")
    case .tooFew: say("trop peu", "too few")
    case .notJudged: say("non jugé", "not judged")
    }
  }

  /// The label of a part of a breakdown.
  func label(_ part: Figure.Part, of indicator: Indicator, _ cooperation: CooperationProfile) -> String {
    for term in indicator.measure.terms {
      let field = edition.catalogue.vocabulary.entity(term.entity)?.field(part.field)
      if let found = field?.values.first(where: { $0.code == part.value }) { return found.label[language] }
      if field?.kind == .boolean, let answer = Bool(part.value) {
        return answer ? say("oui", "yes") : say("non", "no")
      }
    }
    if part.value == "unknown" { return say("non renseigné", "unknown") }
    return cooperation.partners.first { $0.organisation == part.value }?.name ?? part.value
  }

  /// A number of things, in the singular or the plural of the language.
  func count(_ number: Int, _ french: (one: String, many: String), _ english: (one: String, many: String))
    -> String
  {
    let text = numbers.number(Double(number))
    // French says nought in the singular, English in the plural.
    return language == .french
      ? "\(text) \(number < 2 ? french.one : french.many)"
      : "\(text) \(number == 1 ? english.one : english.many)"
  }

  /// The legal form of a cooperation.
  func words(_ form: CooperationProfile.Form) -> String { form.words(in: language) }

  /// A partner's role.
  func role(_ role: String) -> String {
    switch role {
    case "founder": say("fondateur", "founder")
    case "mandataire": say("mandataire", "lead (mandataire)")
    case "member": say("membre", "member")
    case "funder": say("financeur", "funder")
    case "client": say("client", "client")
    case "subcontractor": say("sous-traitant", "subcontractor")
    default: role
    }
  }

  /// A kind of organisation.
  func kind(_ kind: String) -> String {
    switch kind {
    case "EI": say("entreprise d’insertion", "work-integration company (EI)")
    case "EA": say("entreprise adaptée", "adapted company (EA)")
    case "ESAT": say("ESAT", "sheltered workshop (ESAT)")
    case "ACI": say("atelier et chantier d’insertion", "work-integration workshop (ACI)")
    case "AI": say("association intermédiaire", "intermediary association (AI)")
    case "ETTI": say("entreprise de travail temporaire d’insertion", "work-integration agency (ETTI)")
    case "company": say("entreprise", "company")
    case "foundation": say("fondation", "foundation")
    case "association": say("association", "association")
    case "public": say("acteur public", "public body")
    default: kind
    }
  }

  /// Items as a sentence lists them.
  func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + say(" et ", " and ") + last
  }
}
