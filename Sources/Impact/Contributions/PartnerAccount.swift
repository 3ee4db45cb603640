/// What one partner promised and brought over some quarters, kind by kind, and what is late.
public struct PartnerAccount: Hashable, Sendable {
  /// One kind of contribution in one unit.
  public struct Line: Hashable, Sendable {
    /// The kind: `skills_sponsorship`.
    public var kind: String
    /// The unit of the quantities: `hours`.
    public var unit: String
    /// Quantity promised for these quarters; `nil` when nothing was.
    public var promised: Double?
    /// Quantity delivered in them; 0 when something was promised and nothing came.
    public var delivered: Double
    /// Euros delivered, at cost; `nil` when not valued, or not all of it.
    public var deliveredValue: Double?
    /// Euros delivered, sponsored time counting for its ceiling at most; `nil` when nobody said, or not of all of it.
    public var deliveredCappedValue: Double?
    /// Euros promised; `nil` when not valued, or not all of it.
    public var promisedValue: Double?
    /// Quantity promised for quarters that are over and not yet delivered; a later delivery makes up for it.
    public var late: Double
  }

  /// The partner's name in data.
  public var partner: String
  /// Its contributions, by kind and unit.
  public var lines: [Line]

  /// Euros delivered, of the contributions that are valued; `nil` when none is.
  public var deliveredValue: Double? {
    let values = lines.compactMap(\.deliveredValue)
    return values.isEmpty ? nil : values.reduce(0, +)
  }

  /// Whether something delivered has no value in euros, so that the sum of euros does not say all.
  public var hasUnvalued: Bool { lines.contains { $0.delivered > 0 && $0.deliveredValue == nil } }

  /// Whether something is late.
  public var isLate: Bool { lines.contains { $0.late > 0 } }

  /// The accounts of all partners, in order of name.
  ///
  /// Quantities of one kind and unit add up over quarters; hours and days never do. Late is what had been promised for
  /// the quarters that ended before `day`, less all that was delivered up to that day, when that is more than nothing.
  ///
  /// - Parameters:
  ///   - pledges: what was promised and delivered, quarter by quarter.
  ///   - day: the day on which lateness is judged.
  /// - Returns: one account a partner, its lines by kind and unit.
  public static func accounts(of pledges: [Pledge], on day: Day) -> [PartnerAccount] {
    struct Place: Hashable {
      var partner: String
      var kind: String
      var unit: String
    }
    let lines = Dictionary(grouping: pledges) {
      Place(partner: $0.organisation, kind: $0.kind, unit: $0.unit)
    }
    let byPartner = Dictionary(grouping: lines.keys, by: \.partner)
    return byPartner.keys.sorted().map { partner in
      let places = (byPartner[partner] ?? []).sorted { ($0.kind, $0.unit) < ($1.kind, $1.unit) }
      return PartnerAccount(
        partner: partner,
        lines: places.map { place in
          line(place.kind, place.unit, (lines[place] ?? []).sorted { $0.quarter < $1.quarter }, on: day)
        })
    }
  }

  private static func line(_ kind: String, _ unit: String, _ pledges: [Pledge], on day: Day) -> Line {
    let promises = pledges.compactMap(\.promised)
    let deliveries = pledges.compactMap(\.delivered)
    let delivered = deliveries.reduce(0) { $0 + $1.quantity }
    let due = pledges.filter { $0.quarter.end < day }.compactMap(\.promised).reduce(0) { $0 + $1.quantity }
    return Line(
      kind: kind, unit: unit, promised: promises.isEmpty ? nil : promises.reduce(0) { $0 + $1.quantity },
      delivered: delivered, deliveredValue: value(deliveries.map(\.valueInEuros)),
      deliveredCappedValue: value(deliveries.map(\.cappedValueInEuros)),
      promisedValue: value(promises.map(\.valueInEuros)),
      late: max(0, due - delivered))
  }

  /// The euros of some sides; `nil` when there is none, or one of them is not valued.
  private static func value(_ sides: [Double?]) -> Double? {
    let values = sides.compactMap(\.self)
    return sides.isEmpty || values.count < sides.count ? nil : values.reduce(0, +)
  }
}

/// Whose money set how much in motion (*effet de levier*).
public struct Leverage: Hashable, Sendable {
  /// Euros of the partner looked at.
  public var own: Double
  /// Euros of the other partners.
  public var others: Double
  /// Euros of public aid.
  public var publicAid: Double

  /// Euros by source; none negative.
  public init(own: Double, others: Double, publicAid: Double) {
    self.own = own
    self.others = others
    self.publicAid = publicAid
  }

  /// Euros of others for each euro of one's own; `nil` when one brought none.
  public var ratio: Double? { own > 0 ? (others + publicAid) / own : nil }
}
