/// What the return for the community and the rates of supervision read. A stream of its own: the files made before stay
/// as they were, row for row.
extension Simulation {
  mutating func accounts() {
    var random = stream("accounts")
    for current in plan.first...plan.last {
      let told = lastDay(current)
      let worked = Double(hours[current] ?? 0) / 100
      let wages = worked * 1.16 * 15.2 + plan.turnover * 0.22
      // Contributions of people on a pathway are much reduced; net VAT follows what is sold.
      let lines: [(String, Double)] = [
        ("social_contributions", wages * random.between(0.19, 0.22)),
        ("taxes", plan.turnover * random.between(0.09, 0.13) + wages * 0.012),
      ]
      for (category, euros) in lines {
        deliver(
          "finance_line", told,
          [.month(current), .text(category), .hundredths(Int((euros * 100).rounded()))])
      }
    }
  }

  /// Supervisors and counsellors, in full-time equivalents; one month of the last two years is missing.
  mutating func supervision() {
    var random = stream("supervision")
    let missing = month(2025, 8)
    for current in plan.first...plan.last {
      let posts = Double(hours[current] ?? 0) / 100 / 1505 * 12
      let supervisors = Int(posts * random.between(0.13, 0.17) * 10 + 0.5) * 10
      let counsellors = Int(posts * random.between(0.02, 0.03) * 20 + 0.5) * 5
      guard current != missing, supervisors > 0, counsellors > 0 else { continue }
      deliver(
        "observation", lastDay(current), [.text("supervisor_etp"), .month(current), .hundredths(supervisors)])
      deliver(
        "observation", lastDay(current), [.text("counsellor_etp"), .month(current), .hundredths(counsellors)])
    }
  }
}
