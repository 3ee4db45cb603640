/// What the database counted for one term, one cooperation, one quarter and one part of a breakdown.
public struct TermTotal: Hashable, Sendable {
  /// The total; `nil` when nothing matched and the database has nothing to add up.
  public var total: Double?
  /// Rows of the entity in the window, matching or not.
  public var rows: Int
  /// Rows that match.
  public var matching: Int
  /// Rows that might match, for all that is known: any makes the total unknown.
  ///
  /// One that two questions leave open may count twice.
  public var open = 0
  /// For a mean, the matching rows that have the field: what the total is divided by.
  public var known: Int?
  /// For a mean, the sum of the field's squares over them, from which its variance is had.
  public var squares: Double?
  /// For a median, the field's values over the matching rows that have it.
  public var values: [Double]?
  /// For a cohort followed in time, its life table.
  public var lives: LifeTable?

  /// A total over the rows that match.
  public init(
    total: Double?, rows: Int, matching: Int, open: Int = 0, known: Int? = nil, squares: Double? = nil,
    values: [Double]? = nil, lives: LifeTable? = nil
  ) {
    self.open = open
    self.total = total
    self.rows = rows
    self.matching = matching
    self.known = known
    self.squares = squares
    self.values = values
    self.lives = lives
  }
}

extension Figure {
  /// Turns the totals of an indicator's terms into a value or the reason for its absence.
  ///
  /// Totals are in the order of `Measure.terms`. The rules, in order:
  /// an indicator that does not apply to the cooperation's kind is `not-applicable`; one whose window is not whole has the
  /// reason of that (`Indicator.shortfall`); a term is `not-collected` where its absence means unknown and no row matches,
  /// where its absence means zero in a quarter nobody delivered or of rows no file sent so far could tell of, where its rows
  /// all lack the field, and where a row might match or not for all that is known; a cohort of
  /// which nobody is due is `not-yet-due`, and so is one of which nobody was followed to the horizon while some still wait; a
  /// denominator of 0 is `no-denominator`.
  ///
  /// - Parameters:
  ///   - indicator: the definition.
  ///   - totals: what was counted, in the order of the terms.
  ///   - isDelivered: whether the cooperation sent anything for the quarter.
  ///   - unsent: places of the terms whose rows a file tells of that the cooperation had not sent for the window.
  ///   - appliesHere: whether the indicator applies to the cooperation.
  ///   - shortfall: why its window is not whole, `nil` when it is.
  ///   - seed: where the generator of a bootstrap starts.
  /// - Returns: the content and, for a followed cohort, its maturity.
  public static func assembled(
    _ indicator: Indicator, totals: [TermTotal], isDelivered: Bool, unsent: Set<Int> = [], appliesHere: Bool,
    shortfall: Absence?, seed: UInt64 = 1
  ) -> (content: Content, maturity: Maturity?) {
    guard appliesHere else { return (.absent(.notApplicable), nil) }
    if let shortfall { return (.absent(shortfall), nil) }
    let terms = indicator.measure.terms
    var resolved: [Double] = []
    for (place, (term, found)) in zip(terms, totals).enumerated() {
      let isTold = isDelivered && !unsent.contains(place)
      guard let number = resolve(term, found, isTold: isTold) else {
        let hasNone = term.function.isAverage && found.rows > 0 && found.open == 0
        return (.absent(hasNone ? .noDenominator : .notCollected), unanswered(indicator, totals))
      }
      resolved.append(number)
    }
    guard resolved.count == terms.count else { return (.absent(.notCollected), nil) }
    switch indicator.measure {
    case .ratio(_, _, let cohort):
      let maturity: Maturity? =
        if cohort != nil {
          Maturity(followed: Int(resolved[2]), due: Int(resolved[3]), observed: Int(resolved[4]))
        } else if indicator.measure.asked != nil {
          Maturity(followed: Int(resolved[2]), due: Int(resolved[2]), observed: Int(resolved[1]))
        } else {
          nil
        }
      if let maturity, maturity.due == 0, maturity.followed > 0 { return (.absent(.notYetDue), maturity) }
      guard resolved[1] != 0 else { return (.absent(.noDenominator), maturity) }
      let interval = indicator.interval(ofRatio: resolved[0], to: resolved[1])
      return (
        .value(
          Value(
            number: resolved[0] / resolved[1], numerator: resolved[0], denominator: resolved[1],
            count: indicator.isRatioOfCounts ? Int(resolved[1]) : totals[1].matching, interval: interval)),
        maturity
      )
    case .count, .distinct, .stock:
      return (
        .value(
          Value(
            number: resolved[0], count: Int(resolved[0]),
            interval: indicator.intervalMethod == .byar ? EventCount(resolved[0])?.byar() : nil)), nil
      )
    case .duration:
      let known = totals[0].known ?? totals[0].values?.count ?? totals[0].matching
      let interval: Interval? =
        switch indicator.intervalMethod {
        case .bootstrap: totals[0].values.flatMap { SampleMedian($0)?.bootstrap(seed: seed) }
        case .student:
          totals[0].squares.flatMap { squares in
            SampleMean(count: known, sum: resolved[0] * Double(known), sumOfSquares: squares)?.student()
          }
        default: nil
        }
      return (.value(Value(number: resolved[0], count: known, interval: interval)), nil)
    case .incidence(let incidence):
      return assembled(incidence, totals[1].lives ?? LifeTable([]))
    case .sum, .cumulative, .observed:
      return (.value(Value(number: resolved[0], count: totals[0].matching)), nil)
    // It has no terms: Catalogue.derivedFigures makes its figures from those of other indicators.
    case .derived: return (.absent(.notCollected), nil)
    }
  }

  /// How many are asked where no answer is known at all; `nil` where some is, or nobody is asked.
  private static func unanswered(_ indicator: Indicator, _ totals: [TermTotal]) -> Maturity? {
    guard indicator.measure.asked != nil, totals.count == 3, totals.allSatisfy({ $0.open == 0 }),
      totals[1].matching == 0, totals[2].matching > 0, let asked = totals[2].total.map({ Int($0) })
    else { return nil }
    return Maturity(followed: asked, due: asked, observed: 0)
  }

  /// The incidence of a life table, or the reason for its absence, and how many were followed to the horizon.
  private static func assembled(
    _ incidence: Measure.Incidence, _ lives: LifeTable
  ) -> (content: Content, maturity: Maturity?) {
    let people = lives.people
    let maturity = Maturity(followed: people, due: lives.due, observed: lives.observed)
    guard people > 0 else { return (.absent(.noDenominator), maturity) }
    guard maturity.due > 0, let found = lives.incidence(within: incidence.days) else {
      return (.absent(.notYetDue), maturity)
    }
    return (
      .value(
        Value(
          number: found.share, numerator: Double(found.events), denominator: Double(people), count: people,
          interval: found.interval())), maturity
    )
  }

  /// A term's number, or `nil` when it is not known.
  ///
  /// Zero is only ever what the senders' silence was declared to mean, in a quarter they did send, of a table they have sent.
  private static func resolve(_ term: Term, _ found: TermTotal, isTold: Bool) -> Double? {
    guard found.open == 0 else { return nil }
    // Rows match: their total, which is unknown when none of them has the field.
    if found.matching > 0 { return found.total }
    guard term.absent == .zero, !term.function.isAverage else { return nil }
    return isTold || found.rows > 0 ? 0 : nil
  }
}

extension Term.Function {
  /// Whether it says what one row is like, so that no row gives no number rather than zero.
  public var isAverage: Bool { self == .mean || self == .median }
}
