internal import Impact
internal import Postgres

extension Archive {
  /// How each cooperation shares its results on the last day a release speaks of: the rule in force, and the last
  /// coalition table signed; read as of the batch in force.
  ///
  /// - Parameter release: the release.
  /// - Returns: the agreements, by cooperation; none for a cooperation that declared no rule.
  /// - Throws: the database's error.
  func agreements(_ release: Release) throws -> [SharingAgreement] {
    let tables = try signedTables(release)
    return try connection.execute(
      """
      SELECT DISTINCT ON (s.cooperation_id) s.cooperation_id, s.rule, s.started_on::text, s.decided_on::text,
        s.document
      FROM as_of.sharing_rule s JOIN as_of.cooperation c USING (cooperation_id)
      WHERE s.started_on <= least(\(release.cut.description)::date, c.ended_on)
      ORDER BY s.cooperation_id, s.started_on DESC
      """
    ).map { row in
      let (cooperation, ruleName, startText, decidedText, document) = try row.decode(
        (String, String, String, String, String?).self)
      guard let rule = Sharing.Rule(rawValue: ruleName), let started = Day(startText),
        let decided = Day(decidedText)
      else { throw Corrupt(what: "sharing rule of \(cooperation)") }
      return SharingAgreement(
        cooperation: cooperation, rule: rule, startedOn: started, decidedOn: decided, document: document,
        table: tables[cooperation])
    }
  }

  private func signedTables(_ release: Release) throws -> [String: SharingAgreement.SignedTable] {
    var found: [String: SharingAgreement.SignedTable] = [:]
    let rows = try connection.execute(
      """
      SELECT v.cooperation_id, v.signed_on::text, v.members, v.value::float8, v.document
      FROM as_of.coalition_value v
      JOIN (SELECT v.cooperation_id, max(v.signed_on) AS signed_on
            FROM as_of.coalition_value v JOIN as_of.cooperation c USING (cooperation_id)
            WHERE v.signed_on <= least(\(release.cut.description)::date, c.ended_on)
            GROUP BY 1) last USING (cooperation_id, signed_on)
      ORDER BY v.cooperation_id, length(v.members), v.members
      """)
    for row in rows {
      let (cooperation, signedText, members, value, document) = try row.decode(
        (String, String, String, Double, String?).self)
      guard let signed = Day(signedText) else { throw Corrupt(what: "coalition table of \(cooperation)") }
      let group = SharingAgreement.CoalitionValue(
        members: Set(members.split(separator: "+").map(String.init)), value: value)
      found[
        cooperation, default: SharingAgreement.SignedTable(signedOn: signed, document: nil, values: [])
      ].values.append(group)
      if let document { found[cooperation]?.document = document }
    }
    return found
  }
}
