import Impact
import Testing

@testable import Capture

/// Plainly written cells take a short way: it must say what the long way says, or leave the cell to it.
@Suite struct `Plain cells` {
  private static let title = Localized(fr: "x", en: "x")

  private static func fields() -> [FactSchema.Field] {
    [
      FactSchema.Field(name: "s", kind: .string, title: title),
      FactSchema.Field(
        name: "code", kind: .string, title: title, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,9}$",
        maximumLength: 8),
      FactSchema.Field(
        name: "e", kind: .string, title: title, isRequired: true, allowed: ["EI", "N/A", "AI", "12"]),
      FactSchema.Field(name: "i", kind: .integer, title: title, minimum: "-3", maximum: "500"),
      FactSchema.Field(name: "a", kind: .integer, title: title, allowed: ["1", "12", "96"]),
      FactSchema.Field(name: "n", kind: .number, title: title, minimum: "0", maximum: "300"),
      FactSchema.Field(name: "m", kind: .number, title: title, minimum: "0.5", maximum: "10.25"),
      FactSchema.Field(name: "f", kind: .number, title: title),
      FactSchema.Field(name: "d", kind: .date, title: title, minimum: "1990-01-01", maximum: "2030-12-31"),
      FactSchema.Field(name: "y", kind: .yearmonth, title: title),
      FactSchema.Field(name: "b", kind: .boolean, title: title),
    ]
  }

  /// Texts near what cells hold: bits of numbers, dates, codes and traps.
  private static func cell(_ random: inout Seeded) -> String {
    let parts = [
      "0", "1", "2", "9", "12", "31", "2025", "1990", "2100", "29", "02", "00", ".", ",", "-", "/", " ", "'",
      "=", "@", "é", "\u{A0}",
      "EI", "AI", "N/A", "NC", "#REF!", "x", "_", "+", "(", ")", "%", "\t", "\"", "300", "10.25", "0.50",
      "E+", "e+",
      "500",
    ]
    let shapes = [
      "2025-03-01", "31/12/2025", "29/02/2025", "29/02/2024", "2025-03", "03/2025", "132,50", "1 234,5",
      "80.25", "N-123", "DETENTION_MJ", "detention_mj", "prison", "justice", "sante",
      "1,23457E+14", "1E+10",
    ]
    if Int.random(in: 0..<4, using: &random) == 0 { return shapes.randomElement(using: &random) ?? "" }
    return (0..<Int.random(in: 0...5, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
      .joined()
  }

  @Test func `the short way says what the long way says`() throws {
    var random = Seeded(state: 2026)
    let schema = FactSchema(
      name: "thing", title: Self.title, scope: .cooperation, fields: Self.fields(), key: ["e"], references: []
    )
    // About a participant some words are refused that elsewhere are not.
    var personal = schema
    personal.fields.append(FactSchema.Field(name: "participant", kind: .string, title: Self.title))
    let readers = try [schema, personal].flatMap { schema in
      try schema.fields.map { try CellReader($0, of: schema) }
    }
    var plain = 0
    for _ in 0..<40_000 {
      let text = Self.cell(&random)
      let bytes = Array(text.utf8)
      for reader in readers {
        var buffer = ByteBuffer()
        let isPlain = reader.appendPlain(bytes.span, to: &buffer)
        let out = Array(buffer.bytes)
        guard isPlain else {
          #expect(out.isEmpty, "“\(text)” as \(reader.field.name) left something behind")
          continue
        }
        plain += 1
        switch reader.read(bytes.span) {
        case .value(let value):
          #expect(out == Array((value ?? "").utf8), "“\(text)” as \(reader.field.name)")
        case .problem(let problem): Issue.record("“\(text)” as \(reader.field.name): \(problem.code)")
        }
      }
    }
    #expect(plain > 20_000)
  }
}

/// A generator of the same numbers each time (SplitMix64).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
