import Postgres
import TestSupport
import Testing

@Suite(.schema) struct `A COPY` {
  let db: Connection

  init() throws {
    db = try TestDatabase.connect()
    try db.run(script: "CREATE TABLE t (n bigint PRIMARY KEY, text text)")
  }

  private func count() throws -> Int { try db.execute("SELECT count(*) FROM t").only().decode(Int.self) }

  @Test func `stores texts as they are, however they look`() throws {
    var random = Seeded(state: 42)
    let texts: [String?] =
      ["\\.", "\\N", "NULL", "", nil, "\t", "\n", "\r\n", "\\", "a\tb\nc\\d", "\\x41", "é"]
      + (0..<2000).map { _ in random.text() }
    let stored = try db.copyIn("COPY t FROM STDIN") { rows in
      for (n, text) in texts.enumerated() {
        switch n % 3 {
        case 0: try rows.row(n, text)
        case 1: try rows.row(texts: ["\(n)", text])
        default:
          try rows.field(bytes: Array(String(n).utf8))
          if let text { try rows.field(bytes: text.utf8) } else { rows.null() }
          try rows.endRow()
        }
      }
    }
    #expect(stored == texts.count)
    let back = try db.execute("SELECT text FROM t ORDER BY n").map { try $0.decode(String?.self) }
    #expect(back == texts)
  }

  @Test func `undoes everything when its closure throws, and the connection serves on`() throws {
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try db.copyIn("COPY t FROM STDIN") { rows in
        for n in 0..<50_000 { try rows.row(n, "x") }
        throw Broken()
      }
    }
    #expect(try count() == 0)
    // Inside a transaction, what came before the COPY stays.
    try db.transaction {
      try db.execute("INSERT INTO t VALUES (1, 'kept')")
      #expect(throws: Broken.self) { try db.copyIn("COPY t FROM STDIN") { _ in throw Broken() } }
    }
    #expect(try count() == 1)
  }

  @Test func `reports what the server refuses, and the connection serves on`() throws {
    let error = postgresError {
      _ = try db.copyIn("COPY t FROM STDIN") { rows in
        try rows.row("no number", "x")
        for n in 0..<200_000 { try rows.row(n, "to fill the socket while the server has long given up") }
      }
    }
    #expect(error?.state == .invalidTextRepresentation)
    let twice = postgresError {
      _ = try db.copyIn("COPY t FROM STDIN") { for _ in 0..<2 { try $0.row(1, "x") } }
    }
    #expect(twice?.state == .uniqueViolation)
    let short = postgresError { _ = try db.copyIn("COPY t FROM STDIN") { try $0.row(texts: ["1"]) } }
    #expect(short?.state == .badCopyFileFormat)
    #expect(postgresError { _ = try db.copyIn("COPY nowhere FROM STDIN") { _ in } }?.state == .undefinedTable)
    #expect(postgresError { _ = try db.copyIn("SELECT 1") { _ in } }?.origin == .usage)
    #expect(postgresError { _ = try db.copyIn("COPY t TO STDOUT") { _ in } }?.origin == .usage)
    #expect(postgresError { _ = try db.copyOut("COPY t FROM STDIN") { _ in } }?.origin == .usage)
    #expect(try count() == 0)
  }

  @Test func `refuses the character NUL, and a row that was not ended`() throws {
    let error = postgresError { _ = try db.copyIn("COPY t FROM STDIN") { try $0.row(1, "a\0b") } }
    #expect(error?.message.hasPrefix("row 1, column 2 of the COPY holds the character U+0000") == true)
    // A caller who leaves such a row out goes on with whole rows.
    let stored = try db.copyIn("COPY t FROM STDIN") { rows in
      for (n, text) in ["a", "b\0", "c"].enumerated() { try? rows.row(n, text) }
    }
    #expect(stored == 2)
    let open = postgresError { _ = try db.copyIn("COPY t FROM STDIN") { try $0.field(7) } }
    #expect(open?.origin == .usage)
    #expect(try count() == 2)
  }

  @Test func `is undone when the server stored another number of rows than were sent`() throws {
    try db.run(
      script: """
        CREATE FUNCTION drop_odd() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN IF NEW.n % 2 = 1 THEN RETURN NULL; END IF; RETURN NEW; END $$;
        CREATE TRIGGER drop_odd BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION drop_odd()
        """
    )
    let error = postgresError {
      _ = try db.copyIn("COPY t FROM STDIN") { for n in 0..<10 { try $0.row(n, "x") } }
    }
    #expect(error?.message == "10 rows were sent and 5 stored: the COPY is undone")
    #expect(try count() == 0)
  }

  @Test func `reads lines out, and stops when its closure throws`() throws {
    try db.execute("INSERT INTO t SELECT g, 'a' || chr(9) || g FROM generate_series(1, 50000) g")
    var bytes = 0
    #expect(try db.copyOut("COPY (SELECT * FROM t ORDER BY n) TO STDOUT") { bytes += $0.count } == 50_000)
    #expect(bytes > 500_000)
    struct Enough: Error {}
    #expect(throws: Enough.self) { try db.copyOut("COPY t TO STDOUT") { _ in throw Enough() } }
    #expect(
      postgresError { _ = try db.copyOut("COPY (SELECT 1/(n - 40000) FROM t) TO STDOUT") { _ in } }?.state
        == .divisionByZero)
    #expect(try count() == 50_000)
  }
}

@Suite(.schema) struct `A transaction` {
  struct Undo: Error {}
  let db: Connection

  init() throws {
    db = try TestDatabase.connect()
    try db.run(script: "CREATE TABLE t (n int PRIMARY KEY)")
  }

  private func numbers() throws -> [Int] {
    try db.execute("SELECT n FROM t ORDER BY n").map { try $0.decode(Int.self) }
  }

  @Test func `is undone when its closure throws, inner ones alone`() throws {
    try db.transaction {
      try db.execute("INSERT INTO t VALUES (1)")
      #expect(throws: Undo.self) {
        try db.transaction {
          try db.execute("INSERT INTO t VALUES (2)")
          try db.transaction { try db.execute("INSERT INTO t VALUES (3)") }
          throw Undo()
        }
      }
      try db.transaction { try db.execute("INSERT INTO t VALUES (4)") }
      // A failed statement spoils the inner transaction only.
      #expect(
        postgresError { try db.transaction { _ = try db.execute("INSERT INTO t VALUES (1)") } }?.state
          == .uniqueViolation)
    }
    #expect(try numbers() == [1, 4])
    #expect(throws: Undo.self) {
      try db.transaction {
        try db.execute("INSERT INTO t VALUES (5)")
        throw Undo()
      }
    }
    #expect(try numbers() == [1, 4])
  }

  @Test func `in which a failure was swallowed does not pretend to have been committed`() throws {
    let error = postgresError {
      try db.transaction {
        try db.execute("INSERT INTO t VALUES (1)")
        _ = try? db.execute("SELECT 1/0")
      }
    }
    #expect(error?.state == .failedTransaction)
    #expect(try numbers() == [])
  }

  @Test func `reports a constraint checked at its end`() throws {
    try db.run(
      script: "ALTER TABLE t ADD m int, ADD CONSTRAINT once UNIQUE (m) DEFERRABLE INITIALLY DEFERRED")
    let error = postgresError {
      try db.transaction { _ = try db.execute("INSERT INTO t VALUES (1, 1), (2, 1)") }
    }
    #expect(error?.state == .uniqueViolation && error?.isOutcomeUnknown == false)
    #expect(try numbers() == [])
  }

  @Test func `is run again after a serialization failure`() throws {
    try db.execute("INSERT INTO t VALUES (1)")
    let other = try TestDatabase.connect()
    var attempts = 0
    try db.retryingTransaction(isolation: .repeatableRead) {
      attempts += 1
      _ = try db.execute("SELECT n FROM t")
      if attempts == 1 { try other.execute("UPDATE t SET n = n + 1") }
      try db.execute("UPDATE t SET n = n * 10")
    }
    #expect(attempts == 2)
    #expect(try numbers() == [20])
  }

  @Test func `may be read only`() throws {
    let error = postgresError {
      try db.transaction(readOnly: true) { _ = try db.execute("INSERT INTO t VALUES (1)") }
    }
    #expect(error?.state == .readOnlyTransaction)
  }
}
