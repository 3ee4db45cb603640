import Testing

@testable import Impact

private typealias Expression = Measure.Expression

private func value(
  _ text: String, _ operands: [String: Double?] = [:], parameters: [String: Double] = [:]
) throws -> Expression.Outcome {
  try Expression.read(text).expression.value(
    indicator: { name in
      (operands[name] ?? nil).map(Expression.Outcome.success) ?? .failure(.init(.notCollected))
    }, parameter: { parameters[$0] })
}

@Suite struct `Arithmetic on indicators` {
  @Test(arguments: [
    ("a + b * c", 14.0), ("(a + b) * c", 20), ("a - b - c", -5), ("a - (b - c)", 3), ("c / b / a", 2.0 / 3),
    ("-a + b", 1), ("min(a, b, c)", 2), ("max(a, b + c)", 7), ("a * parameter(rate)", 1), ("2.50 * a", 5),
    ("a-b + a", 12), ("a / 4 * 2", 1), ("--a", 2), ("a -\n  b", -1),
  ])
  func `is worked out as at school`(text: String, expected: Double) throws {
    let found = try value(text, ["a": 2, "b": 3, "c": 4, "a-b": 10], parameters: ["rate": 0.5]).get()
    #expect(found == expected)
  }

  @Test func `a missing operand makes the whole missing, even times zero`() throws {
    for text in ["a + x", "x * 0", "0 * x", "min(a, x)", "a / x", "-x", "a * parameter(unset)"] {
      #expect(throws: Expression.Absent(.notCollected)) { _ = try value(text, ["a": 2]).get() }
    }
  }

  @Test func `a division by zero and a number beyond all numbers have no denominator`() throws {
    for text in ["a / z", "a / (a - a)", "z / z", "big * big", "big * big / big"] {
      #expect(throws: Expression.Absent(.noDenominator)) {
        _ = try value(text, ["a": 2, "z": 0, "big": 1e300]).get()
      }
    }
  }

  @Test func `the gravest reason is told, in whatever order the terms stand`() throws {
    let reasons: [String: Figure.Absence] = [
      "n": .notApplicable, "c": .notCollected, "d": .notYetDue, "z": .noDenominator,
    ]
    for (text, reason) in [
      ("n + c", Figure.Absence.notApplicable), ("c + n", .notApplicable), ("z + d + c", .notCollected),
      ("z + d", .notYetDue),
    ] {
      let found = try Expression.read(text).expression.value(
        indicator: { .failure(.init(reasons[$0] ?? .tooFew)) }, parameter: { _ in nil })
      #expect(found == .failure(.init(reason)), "\(text)")
    }
  }

  @Test func `is written back with the parentheses it needs and no more`() throws {
    for text in [
      "(a + b) / c", "a - (b - c)", "a / (b * c)", "a + b * c", "min(a + b, parameter(k)) * 2", "-(a + b)",
    ] {
      #expect(try Expression.read(text).expression.description == text)
    }
    #expect(try Expression.read("((a)) + (b*c)").expression.description == "a + b * c")
  }

  @Test func `reads back what it writes, whatever the expression`() throws {
    var generator = SeededGenerator(seed: 4)
    func random(_ depth: Int) -> Expression {
      switch Int.random(in: 0...(depth > 4 ? 2 : 7), using: &generator) {
      case 0: .number(String(Int.random(in: 0...99, using: &generator)))
      case 1: .indicator(["a", "b-c", "durable-exits"].randomElement(using: &generator) ?? "a")
      case 2: .parameter("k_1")
      case 3: .negated(random(depth + 1))
      case 4: .choice(.least, [random(depth + 1), random(depth + 1)])
      default:
        .operation(
          Expression.Operation.allCases.randomElement(using: &generator) ?? .add, random(depth + 1),
          random(depth + 1))
      }
    }
    for _ in 0..<500 {
      let expression = Expression.operation(.add, .indicator("a"), random(0))
      #expect(try Expression.read(expression.description).expression == expression, "\(expression)")
    }
  }

  @Test(arguments: [
    ("a +", 3, "the end"), ("a b", 2, "an operation"), ("(a", 2, "closing"), ("a ; b", 2, "remove"),
    ("A + b", 0, "lower case"), ("sqrt(a)", 0, "min, max or parameter"), ("min(a)", 0, "two values"),
    ("parameter(1)", 10, "name of a parameter"), ("12", 0, "names no indicator"),
    ("3months + a", 0, "digits"),
    ("a + 1.2.3", 7, "remove"), ("a'; DROP TABLE figure.figure; --", 1, "remove"), ("", 0, "the end"),
    ("a * * b", 4, "name, a number"),
  ])
  func `what is wrong is told with its place`(text: String, offset: Int, hint: String) {
    let fault = #expect(throws: Expression.Fault.self) { _ = try Expression.read(text) }
    #expect(fault?.offset == offset)
    #expect(fault?.message.contains(hint) == true, "\(fault?.message ?? "")")
  }

  @Test func `what costs too much is refused, and what is just allowed is read`() throws {
    func fault(_ text: String) -> String? {
      do throws(Expression.Fault) {
        _ = try Expression.read(text)
        return nil
      } catch { return error.message }
    }
    #expect(fault("a" + String(repeating: " ", count: 4095)) == nil)
    #expect(fault("a" + String(repeating: " ", count: 4096))?.contains("4 KiB") == true)
    let nested = { (depth: Int) in
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(fault(nested(31)) == nil)
    #expect(fault(nested(32))?.contains("32 levels") == true)
    #expect(fault(String(repeating: "-", count: 4000) + "a")?.contains("32 levels") == true)
    let sum = { (parts: Int) in (0..<parts).map { _ in "a" }.joined(separator: "+") }
    #expect(fault(sum(128)) == nil)
    #expect(fault(sum(129))?.contains("256 parts") == true)
    let names = { (count: Int) in (0..<count).map { "a\($0)" }.joined(separator: " + ") }
    #expect(fault(names(16)) == nil)
    #expect(fault(names(17))?.contains("16 indicators") == true)
  }
}
