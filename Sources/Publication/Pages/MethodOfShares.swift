internal import Impact

/// How partners share a result.
struct MethodOfShares {
  let reader: Reader

  var section: Markup {
    reader.section(
      6, id: "parts", reader.say("Apports et parts des partenaires", "Partners’ contributions and shares"),
      note: reader.say(
        "Contribution déclarée, pas causalité.", "Declared contribution, not causality."),
      [
        H.ul {
          H.li(
            text: reader.say(
              "Un apport est promis puis réalisé, en unités et, si quelqu’un l’a valorisé, en euros au prix de revient ; le mécénat de compétences a aussi sa valeur plafonnée. En retard : promis pour tous les trimestres finis, moins tout ce qui est réalisé depuis la première promesse ; une livraison rattrape la plus ancienne, et ce qui a été donné avant toute promesse n’est pas une avance.",
              "A contribution is promised, then delivered, in units and, where somebody valued it, in euros at cost; skills sponsorship also has its capped value. Late: promised for all quarters that are over, less all that was delivered since the first promise; a delivery makes up for the oldest, and what was given before any promise is no advance."
            ))
          H.li(
            text: reader.say(
              "Les parts suivent la règle que les partenaires ont déclarée, et aucune autre : au prorata des apports valorisés, égales, convenues, ou valeur de Shapley avec une table des coalitions signée, pour cinq partenaires au plus. Sans règle déclarée, rien n’est réparti.",
              "Shares follow the rule the partners declared, and no other: by valued contribution, equal, agreed, or the Shapley value with a signed coalition table, for at most five partners. Without a declared rule nothing is shared."
            ))
          H.li(
            text: reader.say(
              "Les parts font toujours 100 %, au plus grand reste. Elles disent ce qui a été convenu, non qui a causé quoi. L’attribution à des tiers du retour social s’ôte avant : deux choses, deux noms.",
              "Shares always make 100%, by largest remainder. They say what was agreed, not who caused what. The social return’s attribution to others comes off before: two things, two names."
            ))
        }
      ])
  }
}
