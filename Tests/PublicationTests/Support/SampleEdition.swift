import Impact

/// A rich invented edition: four cooperations, fifteen quarters, every absence, gaps, a finished consortium,
/// restated figures, targets that moved.
enum SampleEdition {
  static let canal = "atelier-du-canal"
  static let nord = "groupement-du-nord"
  static let jardins = "jardins-d-emile"
  static let recyclerie = "recyclerie-de-l-est"

  /// The edition that masks nothing.
  static let whole = edition()

  /// An edition of real data, where no page may speak of samples.
  static let real = edition(isSample: false)

  /// The first release of a catalogue, before anybody sent anything.
  static let empty = Edition(
    release: release(previous: nil), audience: audience, catalogue: SampleCatalogue.catalogue,
    cooperations: [], figures: FigureTable([]), scores: [], targets: [], restatements: [])

  static let first = quarter(2023, 1)
  static let last = quarter(2026, 3)
  static let quarters = (0..<15).map { first.advanced(by: $0) }

  static func quarter(_ year: Int, _ number: Int) -> Quarter { Quarter(index: year * 4 + number - 1) }

  private static let audience = Edition.Audience(
    id: "internal", label: Localized(fr: "interne", en: "internal"), threshold: 1)

  private static func release(previous: String?) -> Release {
    Release(
      id: "2026T3-r1", quarter: last, cut: Day(daysSinceEpoch: 20_741), batch: 42,
      catalogueVersion: SampleCatalogue.catalogue.version, catalogueDigest: SampleCatalogue.catalogue.digest,
      softwareVersion: "1.0.0", previous: previous, nextDue: Day(daysSinceEpoch: 20_833),
      digest: String(repeating: "0a1b", count: 16))
  }

  private static func edition(isSample: Bool = true) -> Edition {
    let cooperations = profiles(isSample: isSample)
    let figures = cooperations.enumerated().flatMap { order, cooperation in
      SampleFigures(cooperation: cooperation, order: order).all
    }
    let table = FigureTable(figures)
    let scores = cooperations.flatMap { cooperation in
      (try? Score.history(
        SampleCatalogue.scorecard, cooperation: cooperation.id,
        quarters: quarters.filter(cooperation.quarters.contains)
      ) { table.figure($0, cooperation.id, $1) }) ?? []
    }
    let earlierScores = cooperations.flatMap { cooperation in
      (try? Score.history(
        SampleCatalogue.earlierScorecard, cooperation: cooperation.id,
        quarters: quarters.filter(cooperation.quarters.contains)
      ) { table.figure($0, cooperation.id, $1) }) ?? []
    }
    return Edition(
      release: release(previous: "2026T2-r1"), audience: audience, catalogue: SampleCatalogue.catalogue,
      cooperations: cooperations, figures: table, scores: scores, earlierScores: earlierScores,
      targets: targets,
      restatements: restatements(table),
      periods: [
        PeriodStatus(
          cooperation: canal, quarter: last, state: .validated,
          submitted: PeriodStatus.Signature(name: "Awa Diallo", day: last.end.adding(days: 9)),
          validated: PeriodStatus.Signature(name: "Jean & Cie", day: last.end.adding(days: 12))),
        PeriodStatus(
          cooperation: nord, quarter: quarter(2025, 2), state: .closed,
          closed: PeriodStatus.Signature(name: "Jean & Cie", day: quarter(2025, 3).start)),
      ],
      commentaries: [
        Commentary(
          id: "C-1", cooperation: canal, quarter: last, text: "L’été a réduit les heures <normal>.",
          author: "Direction", writtenOn: last.end.adding(days: 10)),
        Commentary(
          id: "C-3", cooperation: nord, quarter: quarter(2025, 2), text: "Dernier trimestre du groupement.",
          author: "Régie du Nord", writtenOn: quarter(2025, 3).start),
        Commentary(
          id: "C-2", cooperation: canal, quarter: last, indicator: "absenteeism-rate",
          text: "Deux arrêts longs.", author: "Direction", writtenOn: last.end.adding(days: 10)),
      ],
      decisions: [
        Decision(
          id: "D-1", cooperation: canal, quarter: last.advanced(by: -2), text: "Relancer le fournisseur",
          owner: "Direction", dueOn: last.start, isClosed: false, signedBy: "Comité de pilotage"),
        Decision(
          id: "D-2", cooperation: canal, quarter: last.advanced(by: -1),
          text: "Ouvrir deux places de formation",
          owner: "Les Solidaires", dueOn: last.next.end, isClosed: false, signedBy: "Comité de pilotage"),
        Decision(
          id: "D-3", cooperation: jardins, quarter: last.advanced(by: -1), text: "Revoir la convention",
          owner: "Direction", dueOn: nil, isClosed: false, signedBy: "Comité de pilotage"),
        Decision(
          id: "D-4", cooperation: nord, quarter: quarter(2025, 1), text: "Solder les comptes <du> groupement",
          owner: "Régie du Nord", dueOn: quarter(2025, 4).start, isClosed: false, signedBy: "Comité"),
      ], pledges: pledges, openings: openings, months: SampleMonths.series(of: table, cooperations),
      populations: SamplePeople.populations(of: table),
      returns: SampleReturns.all,
      agreements: SampleReturns.agreements)
  }

  /// Hours owed from before, hours given ahead, and a promise so old that no quarter shown knows of it.
  private static let openings: [OpeningBalance] = [
    ("grande-maison", "skills_sponsorship", "hours", 10.0),
    ("solidaires", "business_development", "hours", -3.0), ("fondation", "grant", "eur", 5000.0),
  ].map { organisation, kind, unit, quantity in
    OpeningBalance(
      cooperation: canal, organisation: organisation, kind: kind, unit: unit,
      quarter: last.advanced(by: -8), quantity: quantity)
  }

  private static let pledges: [Pledge] = {
    func pledge(
      _ organisation: String, _ kind: String, _ unit: String, _ quarter: Quarter, _ promised: Pledge.Side?,
      _ delivered: Pledge.Side?
    ) -> Pledge {
      Pledge(
        cooperation: canal, organisation: organisation, kind: kind, unit: unit, quarter: quarter,
        promised: promised, delivered: delivered, deliveries: delivered == nil ? 0 : 1)
    }
    func time(_ hours: Double, _ people: Int) -> Pledge.Side {
      Pledge.Side(quantity: hours, valueInEuros: hours * 62.5, people: people, methods: ["cost"])
    }
    return [
      pledge("grande-maison", "skills_sponsorship", "hours", last.advanced(by: -1), time(40, 4), time(41, 4)),
      pledge(
        "grande-maison", "skills_sponsorship", "hours", last, time(40, 4),
        Pledge.Side(
          quantity: 35, valueInEuros: 2187.5, cappedValueInEuros: 1900, marketValueInEuros: 3500, people: 5,
          methods: ["cost"])),
      pledge(
        "fondation", "job_offer", "people", last,
        Pledge.Side(quantity: 2, valueInEuros: nil, methods: ["not_valued"]), nil),
      pledge(
        "solidaires", "business_development", "hours", last, nil,
        Pledge.Side(quantity: 12, valueInEuros: nil, methods: ["not_valued"])),
    ]
  }()

  private static func profiles(isSample: Bool) -> [CooperationProfile] {
    func partner(
      _ id: String, _ name: String, _ kind: String, _ role: String, _ share: Double? = nil,
      _ votes: Int? = nil, agreed: Double? = nil, formerly: String? = nil
    ) -> CooperationProfile.Partner {
      CooperationProfile.Partner(
        organisation: id, name: name, kind: kind, role: role, capitalShare: share, votes: votes,
        agreedShare: agreed,
        formerNames: formerly.map {
          [CooperationProfile.Partner.FormerName(name: $0, lastDay: quarter(2024, 2).end)]
        } ?? [])
    }
    func profile(
      _ id: String, _ name: String, _ form: CooperationProfile.Form, kind: String, ended: Day? = nil,
      _ quarters: ClosedRange<Quarter>, rejected: Int, partners: [CooperationProfile.Partner]
    ) -> CooperationProfile {
      CooperationProfile(
        id: id, name: name, form: form, kind: kind,
        activity: Localized(fr: "Reconditionnement & recyclage", en: "Refurbishing & recycling"),
        mission: Localized(
          fr: "Donner un métier à des personnes éloignées de l’emploi.",
          en: "Give a trade to people far from employment."),
        startedOn: quarters.lowerBound.start, endedOn: ended, isSample: isSample, partners: partners,
        health: CooperationProfile.Health(
          files: 34, read: 1248, recorded: 1230, unchanged: 15, rejected: rejected, late: 4),
        quarters: quarters)
    }
    return [
      profile(
        canal, "L’Atelier du Canal & Cie", .jvs, kind: "EI", first...last, rejected: 3,
        partners: [
          partner(
            "grande-maison", "Grande Maison \"Conseil\"", "company", "founder", 0.49, 4, agreed: 0.45,
            formerly: "Maison Grande"),
          partner("solidaires", "Les Solidaires", "EI", "founder", 0.51, 5),
          partner(
            "fondation",
            "Fondation d’entreprise Grande Maison pour l’inclusion numérique et l’emploi durable",
            "foundation", "funder"),
        ]),
      profile(
        nord, "Groupement du Nord", .gmeSolidaire, kind: "ESAT", ended: quarter(2025, 2).end,
        first...quarter(2025, 2), rejected: 0,
        partners: [
          partner("regie-nord", "Régie du Nord", "EI", "mandataire"),
          partner("esat-nord", "ESAT des Hauts", "ESAT", "member"),
        ]),
      profile(
        jardins, "Les Jardins d'Émile", .jvs, kind: "ACI", first...last, rejected: 0,
        partners: [partner("solidaires", "Les Solidaires", "EI", "founder", 0.6, 3)]),
      profile(
        recyclerie, "Recyclerie de l’Est", .accordCadre, kind: "EI", quarter(2025, 3)...last, rejected: 1,
        partners: [partner("ville", "Ville de l’Est", "public", "client")]),
    ]
  }

  private static var targets: [Target] {
    func revision(_ value: Double, _ day: Day, _ reason: String) -> Target.Revision {
      Target.Revision(value: value, decidedOn: day, reason: reason, decision: "Comité du trimestre")
    }
    let early = quarter(2023, 1).start
    return [canal, jardins].flatMap { cooperation in
      quarters.flatMap { quarter -> [Target] in
        let moved = quarter >= SampleEdition.quarter(2026, 1)
        return [
          Target(
            indicator: "dynamic-exit-rate", cooperation: cooperation, quarter: quarter,
            revisions: [revision(0.65, early, "convention")]
              + (moved ? [revision(0.62, SampleEdition.quarter(2026, 1).start, "context")] : [])),
          Target(
            indicator: "absenteeism-rate", cooperation: cooperation, quarter: quarter,
            revisions: [revision(0.07, early, "convention")]),
          Target(
            indicator: "etp-realisation-rate", cooperation: cooperation, quarter: quarter,
            revisions: [revision(0.95, early, "convention")]),
        ]
      }
    }
  }

  private static func restatements(_ table: FigureTable) -> [Restatement] {
    [
      ("dynamic-exit-rate", canal, quarter(2026, 2)),
      ("training-hours-per-person", jardins, quarter(2026, 1)),
    ].compactMap { indicator, cooperation, quarter in
      guard let figure = table.figure(indicator, cooperation, quarter) else { return nil }
      let before: Figure.Content =
        cooperation == canal
        ? .value(Figure.Value(number: 13.0 / 18, numerator: 13, denominator: 18, count: 18))
        : .absent(.notCollected)
      return Restatement(
        key: figure.key, before: before, after: figure.content, release: "2026T2-r1",
        causes: cooperation == canal ? [.lateRows] : [.rows])
    }
  }
}
