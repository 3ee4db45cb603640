/// What a partner still owed of one kind of contribution when the quarters an edition holds began, or had delivered ahead
/// (*report à nouveau*): the promises and deliveries of all quarters before, in one number.
///
/// It counts from the first promise of its kind: what was given before anything was promised is a gift, not an advance on
/// promises to come. Without a balance nothing had been promised before these quarters; a balance of 0 says it had.
public struct OpeningBalance: Hashable, Sendable {
  /// The cooperation's name in data.
  public var cooperation: String
  /// The organisation's name in data.
  public var organisation: String
  /// The kind of contribution: `skills_sponsorship`.
  public var kind: String
  /// The unit of the quantity: `hours`.
  public var unit: String
  /// The last quarter it counts.
  public var quarter: Quarter
  /// Promised less delivered, up to the end of that quarter: above 0 is late, below 0 was delivered ahead.
  public var quantity: Double

  /// A balance at the end of a quarter.
  public init(
    cooperation: String, organisation: String, kind: String, unit: String, quarter: Quarter, quantity: Double
  ) {
    self.cooperation = cooperation
    self.organisation = organisation
    self.kind = kind
    self.unit = unit
    self.quarter = quarter
    self.quantity = quantity
  }
}

/// Whose contributions of one kind, in one unit, add up.
struct ContributionPlace: Hashable {
  var cooperation: String
  var organisation: String
  var kind: String
  var unit: String
}

extension Pledge {
  var place: ContributionPlace {
    ContributionPlace(cooperation: cooperation, organisation: organisation, kind: kind, unit: unit)
  }

  /// What quarters add, in order, to what was owed before them; `nil` when nothing had been promised yet.
  ///
  /// Until the first promise deliveries count for nothing.
  static func owed(_ pledges: [Pledge], after opening: Double?, on day: Day) -> Double? {
    pledges.reduce(opening) { owed, pledge in
      owed == nil && pledge.promised == nil ? nil : (owed ?? 0) + pledge.owed(on: day)
    }
  }

  /// What a quarter adds to what is owed on a day: its promise once it is over, less what was delivered in it.
  private func owed(on day: Day) -> Double {
    (quarter.end < day ? promised?.quantity ?? 0 : 0) - (delivered?.quantity ?? 0)
  }

  /// What of a balance is late; a millionth is what adding decimals up leaves, not a debt.
  static func late(_ owed: Double?) -> Double { owed.flatMap { $0 > 1e-6 ? $0 : nil } ?? 0 }
}

extension OpeningBalance {
  var place: ContributionPlace {
    ContributionPlace(cooperation: cooperation, organisation: organisation, kind: kind, unit: unit)
  }
}
