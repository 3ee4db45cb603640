import Dispatch
import Postgres
import TestSupport
import Testing

@Suite(.schema) struct `A connection` {
  let db: Connection

  init() throws { db = try TestDatabase.connect() }

  @Test func `speaks UTF-8, ISO dates and UTC whatever the caller's options say`() throws {
    var parameters = try TestDatabase.parameters
    parameters["options"] =
      "-c DateStyle=German -c TimeZone=Pacific/Apia -c IntervalStyle=sql_standard -c bytea_output=escape"
    parameters["client_encoding"] = "LATIN1"
    let db = try Connection(parameters)
    let row = try db.execute(
      "SELECT date '2026-03-29', now()::timestamptz::text, interval '1 day 2 h', '\\x00'::bytea"
    ).only()
    #expect(row.texts[0] == "2026-03-29")
    #expect(row.texts[1]?.hasSuffix("+00") == true)
    #expect(row.texts[2] == "P1DT2H")
    #expect(row.texts[3] == "\\x00")
    #expect(db.parameterStatus("client_encoding") == "UTF8")
    #expect(db.parameterStatus("TimeZone") == "UTC")
    #expect(db.parameterStatus("application_name") == "jvs")
    #expect(db.serverVersion >= 130_000)
  }

  @Test func `opens another session as the same login, which sees what is committed`() throws {
    #expect(!db.isInTransaction)
    let other = try db.another()
    let identity = "SELECT current_user || '@' || current_database()"
    let (mine, its): (String, String) = (
      try db.execute(SQL(trusted: identity)).only().decode(),
      try other.execute(SQL(trusted: identity)).only().decode()
    )
    #expect(mine == its)
    try db.run(script: "CREATE TABLE seen (n integer)")
    try db.transaction {
      #expect(db.isInTransaction)
      try db.execute("INSERT INTO seen VALUES (1)")
      #expect(
        try other.execute("SELECT count(*) FROM \(identifier: SchemaTrait.name).seen").only().decode(Int.self)
          == 0)
    }
    #expect(
      try other.execute("SELECT count(*) FROM \(identifier: SchemaTrait.name).seen").only().decode(Int.self)
        == 1)
    other.close()
    #expect(db.isUsable && !db.isInTransaction)
  }

  @Test func `gives rows as tuples, by name and by place`() throws {
    let rows = try db.execute("SELECT \(7)::int AS n, \("é")::text AS t, \(nil as Int?)::int AS nothing")
    #expect(rows.columns == ["n", "t", "nothing"])
    let (n, t, nothing) = try rows.only().decode((Int, String, Int?).self)
    #expect(n == 7 && t == "é" && nothing == nil)
    #expect(try rows[0].decode(String.self, column: "t") == "é")
    #expect(try rows[0].decode(Int.self, at: 0) == 7)
    let error = postgresError { _ = try rows[0].decode((Int, String).self) }
    #expect(error?.message == "2 columns were asked for, the result has 3")
    #expect(postgresError { _ = try rows[0].decode(Int.self, column: "x") }?.origin == .decoding)
  }

  @Test func `reports a refused row by code, constraint and table, the values kept apart`() throws {
    try db.run(
      script: "CREATE TABLE person (name text CONSTRAINT one_of_each UNIQUE NOT NULL CHECK (name <> ''))")
    try db.execute("INSERT INTO person VALUES (\("Jeanne Secret"))")
    do {
      try db.execute("INSERT INTO person VALUES (\("Jeanne Secret"))")
      Issue.record("stored twice")
    } catch SQLState.integrityConstraintViolation {
    }
    let error = try #require(
      postgresError { try db.execute("INSERT INTO person VALUES (\("Jeanne Secret"))") })
    #expect(error.origin == .server && error.state == .uniqueViolation)
    #expect(error.constraint == "one_of_each" && error.table == "person" && error.schema == SchemaTrait.name)
    #expect(error.detail?.contains("Jeanne Secret") == true)
    #expect(!error.description.contains("Secret") && !"\(error)".contains("Secret"))
    #expect(!String(reflecting: error).contains("Secret"))
    var dumped = ""
    dump(error, to: &dumped)
    #expect(!dumped.contains("Secret"))
    #expect(postgresError { try db.execute("INSERT INTO person VALUES (NULL)") }?.state == .notNullViolation)
    #expect(postgresError { try db.execute("INSERT INTO person VALUES ('')") }?.state == .checkViolation)
    #expect(postgresError { try db.execute("SELEC 1") }?.state == .syntaxError)
    #expect(postgresError { try db.execute("SELECT x") }?.position == 8)
    #expect(postgresError { try db.execute("SELECT 'x'::int") }.map { SQLState.dataException ~= $0 } == true)
    #expect(db.isUsable)
  }

  @Test func `keeps notices to itself`() throws {
    try db.run(script: "DO $$ BEGIN RAISE NOTICE 'first'; RAISE WARNING 'second'; END $$")
    #expect(db.takeNotices().map(\.message) == ["first", "second"])
    #expect(db.notices.isEmpty)
    var seen: [Notice] = []
    db.onNotice = { seen.append($0) }
    try db.run(script: "DROP TABLE IF EXISTS nowhere")
    db.onNotice = nil
    #expect(seen.count == 1 && seen[0].severity == "NOTICE" && seen[0].state?.rawValue == "00000")
  }

  @Test func `streams many rows in order`() throws {
    var sum = 0
    let count = try db.stream("SELECT g FROM generate_series(1, \(100_000)) g") {
      sum += try $0.decode(Int.self)
    }
    #expect(count == 100_000 && sum == 5_000_050_000)
    #expect(db.isUsable)
  }

  @Test func `stops a stream when its closure throws, and serves on`() throws {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try db.stream("SELECT g, pg_sleep(0.001) FROM generate_series(1, 1000000) g") { row in
        if row.number == 10 { throw Enough() }
      }
    }
    #expect(try db.execute("SELECT 1").only().decode(Int.self) == 1)
  }

  @Test func `takes no statement while it reads the answer of another`() throws {
    var inner: PostgresError?
    try db.stream("SELECT 1") { _ in inner = postgresError { try db.execute("SELECT 2") } }
    #expect(inner?.origin == .usage)
    #expect(db.isUsable)
  }

  @Test func `carries values of many megabytes`() throws {
    let text = String(repeating: "é\\\t'\"", count: 2_000_000)
    let back = try db.execute("SELECT \(text)::text").only().decode(String.self)
    #expect(back == text)
  }

  @Test func `a statement that is run again and again is parsed once`() throws {
    func double(_ n: Int) throws -> [Int] {
      var found: [Int] = []
      try db.stream("SELECT \(n)::int * 2 + k FROM generate_series(0, 1) AS k", isRepeated: true) {
        found.append(try $0.decode())
      }
      return found
    }
    for n in 0..<20 { #expect(try double(n) == [2 * n, 2 * n + 1]) }
    #expect(
      try db.execute("SELECT count(*), sum(generic_plans + custom_plans)::int FROM pg_prepared_statements")
        .only()
        .decode((Int, Int).self) == (1, 20))
    // What fails is not taken for parsed, and what was parsed outlives a transaction that fails.
    #expect(postgresError { try db.stream("SELECT nothing", isRepeated: true) { _ in } }?.origin == .server)
    _ = postgresError {
      try db.transaction {
        #expect(try double(7) == [14, 15])
        try db.execute("SELECT 1 / 0")
      }
    }
    #expect(try double(8) == [16, 17])
  }

  @Test func `refuses the character NUL instead of cutting there`() throws {
    #expect(postgresError { try db.execute("SELECT \("a\0b")") }?.origin == .usage)
    #expect(postgresError { try db.run(script: "SELECT 1;\0 DROP TABLE x") }?.origin == .usage)
    #expect(db.isUsable)
  }

  @Test func `refuses a COPY that is run as a statement, and serves on`() throws {
    try db.run(script: "CREATE TABLE t (n int)")
    #expect(postgresError { try db.execute("COPY t FROM STDIN") }?.origin == .usage)
    #expect(postgresError { try db.execute("COPY t TO STDOUT") }?.origin == .usage)
    #expect(postgresError { try db.stream("COPY t TO STDOUT") { _ in } }?.origin == .usage)
    #expect(try db.execute("SELECT 1").only().decode(Int.self) == 1)
  }

  @Test func `is cancelled from another thread`() throws {
    let canceller = db.canceller
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { canceller.cancel() }
    let error = postgresError { try db.execute("SELECT pg_sleep(30)") }
    #expect(error?.state == .queryCanceled)
    #expect(try db.execute("SELECT 1").only().decode(Int.self) == 1)
  }

  @Test func `tells that its session was ended by the server`() throws {
    let other = try TestDatabase.connect()
    try db.execute("SELECT pg_terminate_backend(\(other.backendPID))")
    let error = try #require(postgresError { try other.execute("SELECT pg_sleep(5)") })
    #expect(error.origin == .connection)
    #expect(error.state == nil || error.state == .adminShutdown)
    #expect(error.needsReconnection && error.isTransient)
    #expect(!other.isUsable)
    #expect(postgresError { try other.execute("SELECT 1") }?.origin == .connection)
  }

  @Test func `does not know whether a COMMIT that was cut off counts`() throws {
    let other = try TestDatabase.connect()
    let error = postgresError {
      try other.transaction {
        try other.execute("SELECT 1")
        try db.execute("SELECT pg_terminate_backend(\(other.backendPID), 5000)")
      }
    }
    #expect(error?.isOutcomeUnknown == true)
    #expect(error?.isTransient == false)
  }

  @Test func `is of no use once closed`() throws {
    db.close()
    db.close()
    #expect(!db.isUsable)
    #expect(postgresError { try db.execute("SELECT 1") }?.origin == .usage)
  }
}

@Suite struct `Connection parameters` {
  @Test func `are read from a URL and never show the password`() throws {
    let parameters = try Connection.Parameters(
      conninfo: "postgresql://marie:s%40cret@example.org:5433/impact?connect_timeout=3"
    )
    #expect(parameters["host"] == "example.org")
    #expect(parameters["password"] == "s@cret")
    #expect(parameters["dbname"] == "impact")
    #expect(parameters["connect_timeout"] == "3")
    #expect(parameters.description == "host=example.org port=5433 dbname=impact user=marie")
    var dumped = ""
    dump(parameters, to: &dumped)
    #expect(!dumped.contains("s@cret") && !String(reflecting: parameters).contains("s@cret"))
  }

  @Test(arguments: ["postgresql://a:s3cret@[bad", "host= = s3cret", "s3cret", "postgresql://x:s3cret%zz@h/d"])
  func `that cannot be read are refused without being quoted`(address: String) throws {
    let error = try #require(postgresError { _ = try Connection.Parameters(conninfo: address) })
    #expect(error.origin == .usage)
    #expect(!String(describing: error).contains("s3cret"))
  }

  @Test func `of a database that does not exist give its code`() throws {
    var parameters = try TestDatabase.parameters
    parameters["dbname"] = "no_such_database"
    let error = try #require(postgresError { _ = try Connection(parameters) })
    #expect(error.origin == .connection)
    #expect(error.state == .invalidCatalogName)
    #expect(!error.isTransient)
  }

  @Test func `of a host where nobody listens make a transient error`() throws {
    let error = try #require(
      postgresError { _ = try Connection(["host": "127.0.0.1", "port": "1", "user": "x", "dbname": "x"]) }
    )
    #expect(error.origin == .connection && error.state == nil && error.isTransient)
  }
}

func postgresError<R>(_ body: () throws -> R) -> PostgresError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? PostgresError
  }
}
