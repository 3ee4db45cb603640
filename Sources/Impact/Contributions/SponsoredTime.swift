/// Paid working time a company gives (*mécénat de compétences*), person by person.
///
/// It is valued at cost (*prix de revient*): gross pay and the employer's contributions for the time given, never
/// at the price a client would pay.
///
///     let days = SponsoredTime([.init(hours: 35, hourlyCost: 62.5)])
///     days.cost           // 2187.5
///
/// Source: CGI art. 238 bis; BOI-BIC-RICI-20-30-10-20.
public struct SponsoredTime: Hashable, Sendable {
  /// What one person gave.
  public struct Share: Hashable, Sendable {
    /// Hours given; not negative.
    public var hours: Double
    /// Euros an hour costs the employer: gross pay and employer's contributions; not negative.
    public var hourlyCost: Double

    /// The time of one person.
    public init(hours: Double, hourlyCost: Double) {
      self.hours = hours
      self.hourlyCost = hourlyCost
    }
  }

  /// The most an hour may count for in the tax benefit: three times the annual ceiling of social security
  /// (*plafond annuel de la sécurité sociale*, PASS), spread over the hours of a full-time year.
  ///
  /// That the ceiling is spread by time is usage, not text: no source was found for the rule of three.
  public struct Ceiling: Hashable, Sendable {
    /// Euros an hour.
    public var hourly: Double

    /// The ceiling of a year.
    ///
    /// - Parameters:
    ///   - annual: the annual ceiling of social security of that year, in euros.
    ///   - hours: the hours of a full-time year at the employer; `nil` is returned unless positive.
    public init?(annual: Double, over hours: Double) {
      guard hours > 0, annual >= 0 else { return nil }
      hourly = 3 * annual / hours
    }
  }

  /// The time of each person; a person stands once.
  public var shares: [Share]

  /// The time of some people.
  public init(_ shares: [Share]) { self.shares = shares }

  /// Number of people.
  public var people: Int { shares.count }

  /// Hours given by all.
  public var hours: Double { shares.reduce(0) { $0 + $1.hours } }

  /// Its value at cost, in euros, whatever the ceiling.
  public var cost: Double { shares.reduce(0) { $0 + $1.hourlyCost * $1.hours } }

  /// Its value at cost, in euros, each person's hour counting for the ceiling at most:
  /// Σ over people of min(hourly cost, ceiling) × hours.
  public func cost(within ceiling: Ceiling) -> Double {
    shares.reduce(0) { $0 + min($1.hourlyCost, ceiling.hourly) * $1.hours }
  }
}
