/// What a cooperation's year cost and what changed for whom, valued in euros (*cartographie des impacts*): the table
/// from which a social return on investment (SROI) is computed.
///
/// The method is that of the *Guide to Social Return on Investment* (Cabinet Office, 2009, revised 2012). The rows of
/// the Guide's own example were not read in its text but reconstructed; they close to the penny on its totals.
///
/// A map belongs to one cooperation and one year. Returns of several cooperations are never added up: the same euro
/// avoided may stand in two maps.
public struct ImpactMap: Hashable, Sendable {
  /// Something put in: money, time, goods, valued in euros.
  public struct Input: Hashable, Sendable {
    /// Its name in data.
    public var id: String
    /// Euros; not negative.
    public var value: Double

    /// Something put in.
    public init(id: String, value: Double) {
      self.id = id
      self.value = value
    }
  }

  /// A change for somebody, and what is known of how much of it the cooperation caused.
  public struct Outcome: Hashable, Sendable {
    /// Its name in data.
    public var id: String
    /// How many times it happened in the year; not negative.
    ///
    /// `nil` when nobody knows: then there is no return.
    public var quantity: Estimate?
    /// Euros each is worth in a year; negative for a change for the worse.
    public var proxy: Estimate
    /// The share that would have happened anyway (*poids mort*), 0–1.
    public var deadweight: Estimate
    /// The share that was only moved from elsewhere (*déplacement*), 0–1.
    public var displacement: Estimate
    /// The share due to others than the cooperation (*attribution à des tiers*), 0–1.
    ///
    /// It is a deduction, made before partners share what is left among themselves; see `Sharing`.
    public var attributionToOthers: Estimate
    /// The share of the effect lost from each year to the next (*érosion*), 0–1; the first year is whole.
    public var dropOff: Estimate
    /// The year the effect begins: 1 for the year of the activity, 2 for the year after.
    public var firstYear: Int
    /// How many years it lasts, from 1.
    public var duration: Int
    /// The name of the source of a parameter's range.
    ///
    /// One range of one source is one assumption, whatever the number of outcomes it serves: if it is wrong, it is wrong
    /// for all of them at once. Without a name a range stands alone.
    public var sources: [Parameter: String]

    /// A change with what is known of it.
    public init(
      id: String, quantity: Estimate?, proxy: Estimate, deadweight: Estimate = Estimate(0),
      displacement: Estimate = Estimate(0), attributionToOthers: Estimate = Estimate(0),
      dropOff: Estimate = Estimate(0), firstYear: Int = 1, duration: Int = 1,
      sources: [Parameter: String] = [:]
    ) {
      self.id = id
      self.quantity = quantity
      self.proxy = proxy
      self.deadweight = deadweight
      self.displacement = displacement
      self.attributionToOthers = attributionToOthers
      self.dropOff = dropOff
      self.firstYear = firstYear
      self.duration = duration
      self.sources = sources
    }
  }

  /// The longest an effect is followed, in years.
  public static let horizon = 50

  /// Everything put in.
  public let inputs: [Input]
  /// Everything that changed, in the order shown.
  public let outcomes: [Outcome]
  /// The discount rate of a year (*taux d’actualisation*), 0–1: 0.035 is 3.5 %.
  public let discountRate: Estimate

  /// A map whose parts are within their ranges.
  ///
  /// - Throws: the first `Fault` found.
  public init(inputs: [Input], outcomes: [Outcome], discountRate: Estimate) throws(Fault) {
    for input in inputs where !(input.value >= 0 && input.value.isFinite) {
      throw .outside("the value of the input \(input.id)", "0 euro or more")
    }
    var names: Set<String> = []
    for outcome in outcomes {
      guard names.insert(outcome.id).inserted else { throw .twice(outcome.id) }
      try ImpactMap.check(outcome)
    }
    guard discountRate.low >= 0, discountRate.high <= 1 else {
      throw .outside("the discount rate", "a share between 0 and 1")
    }
    self.inputs = inputs
    self.outcomes = outcomes
    self.discountRate = discountRate
  }

  private static func check(_ outcome: Outcome) throws(Fault) {
    if let quantity = outcome.quantity, quantity.low < 0 {
      throw .outside(
        "the quantity of \(outcome.id)", "0 or more; a change for the worse has a negative proxy")
    }
    let shares: [(String, Estimate)] = [
      ("deadweight", outcome.deadweight), ("displacement", outcome.displacement),
      ("attribution to others", outcome.attributionToOthers), ("drop-off", outcome.dropOff),
    ]
    for (name, share) in shares where share.low < 0 || share.high > 1 {
      throw .outside("the \(name) of \(outcome.id)", "a share between 0 and 1")
    }
    guard (1...horizon).contains(outcome.firstYear) else {
      throw .outside(
        "the first year of \(outcome.id)", "a year from 1 (the year of the activity) to \(horizon)")
    }
    guard (1...horizon).contains(outcome.duration) else {
      throw .outside("the duration of \(outcome.id)", "1 to \(horizon) years")
    }
  }

  /// What a map cannot hold.
  public enum Fault: Error, Hashable, CustomStringConvertible {
    /// Something outside its range; what, and what it must be.
    case outside(String, String)
    /// Two outcomes of one name.
    case twice(String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .outside(let what, let range): "\(what) must be \(range); correct it"
      case .twice(let name): "the outcome \(name) stands twice; keep one"
      }
    }
  }
}
