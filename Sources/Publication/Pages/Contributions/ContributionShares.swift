internal import Impact

/// How the partners share the result, by the rule they declared.
struct ContributionShares {
  let page: ContributionsPage

  private var reader: Reader { page.reader }

  var section: Markup {
    let shares = page.edition.shares(of: page.cooperation)
    return reader.section(
      4, reader.say("Répartition déclarée", "Declared shares"),
      note: reader.say(
        "Contribution déclarée, pas causalité. Les résultats ne sont jamais multipliés par le nombre de partenaires.",
        "Declared contribution, not causality. Results are never multiplied by the number of partners."),
      shares.map(content) ?? [
        H.p(
          text: reader.say(
            "Les partenaires n’ont déclaré aucune règle de répartition : rien n’est réparti.",
            "The partners declared no rule of sharing: nothing is shared."))
      ])
  }

  private func content(_ shares: ResultShares) -> [Markup] {
    let agreement = shares.agreement
    var pairs: [(term: String, value: Markup)] = [
      (reader.say("Règle", "Rule"), .text(words(agreement.rule))),
      (reader.say("Vaut depuis le", "In force since"), .text(reader.numbers.day(agreement.startedOn))),
      (reader.say("Décidée le", "Decided on"), .text(reader.numbers.day(agreement.decidedOn))),
      (
        reader.say("Document", "Document"),
        agreement.document.map { .text($0) }
          ?? H.span(.class("none"), text: reader.say("non renseigné", "unknown"))
      ),
    ]
    if agreement.rule == .shapley, let table = agreement.table {
      pairs.append(
        (reader.say("Table signée le", "Table signed on"), .text(reader.numbers.day(table.signedOn))))
    }
    var content = [reader.facts(pairs, bare: true)]
    switch shares.sharing {
    case .failure(let fault):
      content.append(H.p(.class("warn"), text: words(fault)))
    case .success: content.append(table(shares))
    }
    if agreement.rule == .shapley, let signed = agreement.table { content.append(coalitions(signed)) }
    content.append(
      H.p(
        .class("small soft"),
        text: reader.say(
          "Deux choses différentes : l’attribution à des tiers ôte d’abord ce qui revient à d’autres que la coopération (page du retour social) ; la répartition partage ensuite ce qui reste entre les partenaires.",
          "Two different things: attribution to others first takes off what is due to others than the cooperation (page of the social return); sharing then divides what is left among the partners."
        )))
    var links = [
      (reader.data("contribution-shares.csv"), reader.say("Répartition, CSV", "Shares, CSV"))
    ]
    if page.edition.catalogue.socialReturn != nil {
      links.append(
        (reader.page("returns/\(page.cooperation.id).html"), reader.say("Retour social", "Social return")))
    }
    content.append(
      H.ul(.class("links")) { for (link, text) in links { H.li { H.a(.href(link), text: text) } } })
    return content
  }

  private func table(_ shares: ResultShares) -> Markup {
    let year = shares.year.map { reader.say(" en \($0)", " in \($0)") } ?? ""
    return reader.table(
      caption: reader.say("Part de chacun\(year), 100 % en tout", "Each one’s share\(year), 100% in all"),
      head: [
        reader.say("Partenaire", "Partner"), reader.say("Part", "Share"),
        reader.say("Part de la valeur, tiers déduits", "Part of the value, others taken off"),
      ],
      rows: shares.parts.map { part in
        [
          page.name(part.partner),
          .text(reader.numbers.percent(Double(part.thousandths) / 1000)),
          part.value.map { .text(reader.value($0, .euro)) }
            ?? H.span(.class("none"), text: reader.say("valeur inconnue", "value unknown")),
        ]
      } + [
        [
          .text(reader.say("Ensemble", "All")),
          .text(reader.numbers.percent(Double(shares.parts.reduce(0) { $0 + $1.thousandths }) / 1000)),
          shares.value.map { .text(reader.value($0, .euro)) }
            ?? H.span(.class("none"), text: reader.say("valeur inconnue", "value unknown")),
        ]
      ])
  }

  private func coalitions(_ signed: SharingAgreement.SignedTable) -> Markup {
    reader.folded(
      reader.say("Table des coalitions signée", "Signed coalition table"), rows: signed.values.count,
      reader.table(
        caption: reader.say(
          "Ce que chaque groupe de partenaires obtiendrait sans les autres, tel que signé",
          "What each group of partners would achieve without the others, as signed"),
        head: [reader.say("Groupe", "Group"), reader.say("Valeur", "Value")],
        rows: signed.values.sorted {
          ($0.members.count, $0.members.sorted().joined()) < ($1.members.count, $1.members.sorted().joined())
        }
        .map { group in
          [
            .group(
              group.members.sorted().enumerated().flatMap { index, member in
                index == 0 ? [page.name(member)] : [.text(" + "), page.name(member)]
              }), .text(reader.numbers.short(group.value, decimals: 1)),
          ]
        }))
  }

  private func words(_ rule: Sharing.Rule) -> String {
    switch rule {
    case .valuedContribution: reader.say("au prorata des apports valorisés", "by valued contributions")
    case .equal: reader.say("parts égales", "equal shares")
    case .agreed: reader.say("parts convenues", "agreed shares")
    case .shapley:
      reader.say("valeur de Shapley, table des coalitions signée", "Shapley value, signed coalition table")
    }
  }

  private func words(_ fault: SharingAgreement.Fault) -> String {
    switch fault {
    case .noTable:
      reader.say(
        "La règle demande une table des coalitions signée, et aucune n’est connue.",
        "The rule needs a signed coalition table, and none is known.")
    case .noAgreedShare:
      reader.say(
        "La règle demande des parts convenues, et aucune n’est déclarée.",
        "The rule needs agreed shares, and none is declared.")
    case .table:
      reader.say(
        "La table des coalitions signée n’est pas complète : il y faut la valeur de chaque groupe, pour cinq partenaires au plus.",
        "The signed coalition table is not whole: it needs the value of every group, for five partners at most."
      )
    case .sharing(.nothingValued):
      reader.say(
        "Aucun apport de l’année n’est valorisé : rien ne peut être réparti par valeur.",
        "No contribution of the year is valued: nothing can be shared by value.")
    case .sharing(.agreedSum):
      reader.say(
        "Les parts convenues des partenaires en place ne font pas 100 %.",
        "The agreed shares of the partners in place do not make 100%.")
    case .sharing(.negative):
      reader.say(
        "Selon la table, un partenaire devrait une part négative : la règle ne convient pas.",
        "By the table a partner would owe a share: the rule does not fit.")
    case .sharing(.noPartner), .sharing(.twice):
      reader.say(
        "Aucun partenaire n’est en place pour partager.", "No partner is in place to share.")
    }
  }
}
