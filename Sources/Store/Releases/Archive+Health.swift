public import Impact
internal import Postgres

extension Archive {
  /// Keeps what had been received for each cooperation when a release is made, and what is awaited.
  ///
  /// A table is awaited when something new of it came after each of the two quarters before, and nothing since the end of the
  /// quarter released: whoever has nothing to send sends it empty, or the same bytes as before under a name that tells the
  /// quarter. What is not regular, as a convention a year, is not awaited.
  ///
  /// - Parameters:
  ///   - release: the release.
  ///   - vocabulary: says which tables tell of what indicators count.
  /// - Throws: the database's error.
  func freezeHealth(_ release: Release, _ vocabulary: Vocabulary) throws {
    let tables = Set(vocabulary.entities.flatMap(\.toldIn)).sorted()
    let (quarter, before) = (release.quarter, release.quarter.advanced(by: -1))
    try connection.execute(
      """
      INSERT INTO figure.health (cooperation_id, release_id, files, read, recorded, unchanged, rejected, late, awaited)
      SELECT i.cooperation_id, \(release.id), count(*), sum(i.read), sum(i.recorded), sum(i.unchanged), sum(i.rejected),
        sum(i.late), (
          SELECT array_agg(a.entity ORDER BY a.entity COLLATE "C") FROM (
            SELECT o.entity FROM ops.import o
            WHERE o.cooperation_id = i.cooperation_id AND o.entity = ANY (\(tables)::text[])
              AND NOT EXISTS (
                SELECT FROM fact.cooperation c
                WHERE c.cooperation_id = i.cooperation_id AND c.batch_to = \(Archive.never)
                  AND c.ended_on < \(quarter.start.description)::date)
            GROUP BY o.entity
            HAVING bool_or(o.received_on BETWEEN \(before.start.description)::date AND \(before.end.description)::date)
              AND bool_or(o.received_on BETWEEN \(quarter.start.description)::date AND \(quarter.end.description)::date)
              AND max(o.received_on) <= \(quarter.end.description)::date) a)
      FROM ops.import i
      WHERE i.cooperation_id IS NOT NULL GROUP BY i.cooperation_id
      """)
  }

  /// The tables awaited for a release, by cooperation.
  ///
  /// - Parameter release: the release.
  /// - Returns: the tables, in order of name; nothing for a cooperation of which nothing is.
  /// - Throws: the database's error.
  public func awaited(_ release: Release) throws -> [(cooperation: String, tables: [String])] {
    try connection.execute(
      """
      SELECT cooperation_id, awaited FROM figure.health WHERE release_id = \(release.id) AND awaited IS NOT NULL ORDER BY 1
      """
    ).map { row in
      let (cooperation, tables) = try row.decode((String, [String]).self)
      return (cooperation, tables)
    }
  }
}
