/// Eligibility criteria and PASS IAE.
extension Simulation {
  mutating func eligibility() {
    var random = stream("eligibility")
    var profiles: [String: [Cell]] = [:]
    for row in early.rows(of: "participant") + later.rows(of: "participant") {
      if case .text(let code) = row[0] { profiles[code] = row }
    }
    for (place, pathway) in pathways.enumerated() where pathway.start >= Simulation.told {
      guard let profile = profiles[pathway.participant] else { continue }
      func isYes(_ index: Int) -> Bool {
        if case .yes(let value) = profile[index] { value } else { false }
      }
      var criteria: [String] = []
      for (index, name) in [(3, "RSA"), (4, "ASS"), (5, "AAH"), (6, "TH"), (7, "QPV"), (8, "ZRR")]
      where isYes(index) {
        criteria.append(name)
      }
      if case .integer(let born) = profile[2] {
        let age = civil(pathway.start).year - born
        if age < 26 { criteria.append("JEUNE") } else if age > 50 { criteria.append("SENIOR") }
      }
      if case .text(let registered) = profile[9] {
        if registered == "24_plus" { criteria.append("DETLD") }
        if registered == "12_23" { criteria.append("DELD") }
      }
      if case .integer(let level) = profile[10], [0, 1, 50, 51, 70].contains(level) {
        criteria.append("CAP_BEP")
      }
      let hasFirst = criteria.contains { ["RSA", "ASS", "AAH", "DETLD"].contains($0) }
      for name in ["PM", "FLE", "PI", "PSH_PR"] where !hasFirst && criteria.count < 3 {
        criteria.append(name)
      }
      let before = random.whole(4...60)
      let by = random.chance(0.4) ? "employer" : "prescriber"
      let assessed = pathway.start - (isPlanted(place, "diagnosis") ? 120 : before)
      for criterion in criteria {
        deliver(
          "eligibility", pathway.start,
          [
            .text(pathway.code), .text(criterion), .date(assessed),
            .text(isPlanted(place, "diagnosis") ? "employer" : by),
          ])
      }
    }
  }

  mutating func passes() {
    var random = stream("passes")
    var first: [String: Day] = [:]
    for pathway in pathways {
      first[pathway.participant] = min(first[pathway.participant] ?? .max, pathway.start)
    }
    var prolonged = false
    for pathway in pathways
    where pathway.start >= Simulation.told && first[pathway.participant] == pathway.start {
      deliver("pass_iae", pathway.start, [.text(pathway.participant), .date(pathway.start)])
      let isSuspended = random.chance(0.06)
      let after = random.whole(40...80)
      let length = random.whole(20...70)
      let from = pathway.start + after
      if isSuspended, from + length <= min(pathway.finish, end) {
        deliver(
          "pass_iae_suspension", from + length,
          [
            .text(pathway.participant), .date(pathway.start), .date(from), .date(from + length),
            .text("contract_suspended"), .date(from + 10),
          ])
      }
      // Granted before the end of the PASS IAE, for a reason that only an AI or an ACI may give.
      if plan.slug == "acces-inclusive-tech", !prolonged, pathway.finish > end,
        pathway.start < Simulation.told + 200
      {
        prolonged = true
        later.add(
          "pass_iae_prolongation",
          [
            .text(pathway.participant), .date(pathway.start), .date(pathway.start + 729),
            .date(pathway.start + 729 + 180), .text("PARTICULAR_DIFFICULTIES"),
          ])
      }
    }
  }

  /// The ESAT of the south changed its name.
  mutating func formerName() {
    early.add(
      "organisation_name",
      [
        .text("esat-exemple-sud"), .text("Ateliers (exemple) du Sud"), .date(day(2011, 1, 1)),
        .date(day(2024, 6, 30)),
      ])
    early.add(
      "organisation_name",
      [.text("esat-exemple-sud"), .text("ESAT (exemple) Sud"), .date(day(2024, 7, 1)), .empty])
  }
}
