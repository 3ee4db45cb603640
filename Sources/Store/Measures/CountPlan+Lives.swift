internal import Impact
internal import Postgres

extension CountPlan {
  /// The life table of each quarter's cohort, as `days:people:ended:events:due:missing` with blanks between.
  ///
  /// For each number of days: how many were followed so long, how many of them ended, and as is waited for, how many
  /// began long enough ago, and of those how many are in a state nobody knows. Beyond the horizon days are no longer told
  /// apart.
  func lifeTable(at index: Int, _ width: Int) -> SQL {
    let one = lives[index]
    let fields = asked.indices.filter { asked[$0].lives.contains(index) }
    let terms = one.incidence.terms
    let days: SQL = "greatest(floor(\(fragment: name("x", numbers.firstIndex(of: one.field) ?? 0))), 0)"
    let ended = all(terms[2].conditions) ?? "true"
    let lost = terms.count > 3 ? all(terms[3].conditions) ?? "true" : "false"
    let cohort = all(terms[1].conditions).map { " AND \(fragment: $0)" as SQL } ?? ""
    let horizon = SQL(trusted: "\(one.incidence.days)")
    let life: SQL = "string_agg(concat_ws(':', l.days, l.people, l.ended, l.events, l.due, l.missing), ' ')"
    return """
      SELECT \(fragment: SQL(trusted: "\(Shape.keys + keys.count + index)")), l.field, l.part, l.b,
        \(fragment: padded([], width, life: life))
      FROM (
        SELECT \(fragment: partColumns(fields)), b, days, count(*), count(*)\(fragment: filter(terms[2].conditions)),
          count(*)\(fragment: filter(terms[0].conditions)), count(*) FILTER (WHERE w >= \(fragment: horizon)),
          count(*) FILTER (WHERE w >= \(fragment: horizon) AND days <= \(fragment: horizon)
            AND (\(fragment: lost) OR days < \(fragment: horizon) AND (\(fragment: ended)) IS NOT TRUE))
        FROM (
          SELECT *, least(\(fragment: days), \(fragment: horizon) + 1)::int AS days FROM base
          WHERE \(fragment: name("x", numbers.firstIndex(of: one.field) ?? 0)) IS NOT NULL\(fragment: cohort)) base
        \(fragment: sets("b, days", fields, withWhole: true))
      ) AS l (field, part, b, days, people, ended, events, due, missing)
      GROUP BY 2, 3, 4
      """
  }
}
