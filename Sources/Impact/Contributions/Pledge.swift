/// What a partner promised for a quarter and delivered in it, for one kind of contribution in one unit.
///
/// Quantities of two units are two pledges: hours and days are never added.
public struct Pledge: Hashable, Sendable {
  /// One side of it.
  public struct Side: Hashable, Sendable {
    /// In the unit of the pledge.
    public var quantity: Double
    /// In euros, by its methods; `nil` when it is not valued, or not all of it.
    public var valueInEuros: Double?
    /// In euros, sponsored time counting for the ceiling at most; `nil` when nobody said, or not of all of it.
    public var cappedValueInEuros: Double?
    /// What it would cost on the market, in euros, for the record and never added; `nil` when nobody said.
    public var marketValueInEuros: Double?
    /// How many people give it, the most at a time; `nil` when nobody said.
    public var people: Int?
    /// How it was valued, in order of name: `cost`, `invoice`, `not_valued`.
    public var methods: [String]

    /// A side with its values.
    public init(
      quantity: Double, valueInEuros: Double?, cappedValueInEuros: Double? = nil,
      marketValueInEuros: Double? = nil, people: Int? = nil, methods: [String] = []
    ) {
      self.quantity = quantity
      self.valueInEuros = valueInEuros
      self.cappedValueInEuros = cappedValueInEuros
      self.marketValueInEuros = marketValueInEuros
      self.people = people
      self.methods = methods
    }
  }

  /// The cooperation's name in data.
  public var cooperation: String
  /// The organisation's name in data.
  public var organisation: String
  /// The kind of contribution: `skills_sponsorship`, `entrusted_turnover`.
  public var kind: String
  /// The unit of its quantities: `hours`, `eur`.
  public var unit: String
  /// The quarter promised for, and delivered in.
  public var quarter: Quarter
  /// What was promised; `nil` when nothing was.
  public var promised: Side?
  /// What was delivered; `nil` when no delivery is known.
  public var delivered: Side?
  /// Number of deliveries.
  public var deliveries: Int

  /// A pledge with both its sides.
  public init(
    cooperation: String, organisation: String, kind: String, unit: String, quarter: Quarter, promised: Side?,
    delivered: Side?, deliveries: Int
  ) {
    self.cooperation = cooperation
    self.organisation = organisation
    self.kind = kind
    self.unit = unit
    self.quarter = quarter
    self.promised = promised
    self.delivered = delivered
    self.deliveries = deliveries
  }

  /// The share of the promise that was delivered: 1 when all of it; `nil` when nothing was promised.
  ///
  /// No delivery known of something promised is 0: contributions are events, and none has happened.
  public var delivery: Double? {
    guard let promised, promised.quantity > 0 else { return nil }
    return (delivered?.quantity ?? 0) / promised.quantity
  }

  /// Whether less was delivered than promised.
  public var isShort: Bool { delivery.map { $0 < 1 } ?? false }
}
