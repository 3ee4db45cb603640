internal import Impact
internal import Postgres

extension Archive {
  /// Partners on the last day the release speaks of: the cut, or the cooperation's own end.
  func partners(_ release: Release) throws -> [String: [CooperationProfile.Partner]] {
    let former = try formerNames(release)
    let rows = try connection.execute(
      """
      SELECT p.cooperation_id, p.organisation,
        measure.name_of(p.cooperation_id, p.organisation, least(\(release.cut.description)::date, c.ended_on)),
        o.kind, p.role, (p.capital_share / 100)::float8, p.votes, (p.agreed_share / 100)::float8
      FROM as_of.partnership p
      JOIN as_of.cooperation c USING (cooperation_id)
      JOIN as_of.organisation o USING (cooperation_id, organisation)
      WHERE p.valid @> least(\(release.cut.description)::date, c.ended_on)
      ORDER BY p.cooperation_id,
        array_position(ARRAY['founder','mandataire','member','funder','client','subcontractor'], p.role),
        3, p.organisation
      """)
    var found: [String: [CooperationProfile.Partner]] = [:]
    for row in rows {
      let (cooperation, organisation, name, kind, role, share, votes, agreed) = try row.decode(
        (String, String, String, String, String, Double?, Int?, Double?).self)
      found[cooperation, default: []].append(
        CooperationProfile.Partner(
          organisation: organisation, name: name, kind: kind, role: role, capitalShare: share, votes: votes,
          agreedShare: agreed, formerNames: former["\(cooperation) \(organisation)"] ?? []))
    }
    return found
  }

  /// The names organisations bore before the last day the release speaks of, the latest first; by cooperation and
  /// organisation.
  private func formerNames(_ release: Release) throws -> [String: [CooperationProfile.Partner.FormerName]] {
    let rows = try connection.execute(
      """
      SELECT n.cooperation_id, n.organisation, n.name, n.ended_on::text
      FROM as_of.organisation_name n JOIN as_of.cooperation c USING (cooperation_id)
      WHERE n.ended_on < least(\(release.cut.description)::date, c.ended_on)
      ORDER BY n.cooperation_id, n.organisation, n.ended_on DESC
      """)
    var found: [String: [CooperationProfile.Partner.FormerName]] = [:]
    for row in rows {
      let (cooperation, organisation, name, dayText) = try row.decode((String, String, String, String).self)
      guard let day = Day(dayText) else { throw Corrupt(what: "name of \(organisation)") }
      found["\(cooperation) \(organisation)", default: []].append(
        CooperationProfile.Partner.FormerName(name: name, lastDay: day))
    }
    return found
  }

  /// Quarters of pledges an edition holds for each cooperation, up to its last one.
  private static var quartersOfPledges: Int { 8 }

  /// What partners promised and delivered over the last quarters of each cooperation.
  ///
  /// A `masked` reader may not see small numbers of people: what is counted in people is left out, and so is how
  /// many gave.
  func pledges(of profiles: [CooperationProfile], masked: Bool) throws -> [Pledge] {
    let lasts = Dictionary(profiles.map { ($0.id, $0.quarters.upperBound) }) { first, _ in first }
    let first = { (last: Quarter) in last.advanced(by: 1 - Archive.quartersOfPledges) }
    guard let low = lasts.values.map(first).min(), let high = lasts.values.max() else { return [] }
    return try pledges(in: low...high).compactMap { pledge in
      guard let last = lasts[pledge.cooperation], (first(last)...last).contains(pledge.quarter) else {
        return nil
      }
      guard masked else { return pledge }
      guard pledge.unit != "people" else { return nil }
      var copy = pledge
      copy.promised?.people = nil
      copy.delivered?.people = nil
      return copy
    }
  }
}
