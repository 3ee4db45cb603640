/// How a year's result is shared among the partners of a cooperation, by the rule they declared: a declared
/// contribution, not causality.
public struct ResultShares: Hashable, Sendable {
  /// The agreement.
  public var agreement: SharingAgreement
  /// The year shared; `nil` when no year is whole, and only the shares are known.
  public var year: Int?
  /// The value shared, in euros: what is left once the part due to others is off; `nil` when it is not known.
  public var value: Double?
  /// The shares, or why there are none.
  public var sharing: Result<Sharing, SharingAgreement.Fault>

  /// The shares of a cooperation's last whole year.
  ///
  /// - Parameters:
  ///   - agreement: how the partners agreed to share.
  ///   - partners: the partners in place.
  ///   - last: the return of the last whole year, when there is one.
  public init(_ agreement: SharingAgreement, partners: [CooperationProfile.Partner], last: YearReturn?) {
    self.agreement = agreement
    year = last?.year
    value = last?.presentValue
    sharing = Result { () throws(SharingAgreement.Fault) in
      try agreement.sharing(among: partners, contributions: last?.contributions ?? [:])
    }
  }

  /// Each partner's part: its share in thousandths, which sum to 1000, and its part of the value.
  public var parts: [(partner: String, thousandths: Int, value: Double?)] {
    guard case .success(let sharing) = sharing else { return [] }
    return sharing.shares.map { share in
      (share.partner, share.thousandths, value.map { $0 * share.exact })
    }
  }
}

extension Edition {
  /// The return of the last whole year of a cooperation; `nil` when it has none.
  public func lastReturn(of cooperation: String) -> YearReturn? {
    returns.last { $0.cooperation == cooperation && $0.isWhole }
  }

  /// How the last whole year of a cooperation is shared; `nil` when its partners declared no rule.
  public func shares(of cooperation: CooperationProfile) -> ResultShares? {
    agreements.first { $0.cooperation == cooperation.id }.map {
      ResultShares($0, partners: cooperation.partners, last: lastReturn(of: cooperation.id))
    }
  }
}
