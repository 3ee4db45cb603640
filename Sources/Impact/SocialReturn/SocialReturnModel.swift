/// How the social return of a cooperation's year is reckoned.
///
/// It says what counts as put in, which figures are outcomes, what each is worth, and what is deducted; it is read from
/// `Indicators/sroi.yaml`. Every number in it names its source and the kind of its source; nothing counts unless it is switched on.
public struct SocialReturnModel: Hashable, Sendable {
  /// What a source is, from the firmest to the least firm.
  public enum SourceKind: String, Hashable, Sendable, CaseIterable {
    /// A law, a decree, an order.
    case law
    /// A study by somebody who does not ask for money with it.
    case evaluation
    /// A figure of those who defend the cause.
    case advocacy
    /// Nobody's: a choice declared here (*hypothèse*).
    case assumption
  }

  /// Where a number was read.
  public struct Source: Hashable, Sendable {
    /// Its name in the file.
    public var id: String
    /// What it is.
    public var kind: SourceKind
    /// How sure it is that the source says so.
    public var sureness: Parameter.Sureness
    /// Its year, month or day, as precisely as it is known: `2018`, `2025-04-01`.
    public var date: String
    /// Its title, with what was taken from it.
    public var title: Localized

    /// A source with all its parts.
    public init(
      id: String, kind: SourceKind, sureness: Parameter.Sureness, date: String, title: Localized
    ) {
      self.id = id
      self.kind = kind
      self.sureness = sureness
      self.date = date
      self.title = title
    }
  }

  /// A number with its range and its source.
  public struct Sourced: Hashable, Sendable {
    /// The number.
    public var estimate: Estimate
    /// The name of its source.
    public var source: String

    /// A number with its source.
    public init(_ estimate: Estimate, source: String) {
      self.estimate = estimate
      self.source = source
    }
  }

  /// What one unit of an outcome is worth in euros (*valeur monétaire*, proxy).
  public struct Proxy: Hashable, Sendable {
    /// A value with the day it begins to hold.
    public struct Dated: Hashable, Sendable {
      /// The first day it holds.
      public var from: Day
      /// Euros; negative for a change for the worse.
      public var estimate: Estimate
      /// Whether a source says how far it could be off; without, its estimate has no range, which is not to say that it
      /// is certain.
      public var isRangeKnown: Bool

      /// A value with its day.
      public init(from: Day, estimate: Estimate, isRangeKnown: Bool = true) {
        self.from = from
        self.estimate = estimate
        self.isRangeKnown = isRangeKnown
      }
    }

    /// Its name in the file.
    public var id: String
    /// Whether outcomes may be valued by it.
    public var isEnabled: Bool
    /// The name shown on pages.
    public var label: Localized
    /// What one of it is: `mois`, `personne et par an`.
    public var per: Localized
    /// Its values, oldest first; never empty.
    public var values: [Dated]
    /// The name of its source.
    public var source: String

    /// A proxy with all its parts.
    public init(
      id: String, isEnabled: Bool, label: Localized, per: Localized, values: [Dated], source: String
    ) {
      self.id = id
      self.isEnabled = isEnabled
      self.label = label
      self.per = per
      self.values = values
      self.source = source
    }

    /// Its value in a year: the one in force on 31 December, between the least and the most that was in force in the
    /// year; `nil` when none was.
    public func estimate(in year: Int) -> Estimate? {
      let inForce = inForce(in: year).map(\.estimate)
      guard let central = inForce.last?.central else { return nil }
      return Estimate(
        low: inForce.map(\.low).min() ?? central, central: central,
        high: inForce.map(\.high).max() ?? central)
    }

    /// Whether a source gives a range for each value that was in force in a year.
    public func isRangeKnown(in year: Int) -> Bool { inForce(in: year).allSatisfy(\.isRangeKnown) }

    private func inForce(in year: Int) -> [Dated] {
      let (first, last) = (Day(unchecked: year, 1, 1), Day(unchecked: year, 12, 31))
      return values.enumerated().filter { index, value in
        value.from <= last && (index + 1 == values.count || values[index + 1].from > first)
      }.map(\.element)
    }
  }

  /// Which figure says how many times an outcome happened in a year.
  ///
  /// The indicator counts or sums, over a quarter (then the year's quarters are added), the year to date or the
  /// rolling year (then the fourth quarter's figure is that of the year).
  public struct Quantity: Hashable, Sendable {
    /// The indicator's name.
    public var indicator: String
    /// The part of a breakdown; `nil` for the whole.
    public var part: Figure.Part?

    /// A figure's place in the catalogue.
    public init(indicator: String, part: Figure.Part? = nil) {
      self.indicator = indicator
      self.part = part
    }
  }

  /// A change for somebody, and what is held of how much of it the cooperation caused.
  public struct Outcome: Hashable, Sendable {
    /// Its name in the file.
    public var id: String
    /// The name shown on pages.
    public var label: Localized
    /// For whom it changes something.
    public var stakeholder: Localized
    /// How many times it happened.
    public var quantity: Quantity
    /// The name of the proxy that values it.
    public var proxy: String
    /// The share that would have happened anyway (*poids mort*), 0–1.
    public var deadweight: Sourced
    /// The share that was only moved from elsewhere (*déplacement*), 0–1.
    public var displacement: Sourced
    /// The share due to others than the cooperation (*attribution à des tiers*), 0–1; see `Sharing` for what comes after.
    public var attributionToOthers: Sourced
    /// The share lost from each year to the next (*érosion*), 0–1.
    public var dropOff: Sourced
    /// The year the effect begins: 1 for the year of the activity.
    public var firstYear: Int
    /// How many years it lasts, from 1.
    public var duration: Int

    /// An outcome with all its parts.
    public init(
      id: String, label: Localized, stakeholder: Localized, quantity: Quantity, proxy: String,
      deadweight: Sourced, displacement: Sourced, attributionToOthers: Sourced, dropOff: Sourced,
      firstYear: Int = 1, duration: Int = 1
    ) {
      self.id = id
      self.label = label
      self.stakeholder = stakeholder
      self.quantity = quantity
      self.proxy = proxy
      self.deadweight = deadweight
      self.displacement = displacement
      self.attributionToOthers = attributionToOthers
      self.dropOff = dropOff
      self.firstYear = firstYear
      self.duration = duration
    }
  }

  /// Version of the model.
  public var version: Int
  /// The discount rate of a year, 0–1.
  public var discountRate: Sourced
  /// Kinds of contributions whose value counts as put in.
  public var contributionKinds: [String]
  /// Figures that also count as put in, such as public aid: their indicators.
  public var inputs: [Quantity]
  /// Where numbers were read.
  public var sources: [Source]
  /// What outcomes are worth.
  public var proxies: [Proxy]
  /// What may change, in the order of the pages.
  public var outcomes: [Outcome]

  /// A model with all its parts.
  public init(
    version: Int, discountRate: Sourced, contributionKinds: [String], inputs: [Quantity], sources: [Source],
    proxies: [Proxy], outcomes: [Outcome]
  ) {
    self.version = version
    self.discountRate = discountRate
    self.contributionKinds = contributionKinds
    self.inputs = inputs
    self.sources = sources
    self.proxies = proxies
    self.outcomes = outcomes
  }

  /// The source of that name.
  public func source(_ id: String) -> Source? { sources.first { $0.id == id } }
  /// The proxy of that name.
  public func proxy(_ id: String) -> Proxy? { proxies.first { $0.id == id } }
  /// The outcome of that name.
  public func outcome(_ id: String) -> Outcome? { outcomes.first { $0.id == id } }
  /// The outcomes whose proxy is switched on: those that count.
  public var counted: [Outcome] { outcomes.filter { proxy($0.proxy)?.isEnabled ?? false } }

  /// The names of the sources of an outcome's parameters.
  func sources(of outcome: Outcome) -> [ImpactMap.Parameter: String] {
    var found: [ImpactMap.Parameter: String] = [
      .deadweight: outcome.deadweight.source, .displacement: outcome.displacement.source,
      .attributionToOthers: outcome.attributionToOthers.source, .dropOff: outcome.dropOff.source,
    ]
    found[.proxy] = proxy(outcome.proxy)?.source
    return found
  }
}
