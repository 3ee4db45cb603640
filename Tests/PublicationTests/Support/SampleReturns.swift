import Impact

/// An invented model of social return, with everything a page must show, and years that have a result or a reason.
enum SampleReturns {
  private typealias Model = SocialReturnModel

  static let model = SocialReturnModel(
    version: 2,
    discountRate: sourced(Estimate(low: 0.025, central: 0.035, high: 0.045) ?? Estimate(0), "guide"),
    contributionKinds: ["skills_sponsorship", "grant"],
    inputs: [SocialReturnModel.Quantity(indicator: "turnover")],
    sources: [
      source("guide", .evaluation, .secondary, "2012", "Guide du SROI", "Guide to SROI"),
      source("decree", .law, .official, "2025-04-01", "Décret <2025> & suites", "Decree <2025> & after"),
      source("lobby", .advocacy, .secondary, "2017", "Une fédération", "A federation"),
      source("house", .assumption, .weak, "2026", "Hypothèse de la maison", "Assumption of the house"),
    ],
    proxies: [
      proxy("benefit", true, "Allocation d’un an", "Benefit of a year", "decree", [(2020, 6000, 7000, 7500)]),
      proxy("harm", true, "Trajet", "Travel", "decree", [(2020, -30, -20.5, 0)]),
      proxy(
        "job", false, "Un an sans emploi", "A year without a job", "lobby", [(2020, 15_000, 15_000, 15_000)],
        isRangeKnown: false),
    ],
    outcomes: [
      outcome(
        "jobs", "Allocation évitée", "Benefit avoided", "exits-examined", "benefit", firstYear: 2, duration: 3
      ),
      outcome("travel", "Trajets en plus", "More travel", "hours-worked", "harm"),
      outcome("deprivation", "Privation évitée", "Deprivation avoided", "exits-examined", "job"),
    ])

  /// The years of the sample cooperations.
  static let all: [YearReturn] =
    [
      made(SampleEdition.canal, 2024, gift: 9000, aid: 21_000, quantities: [9, 1200]),
      made(
        SampleEdition.canal, 2025, gift: 12_000, aid: 20_000, unvalued: 2, quantities: [11, 1400],
        isLast: true),
      YearReturn(
        cooperation: SampleEdition.canal, year: 2026, inputs: [], outcomes: [], absence: .notOver),
      absent(SampleEdition.nord, 2024, .unknownQuantity, .notCollected),
      YearReturn(cooperation: SampleEdition.nord, year: 2025, inputs: [], outcomes: [], absence: .ended),
      absent(SampleEdition.jardins, 2025, .tooFew, .tooFew),
      made(SampleEdition.recyclerie, 2025, gift: 0, aid: 0, quantities: [2, 10]),
    ]

  /// How they share: by valued contributions, by a table that lacks a group, by agreed shares nobody declared.
  static let agreements: [SharingAgreement] = [
    agreement(SampleEdition.canal, .valuedContribution),
    agreement(
      SampleEdition.nord, .shapley,
      SharingAgreement.SignedTable(
        signedOn: day, document: "T-1",
        values: [
          SharingAgreement.CoalitionValue(members: ["regie-nord"], value: 3),
          SharingAgreement.CoalitionValue(members: ["esat-nord"], value: 1),
          SharingAgreement.CoalitionValue(members: ["esat-nord", "regie-nord"], value: 8),
        ])),
    agreement(SampleEdition.recyclerie, .agreed),
  ]

  /// A year with what it comes to; nothing put in is a reason.
  static func made(
    _ cooperation: String, _ year: Int, gift: Double, aid: Double, unvalued: Int = 0, quantities: [Double],
    isLast: Bool = false
  ) -> YearReturn {
    var made = YearReturn(
      cooperation: cooperation, year: year,
      inputs: [
        YearReturn.Input(
          name: "skills_sponsorship", organisation: "grande-maison", value: gift, unvalued: unvalued),
        YearReturn.Input(name: "grant", organisation: "fondation", value: gift / 2),
        YearReturn.Input(name: "turnover", value: aid),
      ],
      outcomes: zip(["jobs", "travel"], quantities).map { YearReturn.Outcome(id: $0, quantity: $1) })
    guard let map = made.map(model) else { return made }
    for (index, row) in map.socialReturn.rows.enumerated() {
      made.outcomes[index].impact = row.impact
      made.outcomes[index].presentValue = row.presentValue
    }
    if let ratio = map.socialReturn.ratio, let corners = map.corners {
      made.result = YearReturn.Result(
        ratio: ratio, corners: corners, uncertainty: isLast ? map.uncertainty() : nil)
    } else {
      made.absence = .noInvestment
    }
    return made
  }

  private static func absent(
    _ cooperation: String, _ year: Int, _ reason: YearReturn.Absence, _ absence: Figure.Absence
  ) -> YearReturn {
    YearReturn(
      cooperation: cooperation, year: year,
      inputs: [YearReturn.Input(name: "turnover", value: nil, absence: .notCollected)],
      outcomes: ["jobs", "travel"].map { YearReturn.Outcome(id: $0, quantity: nil, absence: absence) },
      absence: reason)
  }

  private static let day = Day(2024, 2, 6) ?? Day(daysSinceEpoch: 0)

  private static func agreement(
    _ cooperation: String, _ rule: Sharing.Rule, _ table: SharingAgreement.SignedTable? = nil
  ) -> SharingAgreement {
    SharingAgreement(
      cooperation: cooperation, rule: rule, startedOn: day, decidedOn: day,
      document: rule == .agreed ? nil : "PV-2024-1", table: table)
  }

  private static func sourced(_ estimate: Estimate, _ source: String) -> SocialReturnModel.Sourced {
    SocialReturnModel.Sourced(estimate, source: source)
  }

  private static func source(
    _ id: String, _ kind: SocialReturnModel.SourceKind, _ sureness: Parameter.Sureness, _ date: String,
    _ french: String, _ english: String
  ) -> SocialReturnModel.Source {
    SocialReturnModel.Source(
      id: id, kind: kind, sureness: sureness, date: date, title: Localized(fr: french, en: english))
  }

  private static func proxy(
    _ id: String, _ isEnabled: Bool, _ french: String, _ english: String, _ source: String,
    _ values: [(year: Int, low: Double, central: Double, high: Double)], isRangeKnown: Bool = true
  ) -> SocialReturnModel.Proxy {
    SocialReturnModel.Proxy(
      id: id, isEnabled: isEnabled, label: Localized(fr: french, en: english),
      per: Localized(fr: "personne", en: "person"),
      values: values.compactMap { value in
        Estimate(low: value.low, central: value.central, high: value.high).map { estimate in
          SocialReturnModel.Proxy.Dated(
            from: Day(value.year, 1, 1) ?? Day(daysSinceEpoch: 0), estimate: estimate,
            isRangeKnown: isRangeKnown)
        }
      }, source: source)
  }

  private static func outcome(
    _ id: String, _ french: String, _ english: String, _ indicator: String, _ proxy: String,
    firstYear: Int = 1, duration: Int = 1
  ) -> SocialReturnModel.Outcome {
    func share(_ low: Double, _ central: Double, _ high: Double) -> SocialReturnModel.Sourced {
      sourced(Estimate(low: low, central: central, high: high) ?? Estimate(0), "house")
    }
    return SocialReturnModel.Outcome(
      id: id, label: Localized(fr: french, en: english),
      stakeholder: Localized(fr: "État & département", en: "State & département"),
      quantity: SocialReturnModel.Quantity(indicator: indicator), proxy: proxy,
      deadweight: share(0.15, 0.25, 0.35), displacement: share(0, 0.1, 0.3),
      attributionToOthers: share(0, 0.1, 0.3), dropOff: share(0, 0.1, 0.2), firstYear: firstYear,
      duration: duration)
  }
}
