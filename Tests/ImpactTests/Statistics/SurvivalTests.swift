import Testing

@testable import Impact

@Suite struct `Times to an event equal the references` {
  private func people(_ name: String, cause: String = "event", time: String = "time") throws -> [TimeToEvent]
  {
    try Golden.rows("survival/\(name)").map {
      TimeToEvent(time: try $0.number(time), cause: Int(try $0.number(cause)))
    }
  }

  @Test(arguments: ["freireich_6mp", "freireich_placebo", "jvs_any_exit", "jvs_durable_naive_km"])
  func `Kaplan and Meier, Greenwood and the log-log interval`(name: String) throws {
    let curve = KaplanMeier(try people("\(name)_input"))
    let rows = try Golden.rows("survival/\(name)_expected")
    #expect(curve.steps.count == rows.count)
    for (step, row) in zip(curve.steps, rows) {
      #expect(step.time == (try row.number("time")))
      #expect(step.atRisk == Int(try row.number("at_risk")))
      #expect(step.events == Int(try row.number("events")))
      #expect(step.censored == Int(try row.number("censored")))
      expectEqual(step.survival, try row.number("S"))
      guard step.atRisk > step.events else {
        // Nobody is left: the references print infinity, or an interval from 0 to 0.
        #expect(try row.text("greenwood_sum") == "inf" && step.greenwood == .infinity)
        #expect(step.error == 0 && step.interval() == nil)
        continue
      }
      expectEqual(step.greenwood, try row.number("greenwood_sum"))
      expectEqual(step.error, try row.number("greenwood_se"))
      expectEqual(step.interval()?.low, try row.number("loglog_lo"))
      expectEqual(step.interval()?.high, try row.number("loglog_hi"))
    }
  }

  @Test func `log-rank and medians of Freireich's trial`() throws {
    let treated = try people("freireich_6mp_input")
    let placebo = try people("freireich_placebo_input")
    let test = try #require(LogRank(treated, placebo))
    let expected = try Golden.values("survival/freireich_logrank_expected")
    expectEqual(test.statistic, try #require(expected["chi2"]))
    expectEqual(test.p, try #require(expected["p"]), within: 1e-14)
    #expect(KaplanMeier(treated).median == expected["median_6mp"])
    #expect(KaplanMeier(placebo).median == expected["median_placebo"])
    expectEqual(LogRank(placebo, treated)?.statistic, test.statistic)
  }

  @Test func `Aalen and Johansen's incidences of exits that exclude each other`() throws {
    let curve = CumulativeIncidence(try people("jvs_competing_input", cause: "status", time: "weeks"))
    let rows = try Golden.rows("survival/jvs_competing_expected_aalen_johansen")
    #expect(curve.causes == [1, 2, 3])
    #expect(curve.steps.count == rows.count)
    for (step, row) in zip(curve.steps, rows) {
      #expect(step.time == (try row.number("week")))
      #expect(step.atRisk == Int(try row.number("at_risk")))
      #expect(step.censored == Int(try row.number("censored")))
      expectEqual(step.survival, try row.number("S_overall"))
      var sum = step.survival
      for (cause, name) in [(1, "durable"), (2, "transition"), (3, "autre")] {
        #expect(step.events[cause] ?? 0 == Int(try row.number("d_\(name)")))
        expectEqual(step.incidence[cause], try row.number("CIF_\(name)"))
        sum += step.incidence[cause] ?? 0
      }
      expectEqual(sum, 1, within: 1e-12)
    }
  }

  @Test func `with a single cause the incidence is what Kaplan and Meier leave, with the same error`() throws
  {
    let people = try people("freireich_6mp_input")
    let incidence = CumulativeIncidence(people)
    for (step, other) in zip(KaplanMeier(people).steps, incidence.steps) {
      expectEqual(other.incidence[1], 1 - step.survival)
      expectEqual(other.errors[1], step.error, within: 0.01)
    }
  }
}
