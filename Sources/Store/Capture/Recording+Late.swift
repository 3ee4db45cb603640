internal import Impact
internal import Postgres

/// Rows that come after their quarter was told.
extension Recording {
  /// Of the rows of a batch, those about a quarter that a release has reported or a review has locked.
  func lateRows(_ batch: Int) throws -> Int {
    // Targets and what reviews say move no figure of a quarter.
    guard schema.scope == .cooperation, !["target", "commentary", "decision"].contains(schema.name) else {
      return 0
    }
    let (reported, hasLocked) = try connection.execute(
      """
      SELECT (SELECT max(ops.quarter_start(quarter)) + interval '3 months' FROM figure.release)::date::text,
        EXISTS (SELECT FROM review.locked l WHERE l.cooperation_id = \(source.cooperation))
      """)[0].decode((String?, Bool).self)
    guard reported != nil || hasLocked else { return 0 }
    try connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
    return try connection.execute(
      """
      SELECT count(*) FROM (
        SELECT lower(t.valid) AS day FROM as_of.\(identifier: schema.name) t
        WHERE t.cooperation_id = \(source.cooperation) AND t.batch_from = \(batch)) r
      WHERE r.day < \(reported)::date OR EXISTS (
        SELECT FROM review.locked l WHERE l.cooperation_id = \(source.cooperation) AND r.day BETWEEN l.starts AND l.ends)
      """)[0].decode()
  }
}
