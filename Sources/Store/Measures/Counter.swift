internal import Postgres

/// Counts cooperations in a session of its own, while another one writes what was made of those counted before.
///
/// It sees what the other one sees: facts are read as of a batch, and a batch never changes.
final class Counter: @unchecked Sendable {
  // Unchecked: one count at a time uses the session; the next is asked for once the last has ended.
  private let archive: Archive
  private let perspective: Archive.Perspective

  /// Cooperations below which a second session costs more than it saves.
  static let worth = 20

  init(_ connection: Connection, _ perspective: Archive.Perspective) {
    archive = Archive(connection)
    self.perspective = perspective
  }

  /// Begins to count; a transaction a time, so that the session is never idle in one.
  func count(_ plans: CountPlans, _ frame: CountFrame) -> Ahead<[Tally]> {
    Ahead { [self] in
      try archive.connection.transaction {
        try archive.settle(perspective)
        return try archive.count(plans, frame)
      }
    }
  }
}
