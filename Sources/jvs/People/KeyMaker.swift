import Capture
import Postgres
import Store

/// Makes keys so that file and database agree: no row without its file, no file without its row.
struct KeyMaker {
  let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  /// Makes one key a purpose; `record` puts it to use in the database, all in one transaction.
  func make(
    _ purposes: [Archive.KeyRecord.Purpose], for domain: String,
    record: (PseudonymKey, Archive.KeyRecord) throws -> Void
  ) throws -> [PseudonymKey] {
    var made: [PseudonymKey] = []
    do {
      try desk.archive.connection.transaction {
        for purpose in purposes {
          let key = try desk.keys.make(desk.archive.nextKeyID(purpose, of: domain))
          made.append(key)
          try record(
            key,
            Archive.KeyRecord(id: key.id, domain: domain, purpose: purpose, checkValue: key.checkValue))
        }
      }
    } catch {
      // Nothing was recorded with them. After a lost COMMIT nobody knows: then the files stay.
      if (error as? PostgresError)?.isOutcomeUnknown != true { for key in made { desk.keys.discard(key) } }
      throw error
    }
    return made
  }
}
