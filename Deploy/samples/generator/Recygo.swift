/// Five ESAT workers on three sites: their hours come as one number a month, not person by person.
func workers(_ simulation: inout Simulation) {
  let sites = ["nord", "nord", "ouest", "ouest", "sud"]
  let begun = [day(2019, 9, 2), day(2021, 3, 1), day(2020, 1, 6), day(2022, 10, 3), day(2021, 11, 2)]
  for (number, site) in sites.enumerated() {
    let code = "REC-E0\(number + 1)"
    simulation.early.add(
      "participant",
      [
        .text(code), .text(number % 2 == 0 ? "M" : "F"), .integer(1972 + number * 5), .yes(false),
        .yes(false),
        .yes(true), .yes(true), .empty, .yes(false), .text("none"), .empty,
      ])
    simulation.early.add(
      "pathway",
      [
        .text(code + "-1"), .text(code), .text("esat-exemple-\(site)"), .text("ESAT"), .date(begun[number]),
        .empty,
      ])
  }
  for current in start2023...last2026 {
    let hours = Double(sites.count) * 108 * seasons[current % 12] * simulation.random.between(0.95, 1.04)
    let told = lastDay(current)
    simulation.deliver(
      "observation", told,
      [.text("esat_workshop_hours"), .month(current), .hundredths(Int(hours * 2 + 0.5) * 50)])
    simulation.deliver("observation", told, [.text("esat_posts"), .month(current), .integer(5)])
  }
}

/// Four rows that must be refused, at the end of their files in the second delivery.
func mistakes(_ simulation: inout Simulation) {
  let known = simulation.pathways.last { $0.finish > end }?.code ?? ""
  // A day that does not exist.
  simulation.later.add(
    "training",
    [
      .text("REC-F-9001"), .text(known), .text("31/09/2026"), .integer(14), .text("safety"), .empty,
      .yes(true),
    ])
  // A pathway nobody has declared.
  simulation.later.add(
    "monthly_activity", [.text("REC-0999-1"), .month(month(2026, 8)), .hundredths(9800), .hundredths(400)])
  // More hours than a month can hold.
  simulation.later.add(
    "monthly_activity", [.text(known), .month(month(2026, 10)), .hundredths(41_200), .hundredths(0)])
  // A kind of contribution that is not in the list.
  simulation.later.add(
    "contribution",
    [
      .text("REC-A-9001"), .text("la-poste"), .text("gift"), .date(day(2026, 9, 10)), .integer(1),
      .text("items"),
      .empty, .text("not_valued"), .empty, .empty, .empty, .empty,
    ])
}
