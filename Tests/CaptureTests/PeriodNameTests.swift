import Impact
import Testing

@testable import Capture

/// Periods of a table of units stand in order of time, however they are written.
struct PeriodNameTests {
  private func ordered(_ names: [String]) throws -> [String] {
    let order = try PeriodOrder(
      names, lines: names.indices.map { $0 + 2 }, column: 2, file: "t.csv")
    return order.positions.map { names[$0] }
  }

  @Test(arguments: [
    ["Q1 2025", "Q2 2025", "Q4 2025", "Q1 2026"], ["2025-9", "2025-10", "2025-11", "2026-1"],
    ["2025T4", "2026T1", "T2 2026", "2026-Q3", "2026q4"], ["2025-08-31", "01/09/2025", "30/09/2025"],
    ["S1 2025", "2025S2", "2026H1"], ["9", "10", "11"], ["1999", "2000", "2025"], ["any one name"],
  ])
  func `periods are put in order of time`(_ names: [String]) throws {
    #expect(try ordered(names.reversed()) == names)
    #expect(try ordered(names.sorted()) == names)
  }

  @Test(arguments: [
    (["2024", "spring"], 3, "place in time"), (["2024", "2025-01"], 3, "write all periods alike"),
    (["2025T1", "2025", "2026"], 3, "\"2025T1\" is a quarter"), (["2025-9", "2025-09"], 3, "same period"),
    (["2025T5", "2025T1"], 2, "place in time"), (["2025-13", "2025-01"], 2, "place in time"),
    (["2025-01-01", "2025-02-30"], 3, "place in time"), (["1", "01"], 3, "same period"),
    (["2024", "2025", " 2026x"], 4, "place in time"), (["2025S3", "2025S1"], 2, "place in time"),
  ])
  func `a period without a known place in time is refused with its line`(
    _ names: [String], _ line: Int, _ words: String
  ) throws {
    let error = try #require(throws: CaptureError.self) { _ = try ordered(names) }
    let told = try #require(error.diagnostics.first)
    #expect(told.line == line && told.column == 2 && told.message.contains(words), "\(told.message)")
  }
}
