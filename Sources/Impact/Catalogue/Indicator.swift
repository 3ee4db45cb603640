/// One question asked of every cooperation, and the exact way of answering it (*indicateur*).
public struct Indicator: Hashable, Sendable {
  /// Stable name, unique in the catalogue: `dynamic-exit-rate`.
  public var id: String
  /// Version of the definition, from 1; a figure keeps the version it was computed with.
  public var version: Int
  /// Name of the dimension it belongs to.
  public var dimension: String
  /// The name shown on pages.
  public var label: Localized
  /// The question the indicator answers.
  public var question: Localized
  /// What its value counts.
  public var unit: Unit
  /// Which way is better.
  public var direction: Direction
  /// How it is computed.
  public var measure: Measure
  /// The stretch of time it looks at.
  public var window: Window
  /// Quarters by which the window ends before the quarter reported: 2 for outcomes observed 6 months later.
  public var shift: Int
  /// Fields by which its value is also broken down.
  public var breakdowns: [String]
  /// Kinds of structure (`EI`, `ESAT`…) it makes sense for; empty means all.
  public var appliesTo: [String]
  /// Forms of cooperation (`jvs`, `gme_conjoint`…) it makes sense for; empty means all.
  public var appliesToForms: [String]
  /// The first quarter this version is in force; `nil` means from the beginning.
  public var validFrom: Quarter?
  /// The last quarter this version is in force; `nil` while it still is.
  public var validTo: Quarter?
  /// The official or practical source of the definition.
  public var source: Localized
  /// What the figure does not say.
  public var limits: Localized
  /// A small case with a known answer, run by the tests and shown on the page.
  public var example: WorkedExample?
  /// Codes of the same idea in other frames: `iris`, `sdg`, `fse`, `cids`.
  public var mappings: [String: String]
  /// Why no frame has a code for it; `nil` when one has.
  public var unmapped: Localized?
  /// For a version that has others before it and stands alone: why none of them makes figures any more.
  public var restated: Localized?
  /// Whether the review shows it among its headline indicators.
  public var isHeadline: Bool
  /// For a ratio of two entities, whether its definition makes sure that all of the numerator is in the denominator; for a
  /// rate less another, that both count the same events, the second among more rows.
  public var isNested = false
  /// For a derived indicator, what chance does to it: so say the definitions it names.
  public var derivedChance = DerivedChance.none

  /// An indicator with all its parts.
  public init(
    id: String, version: Int = 1, dimension: String, label: Localized, question: Localized, unit: Unit,
    direction: Direction, measure: Measure, window: Window = .quarter, shift: Int = 0,
    breakdowns: [String] = [], appliesTo: [String] = [], appliesToForms: [String] = [],
    validFrom: Quarter? = nil, validTo: Quarter? = nil, source: Localized, limits: Localized,
    example: WorkedExample? = nil, mappings: [String: String] = [:], isHeadline: Bool = false,
    unmapped: Localized? = nil,
    restated: Localized? = nil
  ) {
    self.id = id
    self.version = version
    self.dimension = dimension
    self.label = label
    self.question = question
    self.unit = unit
    self.direction = direction
    self.measure = measure
    self.window = window
    self.shift = shift
    self.breakdowns = breakdowns
    self.appliesTo = appliesTo
    self.appliesToForms = appliesToForms
    self.validFrom = validFrom
    self.validTo = validTo
    self.source = source
    self.limits = limits
    self.example = example
    self.mappings = mappings
    self.isHeadline = isHeadline
    self.unmapped = unmapped
    self.restated = restated
  }
}

/// What a value counts, and so how it is printed.
public enum Unit: String, Hashable, Sendable, CaseIterable {
  /// A share between 0 and 1 (or above, for a rate of realisation), printed per cent.
  case percent
  /// People.
  case people
  /// Exits, meetings and other things counted.
  case count
  /// Hours.
  case hours
  /// Full-time equivalents (*équivalents temps plein*).
  case etp
  /// Euros.
  case euro
  /// Days.
  case days
  /// Tonnes.
  case tonnes
}

/// Which way is better.
public enum Direction: String, Hashable, Sendable, CaseIterable {
  /// More is better.
  case higher
  /// Less is better.
  case lower
  /// Neither: the figure describes.
  case neutral
}

/// How an indicator is computed from terms over the vocabulary of facts.
public enum Measure: Hashable, Sendable {
  /// Rows that match.
  case count(Term)
  /// Distinct values of a field among rows that match.
  case distinct(Term)
  /// The sum of a field over rows that match.
  case sum(Term)
  /// A ratio of two totals, never a mean of percentages. `cohort` counts what the ratio follows when it
  /// falls due later: everyone, those whose date has passed, those whose situation is known.
  case ratio(numerator: Term, denominator: Term, cohort: Cohort?)
  /// Rows valid on the quarter's last day.
  case stock(Term)
  /// The mean or the median of a field in days over rows that match.
  case duration(Term)
  /// The sum of a field since the beginning of the cooperation.
  case cumulative(Term)
  /// A value that partners send already aggregated.
  case observed(Term)
  /// The share to whom an event happens within a time, while other ends compete with it and some still wait.
  case incidence(Incidence)
  /// Arithmetic on other indicators.
  case derived(Expression)

  /// The name of the kind, as written in a definition's `kind:`.
  public var kind: String {
    switch self {
    case .count: "count"
    case .distinct: "distinct"
    case .sum: "sum"
    case .ratio: "ratio"
    case .stock: "stock"
    case .duration: "duration"
    case .cumulative: "cumulative"
    case .observed: "observed"
    case .incidence: "incidence"
    case .derived: "derived"
    }
  }

  /// Every term in the order a reader would name them; none when it is derived.
  public var terms: [Term] {
    switch self {
    case .count(let term), .distinct(let term), .sum(let term), .stock(let term), .duration(let term),
      .cumulative(let term), .observed(let term):
      [term]
    case .ratio(let numerator, let denominator, let cohort):
      [numerator, denominator]
        + (cohort.map { [$0.followed, $0.due, $0.observed] } ?? [asked].compactMap(\.self))
    case .incidence(let incidence): incidence.terms
    case .derived: []
    }
  }

  /// The counts by which a figure says how mature it is.
  public struct Cohort: Hashable, Sendable {
    /// Everyone followed.
    public var followed: Term
    /// Those whose observation date has passed at the cut.
    public var due: Term
    /// Those due whose situation is known.
    public var observed: Term

    /// A cohort with its three counts.
    public init(followed: Term, due: Term, observed: Term) {
      self.followed = followed
      self.due = due
      self.observed = observed
    }
  }
}

/// One total over one entity of the vocabulary.
public struct Term: Hashable, Sendable {
  /// What is done with the rows.
  public enum Function: String, Hashable, Sendable, CaseIterable {
    /// Number of rows.
    case count
    /// Number of distinct values of the field.
    case distinct
    /// Sum of the field.
    case sum
    /// Mean of the field.
    case mean
    /// Median of the field: half of the rows below it, half above.
    case median
    /// Number of rows valid on the last day of the quarter.
    case stock
    /// Rows with the days each was followed, the field: what a life table is made of.
    case time
  }

  /// What an absence of rows means.
  public enum Fill: String, Hashable, Sendable, CaseIterable {
    /// No row means none happened, provided the quarter was delivered and the table was ever sent, be it empty.
    case zero
    /// No row means nobody told us.
    case unknown
  }

  /// What is done with the rows.
  public var function: Function
  /// The entity of the vocabulary the rows belong to.
  public var entity: String
  /// The field summed, averaged or told apart; `nil` for counts.
  public var field: String?
  /// What a row must satisfy, all of it.
  public var conditions: [Condition]
  /// What an absence of rows means.
  public var absent: Fill
  /// What the rows are to each other, as the vocabulary says of the entity.
  public var rows: Vocabulary.Rows

  /// A term with all its parts.
  public init(
    _ function: Function, of entity: String, field: String? = nil, where conditions: [Condition] = [],
    absent: Fill, rows: Vocabulary.Rows = .events
  ) {
    self.function = function
    self.entity = entity
    self.field = field
    self.conditions = conditions
    self.absent = absent
    self.rows = rows
  }

  /// Whether what it counts is independent of each other: people told apart, or rows that are.
  public var countsIndependently: Bool {
    switch function {
    case .distinct: field == "participant"
    default: rows != .linked
    }
  }
}

/// What one field of a row must satisfy.
public struct Condition: Hashable, Sendable {
  /// The test on the field.
  public enum Test: Hashable, Sendable {
    /// Equal to one of these texts.
    case oneOf([String])
    /// A boolean field that is so; unknown satisfies neither.
    case isTrue(Bool)
    /// A number at least this, written in decimal.
    case atLeast(String)
    /// A number less than this, written in decimal.
    case lessThan(String)
    /// A number equal to this, written in decimal.
    case equalTo(String)
    /// A day after the end of the quarter reported, and at most so many months after it.
    case withinMonths(Int)
    /// Known, or unknown.
    case known(Bool)
  }

  /// The field tested.
  public var field: String
  /// The test.
  public var test: Test

  /// A test on a field.
  public init(_ field: String, _ test: Test) {
    self.field = field
    self.test = test
  }
}

/// A small case with a known answer.
public struct WorkedExample: Hashable, Sendable {
  /// The case in words.
  public var text: Localized
  /// The rows of each entity: field to value, as text.
  public var rows: [String: [[String: String]]]
  /// For a derived indicator, the values of those it names; `nil` for one without a value.
  public var operands: [String: Double?]
  /// For a derived indicator, the values of its parameters.
  public var parameters: [String: Double]
  /// The expected value, as the indicator's value is stored (a rate as a share).
  public var value: Double?
  /// The expected numerator of a ratio.
  public var numerator: Double?
  /// The expected denominator of a ratio.
  public var denominator: Double?

  /// An example with its expected figure; a `nil` value expects an absence.
  public init(
    text: Localized, rows: [String: [[String: String]]] = [:], operands: [String: Double?] = [:],
    parameters: [String: Double] = [:], value: Double?, numerator: Double? = nil, denominator: Double? = nil
  ) {
    self.text = text
    self.rows = rows
    self.operands = operands
    self.parameters = parameters
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
  }
}
