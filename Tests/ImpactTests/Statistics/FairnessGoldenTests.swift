import Testing

@testable import Impact

@Suite struct `Funnels and shrunken rates equal the references` {
  private func groups(_ name: String) throws -> [(name: String, rate: Proportion)] {
    try Golden.rows(name).map {
      (try $0.text("jvs"), try $0.rate("x", "n"))
    }
  }

  private func parameters(_ method: String) throws -> Golden.Row {
    let rows = try Golden.rows("eb_shrinkage/expected_hyperparameters")
    return try #require(rows.first { $0.cells["method"] == method })
  }

  @Test func `funnel limits, tails and flags`() throws {
    let groups = try groups("funnel/input")
    let rates = groups.map(\.rate)
    let target = rates.reduce(0) { $0 + $1.successes } / rates.reduce(0) { $0 + $1.trials }
    let funnel = FunnelLimits(target: target)
    let dispersion = try #require(FunnelLimits.Dispersion(rates, target: target))
    let rows = try Golden.rows("funnel/expected")
    #expect(rows.count == groups.count)
    for (index, row) in rows.enumerated() {
      let rate = rates[index]
      #expect(groups[index].name == (try row.text("jvs")))
      let alert = funnel.limits(trials: rate.trials, coverage: 0.95)
      let alarm = funnel.limits(trials: rate.trials, coverage: 0.998)
      expectEqual(alarm.low, try row.number("ll998"))
      expectEqual(alert.low, try row.number("ll95"))
      expectEqual(alert.high, try row.number("ul95"))
      expectEqual(alarm.high, try row.number("ul998"))
      let law = Binomial(trials: Int(rate.trials), chance: target)
      let x = Int(rate.successes)
      expectEqual(law.atMost(x), try row.number("P_le_x"))
      expectEqual(law.atLeast(x), try row.number("P_ge_x"))
      expectEqual(law.atMost(x) - law.mass(x) / 2, try row.number("midp_lower"))
      expectEqual(
        (rate.share - target) / (target * (1 - target) / rate.trials).squareRoot(), try row.number("z_naive"))
      expectEqual(dispersion.scores[index], try row.number("z_arcsine"))
      #expect(funnel.flag(rate).rawValue == (try row.text("flag")))
    }
  }

  @Test func `over-dispersion, from ten groups on`() throws {
    let groups = try groups("funnel/input")
    let rates = groups.map(\.rate)
    let values = try Golden.values("funnel/expected_overdispersion")
    let target = try #require(values["target"])
    let dispersion = try #require(FunnelLimits.Dispersion(rates, target: target))
    expectEqual(dispersion.bounds.low, try #require(values["lz_q10"]))
    expectEqual(dispersion.bounds.high, try #require(values["uz_q90"]))
    expectEqual(dispersion.ratio, try #require(values["phi_winsorised"]))
    expectEqual(
      dispersion.scores.reduce(0) { $0 + $1 * $1 } / Double(rates.count),
      try #require(values["phi_unwinsorised"]))
    expectEqual(dispersion.betweenVariance, try #require(values["tau2"]))
    #expect(values["I"] == Double(rates.count))
    let excess = dispersion.betweenVariance
    for (group, score) in zip(groups, dispersion.scores) {
      let error = (1 / (4 * group.rate.trials)).squareRoot()
      expectEqual(
        score * error / (error * error + excess).squareRoot(), try #require(values["z_od_\(group.name)"]))
    }
    #expect(FunnelLimits(rates)?.excess == excess)
    #expect(FunnelLimits(Array(rates.prefix(9)))?.excess == 0)
  }

  @Test func `shrunken rates by moments`() throws {
    let groups = try groups("eb_shrinkage/input")
    let shrinkage = try #require(Shrinkage(moments: groups.map(\.rate)))
    let row = try parameters("moments_n_weighted")
    expectEqual(shrinkage.mean, try row.number("mu"))
    expectEqual(shrinkage.weight, try row.number("M"))
    expectEqual(shrinkage.mean * shrinkage.weight, try row.number("alpha"))
    expectEqual((1 - shrinkage.mean) * shrinkage.weight, try row.number("beta"))
    expectEqual(1 / (1 + shrinkage.weight), try row.number("loglik_or_rho"))
    for (group, row) in zip(groups, try Golden.rows("eb_shrinkage/expected_moments")) {
      expectEqual(shrinkage.estimate(group.rate), try row.number("eb_mean_moments"))
    }
  }

  /// The reference's optimiser stopped near the maximum: its parameters agree to 1e-4 as it says, its rates to 1e-6.
  @Test func `shrunken rates by maximum likelihood`() throws {
    let groups = try groups("eb_shrinkage/input")
    let rates = groups.map(\.rate)
    let shrinkage = try #require(Shrinkage(likelihood: rates))
    let row = try parameters("MLE")
    expectEqual(shrinkage.mean * shrinkage.weight, try row.number("alpha"), within: 1e-4)
    expectEqual((1 - shrinkage.mean) * shrinkage.weight, try row.number("beta"), within: 1e-4)
    expectEqual(shrinkage.mean, try row.number("mu"), within: 1e-6)
    expectEqual(shrinkage.logLikelihood(rates), try row.number("loglik_or_rho"))
    #expect(shrinkage.logLikelihood(rates) >= (try row.number("loglik_or_rho")) - 1e-12)
    for (group, row) in zip(groups, try Golden.rows("eb_shrinkage/expected")) {
      expectEqual(group.rate.share, try row.number("raw"))
      expectEqual(shrinkage.estimate(group.rate), try row.number("eb_mean"), within: 1e-6)
      expectEqual(
        shrinkage.weight / (shrinkage.weight + group.rate.trials), try row.number("shrink_to_mean_weight"),
        within: 1e-6)
      expectEqual(shrinkage.interval(group.rate).low, try row.number("cri95_lo"), within: 1e-6)
      expectEqual(shrinkage.interval(group.rate).high, try row.number("cri95_hi"), within: 1e-6)
      expectEqual(shrinkage.chanceAboveMean(group.rate), try row.number("P_above_mean"), within: 1e-6)
    }
  }

  /// Given the reference's own parameters, everything that follows from them agrees to 1e-9.
  @Test func `posterior rates under the reference's parameters`() throws {
    let row = try parameters("MLE")
    let (a, b) = (try row.number("alpha"), try row.number("beta"))
    for row in try Golden.rows("eb_shrinkage/expected") {
      let (x, n) = (try row.number("x"), try row.number("n"))
      expectEqual((a + x) / (a + b + n), try row.number("eb_mean"))
      expectEqual(IncompleteBeta.quantile(a + x, b + n - x, 0.025), try row.number("cri95_lo"))
      expectEqual(IncompleteBeta.quantile(a + x, b + n - x, 0.975), try row.number("cri95_hi"))
      expectEqual(IncompleteBeta.upper(a + x, b + n - x, at: a / (a + b)), try row.number("P_above_mean"))
    }
  }

  @Test func `James and Stein's batting averages, and the three decimals they printed`() throws {
    let rows = try Golden.rows("eb_shrinkage/efron_morris_expected")
    let raw = try rows.map { try $0.number("hits") / $0.number("at_bats") }
    let mean = raw.reduce(0, +) / Double(raw.count)
    let shrunken = try #require(Shrinkage.means(raw, variance: mean * (1 - mean) / 45))
    for (value, row) in zip(shrunken, rows) {
      expectEqual(value, try row.number("james_stein"))
      expectEqual(value, try row.number("published_JS_background"), within: 0.0006)
    }
  }
}
