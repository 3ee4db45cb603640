import Impact

/// A small edition made by hand: two cooperations, fifteen quarters, every reason for an absence.
enum EditionFixture {
  static let running = "ressourcerie-du-port"
  static let finished = "chantier-clos"
  /// A name that needs quotes, is a formula and would be markup.
  static let finishedName = "=1+1; Chantier \"clos\" <fini>"
  static let last = Quarter(index: 2026 * 4 + 2)
  static let quarters = (0..<15).map { last.advanced(by: $0 - 14) }

  static func edition(isSample: Bool = true, finishedIsSample: Bool = false) -> Edition {
    Edition(
      release: release,
      audience: Edition.Audience(
        id: "funder", label: Localized(fr: "Financeur « public »", en: "\"Public\" funder"), threshold: 5),
      catalogue: catalogue,
      cooperations: [
        profile(finished, finishedName, end: day(2025, 2, 28), isSample: finishedIsSample),
        profile(running, "Ressourcerie d’été, Sète & Cie", end: nil, isSample: isSample),
      ],
      figures: FigureTable(figures), scores: scores, earlierScores: earlierScores, targets: targets,
      restatements: restatements,
      commentaries: [
        Commentary(
          id: "C", cooperation: running, quarter: last, text: "=1+1; <dit>", author: "Direction",
          writtenOn: last.end)
      ],
      decisions: [
        Decision(
          id: "D", cooperation: running, quarter: last, text: "@relancer", owner: "Direction",
          dueOn: last.start,
          isClosed: false, signedBy: "Comité")
      ],
      pledges: [
        Pledge(
          cooperation: running, organisation: "org-b", kind: "grant", unit: "eur", quarter: last,
          promised: Pledge.Side(quantity: 1234.5, valueInEuros: 1234.5, methods: ["face_value"]),
          delivered: nil, deliveries: 0)
      ],
      returns: [
        YearReturn(
          cooperation: finished, year: 2025,
          inputs: [YearReturn.Input(name: "result", organisation: nil, value: 12)], outcomes: [],
          absence: .ended),
        YearReturn(
          cooperation: running, year: 2025,
          inputs: [YearReturn.Input(name: "grant", organisation: "org-b", value: 1234.5)], outcomes: [],
          absence: .noOutcome),
      ],
      agreements: [
        SharingAgreement(
          cooperation: running, rule: .valuedContribution, startedOn: day(2026, 1, 1),
          decidedOn: day(2026, 1, 1), document: nil)
      ])
  }

  static let release = Release(
    id: "2026T3-r2", quarter: last, cut: day(2026, 10, 15), batch: 42, catalogueVersion: "2026.1",
    catalogueDigest: "0123456789abcdef", softwareVersion: "1.0.0", previous: "2026T3-r1",
    nextDue: day(2027, 1, 16))

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let day = Day(year, month, day) else { preconditionFailure("no such day") }
    return day
  }

  // MARK: Definitions

  private static let catalogue = Catalogue(
    version: "2026.1",
    dimensions: [
      dimension("exits", "Parcours et sorties", "Pathways and exits"),
      dimension("economy", "Économie", "Economy"),
    ],
    indicators: [
      indicator(
        "dynamic-exit-rate", dimension: "exits",
        label: Localized(fr: "Taux de sorties dynamiques", en: "Rate of dynamic exits"), unit: .percent,
        measure: .ratio(
          numerator: term, denominator: term,
          cohort: Measure.Cohort(followed: term, due: term, observed: term)),
        window: .rollingYear, breakdowns: ["class"], mappings: ["sdg": "8.5", "iris": "PI3527"]),
      indicator(
        "result", dimension: "economy",
        label: Localized(fr: "Résultat ; dit \"net\", <brut> & l’été", en: "@SUM(A1), \"net\""), unit: .euro,
        measure: .sum(term), window: .quarter),
    ],
    vocabulary: Vocabulary(entities: []),
    scorecard: Scorecard(version: 1, minimumData: 0.5, minimumCount: 5, parts: []),
    digest: "0123456789abcdef")

  private static let term = Term(.count, of: "exits", absent: .zero)

  private static func dimension(_ id: String, _ french: String, _ english: String) -> Catalogue.Dimension {
    let label = Localized(fr: french, en: english)
    return Catalogue.Dimension(id: id, label: label, description: label)
  }

  private static func indicator(
    _ id: String, dimension: String, label: Localized, unit: Unit, measure: Measure, window: Window,
    breakdowns: [String] = [], mappings: [String: String] = [:]
  ) -> Indicator {
    Indicator(
      id: id, version: 2, dimension: dimension, label: label,
      question: Localized(fr: "Combien ?\nEt \"pourquoi\" ?", en: "How many?\tAnd why \\ \u{1}?"), unit: unit,
      direction: .higher, measure: measure, window: window, breakdowns: breakdowns, appliesTo: ["EI", "ACI"],
      source: Localized(fr: "Instruction DGEFP", en: "DGEFP instruction"),
      limits: Localized(fr: "Aucune", en: "None"), mappings: mappings, isHeadline: true)
  }

  private static func profile(_ id: String, _ name: String, end: Day?, isSample: Bool) -> CooperationProfile {
    CooperationProfile(
      id: id, name: name, form: .jvs, kind: "EI", activity: Localized(fr: "Réemploi", en: "Reuse"),
      mission: Localized(fr: "Emploi", en: "Jobs"), startedOn: day(2023, 1, 2), endedOn: end,
      isSample: isSample,
      partners: [
        CooperationProfile.Partner(
          organisation: "org-a", name: "<b>Atelier</b> & \"fils\"", kind: "EI", role: "founder",
          capitalShare: 0.51, votes: 3),
        CooperationProfile.Partner(
          organisation: "org-b", name: "Société Ñ", kind: "company", role: "member", capitalShare: nil,
          votes: nil),
      ],
      health: CooperationProfile.Health(
        files: 3, read: 100, recorded: 90, unchanged: 8, rejected: 2, late: 1),
      quarters: quarters[0]...(end == nil ? last : quarters[8]))
  }

  // MARK: Figures

  /// The masked figure.
  static let masked = withoutValue(.tooFew, at: 5)

  private static func withoutValue(_ absence: Figure.Absence, at quartersBefore: Int) -> Figure {
    Figure(
      key: Figure.Key(
        indicator: "dynamic-exit-rate", cooperation: running, quarter: last.advanced(by: -quartersBefore)),
      content: .absent(absence), status: .final,
      // Held by the masked one too, to see that it is not told.
      maturity: Figure.Maturity(followed: 4, due: absence == .notYetDue ? 0 : 3, observed: 0),
      indicatorVersion: 1)
  }

  private static let figures: [Figure] = {
    var absences = Figure.Absence.allCases.filter { $0 != .tooFew }.enumerated().map {
      withoutValue($1, at: $0 + 1)
    }
    absences.append(masked)
    let taken = Set(absences.map(\.key))
    var all = absences
    for (index, quarter) in quarters.enumerated() {
      for cooperation in [running, finished] where cooperation == running || index <= 8 {
        let denominator = Double(7 + index)
        let numerator = Double(3 + index / 2)
        let rate = figure(
          "dynamic-exit-rate", cooperation, quarter,
          Figure.Value(
            number: numerator / denominator, numerator: numerator, denominator: denominator,
            count: Int(denominator), interval: Interval(low: 0.1 / denominator, high: 1 - 0.1 / denominator)),
          status: quarter == last ? .provisional : .final,
          maturity: Figure.Maturity(followed: 40, due: 10 + index, observed: 8 + index))
        if !taken.contains(rate.key) { all.append(rate) }
        let amount = [-5.2, 1e-5, 1234.5, -1e-7, 3e21][index % 5] * Double(index + 1)
        all.append(figure("result", cooperation, quarter, Figure.Value(number: amount, count: 3)))
      }
    }
    for (value, count) in [("durable", 6.0), ("transition", 7), ("unknown", 8)] {
      all.append(
        figure(
          "dynamic-exit-rate", running, last,
          Figure.Value(number: count / 21, numerator: count, denominator: 21, count: 21),
          part: Figure.Part(field: "class", value: value), status: .revised))
    }
    return all
  }()

  private static func figure(
    _ indicator: String, _ cooperation: String, _ quarter: Quarter, _ value: Figure.Value,
    part: Figure.Part? = nil, status: Figure.Status = .final, maturity: Figure.Maturity? = nil
  ) -> Figure {
    Figure(
      key: Figure.Key(indicator: indicator, cooperation: cooperation, quarter: quarter, part: part),
      content: .value(value), status: status, maturity: maturity, indicatorVersion: 2)
  }

  // MARK: What is said of figures

  private static let targets: [Target] = quarters.map { quarter in
    let first = Target.Revision(
      value: 0.6, decidedOn: day(2023, 1, 2), reason: "convention", decision: "Comité du 2 janvier")
    let second = Target.Revision(
      value: 0.55, decidedOn: day(2026, 1, 20), reason: "context", decision: "Comité du 20 janvier")
    return Target(
      indicator: "dynamic-exit-rate", cooperation: running, quarter: quarter,
      revisions: quarter.year < 2026 ? [first] : [first, second])
  }

  private static let scores: [Score] = [
    Score(
      cooperation: running, quarter: last, dimension: "exits", value: 61.728395061728396, absence: nil,
      coverage: 0.75,
      contributions: [
        Score.Contribution(indicator: "dynamic-exit-rate", value: 10.0 / 21, normalised: 61.7, weight: 1),
        Score.Contribution(indicator: "result", value: nil, normalised: nil, weight: 0),
      ]),
    Score(
      cooperation: running, quarter: last, dimension: "economy", value: nil, absence: .notEnoughData,
      coverage: 0.2, contributions: []),
    Score(
      cooperation: running, quarter: last, dimension: nil, value: 61.7, absence: nil, coverage: 0.5,
      contributions: [], methodology: 2,
      certainty: Score.Certainty(
        methods: Interval(low: 55.5, high: 66.25), runs: 702, sampling: Interval(low: 40, high: 80),
        possible: Interval(low: 20, high: 90),
        shares: [0.1, 0.2, 0.3, 0.4].map { Solidity.Share(first: $0, total: $0 + 0.05) }),
      changes: [
        .quarter: ScoreChange(
          before: 60, after: 61.7,
          parts: [
            ScoreChange.Part(.moved, "dynamic-exit-rate", 2.2),
            ScoreChange.Part(.disappeared, "economy", -0.5),
          ])
      ]),
    Score(
      cooperation: running, quarter: masked.key.quarter, dimension: "exits", value: 50, absence: nil,
      coverage: 1,
      contributions: [
        Score.Contribution(indicator: "dynamic-exit-rate", value: 0.5, normalised: 50, weight: 1)
      ]),
  ]

  private static let earlierScores: [Score] = [
    Score(
      cooperation: running, quarter: last, dimension: nil, value: 48.25, absence: nil, coverage: 0.5,
      contributions: [], methodology: 1)
  ]

  private static let restatements: [Restatement] = [
    Restatement(
      key: Figure.Key(
        indicator: "dynamic-exit-rate", cooperation: running, quarter: last,
        part: Figure.Part(field: "class", value: "durable")),
      before: .value(Figure.Value(number: 5.0 / 21)), after: .value(Figure.Value(number: 6.0 / 21)),
      release: "2026T3-r1"),
    Restatement(
      key: Figure.Key(indicator: "result", cooperation: finished, quarter: quarters[8]),
      before: .absent(.notCollected), after: .value(Figure.Value(number: -1e-7 * 9)), release: "2026T3-r1"),
    Restatement(
      key: masked.key, before: .value(Figure.Value(number: 0.75)), after: .absent(.tooFew),
      release: "2026T3-r1"),
  ]
}
