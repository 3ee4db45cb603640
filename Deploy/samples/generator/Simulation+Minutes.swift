/// What reviews say and decide.
extension Simulation {
  mutating func minutes() {
    guard plan.last == last2026 else { return }
    let owner = plan.director
    func decision(_ number: Int, _ quarter: String, _ text: String, due: Day, closed: Day? = nil) -> [Cell] {
      [
        .text("\(plan.prefix)-D-\(number)"), .text(quarter), .text(text), .text("Direction \(owner)"),
        .date(due), .text(closed == nil ? "open" : "closed"), closed.map(Cell.date) ?? .empty,
        .text("Direction (exemple)"),
      ]
    }
    let partners = "Relancer par écrit le partenaire dont l’apport promis n’est pas livré"
    let documents = "Documenter les sorties sans motif avec le prescripteur"
    early.add("decision", decision(1, "2026T1", partners, due: day(2026, 9, 30)))
    early.add("decision", decision(2, "2026T1", documents, due: day(2026, 6, 30)))
    later.add("decision", decision(2, "2026T1", documents, due: day(2026, 6, 30), closed: day(2026, 9, 11)))
    later.add(
      "decision",
      decision(
        3, "2026T2", "Ouvrir deux places de formation au métier avant la fin de l’année",
        due: day(2026, 12, 15)))
    func commentary(_ number: Int, _ quarter: String, _ indicator: String?, _ text: String, _ on: Day)
      -> [Cell]
    {
      [
        .text("\(plan.prefix)-C-\(number)"), .text(quarter), .maybe(indicator), .text(text),
        .text("Direction (exemple)"), .date(on),
      ]
    }
    early.add(
      "commentary",
      commentary(
        1, "2026T2", nil, "Trimestre conforme au plan ; les apports promis restent à suivre.",
        day(2026, 7, 10)))
    later.add(
      "commentary",
      commentary(
        2, "2026T3", nil, "L’été a réduit les heures, comme chaque année ; la rentrée est bonne.",
        day(2026, 10, 9)))
    later.add(
      "commentary",
      commentary(
        3, "2026T3", "exit-documentation-rate", "Les motifs manquants sont demandés aux prescripteurs.",
        day(2026, 10, 9)))
  }
}
