import Impact

/// A small catalogue with every kind of measure, in the names the pages look for.
enum SampleCatalogue {
  static let catalogue = Catalogue(
    version: "2026.1",
    dimensions: [
      dimension("exits", "Parcours et sorties", "Pathways and exits"),
      dimension("activity", "Activité d’insertion", "Integration activity"),
      dimension("people", "Personnes et formation", "People and training"),
      dimension("partners", "Partenaires et apports", "Partners and contributions"),
      dimension("economy", "Économie et environnement", "Economy and environment"),
    ],
    indicators: exits + activity + people + partners + economy, vocabulary: vocabulary, scorecard: scorecard,
    digest: "5d41402abc4b2a76b9719d911017c592ae3f1e8b0c7d6a5f4e3d2c1b0a998877",
    socialReturn: SampleReturns.model)

  static let exits = [
    ratio(
      "dynamic-exit-rate-rolling-year", "Taux de sorties dynamiques, 12 mois",
      "Dynamic exit rate, 12 months", of: examined(["durable", "transition", "positive"]),
      in: examined(nil), window: .rollingYear, isHeadline: true),
    ratio(
      "dynamic-exit-rate", "Taux de sorties dynamiques", "Dynamic exit rate",
      of: examined(["durable", "transition", "positive"]), in: examined(nil),
      example: WorkedExample(
        text: Localized(
          fr: "Quatre sorties examinées, dont un CDI et deux formations : 3 sur 4, soit 75 %.",
          en: "Four examined exits, among them a permanent contract and two trainings: 3 out of 4, 75%."),
        rows: [:], value: 0.75, numerator: 3, denominator: 4),
      mappings: ["iris": "PI3527", "sdg": "8.5"], isHeadline: true),
    ratio(
      "durable-exit-rate", "Taux de sorties durables", "Durable exit rate", of: examined(["durable"]),
      in: examined(nil)),
    ratio(
      "in-job-at-6-months", "En emploi à 6 mois", "In a job at 6 months",
      of: Term(.count, of: "follow_ups", where: [Condition("situation", .oneOf(["in_job"]))], absent: .zero),
      in: Term(.count, of: "follow_ups", where: [Condition("known", .isTrue(true))], absent: .zero),
      cohort: Measure.Cohort(
        followed: Term(.count, of: "follow_ups", absent: .zero),
        due: Term(.count, of: "follow_ups", where: [Condition("due", .isTrue(true))], absent: .zero),
        observed: Term(.count, of: "follow_ups", where: [Condition("known", .isTrue(true))], absent: .zero)),
      isHeadline: true),
    total(
      "entries", "Entrées en parcours", "Entries into pathways", .people,
      .count(Term(.count, of: "pathways", absent: .zero)), isHeadline: true),
    total(
      "participants-present", "Personnes présentes en fin de trimestre", "People present at quarter end",
      .people, .stock(Term(.stock, of: "pathways", absent: .zero))),
    total(
      "participants-served", "Personnes accompagnées", "People served", .people,
      .distinct(Term(.distinct, of: "activity", field: "participant", absent: .unknown)),
      window: .rollingYear),
    total(
      "exits", "Sorties", "Exits", .count, .count(Term(.count, of: "exits", absent: .zero)),
      window: .rollingYear, breakdowns: ["class"]),
    total(
      "exits-examined", "Sorties examinées", "Exits examined", .count, .count(examined(nil))),
    ratio(
      "exit-documentation-rate", "Sorties documentées", "Documented exits",
      of: Term(.count, of: "exits", where: [Condition("documented", .isTrue(true))], absent: .zero),
      in: Term(.count, of: "exits", absent: .zero)),
    total(
      "follow-ups-at-6-months", "Suivis à 6 mois", "Follow-ups at 6 months", .count,
      .count(Term(.count, of: "follow_ups", absent: .zero)), window: .rollingYear, breakdowns: ["situation"]),
    total(
      "exits-to-a-partner", "Sorties vers un partenaire", "Exits to a partner", .people,
      .count(
        Term(.count, of: "exits", where: [Condition("documented", .isTrue(true))], absent: .zero)),
      direction: .higher),
  ]

  static let activity = [
    total(
      "hours-worked", "Heures travaillées", "Hours worked", .hours,
      .sum(Term(.sum, of: "activity", field: "hours_worked", absent: .unknown)), direction: .higher),
    ratio(
      "etp-realisation-rate", "Réalisation des ETP d’insertion", "Delivery of integration posts",
      of: Term(.sum, of: "activity", field: "etp", absent: .unknown),
      in: Term(.sum, of: "activity", field: "etp", absent: .unknown), appliesTo: ["EI", "ACI"],
      isHeadline: true),
    ratio(
      "absenteeism-rate", "Absentéisme", "Absenteeism",
      of: Term(.sum, of: "activity", field: "hours_absent", absent: .unknown),
      in: Term(.sum, of: "activity", field: "hours_worked", absent: .unknown), direction: .lower,
      isHeadline: true),
  ]

  static let people = [
    ratio(
      "women-share", "Part de femmes", "Share of women",
      of: Term(.count, of: "pathways", where: [Condition("sex", .oneOf(["F"]))], absent: .zero),
      in: Term(.count, of: "pathways", where: [Condition("sex", .known(true))], absent: .zero),
      direction: .neutral, isHeadline: true),
    ratio(
      "rsa-share",
      "Bénéficiaires du RSA depuis plus d’un an à l’entrée, y compris en cours d’instruction",
      "People on minimum income for more than a year at entry, including pending claims",
      of: Term(.count, of: "pathways", where: [Condition("rsa", .isTrue(true))], absent: .zero),
      in: Term(.count, of: "pathways", where: [Condition("rsa", .known(true))], absent: .zero),
      direction: .neutral),
    ratio(
      "qpv-share", "Habitants des quartiers prioritaires", "Residents of priority districts",
      of: Term(.count, of: "pathways", where: [Condition("qpv", .isTrue(true))], absent: .zero),
      in: Term(.count, of: "pathways", where: [Condition("qpv", .known(true))], absent: .zero),
      direction: .neutral),
    Indicator(
      id: "training-hours-per-person", dimension: "people",
      label: Localized(fr: "Heures de formation par personne", en: "Training hours per person"),
      question: Localized(
        fr: "Combien d’heures de formation par personne accompagnée ?",
        en: "How many hours of training per person served?"), unit: .hours, direction: .higher,
      measure: .ratio(
        numerator: Term(.sum, of: "trainings", field: "hours", absent: .zero),
        denominator: Term(.distinct, of: "activity", field: "participant", absent: .unknown), cohort: nil),
      source: source, limits: limits, isHeadline: true),
  ]

  static let partners = [
    total(
      "contributions-promised", "Apports promis", "Contributions promised", .euro,
      .sum(Term(.sum, of: "commitments", field: "value_eur", absent: .zero)),
      breakdowns: ["kind", "organisation"]),
    total(
      "contributions-delivered", "Apports réalisés", "Contributions delivered", .euro,
      .sum(Term(.sum, of: "contributions", field: "value_eur", absent: .zero)), direction: .higher,
      breakdowns: ["kind", "organisation"]),
    ratio(
      "contributions-delivery-rate", "Réalisation des apports", "Delivery of contributions",
      of: Term(.sum, of: "contributions", field: "value_eur", absent: .zero),
      in: Term(.sum, of: "commitments", field: "value_eur", absent: .zero), isHeadline: true),
  ]

  static let economy = [
    total(
      "turnover", "Chiffre d’affaires", "Turnover", .euro,
      .sum(Term(.sum, of: "finance", field: "amount_eur", absent: .unknown)), direction: .higher,
      isHeadline: true),
    total(
      "operating-result", "Résultat d’exploitation", "Operating result", .euro,
      .sum(Term(.sum, of: "finance", field: "amount_eur", absent: .unknown)), direction: .higher),
    total(
      "tonnes-since-start", "Tonnes triées depuis le début", "Tonnes sorted since the start", .tonnes,
      .cumulative(Term(.sum, of: "materials", field: "tonnes", absent: .zero)), direction: .higher,
      window: .sinceStart),
    total(
      "steering-meetings", "Comités de pilotage tenus", "Steering committees held", .count,
      .observed(Term(.sum, of: "observations", field: "value", absent: .unknown))),
  ]

  static let scorecard = Scorecard(
    version: 2, minimumData: 0.6, minimumCount: 5,
    parts: [
      Scorecard.Part(
        dimension: "exits", weight: 0.5,
        components: [
          component("dynamic-exit-rate", 0.3, 0.8, 0.6), component("durable-exit-rate", 0.05, 0.45, 0.4),
        ]),
      Scorecard.Part(
        dimension: "activity", weight: 0.3,
        components: [
          component("etp-realisation-rate", 0.7, 1, 0.6), component("absenteeism-rate", 0.15, 0.03, 0.4),
        ]),
      Scorecard.Part(
        dimension: "people", weight: 0.2, components: [component("training-hours-per-person", 0, 50, 1)]),
    ])

  /// The version before: fewer indicators, other weights.
  static let earlierScorecard = Scorecard(
    version: 1, minimumData: 0.6, minimumCount: 5,
    parts: [
      Scorecard.Part(
        dimension: "exits", weight: 1, components: [component("dynamic-exit-rate", 0.2, 0.8, 1)]),
      Scorecard.Part(
        dimension: "activity", weight: 1, components: [component("etp-realisation-rate", 0.5, 1, 1)]),
    ], sensitivity: SensitivityChoices(draws: 0))

  private static let source = Localized(
    fr: "Fiches de sortie et bulletins de paie des employeurs.", en: "Employers’ exit forms and pay slips.")
  private static let limits = Localized(
    fr: "Sur vingt sorties, une seule pèse cinq points : lire l’intervalle & la fraction.",
    en: "Of twenty exits, a single one weighs five points: read the interval & the fraction.")

  private static func dimension(_ id: String, _ french: String, _ english: String) -> Catalogue.Dimension {
    Catalogue.Dimension(
      id: id, label: Localized(fr: french, en: english),
      description: Localized(fr: "\(french) : ce qui est suivi.", en: "\(english): what is followed."))
  }

  private static func component(_ id: String, _ low: Double, _ high: Double, _ weight: Double)
    -> Scorecard.Component
  {
    Scorecard.Component(indicator: id, goalposts: Scorecard.Goalposts(low: low, high: high), weight: weight)
  }

  private static func examined(_ classes: [String]?) -> Term {
    let base = [Condition("examined", .isTrue(true))]
    return Term(
      .count, of: "exits", where: base + (classes.map { [Condition("class", .oneOf($0))] } ?? []),
      absent: .zero)
  }

  private static func dimension(of id: String) -> String {
    switch id {
    case "hours-worked", "etp-realisation-rate", "absenteeism-rate": "activity"
    case "women-share", "rsa-share", "qpv-share": "people"
    case "turnover", "operating-result", "tonnes-since-start", "steering-meetings": "economy"
    default: id.hasPrefix("contributions") ? "partners" : "exits"
    }
  }

  private static func ratio(
    _ id: String, _ french: String, _ english: String, of numerator: Term, in denominator: Term,
    cohort: Measure.Cohort? = nil, direction: Direction = .higher, window: Window = .quarter,
    appliesTo: [String] = [], example: WorkedExample? = nil, mappings: [String: String] = [:],
    isHeadline: Bool = false
  ) -> Indicator {
    Indicator(
      id: id, version: id == "dynamic-exit-rate" ? 2 : 1, dimension: dimension(of: id),
      label: Localized(fr: french, en: english),
      question: Localized(fr: "\(french) : quelle part ?", en: "\(english): which share?"), unit: .percent,
      direction: direction,
      measure: .ratio(numerator: numerator, denominator: denominator, cohort: cohort), window: window,
      appliesTo: appliesTo, source: source, limits: limits, example: example, mappings: mappings,
      isHeadline: isHeadline,
      restated: id == "dynamic-exit-rate"
        ? Localized(
          fr: "La version 1 comptait les retraits : c’était une erreur.",
          en: "Version 1 counted withdrawals: that was a mistake.") : nil)
  }

  private static func total(
    _ id: String, _ french: String, _ english: String, _ unit: Unit, _ measure: Measure,
    direction: Direction = .neutral, window: Window = .quarter, breakdowns: [String] = [],
    isHeadline: Bool = false
  ) -> Indicator {
    Indicator(
      id: id, dimension: dimension(of: id), label: Localized(fr: french, en: english),
      question: Localized(fr: "\(french) : combien ?", en: "\(english): how many?"), unit: unit,
      direction: direction, measure: measure, window: window, breakdowns: breakdowns, source: source,
      limits: limits, isHeadline: isHeadline)
  }
}
