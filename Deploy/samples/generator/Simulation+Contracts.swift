/// Contracts, support, barriers, immersions, eligibility and PASS IAE.
///
/// Each file has a stream of its own, so that the files above stay what they were, byte for byte.
extension Simulation {
  /// The day from which support, barriers, eligibility and PASS IAE are told.
  static let told = day(2025, 1, 1)

  mutating func journeys() {
    contracts()
    accounts()
    supervision()
    guard lastDay(plan.last) >= Simulation.told else { return }
    support()
    barriers()
    barrierCounts()
    immersions()
    eligibility()
    passes()
    if plan.slug == "recygo" { formerName() }
  }

  func stream(_ name: String) -> Random { Random(seed: seed, stream: "\(plan.slug)/\(name)") }

  func code(_ letter: String, _ number: Int) -> Cell {
    .text("\(plan.prefix)-\(letter)-" + String(String(10_000 + number).dropFirst()))
  }

  /// Months of each contract of a pathway planned to last so many months.
  private static let terms: [(months: Int, contracts: [Int])] = [
    (4, [4]), (6, [6]), (8, [4, 4]), (10, [4, 6]), (12, [6, 6]), (16, [6, 6, 4]), (18, [6, 6, 6]),
    (20, [6, 6, 8]), (24, [6, 6, 6, 6]),
  ]

  /// CDDI after CDDI, each with its planned term: someone who leaves earlier leaves before the term.
  mutating func contracts() {
    var number = 0
    for (place, pathway) in pathways.enumerated() {
      let term = Simulation.terms.first { adding(months: $0.months, to: pathway.start) > pathway.finish }
      var from = pathway.start
      for (turn, months) in (term ?? Simulation.terms[Simulation.terms.count - 1]).contracts.enumerated()
      where from <= min(pathway.finish, end) {
        number += 1
        var to = adding(months: months, to: from) - 1
        var weekly = pathway.weekly * 100
        if isPlanted(place, "contract"), turn == 0 { to = adding(months: 3, to: from) - 1 }
        if isPlanted(place, "hours"), turn == 0 { weekly = 1750 }
        deliver(
          "contract", from,
          [
            code("C", number), .text(pathway.code), .text("CDDI"), .date(from), .date(to),
            .hundredths(weekly),
            .yes(turn > 0),
          ])
        from = to + 1
      }
    }
  }

  /// Whether the pathway carries a remark planted for readers to find: Acces only, one pathway each.
  func isPlanted(_ place: Int, _ remark: String) -> Bool {
    guard plan.slug == "acces-inclusive-tech" else { return false }
    let recent = pathways.indices.filter { pathways[$0].start > firstCut && pathways[$0].start <= end }
    let order = ["immersion", "hours", "diagnosis", "contract"]
    guard let turn = order.firstIndex(of: remark), turn < recent.count else { return false }
    return recent[turn] == place
  }
}
