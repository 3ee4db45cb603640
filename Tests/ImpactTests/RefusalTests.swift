import Impact
import Testing

struct `Refused rows` {
  private func reason(_ code: String, _ sentence: String = "no") -> Diagnostic {
    Diagnostic(file: "f.csv", field: "code", code: code, message: sentence, french: sentence)
  }

  @Test func `are found by line whatever the order they were refused in`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var refusals = Refusals()
      var expected: [Int: [String]] = [:]
      var added = 0
      for code in ["a", "b", "c"] {
        let lines = (0..<Int.random(in: 0...20, using: &random)).map { _ in
          Int.random(in: 2...30, using: &random)
        }
        let distinct = Array(Set(lines)).shuffled(using: &random)
        refusals.add(distinct, because: reason(code))
        for line in distinct { expected[line, default: []].append(code) }
        added += distinct.count
      }
      #expect(refusals.rows == expected.count && refusals.isEmpty == expected.isEmpty)
      for line in 1...31 {
        let found = refusals[line: line]
        #expect(found.map(\.code) == expected[line] ?? [])
        #expect(found.allSatisfy { $0.line == line })
      }
      let limit = Int.random(in: 0...25, using: &random)
      let told = refusals.told(limit)
      #expect(told.diagnostics.count + told.omitted == added)
      #expect(told.diagnostics.compactMap(\.line) == told.diagnostics.compactMap(\.line).sorted())
      let byCode = Dictionary(grouping: told.diagnostics, by: \.code)
      #expect(byCode.values.allSatisfy { $0.count <= limit })
    }
  }

  @Test func `name the line they clash with`() {
    var refusals = Refusals()
    refusals.add(
      [(line: 9, other: 3), (line: 5, other: 2)],
      because: reason("twice", "as line \(Refusals.otherLine); keep one"))
    #expect(refusals[line: 5].map(\.message) == ["as line 2; keep one"])
    #expect(refusals[line: 9].map(\.french) == ["as line 3; keep one"])
    #expect(refusals[line: 7].isEmpty)
  }

  @Test func `are what is said of lines, warnings and remarks on the file left out`() {
    var warning = reason("w")
    (warning.line, warning.severity) = (2, .warning)
    var error = reason("e")
    error.line = 3
    let refusals = Refusals([warning, error, reason("file")])
    #expect(refusals.rows == 1 && refusals[line: 3] == [error])
  }
}
