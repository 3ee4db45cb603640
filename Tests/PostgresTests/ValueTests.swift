import Postgres
import TestSupport
import Testing

/// A small generator with a seed, so that a failure can be run again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func text() -> String {
    let pieces = [
      "a", "Z", " ", "é", "\u{1F9D1}\u{200D}\u{1F33E}", "\"", "'", "\\", "{", "}", ",", "NULL", "\\N", "\\.",
      "\t", "\n",
      "\r", "$1", "%s", "\u{202E}", "\u{0301}", "\u{7F}", ";", "--", "\u{FEFF}",
    ]
    return (0..<Int.random(in: 0...12, using: &self)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &self)]
    }
    .joined()
  }
}

@Suite(.schema) struct `A value` {
  let db: Connection

  init() throws { db = try TestDatabase.connect() }

  /// Sends a value as a type and reads it back.
  private func round<V: PostgresEncodable & PostgresDecodable & Sendable>(_ value: V, _ type: String) throws
    -> V
  {
    try db.execute("SELECT \(value)::\(fragment: SQL(trusted: type))").only().decode(V.self)
  }

  @Test func `comes back as it was sent`() throws {
    for n in [0, 1, -1, .max, .min, 1_000_000] { #expect(try round(n, "bigint") == n) }
    for n in [Int32.max, .min, 0] { #expect(try round(n, "int") == n) }
    for n in [Int64.max, .min] { #expect(try round(n, "bigint") == n) }
    for b in [true, false] { #expect(try round(b, "boolean") == b) }
    let doubles = [
      0, -0.0, 0.1, 1e-5, .pi, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
    ]
    for d in doubles { #expect(try round(d, "float8").bitPattern == d.bitPattern) }
    #expect(try round(Double.nan, "float8").isNaN)
    #expect(try round(Double.nan, "numeric").isNaN)
    let bytes = (0...255).map { UInt8($0) }
    #expect(try round(bytes, "bytea") == bytes)
    #expect(try round([UInt8](), "bytea") == [])
    #expect(try round([bytes, [0], []], "bytea[]") == [bytes, [0], []])
    #expect(try round(Optional<String>.none, "text") == nil)
    #expect(try round(Optional<[UInt8]>.none, "bytea") == nil)
  }

  @Test func `in an array comes back as it was sent`() throws {
    #expect(try round([1, -2, .max], "bigint[]") == [1, -2, .max])
    #expect(try round([1, nil, 3], "int[]") == [1, nil, 3] as [Int?])
    #expect(try round([true, false], "bool[]") == [true, false])
    #expect(try round([0.5, -1e-7, .infinity], "float8[]") == [0.5, -1e-7, .infinity])
    #expect(try round([String](), "text[]") == [])
    let awkward = ["", "NULL", "null", "{", "}", ",", "\"", "\\", "a b", " ", "\n", "é", "\\\"", "{a,b}"]
    #expect(try round(awkward, "text[]") == awkward)
    #expect(try round(awkward.map(Optional.some) + [nil], "text[]") == awkward.map(Optional.some) + [nil])
    #expect(try db.execute("SELECT '[0:1]={7,8}'::int[]").only().decode([Int].self) == [7, 8])
    let nested = postgresError {
      _ = try db.execute("SELECT '{{1,2},{3,4}}'::int[]").only().decode([Int].self)
    }
    #expect(nested?.origin == .decoding)
    let codes = ["a", "b"]
    #expect(try db.execute("SELECT 'b' = ANY(\(codes))").only().decode(Bool.self))
  }

  @Test func `of any text comes back as it was sent, alone and in an array`() throws {
    var random = Seeded(state: 2026)
    let texts = (0..<400).map { _ in random.text() }
    for text in texts.prefix(100) { #expect(try round(text, "text") == text) }
    #expect(try round(texts, "text[]") == texts)
    // The server must see the same elements, not only give the same literal back.
    let seen = try db.execute("SELECT unnest(\(texts)::text[])").map { try $0.decode(String.self) }
    #expect(seen == texts)
  }

  @Test func `of any number comes back bit by bit`() throws {
    var random = Seeded(state: 7)
    let doubles = (0..<2000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    #expect(try round(doubles, "float8[]").map(\.bitPattern) == doubles.map(\.bitPattern))
    let integers = (0..<2000).map { _ in Int(truncatingIfNeeded: random.next()) }
    #expect(try round(integers, "bigint[]") == integers)
  }

  @Test func `that does not fit is an error which names the column and not the value`() throws {
    func error<V: PostgresDecodable>(_ sql: SQL, _ type: V.Type) -> String {
      postgresError { _ = try db.execute(sql).only().decode(type) }?.description ?? "none"
    }
    #expect(
      error("SELECT 9223372036854775808::numeric AS big", Int.self)
        == "row 1, column big: the value does not fit a Int"
    )
    #expect(error("SELECT 2147483648 AS n", Int32.self).contains("does not fit"))
    #expect(error("SELECT 1e400::numeric AS n", Double.self).contains("does not fit"))
    #expect(error("SELECT NULL::int AS n", Int.self) == "row 1, column n: the value is NULL, which is no Int")
    for type in [Int.self, Double.self, Bool.self, [UInt8].self, [Int].self] as [any PostgresDecodable.Type] {
      let text = error("SELECT 'Jeanne Secret'::text AS who", type)
      #expect(text.contains("column who") && !text.contains("Secret"))
    }
    #expect(error("SELECT '1x'::text AS n", Int.self).contains("is not a Int"))
    #expect(error("SELECT ''::text AS n", Int.self).contains("is not a Int"))
    #expect(error("SELECT '-'::text AS n", Int.self).contains("is not a Int"))
    #expect(error("SELECT '0x10'::text AS n", Double.self).contains("is not a Double"))
  }
}

@Suite struct `A statement` {
  @Test func `numbers its parameters anew when put together`() {
    let id = "x"
    var sql: SQL = "SELECT * FROM t WHERE a = \(id)"
    sql += " AND b = \(2)"
    sql.append(" AND c IN (\(fragment: [1, 2, 3].map { "\($0)" as SQL }.joined(separator: ", ")))")
    let outer: SQL = "WITH q AS (\(fragment: sql)) SELECT \(9) FROM q WHERE \(fragment: "d = \(true)")"
    #expect(
      outer.text
        == "WITH q AS (SELECT * FROM t WHERE a = $1 AND b = $2 AND c IN ($3, $4, $5)) SELECT $6 FROM q WHERE d = $7"
    )
    #expect(outer.values.map(\.postgresText) == ["x", "2", "1", "2", "3", "9", "t"])
    let sum: SQL = "a \(1)" + " b \(2)"
    #expect(sum.text == "a $1 b $2")
    #expect(([] as [SQL]).joined().isEmpty)
  }

  @Test func `quotes identifiers and shows no values`() {
    let sql: SQL = "SELECT \(identifier: "a\"b") = \("Secret")"
    #expect(sql.text == "SELECT \"a\"\"b\" = $1")
    #expect("\(sql)" == sql.text && !String(reflecting: sql).contains("Secret"))
    var dumped = ""
    dump(sql, to: &dumped)
    #expect(!dumped.contains("Secret"))
  }

  @Test func `matches a code by its class`() {
    #expect(SQLState.integrityConstraintViolation ~= SQLState.uniqueViolation)
    #expect(!(SQLState.uniqueViolation ~= SQLState.checkViolation))
    #expect(!(SQLState.dataException ~= SQLState.uniqueViolation))
  }

  @Test(arguments: [
    ("40001", true), ("40P01", true), ("08006", true), ("57P01", true), ("57P03", true), ("53300", true),
    ("25P03", true), ("55P03", true), ("57014", false), ("53100", false), ("23505", false), ("42501", false),
    ("XX001", false),
  ])
  func `is tried again only where that can help`(state: String, again: Bool) {
    #expect(PostgresError(.server, "x", state: SQLState(rawValue: state)).isTransient == again)
  }
}
