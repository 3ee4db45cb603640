func acting(
  _ organisation: String, _ role: String, _ from: Day, share: Int? = nil, votes: Int? = nil, to: Day? = nil,
  agreed: Int? = nil
) -> [Cell] {
  [
    .text(organisation), .text(role), share.map { .integer($0) } ?? .empty, .maybe(votes), .date(from),
    to.map { .date($0) } ?? .empty, .maybe(agreed),
  ]
}
func named(_ organisation: String, _ name: String, _ kind: String, _ siret: String? = nil) -> [Cell] {
  [.text(organisation), .text(name), .maybe(siret), .text(kind)]
}

/// How partners share results, by which document.
func sharing(_ rule: String, _ from: Day, decided: Day, _ document: String) -> [[Cell]] {
  [[.date(from), .text(rule), .date(decided), .text(document)]]
}

func simulated(_ plan: Plan) -> Simulation {
  var simulation = Simulation(plan)
  switch plan.slug {
  case "acces-inclusive-tech":
    simulation.identity(
      "cooperation", again: true,
      [
        [
          .text(plan.slug), .text("jvs"), .text("EI"), .text("Acces, Inclusive Tech"),
          .text("Services numériques à Saint-Denis"), .text("Digital services in Saint-Denis"),
          .text("Former et employer dans le numérique des personnes éloignées de l’emploi"),
          .text("Train and employ in digital jobs people who are far from employment"),
          .date(day(2016, 9, 1)), .empty, .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: true,
      [
        named("acces", "Acces, Inclusive Tech", "EI", "82200166500030"), named("ares", "Ares", "association"),
        named("fondation-accenture", "Fondation Accenture", "foundation"),
        named("accenture", "Accenture", "company"),
      ])
    simulation.identity(
      "partnership", again: true,
      [
        acting("ares", "founder", day(2016, 9, 1), agreed: 60),
        acting("fondation-accenture", "founder", day(2016, 9, 1), agreed: 40),
        acting("accenture", "client", day(2016, 9, 1)),
      ])
    simulation.identity(
      "sharing_rule", again: false,
      sharing("valued_contribution", day(2023, 1, 1), decided: day(2022, 12, 8), "AIT-CP-2022-4"))
  case "lemon-aide":
    simulation.identity(
      "cooperation", again: true,
      [
        [
          .text(plan.slug), .text("jvs"), .text("EI"), .text("Lemon Aide"),
          .text("Logistique du recyclage des emballages de boisson"),
          .text("Logistics of recycling drink containers"),
          .text("Amener à l’emploi, en quelques mois, des personnes qui en sont éloignées"),
          .text("Lead people who are far from employment to a job in a few months"),
          .date(day(2016, 7, 1)), .empty, .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: true,
      [
        named("lemon-aide", "Lemon Aide", "EI", "82162170300023"), named("lemon-tri", "Lemon Tri", "company"),
        named("face", "Fondation Agir Contre l’Exclusion (FACE)", "foundation"),
        named("danone-ecosystem", "Danone Ecosystem", "foundation"),
      ])
    simulation.identity(
      "partnership", again: true,
      [
        acting("lemon-tri", "founder", day(2016, 7, 1), share: 60, agreed: 60),
        acting("face", "founder", day(2016, 7, 1), agreed: 20),
        acting("danone-ecosystem", "founder", day(2016, 7, 1), agreed: 20),
        acting("danone-ecosystem", "funder", day(2016, 7, 1), to: day(2019, 6, 30)),
      ])
    simulation.identity(
      "sharing_rule", again: false,
      sharing("shapley", day(2024, 1, 1), decided: day(2024, 2, 6), "LEM-CP-2024-1"))
    // What each group thinks it would place in jobs in a year without the others: invented.
    simulation.identity(
      "coalition_value", again: false,
      [
        ("danone-ecosystem", 0), ("face", 2), ("lemon-tri", 6), ("danone-ecosystem+face", 3),
        ("danone-ecosystem+lemon-tri", 9), ("face+lemon-tri", 13), ("danone-ecosystem+face+lemon-tri", 16),
      ].map { members, value in
        [.date(day(2024, 2, 6)), .text(members), .integer(value), .text("LEM-CP-2024-1")]
      })
    // A published fact, older than the data: 700 000 € over three years.
    simulation.early.add(
      "contribution",
      [
        .text("LEM-A-2016"), .text("danone-ecosystem"), .text("grant"), .date(day(2016, 7, 1)),
        .integer(700_000), .text("eur"), .integer(700_000), .text("face_value"),
        .text("Montant publié, versé sur trois ans"), .empty, .empty, .empty,
      ])
  case "gme-plaine-commune":
    let signed = day(2016, 2, 26)
    let over = day(2022, 2, 28)
    simulation.identity(
      "cooperation", again: false,
      [
        [
          .text(plan.slug), .text("gme_conjoint"), .text("EI"), .text("GME Plaine Commune"),
          .text("Collecte des cartons et des cagettes"), .text("Collection of cardboard and crates"),
          .text("Partager un marché entre une entreprise adaptée et quatre régies de quartier"),
          .text("Share a market between an adapted enterprise and four neighbourhood enterprises"),
          .date(signed), .date(over), .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: false,
      [
        named("le-petit-plus", "Le Petit Plus", "EA"),
        named("regie-aubervilliers", "Régie de quartier d’Aubervilliers", "EI"),
        named("regie-pierrefitte", "Régie de quartier de Pierrefitte", "EI"),
        named("regie-saint-denis", "Régie de quartier de Saint-Denis", "EI"),
        named("regie-stains", "Régie de quartier de Stains", "EI"),
        named("plaine-commune", "Plaine Commune", "public"),
      ])
    simulation.identity(
      "partnership", again: false,
      [acting("le-petit-plus", "mandataire", signed, votes: 1, to: over, agreed: 40)]
        + regies.map { acting($0, "member", signed, votes: 1, to: over, agreed: 15) }
        + [acting("plaine-commune", "client", day(2016, 3, 1), to: over)])
    simulation.identity(
      "sharing_rule", again: false, sharing("equal", signed, decided: signed, "GME-convention"))
  default:
    let began = day(2011, 1, 1)
    simulation.identity(
      "cooperation", again: true,
      [
        [
          .text(plan.slug), .text("accord_cadre"), .text("EI"), .text("Recygo"),
          .text("Collecte et tri des papiers de bureau"), .text("Collection and sorting of office paper"),
          .text("Employer au tri des papiers des personnes en insertion et des travailleurs d’ESAT"),
          .text("Employ people in integration and ESAT workers in paper sorting"),
          .date(began), .empty, .text("sample"),
        ]
      ])
    simulation.identity(
      "organisation", again: true,
      [
        named("la-poste", "La Poste", "company"),
        named("nouvelle-attitude", "Nouvelle Attitude", "EI", "49376467400070"),
        named("esat-exemple-nord", "ESAT (exemple) Nord", "ESAT"),
        named("esat-exemple-ouest", "ESAT (exemple) Ouest", "ESAT"),
        named("esat-exemple-sud", "ESAT (exemple) Sud", "ESAT"),
      ])
    simulation.identity(
      "partnership", again: true,
      [
        acting("la-poste", "founder", began, agreed: 50),
        acting("nouvelle-attitude", "founder", began, agreed: 50),
      ]
        + ["nord", "ouest", "sud"].map { acting("esat-exemple-\($0)", "subcontractor", began) })
    simulation.identity(
      "sharing_rule", again: false,
      sharing("agreed", day(2023, 1, 1), decided: day(2022, 11, 17), "REC-CP-2022-2"))
    workers(&simulation)
  }
  simulation.run()
  if plan.slug == "recygo" { mistakes(&simulation) }
  simulation.journeys()
  return simulation
}
