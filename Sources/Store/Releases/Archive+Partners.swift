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
}
