import Impact
import Testing

@Suite struct `A sharing agreement` {
  private func partner(_ id: String, _ role: String, agreed: Double? = nil) -> CooperationProfile.Partner {
    CooperationProfile.Partner(
      organisation: id, name: id, kind: "company", role: role, capitalShare: nil, votes: nil,
      agreedShare: agreed)
  }

  private func agreement(_ rule: Sharing.Rule, _ table: [(String, Double)]? = nil) throws -> SharingAgreement
  {
    let day = try #require(Day(2024, 1, 1))
    return SharingAgreement(
      cooperation: "c", rule: rule, startedOn: day, decidedOn: day, document: "D-1",
      table: table.map { values in
        SharingAgreement.SignedTable(
          signedOn: day, document: "D-2",
          values: values.map {
            SharingAgreement.CoalitionValue(
              members: Set($0.0.split(separator: "+").map(String.init)), value: $0.1)
          })
      })
  }

  private var partners: [CooperationProfile.Partner] {
    [
      partner("a", "founder", agreed: 0.6), partner("b", "member", agreed: 0.4), partner("c", "client"),
      partner("a", "funder"),
    ]
  }

  @Test func `gives shares by each rule, which make all of it`() throws {
    func shares(_ agreement: SharingAgreement, _ euros: [String: Double] = [:]) throws -> [String: Int] {
      let sharing = try agreement.sharing(among: partners, contributions: euros)
      #expect(sharing.shares.reduce(0) { $0 + $1.thousandths } == 1000)
      return Dictionary(uniqueKeysWithValues: sharing.shares.map { ($0.partner, $0.thousandths) })
    }
    #expect(
      try shares(agreement(.valuedContribution), ["a": 2, "b": 1, "c": 0]) == ["a": 667, "b": 333, "c": 0])
    // Clients pay for work, and nobody decides twice.
    #expect(try shares(agreement(.equal)) == ["a": 500, "b": 500])
    #expect(try shares(agreement(.agreed)) == ["a": 600, "b": 400])
    // Alone 12 and 2, together 26: the 12 that come of both are shared by halves.
    #expect(try shares(agreement(.shapley, [("a", 12), ("b", 2), ("a+b", 26)])) == ["a": 692, "b": 308])
  }

  @Test func `says why it gives none`() throws {
    func fault(_ agreement: SharingAgreement, among partners: [CooperationProfile.Partner]) throws
      -> SharingAgreement.Fault?
    {
      do {
        _ = try agreement.sharing(among: partners, contributions: [:])
        return nil
      } catch { return error }
    }
    #expect(try fault(agreement(.valuedContribution), among: partners) == .sharing(.nothingValued))
    #expect(try fault(agreement(.equal), among: [partner("c", "client")]) == .sharing(.noPartner))
    #expect(try fault(agreement(.agreed), among: [partner("a", "founder")]) == .noAgreedShare)
    #expect(
      try fault(agreement(.agreed), among: [partner("a", "founder", agreed: 0.6)]) == .sharing(.agreedSum(60))
    )
    #expect(try fault(agreement(.shapley), among: partners) == .noTable)
    #expect(
      try fault(agreement(.shapley, [("a", 1), ("a+b", 2)]), among: partners) == .table(.missing(["b"])))
  }

  @Test func `shares what is left once others are taken off, to the euro`() throws {
    var year = YearReturn(
      cooperation: "c", year: 2025, inputs: [],
      outcomes: [YearReturn.Outcome(id: "o", quantity: 1, impact: 900, presentValue: 1000)])
    let shares = ResultShares(try agreement(.agreed), partners: partners, last: year)
    #expect(shares.value == 1000 && shares.year == 2025)
    #expect(shares.parts.map(\.thousandths) == [600, 400])
    #expect(shares.parts.compactMap(\.value).reduce(0, +) == 1000)
    year.outcomes[0].presentValue = nil
    let unknown = ResultShares(try agreement(.agreed), partners: partners, last: year)
    #expect(unknown.value == nil && unknown.parts.allSatisfy { $0.value == nil })
  }
}
