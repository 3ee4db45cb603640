import Impact
import Testing

@Suite struct `Days and quarters` {
  @Test func `a PASS IAE of 730 days from 1 March 2025 ends on 28 February 2027`() throws {
    let start = try #require(Day(2025, 3, 1))
    #expect(start.adding(days: 730 - 1) == Day(2027, 2, 28))
  }

  @Test func `every day round-trips through its text and its components`() {
    for offset in stride(from: -40_000, through: 60_000, by: 7) {
      let day = Day(daysSinceEpoch: offset)
      let (year, month, dayOfMonth) = day.components
      #expect(Day(year, month, dayOfMonth) == day)
      #expect(Day("\(day)") == day)
      #expect(Quarter(containing: day).start <= day && day <= Quarter(containing: day).end)
    }
  }

  @Test(arguments: ["2025-02-29", "2025-13-01", "2025-1-01", "31/12/2025", "", "2025-00-10", "2025-04-31"])
  func `impossible or foreign dates are no day`(text: String) { #expect(Day(text) == nil) }

  @Test func `adding months clips to the month's last day`() throws {
    let day = try #require(Day(2024, 8, 31))
    #expect(day.adding(months: 6) == Day(2025, 2, 28))
    #expect(day.adding(months: -6) == Day(2024, 2, 29))
  }

  @Test func `quarters sort, step and print across years`() throws {
    let quarter = try #require(Quarter("2026T3"))
    #expect(quarter.start == Day(2026, 7, 1))
    #expect(quarter.end == Day(2026, 9, 30))
    #expect("\(quarter.advanced(by: -3))" == "2025T4")
    #expect(quarter.advanced(by: -3).distance(to: quarter) == 3)
    #expect(Quarter("2026T5") == nil && Quarter("2026Q1") == nil && Quarter("26T1") == nil)
    #expect(Window.rollingYear.start(endingWith: quarter) == Day(2025, 10, 1))
    #expect(Window.yearToDate.start(endingWith: quarter) == Day(2026, 1, 1))
  }
}
