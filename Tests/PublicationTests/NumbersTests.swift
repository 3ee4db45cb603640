import Foundation
import Impact
import Testing

@testable import Publication

struct NumbersTests {
  private let french = Numbers(language: .french)
  private let english = Numbers(language: .english)

  @Test func `numbers are rounded half away from zero in decimal`() {
    #expect(french.number(56.25, decimals: 1) == "56,3")
    #expect(english.number(56.25, decimals: 1) == "56.3")
    #expect(french.number(1.005, decimals: 2) == "1,01")
    #expect(french.number(2.5) == "3")
    #expect(french.number(0.5) == "1")
    #expect(french.number(-0.5) == "\u{2212}1")
    #expect(french.number(999.95, decimals: 1) == "1\u{202F}000,0")
    #expect(french.number(999_999.5) == "1\u{202F}000\u{202F}000")
    #expect(french.number(1e21) == "1" + String(repeating: "\u{202F}000", count: 7))
  }

  @Test func `shares are percentages with the sign of the language`() {
    #expect(french.percent(0.5625) == "56,3\u{202F}%")
    #expect(french.percent(0.125) == "12,5\u{202F}%")
    #expect(french.percent(0.05) == "5,0\u{202F}%")
    #expect(french.percent(0.07, decimals: 0) == "7\u{202F}%")
    #expect(french.percent(0) == "0,0\u{202F}%")
    #expect(french.percent(1) == "100,0\u{202F}%")
    #expect(french.percent(12.345) == "1\u{202F}234,5\u{202F}%")
    #expect(english.percent(0.5625) == "56.3%")
    #expect(french.percentRange(0.123, 0.456) == "12,3\u{A0}–\u{A0}45,6\u{202F}%")
    #expect(english.percentRange(0.123, 0.456) == "12.3–45.6%")
  }

  @Test func `thousands, decimals and minus follow the language`() {
    #expect(french.number(1234.5, decimals: 1) == "1\u{202F}234,5")
    #expect(english.number(1234.5, decimals: 1) == "1,234.5")
    #expect(french.number(-5.2, decimals: 1) == "\u{2212}5,2")
    #expect(english.number(-1_234_567) == "\u{2212}1,234,567")
    #expect(french.number(123) == "123")
  }

  @Test func `very small numbers are zero, and zero has no sign`() {
    #expect(french.number(1e-7) == "0")
    #expect(french.number(1e-7, decimals: 2) == "0,00")
    #expect(french.number(1e-7, decimals: 7) == "0,0000001")
    #expect(french.number(-0.04, decimals: 1) == "0,0")
    #expect(french.number(-0.0) == "0")
    #expect(french.percent(1e-7) == "0,0\u{202F}%")
  }

  @Test func `short numbers have no closing zeros`() {
    #expect(french.short(12) == "12")
    #expect(french.short(120) == "120")
    #expect(french.short(12.5) == "12,5")
    #expect(french.short(999.96) == "1\u{202F}000")
    #expect(french.short(0.004, decimals: 2) == "0")
  }

  @Test func `days and quarters follow the language`() throws {
    let first = try #require(Day(2026, 8, 1))
    #expect(french.day(first) == "1er\u{A0}août 2026")
    #expect(english.day(first) == "1\u{A0}August 2026")
    #expect(french.quarter(Quarter(containing: first)) == "T3\u{A0}2026")
    #expect(english.quarter(Quarter(containing: first)) == "Q3\u{A0}2026")
  }

  @Test(arguments: [
    (1e-05, "0.00001"), (1e-7, "0.0000001"), (0.1, "0.1"), (100, "100"), (-5.2, "-5.2"), (0, "0"),
    (-0.0, "0"),
    (1e16, "10000000000000000"), (1.5e17, "150000000000000000"), (0.1 + 0.2, "0.30000000000000004"),
    (1234.5, "1234.5"), (3e21, "3000000000000000000000"),
  ])
  func `the plain text of a number has no exponent and no needless digit`(number: Double, text: String) {
    #expect(DecimalText(number).plain == text)
  }

  @Test func `the plain text of any number reads back as that number`() {
    var generator = Reproducible(state: 1)
    var numbers = [
      Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude, .pi, .ulpOfOne,
    ]
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      if number.isFinite { numbers.append(number) }
    }
    for number in numbers {
      let text = DecimalText(number).plain
      #expect(Double(text) == number)
      #expect(!text.contains("e"))
    }
  }

  @Test func `rounding is the exact rounding of the shortest text`() throws {
    var generator = Reproducible(state: 2)
    for _ in 0..<20_000 {
      let magnitude = [1e-7, 1e-3, 1, 100, 1e6][Int.random(in: 0..<5, using: &generator)]
      var number = Double.random(in: -magnitude...magnitude, using: &generator)
      // Half of them end in 5 right where they are rounded, which is where binary rounding goes wrong.
      if Bool.random(using: &generator) {
        number = Double(Int.random(in: -99_999...99_999, using: &generator) * 10 + 5) / 1000
      }
      for decimals in 0...3 {
        var exact = try #require(Decimal(string: "\(number)"))
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, decimals, .plain)
        let text = DecimalText(number).rounded(to: decimals)
        #expect(Decimal(string: text) == rounded, "\(number) to \(decimals) decimals")
        let places = text.split(separator: ".").dropFirst().first?.count ?? 0
        #expect(places == decimals)
      }
    }
  }
}

/// Random numbers that are the same in every run (SplitMix64).
private struct Reproducible: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
