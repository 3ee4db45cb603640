internal import Impact
internal import Postgres

extension Archive {
  /// Quarters of pledges an edition holds for each cooperation, up to its last one.
  private static var quartersOfPledges: Int { 8 }

  /// The quarters of pledges an edition holds for a cooperation.
  private static func held(_ profile: CooperationProfile) -> ClosedRange<Quarter> {
    profile.quarters.upperBound.advanced(by: 1 - quartersOfPledges)...profile.quarters.upperBound
  }

  /// What partners promised and delivered over the last quarters of each cooperation.
  ///
  /// A `masked` reader may not see small numbers of people: what is counted in people is left out, and so is how
  /// many gave.
  func pledges(of profiles: [CooperationProfile], masked: Bool) throws -> [Pledge] {
    let held = Dictionary(profiles.map { ($0.id, Archive.held($0)) }) { first, _ in first }
    guard let low = held.values.map(\.lowerBound).min(), let high = held.values.map(\.upperBound).max()
    else { return [] }
    return try pledges(in: low...high).compactMap { pledge in
      guard held[pledge.cooperation]?.contains(pledge.quarter) == true else { return nil }
      guard masked else { return pledge }
      guard pledge.unit != "people" else { return nil }
      var copy = pledge
      copy.promised?.people = nil
      copy.delivered?.people = nil
      return copy
    }
  }

  /// What partners owed, or had delivered ahead, before the quarters an edition holds, of all quarters before them: a
  /// delivery makes up for the oldest promise, so that without them an old debt would be hidden by what paid for it.
  ///
  /// Counted from the first promise of each kind: what was given before anything was promised is a gift, not an advance.
  /// A balance of nothing stands too, since it says that promises had begun.
  /// A `masked` reader gets nothing that is counted in people.
  func openings(of profiles: [CooperationProfile], masked: Bool) throws -> [OpeningBalance] {
    let names = profiles.map(\.id)
    let firsts = profiles.map { Archive.held($0).lowerBound.start.description }
    let rows = try connection.execute(
      """
      SELECT b.cooperation_id, b.organisation, b.kind, b.unit, to_char(h.first - 1, 'YYYY"T"Q'),
        sum(b.quantity)::float8
      FROM (
        SELECT cooperation_id, organisation, kind, unit, quarter, quantity FROM measure.commitments
        UNION ALL
        SELECT cooperation_id, organisation, kind, unit, date_trunc('quarter', delivered_on)::date, -quantity
        FROM measure.contributions) b
      JOIN (SELECT cooperation_id, organisation, kind, unit, min(quarter) AS began FROM measure.commitments
            GROUP BY 1, 2, 3, 4) p USING (cooperation_id, organisation, kind, unit)
      JOIN unnest(\(names)::text[], \(firsts)::date[]) AS h(cooperation_id, first) USING (cooperation_id)
      WHERE b.quarter >= p.began AND b.quarter < h.first AND b.unit <> \(masked ? "people" : "")
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4
      """)
    return try rows.map { row in
      let (cooperation, organisation, kind, unit, name, quantity) = try row.decode(
        (String, String, String, String, String, Double).self)
      guard let quarter = Quarter(name) else { throw Corrupt(what: "balance of \(name)") }
      return OpeningBalance(
        cooperation: cooperation, organisation: organisation, kind: kind, unit: unit, quarter: quarter,
        quantity: quantity)
    }
  }
}
