internal import Impact
internal import Postgres

extension FieldRule {
  /// What contributions and commitments are worth, and how that was found.
  static let valuations: [FieldRule] =
    ["contribution", "commitment"].flatMap { entity in
      [
        FieldRule(
          "\(entity)-value-of-not-valued", of: entity, .error, field: "value_eur",
          fr: "Valeur sans méthode", en: "Value without a method",
          "this row has a value and says that it is not valued; name the method, or leave the value empty",
          source: "a value in euros is told with its method", .inference,
          breaks: .row("s.method = 'not_valued' AND s.value_eur IS NOT NULL")),
        FieldRule(
          "\(entity)-value-missing", of: entity, .warning, field: "value_eur",
          fr: "Méthode sans valeur", en: "Method without a value",
          "this row names a method of valuation and has no value; fill in the value, or say not_valued",
          source: "a value in euros is told with its method", .inference,
          breaks: .row("s.method <> 'not_valued' AND s.value_eur IS NULL")),
      ]
    } + [
      FieldRule(
        "sponsorship-at-market-price", of: "contribution", .warning, field: "value_eur",
        fr: "Mécénat évalué au prix public", en: "Sponsorship valued at market price",
        "this sponsorship is valued at its market price; value it at cost (prix de revient), and keep the market price "
          + "apart",
        source: "CGI art. 238 bis; BOI-BIC-RICI-20-30-10-20", .secondary,
        breaks: .row("s.kind = 'skills_sponsorship' AND s.value_eur > 0 AND s.market_value_eur = s.value_eur")
      ),
      FieldRule(
        "capped-value-above-value", of: "contribution", .error, field: "capped_value_eur",
        fr: "Valeur plafonnée au-dessus de la valeur", en: "Capped value above the value",
        "the capped value of this contribution is more than its value, which a cap can only lower; correct one of the two",
        source: "CGI art. 238 bis: capped at 3 × PASS by person", .secondary,
        breaks: .row("s.capped_value_eur > s.value_eur")),
    ]
}
