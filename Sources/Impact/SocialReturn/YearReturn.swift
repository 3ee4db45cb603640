/// The social return of one cooperation's calendar year, as a release keeps it.
///
/// It holds what came from facts and figures (what was put in, how often each outcome happened) and what they come to;
/// values and deductions are those of the model the release was made with. Returns of several cooperations are never
/// added up: the same euro avoided may stand in two of them.
public struct YearReturn: Hashable, Sendable {
  /// Something put in.
  public struct Input: Hashable, Sendable {
    /// The kind of contribution, or the indicator.
    public var name: String
    /// The partner it came from; `nil` for the figure of an indicator.
    public var organisation: String?
    /// Euros; `nil` with a reason in `absence`.
    public var value: Double?
    /// Why its euros are not known.
    public var absence: Figure.Absence?
    /// Deliveries that nobody valued, and so are not in `value`.
    public var unvalued: Int

    /// Something put in, with its value or the reason for having none.
    public init(
      name: String, organisation: String? = nil, value: Double?, absence: Figure.Absence? = nil,
      unvalued: Int = 0
    ) {
      self.name = name
      self.organisation = organisation
      self.value = value
      self.absence = absence
      self.unvalued = unvalued
    }
  }

  /// How often an outcome happened, and what it comes to.
  public struct Outcome: Hashable, Sendable {
    /// The outcome's name in the model.
    public var id: String
    /// How many times it happened in the year; `nil` with a reason in `absence`.
    public var quantity: Double?
    /// Why that is not known, or has no object.
    public var absence: Figure.Absence?
    /// Euros of its first year after deductions; `nil` without a quantity or a value in force.
    public var impact: Double?
    /// What its years are worth today, in euros.
    public var presentValue: Double?

    /// An outcome with its quantity or the reason for having none.
    public init(
      id: String, quantity: Double?, absence: Figure.Absence? = nil, impact: Double? = nil,
      presentValue: Double? = nil
    ) {
      self.id = id
      self.quantity = quantity
      self.absence = absence
      self.impact = impact
      self.presentValue = presentValue
    }
  }

  /// Why there is no return.
  public enum Absence: String, Hashable, Sendable, CaseIterable {
    /// The year is not over.
    case notOver = "not-over"
    /// The cooperation ended before the year did, so that there is no whole year.
    case ended
    /// Nothing was put in: a return on nothing has no meaning.
    case noInvestment = "no-investment"
    /// Something was put in whose euros are not known.
    case unknownInvestment = "unknown-investment"
    /// An outcome's quantity is not known.
    case unknownQuantity = "unknown-quantity"
    /// No value is in force in the year for an outcome that counts.
    case noProxy = "no-proxy"
    /// No outcome counts here.
    case noOutcome = "no-outcome"
    /// Masked: it rests on figures of too few people.
    case tooFew = "too-few"
  }

  /// What the map of a year comes to.
  public struct Result: Hashable, Sendable {
    /// Euros of social value for each euro put in.
    public var ratio: Double
    /// The least and the most it can be within all ranges at once.
    public var corners: Interval
    /// Where it lies when all is drawn at once; only for the last whole year of a release.
    public var uncertainty: ImpactMap.Uncertainty?

    /// A result.
    public init(ratio: Double, corners: Interval, uncertainty: ImpactMap.Uncertainty? = nil) {
      self.ratio = ratio
      self.corners = corners
      self.uncertainty = uncertainty
    }
  }

  /// The cooperation's name in data.
  public var cooperation: String
  /// The calendar year.
  public var year: Int
  /// What was put in: contributions by partner and kind, then figures.
  public var inputs: [Input]
  /// The outcomes that count, in the order of the model.
  public var outcomes: [Outcome]
  /// What it comes to; `nil` with a reason in `absence`.
  public var result: Result?
  /// Why there is no return.
  public var absence: Absence?

  /// A return with all its parts.
  public init(
    cooperation: String, year: Int, inputs: [Input], outcomes: [Outcome], result: Result? = nil,
    absence: Absence? = nil
  ) {
    self.cooperation = cooperation
    self.year = year
    self.inputs = inputs
    self.outcomes = outcomes
    self.result = result
    self.absence = absence
  }

  /// Whether the cooperation had the whole year.
  public var isWhole: Bool { absence != .notOver && absence != .ended }

  /// The same return with the interval of seeded draws; without a result it stays as it is.
  public func drawn(_ model: SocialReturnModel) -> YearReturn {
    var drawn = self
    drawn.result?.uncertainty = map(model)?.uncertainty()
    return drawn
  }

  /// Everything put in, in euros; `nil` when something of it is not known.
  public var investment: Double? {
    let relevant = inputs.filter { $0.absence != .notApplicable }
    let values = relevant.compactMap(\.value)
    return values.count == relevant.count ? values.reduce(0, +) : nil
  }

  /// Value today of everything that changed, in euros; `nil` when something of it is not known.
  public var presentValue: Double? {
    let relevant = outcomes.filter { $0.absence != .notApplicable }
    let values = relevant.compactMap(\.presentValue)
    return values.count == relevant.count && !values.isEmpty ? values.reduce(0, +) : nil
  }

  /// Deliveries that nobody valued, and so are in no investment.
  public var unvalued: Int { inputs.reduce(0) { $0 + $1.unvalued } }

  /// Euros each partner put in, by organisation; the rest is of nobody among them.
  public var contributions: [String: Double] {
    var found: [String: Double] = [:]
    for input in inputs {
      if let organisation = input.organisation, let value = input.value {
        found[organisation, default: 0] += value
      }
    }
    return found
  }

  /// Its impact map under a model; `nil` when something needed is not known.
  ///
  /// A figure below zero, such as net VAT paid back, is a change for the worse: as many times its proxy, negative. What
  /// was put in stands in one line where a part of it is below zero.
  ///
  /// - Parameter model: the model the return was made with.
  /// - Returns: the map, whose ratio is the return's.
  public func map(_ model: SocialReturnModel) -> ImpactMap? {
    guard let investment else { return nil }
    var rows: [ImpactMap.Outcome] = []
    for outcome in outcomes where outcome.absence != .notApplicable {
      guard let quantity = outcome.quantity, let definition = model.outcome(outcome.id),
        let proxy = model.proxy(definition.proxy)?.estimate(in: year)
      else { return nil }
      rows.append(
        ImpactMap.Outcome(
          id: outcome.id, quantity: Estimate(quantity.magnitude), proxy: quantity < 0 ? proxy.negated : proxy,
          deadweight: definition.deadweight.estimate, displacement: definition.displacement.estimate,
          attributionToOthers: definition.attributionToOthers.estimate,
          dropOff: definition.dropOff.estimate, firstYear: definition.firstYear,
          duration: definition.duration, sources: model.sources(of: definition)))
    }
    var values = inputs.compactMap { input in
      input.value.map { value in
        ImpactMap.Input(
          id: [input.organisation, input.name].compactMap(\.self).joined(separator: " "), value: value)
      }
    }
    if values.contains(where: { $0.value < 0 }) {
      values = [ImpactMap.Input(id: "investment", value: max(0, investment))]
    }
    return try? ImpactMap(inputs: values, outcomes: rows, discountRate: model.discountRate.estimate)
  }
}
