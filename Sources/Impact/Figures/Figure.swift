/// One answer: an indicator, for one cooperation and quarter, whole or for one part of a breakdown.
///
/// A figure is a value *or* a typed reason for its absence; nothing turns one into the other.
public struct Figure: Hashable, Sendable {
  /// Where a figure stands among all figures.
  public struct Key: Hashable, Sendable, Comparable {
    /// The indicator's name.
    public var indicator: String
    /// The cooperation's name in data: `acces-inclusive-tech`.
    public var cooperation: String
    /// The quarter it is reported for.
    public var quarter: Quarter
    /// The part of a breakdown, or `nil` for the whole.
    public var part: Part?

    /// A place among figures.
    public init(indicator: String, cooperation: String, quarter: Quarter, part: Part? = nil) {
      self.indicator = indicator
      self.cooperation = cooperation
      self.quarter = quarter
      self.part = part
    }

    /// By cooperation, indicator, part, then quarter.
    public static func < (left: Key, right: Key) -> Bool {
      (left.cooperation, left.indicator, left.part?.field ?? "", left.part?.value ?? "", left.quarter)
        < (
          right.cooperation, right.indicator, right.part?.field ?? "", right.part?.value ?? "", right.quarter
        )
    }
  }

  /// One part of a breakdown: `class` = `durable`.
  ///
  /// An unknown value is the part named `unknown`.
  public struct Part: Hashable, Sendable {
    /// The field broken down by.
    public var field: String
    /// The value of the field.
    public var value: String
    /// A part of a breakdown.
    public init(field: String, value: String) {
      self.field = field
      self.value = value
    }
  }

  /// Why a figure has no value.
  public enum Absence: String, Hashable, Sendable, CaseIterable {
    /// Nobody sent what it needs.
    case notCollected = "not-collected"
    /// It makes no sense for this kind of structure.
    case notApplicable = "not-applicable"
    /// Its denominator is zero.
    case noDenominator = "no-denominator"
    /// Its observation date has not passed, or the year it looks at is longer than the cooperation is old.
    case notYetDue = "not-yet-due"
    /// Masked: too few people, or deducible from a masked neighbour.
    case tooFew = "too-few"
  }

  /// A number and what it is made of.
  public struct Value: Hashable, Sendable {
    /// The number: a rate is a share (0.625), everything else is in the indicator's unit.
    public var number: Double
    /// The numerator of a ratio.
    public var numerator: Double?
    /// The denominator of a ratio.
    public var denominator: Double?
    /// How many rows or people it rests on.
    public var count: Int?
    /// 95 % interval, on the scale of `number`; `nil` for a full count of what is described.
    public var interval: Interval?

    /// A number with what it is made of.
    public init(
      number: Double, numerator: Double? = nil, denominator: Double? = nil, count: Int? = nil,
      interval: Interval? = nil
    ) {
      self.number = number
      self.numerator = numerator
      self.denominator = denominator
      self.count = count
      self.interval = interval
    }
  }

  /// A value, or the reason why there is none.
  public enum Content: Hashable, Sendable {
    /// The value.
    case value(Value)
    /// The reason for its absence.
    case absent(Absence)
  }

  /// How settled a figure is.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Of the release's own quarter, or still waiting for observations: may change.
    case provisional
    /// Settled.
    case final
    /// Differs from what the previous release said.
    case revised
  }

  /// How much of what it follows has been observed; for a share over known answers (`Measure.asked`), how much of what it asks
  /// is known: everything asked is followed and due, and observed where the answer is known.
  public struct Maturity: Hashable, Sendable {
    /// Everyone followed.
    public var followed: Int
    /// Those whose observation date has passed.
    public var due: Int
    /// Those due whose situation is known.
    public var observed: Int
    /// Those due whose situation is not known (*perdus de vue*), or the answer (*inconnus*).
    public var lost: Int { due - observed }

    /// A state of observation.
    public init(followed: Int, due: Int, observed: Int) {
      self.followed = followed
      self.due = due
      self.observed = observed
    }
  }

  /// Where it stands.
  public var key: Key
  /// Its value or the reason for its absence.
  public var content: Content
  /// How settled it is.
  public var status: Status
  /// How much of a followed cohort has been observed, or of what is asked is known; `nil` when nothing is either.
  public var maturity: Maturity?
  /// Version of the definition it was computed with.
  public var indicatorVersion: Int

  /// A figure with all its parts.
  public init(
    key: Key, content: Content, status: Status, maturity: Maturity? = nil, indicatorVersion: Int
  ) {
    self.key = key
    self.content = content
    self.status = status
    self.maturity = maturity
    self.indicatorVersion = indicatorVersion
  }

  /// The value, when there is one.
  public var value: Value? { if case .value(let value) = content { value } else { nil } }
  /// The reason for its absence, when there is none.
  public var absence: Absence? { if case .absent(let absence) = content { absence } else { nil } }
}

/// A closed interval of numbers.
public struct Interval: Hashable, Sendable {
  /// The lower end.
  public var low: Double
  /// The upper end.
  public var high: Double
  /// An interval from `low` to `high`.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The figures of a release, found by key.
public struct FigureTable: Sendable {
  private let byKey: [Figure.Key: Figure]
  /// All figures in the order of their keys.
  public let all: [Figure]

  /// A table of these figures.
  public init(_ figures: [Figure]) {
    all = figures.sorted { $0.key < $1.key }
    byKey = Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
  }

  /// The figure at that key.
  public subscript(key: Figure.Key) -> Figure? { byKey[key] }

  /// The figure of an indicator for a cooperation and quarter.
  public func figure(
    _ indicator: String, _ cooperation: String, _ quarter: Quarter, part: Figure.Part? = nil
  ) -> Figure? {
    byKey[Figure.Key(indicator: indicator, cooperation: cooperation, quarter: quarter, part: part)]
  }

  /// The figures of an indicator for a cooperation, in order of quarter.
  public func series(_ indicator: String, _ cooperation: String, part: Figure.Part? = nil) -> [Figure] {
    all.filter {
      $0.key.cooperation == cooperation && $0.key.indicator == indicator && $0.key.part == part
    }
  }

  /// The parts of a breakdown of an indicator for a cooperation and quarter, in order of value.
  public func parts(_ indicator: String, _ cooperation: String, _ quarter: Quarter, by field: String)
    -> [Figure]
  {
    all.filter {
      $0.key.cooperation == cooperation && $0.key.indicator == indicator && $0.key.quarter == quarter
        && $0.key.part?.field == field
    }
  }
}
