import Impact

extension SampleCatalogue {
  /// The words the sample definitions use.
  static let vocabulary = Vocabulary(entities: [
    entity(
      "pathways", "Parcours", "Pathways", "started_on",
      [
        field("sex", .category, "Sexe", "Sex", [("F", "femme", "woman"), ("M", "homme", "man")]),
        field("rsa", .boolean, "Bénéficiaire du RSA", "On minimum income"),
        field("qpv", .boolean, "Quartier prioritaire", "Priority district"),
      ]),
    entity(
      "activity", "Activité mensuelle", "Monthly activity", "month",
      [
        field("participant", .code, "Participant", "Participant"),
        field("hours_worked", .number, "Heures travaillées", "Hours worked"),
        field("hours_absent", .number, "Heures d’absence", "Hours absent"),
        field("etp", .number, "ETP", "FTE"),
      ]),
    entity(
      "exits", "Sorties", "Exits", "exited_on",
      [
        field(
          "class", .category, "Situation à la sortie", "Situation at exit",
          [
            ("durable", "Emploi durable", "Durable job"),
            ("transition", "Emploi de transition", "Transition job"),
            ("positive", "Sortie positive", "Positive exit"), ("other", "Autre sortie", "Other exit"),
            ("withdrawal", "Retrait", "Withdrawal"), ("outside", "Hors calcul", "Outside"),
            ("undocumented", "Sans fiche", "Undocumented"),
          ]),
        field("examined", .boolean, "Sortie examinée", "Exit examined"),
        field("documented", .boolean, "Sortie documentée", "Exit documented"),
        field(
          "registration", .category, "Ancienneté à France Travail à l’entrée",
          "Time registered at France Travail at entry",
          [
            ("under_6", "moins de 6 mois", "under 6 months"),
            ("24_plus", "24 mois et plus", "24 months or more"),
          ]
        ),
        field("rsa", .boolean, "Bénéficiaire du RSA", "On minimum income"),
        field("sex", .category, "Sexe", "Sex", [("F", "femme", "woman"), ("M", "homme", "man")]),
      ], comparedBy: ["registration", "rsa", "sex"]),
    entity(
      "follow_ups", "Suivis", "Follow-ups", "exited_on",
      [
        field(
          "situation", .category, "Situation", "Situation",
          [
            ("in_job", "En emploi", "In a job"), ("not_in_job", "Sans emploi", "Not in a job"),
            ("lost", "Perdue de vue", "Lost"), ("unknown", "Non observée", "Not observed"),
          ]),
        field("known", .boolean, "Situation connue", "Situation known"),
        field("due", .boolean, "Suivi échu", "Follow-up due"),
      ]),
    entity(
      "trainings", "Formations", "Trainings", "started_on", [field("hours", .number, "Heures", "Hours")]),
    entity("commitments", "Engagements", "Commitments", "quarter", contributionFields),
    entity("contributions", "Apports", "Contributions", "delivered_on", contributionFields),
    entity(
      "finance", "Lignes comptables", "Finance lines", "month",
      [field("amount_eur", .number, "Montant", "Amount")]),
    entity("materials", "Matières", "Materials", "month", [field("tonnes", .number, "Tonnes", "Tonnes")]),
    entity(
      "observations", "Observations", "Observations", "month", [field("value", .number, "Valeur", "Value")]),
  ])

  private static let contributionFields = [
    field("organisation", .code, "Partenaire", "Partner"),
    field(
      "kind", .category, "Nature", "Kind",
      [
        ("skills_sponsorship", "Mécénat de compétences", "Skills sponsorship"),
        ("entrusted_turnover", "Chiffre d’affaires confié", "Entrusted turnover"),
        (
          "social_expertise", "Expertise sociale et accompagnement des encadrants techniques d’insertion",
          "Social expertise and support of technical supervisors"
        ),
        ("in_kind", "Don en nature", "Gift in kind"),
      ]),
    field("value_eur", .number, "Valeur", "Value"),
  ]

  private static func entity(
    _ name: String, _ french: String, _ english: String, _ date: String, _ fields: [Vocabulary.Field],
    comparedBy: [String] = []
  ) -> Vocabulary.Entity {
    Vocabulary.Entity(
      name: name, label: Localized(fr: french, en: english), date: date, until: nil, fields: fields,
      comparedBy: comparedBy)
  }

  private static func field(
    _ name: String, _ kind: Vocabulary.Field.Kind, _ french: String, _ english: String,
    _ values: [(String, String, String)] = []
  ) -> Vocabulary.Field {
    Vocabulary.Field(
      name: name, kind: kind, label: Localized(fr: french, en: english),
      values: values.map { (code: $0.0, label: Localized(fr: $0.1, en: $0.2)) })
  }
}
