public import Impact
internal import Postgres

extension Archive {
  /// What figures are computed for: a quarter, what was known, and when.
  public struct Perspective: Hashable, Sendable {
    /// The last quarter reported.
    public var quarter: Quarter
    /// The day on which observation dates are judged.
    public var cut: Day
    /// The batch of facts.
    public var batch: Int

    /// A perspective on the facts.
    public init(quarter: Quarter, cut: Day, batch: Int) {
      self.quarter = quarter
      self.cut = cut
      self.batch = batch
    }
  }

  /// Every figure of every cooperation, for each of its quarters up to the perspective's.
  ///
  /// One scan an entity, window and breakdown counts every term in PostgreSQL; the totals become values or
  /// reasons by `Figure.assembled`.
  public func figures(of catalogue: Catalogue, seen perspective: Perspective) throws -> [Figure] {
    try connection.transaction {
      try read(asOf: perspective.batch, cut: perspective.cut.description)
      let periods = try makePeriods(upTo: perspective.quarter)
      let totals = try Totals(of: catalogue, in: self)
      var figures: [Figure] = []
      for indicator in catalogue.definitions where indicator.measure.expression == nil {
        var names: [Quarter: String?] = [:]
        for period in periods {
          if names[period.quarter] == nil {
            names[period.quarter] = .some(catalogue.figureName(of: indicator, at: period.quarter))
          }
          guard let name = names[period.quarter] ?? nil else { continue }
          figures += totals.figures(
            of: indicator, named: name, period: period, lastQuarter: perspective.quarter)
        }
      }
      let places = Dictionary(periods.map { ($0.cooperation, $0) }) { first, _ in first }
      figures += catalogue.derivedFigures(from: figures) { definition, cooperation in
        places[cooperation].map(definition.applies) ?? false
      }
      return figures.sorted { $0.key < $1.key }
    }
  }

  /// One quarter of one cooperation.
  struct Period {
    var cooperation: String
    var kind: String
    var form: String
    var quarter: Quarter
    var isDelivered: Bool
    /// The first quarter of the cooperation for which anything was delivered.
    var firstQuarter: Quarter
    /// The cooperation's first day.
    var startedOn: Day
  }

  /// Makes the temporary table `period`: one row a cooperation and quarter, from the first month of activity
  /// to the perspective's quarter or the cooperation's own end.
  func makePeriods(upTo last: Quarter) throws -> [Period] {
    try connection.execute(
      """
      CREATE TEMP TABLE period ON COMMIT DROP AS
      SELECT c.cooperation_id, c.kind, c.form, c.started_on, min(s.starts) OVER own AS first_starts, ops.quarter_of(s.starts::date) AS quarter, s.starts::date AS starts,
        (s.starts + interval '3 months' - interval '1 day')::date AS ends,
        date_trunc('year', s.starts)::date AS year_starts,
        (s.starts - interval '9 months')::date AS rolling_starts
      FROM as_of.cooperation c
      JOIN (SELECT cooperation_id, min(month) AS first_month FROM as_of.monthly_activity GROUP BY 1) a
        USING (cooperation_id)
      CROSS JOIN LATERAL generate_series(
        date_trunc('quarter', a.first_month::timestamp),
        least(\(last.start.description)::date, c.ended_on)::timestamp, interval '3 months') AS s(starts)
      WINDOW own AS (PARTITION BY c.cooperation_id)
      """)
    let rows = try connection.execute(
      """
      SELECT p.cooperation_id, p.kind, p.form, p.quarter, ops.quarter_of(p.first_starts::date), p.started_on::text,
        EXISTS (SELECT 1 FROM as_of.monthly_activity a
                WHERE a.cooperation_id = p.cooperation_id AND a.month BETWEEN p.starts AND p.ends)
      FROM period p ORDER BY 1, 4
      """)
    return try rows.map { row in
      let (cooperation, kind, form, quarter, first, started, isDelivered) = try row.decode(
        (String, String, String, String, String, String, Bool).self)
      guard let quarter = Quarter(quarter), let first = Quarter(first), let started = Day(started) else {
        throw Corrupt(what: "first day of \(cooperation)")
      }
      return Period(
        cooperation: cooperation, kind: kind, form: form, quarter: quarter, isDelivered: isDelivered,
        firstQuarter: first, startedOn: started)
    }
  }
}

/// What every scan of a catalogue counted.
private struct Totals {
  private struct Place: Hashable {
    var scan: Scan
    var term: Term
    var cooperation: String
    var quarter: Quarter
    var part: String
  }

  private var found: [Place: TermTotal] = [:]
  private var partIndex: [PartPlace: Set<String>] = [:]

  init(of catalogue: Catalogue, in archive: Archive) throws {
    for (scan, terms) in Scan.all(for: catalogue.definitions) {
      let rows = try archive.connection.execute(scan.statement(terms, vocabulary: catalogue.vocabulary))
      for row in rows {
        let cooperation: String = try row.decode(at: 0)
        let quarterName: String = try row.decode(at: 1)
        let part: String = try row.decode(at: 2)
        let count: Int = try row.decode(at: 3)
        guard let quarter = Quarter(quarterName) else { continue }
        if scan.field != nil {
          partIndex[PartPlace(scan: scan, cooperation: cooperation, quarter: quarter), default: []].insert(
            part)
        }
        for (index, term) in terms.enumerated() {
          let total: Double? = try row.decode(at: 4 + index * 2)
          let matching: Int = try row.decode(at: 5 + index * 2)
          let place = Place(scan: scan, term: term, cooperation: cooperation, quarter: quarter, part: part)
          found[place] = TermTotal(total: total, rows: count, matching: matching)
        }
      }
    }
  }

  /// The whole figure of an indicator for a period, then the parts of each breakdown.
  func figures(
    of indicator: Indicator, named name: String, period: Archive.Period, lastQuarter: Quarter
  ) -> [Figure] {
    let applies = indicator.isInForce(at: period.quarter) && indicator.applies(to: period)
    let terms = indicator.measure.terms
    let whole = terms.map { total($0, Scan($0, of: indicator), period, part: "") }
    func figure(_ totals: [TermTotal], part: Figure.Part?) -> Figure {
      let assembled = Figure.assembled(
        indicator, totals: totals, isDelivered: period.isDelivered, appliesHere: applies,
        shortfall: indicator.shortfall(
          reportedFor: period.quarter, deliveredSince: period.firstQuarter, startedOn: period.startedOn))
      let isWaiting = assembled.maturity.map { $0.due < $0.followed } ?? false
      return Figure(
        key: Figure.Key(
          indicator: name, cooperation: period.cooperation, quarter: period.quarter, part: part),
        content: assembled.content,
        status: period.quarter == lastQuarter || isWaiting ? .provisional : .final,
        maturity: assembled.maturity, indicatorVersion: indicator.version)
    }
    var figures = [figure(whole, part: nil)]
    guard applies else { return figures }
    for field in indicator.breakdowns {
      let scans = terms.map { Scan($0, of: indicator, by: field) }
      var values: Set<String> = []
      for scan in scans { values.formUnion(partValues(scan, period)) }
      for value in values.sorted() {
        // A part nobody has is zero of a whole that was sent, so absence is judged on the whole.
        let totals = zip(zip(terms, scans), whole).map { pair, all -> TermTotal in
          let own = total(pair.0, pair.1, period, part: value)
          return TermTotal(total: own.total, rows: all.rows, matching: own.matching)
        }
        figures.append(figure(totals, part: Figure.Part(field: field, value: value)))
      }
    }
    return figures
  }

  private func total(_ term: Term, _ scan: Scan, _ period: Archive.Period, part: String) -> TermTotal {
    found[
      Place(scan: scan, term: term, cooperation: period.cooperation, quarter: period.quarter, part: part)]
      ?? TermTotal(total: nil, rows: 0, matching: 0)
  }

  private func partValues(_ scan: Scan, _ period: Archive.Period) -> Set<String> {
    partIndex[PartPlace(scan: scan, cooperation: period.cooperation, quarter: period.quarter)] ?? []
  }

  private struct PartPlace: Hashable {
    var scan: Scan
    var cooperation: String
    var quarter: Quarter
  }
}

extension Indicator {
  /// Whether it makes sense for the cooperation of a period.
  func applies(to period: Archive.Period) -> Bool { applies(toKind: period.kind, form: period.form) }
}
