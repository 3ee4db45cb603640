public import Impact
internal import Postgres

extension Archive {
  /// A release as an audience may see it: figures after disclosure control, profiles as of its batch.
  ///
  /// - Parameters:
  ///   - release: the release.
  ///   - catalogue: the definitions it was made from.
  ///   - audience: who will read it.
  /// - Returns: the edition.
  /// - Throws: the database's error.
  public func edition(_ release: Release, catalogue: Catalogue, audience: Edition.Audience) throws -> Edition
  {
    try connection.transaction {
      try read(asOf: release.batch, cut: release.cut.description)
      let catalogue = catalogue.published
      let names = Set(catalogue.definitions.map(\.name))
      let kept = try figures(in: release.id)
      let all = Sensitivity.shown(kept.filter { names.contains(Indicator.name(of: $0.key.indicator)) })
      let hidden = all.count == kept.count ? [] : Set(kept.map(\.key)).subtracting(all.map(\.key))
      let indicators = Dictionary(catalogue.definitions.map { ($0.id, $0) }) { first, _ in first }
      let disclosure = Disclosure(threshold: audience.threshold)
      let spans = Archive.quarters(of: all)
      let profiles = try profiles(release, spans: spans)
      let figures = FigureTable(disclosure.masked(all, indicators: indicators))
      // The chain knows where the release stands among the signatures.
      let entry: Int? = try connection.execute(
        "SELECT ordinal FROM audit.release WHERE release_id = \(release.id)"
      ).first?.decode()
      let restatements = try restatements(release, catalogue: catalogue, entry: entry ?? 0).filter {
        restatement in
        // What is masked now must not be told through what it used to be.
        !hidden.contains(restatement.key) && figures[restatement.key]?.absence != .tooFew
      }
      // Months, groups of people and people met twice are smaller than what the threshold lets through.
      let isWhole = audience.threshold <= 1
      let returns = try yearReturns(in: release.id).map { made in
        catalogue.socialReturn.map { made.seen(through: figures, $0, catalogue) } ?? made
      }
      return Edition(
        release: release, audience: audience, catalogue: catalogue, cooperations: profiles, figures: figures,
        scores: audience.threshold > 1
          ? [] : try scores(in: release.id, dimensions: catalogue.scorecard.parts.map(\.dimension)),
        earlierScores: audience.threshold > 1
          ? [] : try earlierScores(in: release.id, dimensions: catalogue.scorecard.parts.map(\.dimension)),
        targets: try targets(release, spans: spans).filter { names.contains($0.indicator) },
        restatements: audience.threshold > 1 ? [] : restatements, periods: try periods(upTo: entry ?? 0),
        commentaries: audience.threshold > 1
          ? [] : try commentaries(upTo: release.quarter, asOf: release.batch),
        decisions: audience.threshold > 1
          ? [] : try openDecisions(in: release.quarter, on: release.cut, asOf: release.batch),
        pledges: try pledges(of: profiles, masked: audience.threshold > 1),
        openings: try openings(of: profiles, masked: audience.threshold > 1),
        months: isWhole ? try months(of: catalogue, profiles) : [],
        populations: isWhole ? try populations(of: catalogue, in: release.quarter) : [:],
        people: isWhole ? try people(of: catalogue, in: release.quarter, profiles) : [:],
        pools: try pools(
          of: catalogue, in: release.quarter, figures,
          fromCooperations: isWhole ? 1 : PortfolioFigure.Pool.leastCooperations),
        returns: returns, agreements: try agreements(release))
    }
  }

  private func profiles(
    _ release: Release, spans: [(cooperation: String, quarters: [Quarter])]
  ) throws -> [CooperationProfile] {
    let rows = try connection.execute(
      """
      SELECT c.cooperation_id, c.name, c.form, c.kind, c.activity_fr, c.activity_en, c.mission_fr, c.mission_en,
        c.started_on::text, c.ended_on::text, c.data = 'sample',
        coalesce(h.files, 0), coalesce(h.read, 0), coalesce(h.recorded, 0), coalesce(h.unchanged, 0),
        coalesce(h.rejected, 0), coalesce(h.late, 0), coalesce(h.awaited, '{}')
      FROM as_of.cooperation c
      LEFT JOIN figure.health h ON h.cooperation_id = c.cooperation_id AND h.release_id = \(release.id)
      ORDER BY c.name, c.cooperation_id
      """)
    let partners = try partners(release)
    return try rows.compactMap { row in
      let id: String = try row.decode(at: 0)
      let formName: String = try row.decode(at: 2)
      let startText: String = try row.decode(at: 8)
      let endText: String? = try row.decode(at: 9)
      guard let form = CooperationProfile.Form(rawValue: formName), let started = Day(startText) else {
        throw Corrupt(what: "cooperation \(id)")
      }
      // A cooperation that has sent no activity yet has no quarter to show.
      guard let quarters = spans.first(where: { $0.cooperation == id })?.quarters, let first = quarters.first,
        let last = quarters.last
      else { return nil }
      return CooperationProfile(
        id: id, name: try row.decode(at: 1), form: form, kind: try row.decode(at: 3),
        activity: Localized(fr: try row.decode(at: 4), en: try row.decode(at: 5)),
        mission: Localized(fr: try row.decode(at: 6), en: try row.decode(at: 7)), startedOn: started,
        endedOn: endText.flatMap { Day($0) }, isSample: try row.decode(at: 10), partners: partners[id] ?? [],
        health: CooperationProfile.Health(
          files: try row.decode(at: 11), read: try row.decode(at: 12), recorded: try row.decode(at: 13),
          unchanged: try row.decode(at: 14), rejected: try row.decode(at: 15), late: try row.decode(at: 16),
          awaited: try row.decode(at: 17)),
        quarters: first...last)
    }
  }

  private func targets(
    _ release: Release, spans: [(cooperation: String, quarters: [Quarter])]
  ) throws -> [Target] { try targets(decidedBy: release.cut, spans: spans) }

  /// The targets of some quarters, each with every decision taken up to a day.
  ///
  /// A quarter without a target is not here: no target is no target, never 0.
  ///
  /// - Parameters:
  ///   - cooperation: the cooperation's name in data.
  ///   - quarters: the quarters.
  ///   - day: decisions of this day and before.
  ///   - batch: what is known.
  /// - Returns: the targets, by indicator and quarter.
  /// - Throws: the database's error.
  public func targets(
    of cooperation: String, in quarters: [Quarter], decidedBy day: Day, asOf batch: Int
  ) throws -> [Target] {
    try connection.transaction {
      try read(asOf: batch, cut: day.description)
      return try targets(decidedBy: day, spans: [(cooperation, quarters)])
    }
  }

  private func targets(
    decidedBy day: Day, spans: [(cooperation: String, quarters: [Quarter])]
  ) throws -> [Target] {
    struct Place: Hashable {
      var indicator: String
      var quarter: Quarter
    }
    let rows = try connection.execute(
      """
      SELECT cooperation_id, indicator, from_quarter, to_quarter, value::float8, decided_on::text, reason,
        decision, kind, baseline::float8, decided_by
      FROM as_of.target WHERE decided_on <= \(day.description)::date
      ORDER BY cooperation_id, indicator, decided_on, from_quarter
      """)
    var found: [String: [Place: [Target.Revision]]] = [:]
    for row in rows {
      let (
        cooperation, indicator, fromName, toName, value, decidedText, reason, decision, kindName, baseline,
        decidedBy
      ) = try row.decode(
        (String, String, String, String?, Double, String, String, String, String?, Double?, String?).self)
      guard let from = Quarter(fromName), let decided = Day(decidedText),
        let kind = Target.Kind(rawValue: kindName ?? Target.Kind.reach.rawValue)
      else {
        throw Corrupt(what: "target of \(cooperation)")
      }
      let to = toName.flatMap { Quarter($0) }
      for quarter in spans.first(where: { $0.cooperation == cooperation })?.quarters ?? [] {
        guard quarter >= from, to.map({ quarter <= $0 }) ?? true else { continue }
        found[cooperation, default: [:]][Place(indicator: indicator, quarter: quarter), default: []].append(
          Target.Revision(
            value: value, decidedOn: decided, reason: reason, decision: decision, kind: kind,
            baseline: baseline, decidedBy: decidedBy))
      }
    }
    return found.sorted { $0.key < $1.key }.flatMap { cooperation, places in
      places.sorted { ($0.key.indicator, $0.key.quarter) < ($1.key.indicator, $1.key.quarter) }.map {
        place, revisions in
        Target(
          indicator: place.indicator, cooperation: cooperation, quarter: place.quarter, revisions: revisions)
      }
    }
  }

  /// The quarters whose validated or closed figures rows moved between two releases, by cooperation.
  private func lateQuarters(_ release: Release, since previous: String, entry: Int) throws -> [String: Set<
    Quarter
  >] {
    let low: Int = try connection.execute("SELECT batch FROM figure.release WHERE release_id = \(previous)")[
      0
    ]
    .decode()
    var found: [String: Set<Quarter>] = [:]
    for rows in try lateRows(upTo: entry, after: low, through: release.batch) {
      found[rows.cooperation, default: []].insert(rows.quarter)
    }
    return found
  }

  private func restatements(_ release: Release, catalogue: Catalogue, entry: Int) throws -> [Restatement] {
    guard let previous = release.previous else { return [] }
    let late = try lateQuarters(release, since: previous, entry: entry)
    let rows = try connection.execute(
      """
      SELECT n.cooperation_id, n.indicator, n.quarter,
        b.value, b.numerator, b.denominator, b.n, b.low, b.high, b.absence,
        n.value, n.numerator, n.denominator, n.n, n.low, n.high, n.absence,
        n.indicator_version <> b.indicator_version
      FROM figure.figure n JOIN figure.figure b
        ON b.release_id = \(previous) AND (b.cooperation_id, b.indicator, b.quarter, b.part_field, b.part_value)
          = (n.cooperation_id, n.indicator, n.quarter, n.part_field, n.part_value)
      WHERE n.release_id = \(release.id) AND n.part_field = ''
        AND (n.value, n.numerator, n.denominator, n.absence)
          IS DISTINCT FROM (b.value, b.numerator, b.denominator, b.absence)
        -- a cohort still waiting for its observations said so: what fell due since corrects nothing
        AND NOT coalesce(b.due < b.followed, false)
      ORDER BY n.cooperation_id, n.indicator, n.quarter
      """)
    return try rows.map { row in
      let name: String = try row.decode(at: 2)
      guard let quarter = Quarter(name) else { throw Corrupt(what: "restatement of \(name)") }
      let cooperation: String = try row.decode(at: 0)
      let indicator: String = try row.decode(at: 1)
      // A figure may look back over quarters that were signed, while its own is not.
      let definition = catalogue.definition(
        of: Figure.Key(indicator: indicator, cooperation: cooperation, quarter: quarter))
      let start = definition.flatMap {
        $0.reportingWindow.start(endingWith: $0.windowEnd(reportedFor: quarter))
      }
      let isLate = late[cooperation, default: []].contains { signed in
        signed <= quarter && (start.map { signed.end >= $0 } ?? true)
      }
      var causes: [Restatement.Cause] = isLate ? [.lateRows] : []
      if try row.decode(Bool.self, at: 17) { causes.append(.definition) }
      return Restatement(
        key: Figure.Key(indicator: indicator, cooperation: cooperation, quarter: quarter),
        before: try Archive.content(row, from: 3), after: try Archive.content(row, from: 10),
        release: previous, causes: causes.isEmpty ? [.rows] : causes)
    }
  }
}
