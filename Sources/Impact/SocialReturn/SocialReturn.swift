internal import Glibc  // libm: `pow`

/// What an impact map comes to: the value of each outcome year by year, and the return on what was put in.
public struct SocialReturn: Hashable, Sendable {
  /// One outcome, valued.
  public struct Row: Hashable, Sendable {
    /// The outcome's name in data.
    public var id: String
    /// Its value in its first year, in euros, after deadweight, displacement and attribution to others.
    public var impact: Double
    /// Its value in each year, from year 1 to the last year of the map, in euros, not discounted.
    public var values: [Double]
    /// What these values are worth today, in euros.
    public var presentValue: Double
  }

  /// Why there is no return.
  public enum Absence: Hashable, Sendable {
    /// Nothing was put in: a return on nothing has no meaning.
    case noInvestment
    /// The quantities of these outcomes are not known.
    case unknownQuantity([String])
    /// The map has no outcome.
    case noOutcome
  }

  /// The outcomes whose quantity is known, in the order of the map.
  public let rows: [Row]
  /// Everything put in, in euros.
  public let investment: Double
  /// Why there is no return, or `nil`.
  public let absence: Absence?
  /// The value of all rows in each year, in euros, not discounted.
  public let totals: [Double]
  /// What the totals of each year are worth today, in euros.
  public let discountedTotals: [Double]

  /// Value today of everything that changed, in euros; `nil` when a quantity is not known.
  public let presentValue: Double?
  /// Value today less what was put in, in euros (*valeur actuelle nette*).
  public var netPresentValue: Double? { presentValue.map { $0 - investment } }
  /// Euros of social value for each euro put in; `nil` with a reason in `absence`.
  public var ratio: Double? {
    absence == nil ? presentValue.map { $0 / investment } : nil
  }
  /// The ratio less the euro put in.
  public var netRatio: Double? { ratio.map { $0 - 1 } }
  /// Months until the first year's impact has paid what was put in; `nil` when the value of all years never does.
  public var paybackMonths: Double? {
    let yearly = rows.reduce(0) { $0 + $1.impact }
    guard absence == nil, yearly > 0, let ratio, ratio >= 1 else { return nil }
    return investment / (yearly / 12)
  }
}

extension ImpactMap {
  /// One assignment of numbers to the parameters of an outcome.
  struct Point {
    var quantity: Double
    var proxy: Double
    var deadweight: Double
    var displacement: Double
    var attributionToOthers: Double
    var dropOff: Double
    var firstYear: Int
    var duration: Int

    /// What is most likely; `nil` when the quantity is not known.
    init?(central outcome: Outcome) {
      guard let quantity = outcome.quantity else { return nil }
      self.quantity = quantity.central
      proxy = outcome.proxy.central
      deadweight = outcome.deadweight.central
      displacement = outcome.displacement.central
      attributionToOthers = outcome.attributionToOthers.central
      dropOff = outcome.dropOff.central
      firstYear = outcome.firstYear
      duration = outcome.duration
    }

    /// quantity × proxy × (1 − deadweight) × (1 − displacement) × (1 − attribution to others).
    var impact: Double {
      quantity * proxy * (1 - deadweight) * (1 - displacement) * (1 - attributionToOthers)
    }

    /// Value in year `t`, from 1: impact × (1 − drop-off)^(t − first year) while it lasts, else 0.
    func value(in year: Int) -> Double {
      guard year >= firstYear, year < firstYear + duration else { return 0 }
      return impact * pow(1 - dropOff, Double(year - firstYear))
    }

    /// Σ over years of value ÷ (1 + rate)^t; year 1 is discounted, as in the Guide.
    func presentValue(at rate: Double) -> Double {
      var sum = 0.0
      for year in firstYear..<(firstYear + duration) { sum += value(in: year) / pow(1 + rate, Double(year)) }
      return sum
    }
  }

  /// Everything put in, in euros.
  public var investment: Double { inputs.reduce(0) { $0 + $1.value } }

  /// What the map comes to with every parameter at its central value.
  ///
  /// impact = quantity × proxy × (1 − deadweight) × (1 − displacement) × (1 − attribution to others);
  /// value in year t = impact × (1 − drop-off)^(t − first year); present value = Σ value ÷ (1 + discount rate)^t, year
  /// 1 included; ratio = present value ÷ investment. Source: Guide to SROI, stages 4 and 5.
  public var socialReturn: SocialReturn {
    let years = outcomes.map { $0.firstYear + $0.duration - 1 }.max() ?? 0
    let rate = discountRate.central
    let rows = outcomes.compactMap { outcome in
      Point(central: outcome).map { point in
        SocialReturn.Row(
          id: outcome.id, impact: point.impact,
          values: years == 0 ? [] : (1...years).map { point.value(in: $0) },
          presentValue: point.presentValue(at: rate))
      }
    }
    let totals = (0..<years).map { year in rows.reduce(0) { $0 + $1.values[year] } }
    let discounted = totals.enumerated().map { $1 / pow(1 + rate, Double($0 + 1)) }
    return SocialReturn(
      rows: rows, investment: investment, absence: absence, totals: totals, discountedTotals: discounted,
      presentValue: rows.count == outcomes.count ? discounted.reduce(0, +) : nil)
  }

  /// What one more of an outcome would be worth today, in euros, all else at its central value; `nil` for an outcome the
  /// map does not have or whose quantity is not known.
  public func presentValueOfOne(_ outcome: String) -> Double? {
    guard var one = outcomes.first(where: { $0.id == outcome }).flatMap(Point.init(central:)) else {
      return nil
    }
    one.quantity = 1
    return one.presentValue(at: discountRate.central)
  }

  /// Why the map has no return; `nil` when it has one.
  var absence: SocialReturn.Absence? {
    let unknown = outcomes.filter { $0.quantity == nil }.map(\.id)
    if !unknown.isEmpty { return .unknownQuantity(unknown) }
    if outcomes.isEmpty { return .noOutcome }
    return investment > 0 ? nil : .noInvestment
  }
}
