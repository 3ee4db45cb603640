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
    /// Promised less delivered before these quarters: above 0 was late then, below 0 delivered ahead.
    public var opening: Double
    /// Quantity promised for all quarters that are over, those before these included, and not yet delivered.
    ///
    /// Any delivery makes up for it, the oldest promise first.
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
  /// the quarters that ended before `day`, since the first promise of its kind, less all that was delivered since then up to that day, when that is more
  /// than nothing. A partner of whom nothing is known in these quarters has an account when it owes something older.
  ///
  /// - Parameters:
  ///   - pledges: what was promised and delivered in one cooperation, quarter by quarter.
  ///   - openings: what was owed or ahead when these quarters began.
  ///   - day: the day on which lateness is judged.
  /// - Returns: one account a partner, its lines by kind and unit.
  public static func accounts(
    of pledges: [Pledge], after openings: [OpeningBalance] = [], on day: Day
  ) -> [PartnerAccount] {
    let quarters = Dictionary(grouping: pledges, by: \.place)
    let opened = Dictionary(grouping: openings, by: \.place).mapValues { $0.reduce(0) { $0 + $1.quantity } }
    let owing = opened.filter { $0.value > 0 }.keys
    let byPartner = Dictionary(grouping: Set(quarters.keys).union(owing), by: \.organisation)
    return byPartner.keys.sorted().map { partner in
      let places = (byPartner[partner] ?? []).sorted { ($0.kind, $0.unit) < ($1.kind, $1.unit) }
      return PartnerAccount(
        partner: partner,
        lines: places.map { place in
          line(
            place, (quarters[place] ?? []).sorted { $0.quarter < $1.quarter }, after: opened[place],
            on: day)
        })
    }
  }

  private static func line(
    _ place: ContributionPlace, _ pledges: [Pledge], after opening: Double?, on day: Day
  ) -> Line {
    let promises = pledges.compactMap(\.promised)
    let deliveries = pledges.compactMap(\.delivered)
    return Line(
      kind: place.kind, unit: place.unit,
      promised: promises.isEmpty ? nil : promises.reduce(0) { $0 + $1.quantity },
      delivered: deliveries.reduce(0) { $0 + $1.quantity },
      deliveredValue: value(deliveries.map(\.valueInEuros)),
      deliveredCappedValue: value(deliveries.map(\.cappedValueInEuros)),
      promisedValue: value(promises.map(\.valueInEuros)), opening: opening ?? 0,
      late: Pledge.late(Pledge.owed(pledges, after: opening, on: day)))
  }

  /// The euros of some sides; `nil` when there is none, or one of them is not valued.
  private static func value(_ sides: [Double?]) -> Double? {
    let values = sides.compactMap(\.self)
    return sides.isEmpty || values.count < sides.count ? nil : values.reduce(0, +)
  }
}

extension [Pledge] {
  /// What is late at the end of each quarter, in the order of the pledges and in their units: what had been promised
  /// since the first promise of its kind for the quarters over by then, less all that was delivered since that promise.
  ///
  /// - Parameters:
  ///   - openings: what was owed or ahead when these quarters began.
  ///   - day: the day on which lateness is judged, by cooperation: what is promised for a quarter that is not over on it
  ///     is not late.
  /// - Returns: a quantity a pledge, 0 when nothing is late.
  public func late(after openings: [OpeningBalance], on day: (_ cooperation: String) -> Day) -> [Double] {
    var balance: [ContributionPlace: Double] = [:]
    for opening in openings { balance[opening.place, default: 0] += opening.quantity }
    var late = [Double](repeating: 0, count: count)
    for index in indices.sorted(by: { self[$0].quarter < self[$1].quarter }) {
      let pledge = self[index]
      let owed = Pledge.owed([pledge], after: balance[pledge.place], on: day(pledge.cooperation))
      balance[pledge.place] = owed
      late[index] = Pledge.late(owed)
    }
    return late
  }
}

extension Edition {
  /// The day on which lateness is judged: the cut, or the cooperation's own end when it came before.
  public func lastDay(of cooperation: CooperationProfile) -> Day {
    Swift.min(release.cut, cooperation.endedOn ?? release.cut)
  }

  /// What each partner of a cooperation promised and brought over the quarters the edition holds, and what is late since
  /// the first one known.
  public func accounts(of cooperation: CooperationProfile) -> [PartnerAccount] {
    PartnerAccount.accounts(
      of: pledges.filter { $0.cooperation == cooperation.id },
      after: openings.filter { $0.cooperation == cooperation.id }, on: lastDay(of: cooperation))
  }
}
