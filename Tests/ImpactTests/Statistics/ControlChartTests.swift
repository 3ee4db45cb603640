import Testing

@testable import Impact

@Suite struct `Control charts equal the references` {
  /// The one word the R package prints for a point: the first of these rules that it breaks.
  private func word(_ rules: [ControlRule], isUpward: Bool, isRising: Bool) -> String {
    if rules.contains(.outside) { return isUpward ? "Above UCL" : "Below LCL" }
    if rules.contains(.trend) { return "7 Point Trend (\(isRising ? "Increasing" : "Decreasing"))" }
    if rules.contains(.nearLimit) { return isUpward ? "2 in 3 Above CL" : "2 in 3 Below CL" }
    if rules.contains(.run) { return isUpward ? "7 Points Above CL" : "7 Points Below CL" }
    return "Common Cause"
  }

  @Test func `XmR limits and rules, screened or not, rebased, or from the first points`() throws {
    let rows = try Golden.rows("spc/expected")
    let inputs = Dictionary(grouping: try Golden.rows("spc/input")) { $0.cells["series"] ?? "" }
    var seen = 0
    for (name, own) in Dictionary(grouping: rows, by: { $0.cells["series"] ?? "" }) {
      if let input = inputs[name] {
        #expect(try input.map { try $0.number("y") } == own.map { try $0.number("y") })
      }
      // A rebased chart is one chart a stretch between recorded changes.
      for (_, stretch) in Dictionary(grouping: own, by: { $0.cells["rebase_group"] ?? "" }) {
        let values = try stretch.map { try $0.number("y") }
        let chart = try #require(
          ControlChart(
            individuals: values, screensRanges: !name.hasSuffix("noscreen"),
            baseline: name.hasSuffix("fix8") ? 8 : nil))
        for (index, row) in stretch.enumerated() {
          let point = chart.points[index]
          expectEqual(chart.centre, try row.number("mean"))
          guard name != "constant" else {
            // R gives no limits for a constant series; here they are the mean.
            #expect(point.low == 40 && point.high == 40 && point.rules.isEmpty)
            seen += 1
            continue
          }
          expectEqual(point.low, try row.number("lpl"))
          expectEqual(point.high, try row.number("upl"))
          #expect(point.rules.contains(.outside) == (try row.text("outside") == "1"))
          let side = point.value > chart.centre ? 1 : point.value < chart.centre ? -1 : 0
          #expect(side == Int(try row.number("rel")))
          let neighbour = index > 0 ? chart.points[index - 1] : chart.points[1]
          let isRising = (point.value > neighbour.value) == (index > 0)
          #expect(
            word(point.rules, isUpward: point.value > chart.centre, isRising: isRising)
              == (try row.text("special")), "\(name), point \(index + 1)")
          seen += 1
        }
      }
    }
    #expect(seen == rows.count)
  }

  @Test func `the XmR chart of the spc_plotly package, without screening`() throws {
    let values = try Golden.rows("spc/xmr_published_spc_plotly_input").map { try $0.number("y") }
    let chart = try #require(ControlChart(individuals: values, screensRanges: false))
    let range = ControlChart.meanMovingRange(values, screens: false)
    let computed = [
      "mean": chart.centre, "mR_mean": range, "mR_upper": 3.268 * range, "upl": chart.points[0].high,
      "lpl": chart.points[0].low,
    ]
    for row in try Golden.rows("spc/xmr_published_spc_plotly_expected") {
      expectEqual(computed[try row.text("measure")], try row.number("computed"))
    }
  }

  @Test func `p-chart and Laney's p'-chart`() throws {
    let rows = try Golden.rows("spc/pchart_expected")
    #expect(
      try Golden.rows("spc/pchart_input").map { [try $0.number("x"), try $0.number("n")] }
        == rows.map { [try $0.number("x"), try $0.number("n")] })
    let rates = try rows.map { try $0.rate("x", "n") }
    let plain = try #require(ControlChart(rates: rates))
    let laney = try #require(ControlChart(rates: rates, isLaney: true))
    for (index, row) in rows.enumerated() {
      expectEqual(plain.points[index].value, try row.number("p"))
      expectEqual(plain.centre, try row.number("pbar"))
      expectEqual(max(0, plain.points[index].low), try row.number("lcl"))
      expectEqual(min(1, plain.points[index].high), try row.number("ucl"))
      expectEqual(max(0, laney.points[index].low), try row.number("laney_lcl"))
      expectEqual(min(1, laney.points[index].high), try row.number("laney_ucl"))
      let error = (plain.points[index].high - plain.centre) / 3
      expectEqual((plain.points[index].value - plain.centre) / error, try row.number("z"))
    }
  }

  @Test func `u-chart limits follow the exposure`() throws {
    let chart = try #require(ControlChart(events: [4, 9, 2], exposures: [1, 3, 1]))
    #expect(chart.centre == 3)
    #expect(chart.points.map(\.value) == [4, 3, 2])
    expectEqual(chart.points[0].high, 3 + 3 * 3.0.squareRoot())
    expectEqual(chart.points[1].high, 6)
    expectEqual(chart.points[1].low, 0)
    #expect(ControlChart(events: [1], exposures: [0]) == nil)
    #expect(ControlChart(events: [], exposures: []) == nil)
  }

  @Test func `a chart turned upside down breaks the same rules`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let values = (0..<24).map { _ in (generator.unit() * 40).rounded() }
      let chart = try #require(ControlChart(individuals: values))
      let mirrored = try #require(ControlChart(individuals: values.map { 40 - $0 }))
      #expect(chart.points.map(\.rules) == mirrored.points.map(\.rules))
    }
  }
}
