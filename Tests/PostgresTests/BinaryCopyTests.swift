import Postgres
import TestSupport
import Testing

@Suite(.schema) struct `A COPY in the binary format` {
  let db: Connection

  init() throws {
    db = try TestDatabase.connect()
    try db.run(script: "CREATE TABLE t (n integer, text text, flag boolean, day date, number numeric)")
  }

  private static let statement: SQL = "COPY t (n, text, flag, day, number) FROM STDIN (FORMAT binary)"

  private func put(_ numbers: [String]) throws -> [String] {
    try db.copyBinary(Self.statement, columns: 5) { rows in
      for (n, number) in numbers.enumerated() {
        rows.beginRow()
        rows.integer(Int32(n))
        try Array("é\t\n\\N".utf8).withUnsafeBufferPointer { try rows.text($0) }
        rows.boolean(n.isMultiple(of: 2))
        rows.date(daysSinceEpoch: n * 97)
        try Array(number.utf8).withUnsafeBufferPointer { try rows.numeric($0) }
        try rows.endRow()
      }
    }
    return try db.execute("SELECT number::text FROM t ORDER BY n").map { try $0.decode() }
  }

  @Test func `keeps every number digit by digit`() throws {
    var random = Seeded(state: 7)
    var numbers = [
      "0", "0.0001", "9999", "10000", "10001", "99999999", "100000000", "0.00010001", "12345.6789", "-0.5",
      "-12", "1234567890123456789012345678.9", "100", "1000000", "0.10", "5.5000", "80.25",
    ]
    for _ in 0..<2_000 {
      let whole = String(
        Int.random(in: 0...Int.max >> Int.random(in: 0...60, using: &random), using: &random))
      let places = Int.random(in: 0...9, using: &random)
      let fraction = String(
        (0..<places).map { _ in Character(String(Int.random(in: 0...9, using: &random))) })
      numbers.append((Bool.random(using: &random) ? "-" : "") + whole + (places > 0 ? "." + fraction : ""))
    }
    // The server reads the text of each number by itself.
    let expected: [String] = try db.execute(
      "SELECT x::numeric::text FROM unnest(\(numbers)::text[]) WITH ORDINALITY AS u(x, n) ORDER BY n"
    )
    .map { try $0.decode() }
    #expect(try put(numbers) == expected)
  }

  @Test func `keeps texts, days and truth`() throws {
    _ = try put(["1", "2", "3"])
    let rows = try db.execute(
      "SELECT text = E'é\\t\\n\\\\N', flag, (day - date '1970-01-01')::int FROM t ORDER BY n"
    ).map { try $0.decode((Bool, Bool, Int).self) }
    #expect(rows.map(\.0) == [true, true, true])
    #expect(rows.map(\.1) == [true, false, true])
    #expect(rows.map(\.2) == [0, 97, 194])
  }

  @Test func `refuses a row with a column too few, a NUL and what is no number, and undoes everything`()
    throws
  {
    #expect(throws: PostgresError.self) {
      try db.copyBinary(Self.statement, columns: 5) { rows in
        rows.beginRow()
        rows.integer(1)
        try rows.endRow()
      }
    }
    #expect(throws: PostgresError.self) {
      try db.copyBinary(Self.statement, columns: 5) { rows in
        rows.beginRow()
        rows.integer(1)
        try [UInt8]("a\0b".utf8).withUnsafeBufferPointer { try rows.text($0) }
      }
    }
    for text in ["", "-", ".5", "1e3", "1.2.3", "NaN", "1 000"] {
      #expect(throws: PostgresError.self, "\(text)") { _ = try put([text]) }
    }
    #expect(try db.execute("SELECT count(*) FROM t").only().decode(Int.self) == 0)
  }

  @Test func `takes rows made by another thread before it began, among its own`() async throws {
    let made = try await Task.detached {
      var rows = BinaryCopyWriter(columns: 2)
      // More than is sent at once.
      for n in 0..<20_000 {
        rows.beginRow()
        rows.integer(Int32(n))
        try rows.text("rangée \(n)")
        try rows.endRow()
      }
      return try rows.take()
    }.value
    #expect(made.rows == 20_000)
    let stored = try db.copyBinary("COPY t (n, text) FROM STDIN (FORMAT binary)", columns: 2) { rows in
      for n in [Int32(-1), 30_000] {
        rows.beginRow()
        rows.integer(n)
        try rows.text("rangée \(n)")
        try rows.endRow()
        if n < 0 { try rows.append(made) }
      }
    }
    #expect(stored == 20_002)
    #expect(
      try db.execute("SELECT count(DISTINCT n) FROM t WHERE text = 'rangée ' || n").only().decode(Int.self)
        == 20_002)
  }

  @Test func `refuses rows of another width, and to hand over half a row`() throws {
    var narrow = BinaryCopyWriter(columns: 1)
    narrow.beginRow()
    #expect(throws: PostgresError.self) { _ = try narrow.take() }
    narrow.integer(1)
    try narrow.endRow()
    let rows = try narrow.take()
    #expect(rows.rows == 1)
    #expect(try narrow.take().rows == 0)
    #expect(throws: PostgresError.self) {
      try db.copyBinary(Self.statement, columns: 5) { try $0.append(rows) }
    }
    #expect(try db.execute("SELECT count(*) FROM t").only().decode(Int.self) == 0)
  }
}
