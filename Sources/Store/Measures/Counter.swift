internal import Dispatch
internal import Impact
internal import Postgres

/// Counts cooperations in a session of its own, while another one writes what was made of those counted before.
///
/// It sees what the other one sees: facts are read as of a batch, and a batch never changes.
final class Counter: @unchecked Sendable {
  // Unchecked: the queue does one count at a time, and nothing else uses the session.
  private let archive: Archive
  private let perspective: Archive.Perspective
  private let queue = DispatchQueue(label: "jvs.counter")

  /// Cooperations below which a second session costs more than it saves.
  static let worth = 20

  init(_ connection: Connection, _ perspective: Archive.Perspective) {
    archive = Archive(connection)
    self.perspective = perspective
  }

  /// Begins to count, once what was asked for before is counted; a transaction a time, so that the session is never idle in one.
  ///
  /// - Parameters:
  ///   - plans: what is counted.
  ///   - spans: the cooperations and their quarters.
  ///   - since: the first quarter an indicator is asked of a cooperation; `nil` asks for every quarter.
  /// - Returns: what will be counted, in the order of the spans.
  func count(
    _ plans: CountPlans, _ spans: [Span], since: (@Sendable (_ indicator: Int, _ span: Span) -> Quarter?)?
  ) -> Ahead<[Tally]> {
    Ahead(on: queue) { [self] in
      try archive.connection.transaction {
        try archive.settle(perspective)
        // The values say nothing to the planner, which takes as long as the server does to count a small entity.
        try archive.connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        return try archive.count(plans, spans, upTo: perspective.quarter, isRepeated: true, since: since)
      }
    }
  }
}
