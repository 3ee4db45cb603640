internal import Impact

/// The social return (SROI) of one cooperation: its last whole year, what it rests on, and the years before.
struct SocialReturnPage {
  let reader: Reader
  let cooperation: CooperationProfile
  let model: SocialReturnModel

  var edition: Edition { reader.edition }

  /// The returns of the cooperation, oldest first.
  var returns: [YearReturn] { edition.returns.filter { $0.cooperation == cooperation.id } }

  /// The year shown: the last whole one, else the last.
  var shown: YearReturn? {
    returns.last { $0.isWhole } ?? returns.last
  }

  var page: [UInt8] {
    let year = shown.map { " \($0.year)" } ?? ""
    return Shell(
      reader: reader, room: .cooperations,
      title: reader.say(
        "\(cooperation.name), retour social\(year)", "\(cooperation.name), social return\(year)"),
      description: reader.say(
        "Retour social sur investissement (SROI) de \(cooperation.name)\(year).",
        "Social return on investment (SROI) of \(cooperation.name)\(year)."),
      trail: [
        (cooperation.name, "cooperations/\(cooperation.id).html"),
        (reader.say("Retour social", "Social return"), nil),
      ],
      runningTitle: reader.say(
        "\(cooperation.name) – Retour social\(year)", "\(cooperation.name) – Social return\(year)")
    ).page(
      [mast, answer] + (shown.map { SocialReturnMapSection(page: self, shown: $0).sections } ?? [])
        + [
          SocialReturnSensitivity(page: self).markup, SocialReturnSources(page: self).markup, history,
        ])
  }

  private var mast: Markup {
    H.div(.class("mast")) {
      H.p(
        .class("kicker"),
        text: reader.say("Retour social sur investissement (SROI)", "Social return on investment (SROI)"))
      H.h1 {
        H.bdi(text: cooperation.name)
        shown.map { " – \($0.year)" } ?? ""
      }
      H.p(
        .class("lead"),
        text: reader.say(
          "Un ordre de grandeur, non une vérité : ce que valent les changements est discuté, et chaque hypothèse est ici.",
          "An order of magnitude, not a truth: what changes are worth is disputed, and every assumption is here."
        ))
      if let shown {
        reader.facts([
          (reader.say("Année civile", "Calendar year"), .text("\(shown.year)")),
          (
            reader.say("Mis (apports et aides)", "Put in (contributions and aid)"),
            shown.investment.map { .text(reader.value($0, .euro)) } ?? unknown
          ),
          (
            reader.say("Valeur actuelle des changements", "Present value of the changes"),
            shown.presentValue.map { .text(reader.value($0, .euro)) } ?? unknown
          ),
          (reader.say("Livraison", "Release"), .text(edition.release.id)),
          (reader.say("Modèle", "Model"), .text("sroi.yaml, v\(model.version)")),
        ])
      }
    }
  }

  private var unknown: Markup { H.span(.class("none"), text: reader.say("inconnu", "unknown")) }

  private var answer: Markup {
    var content: [Markup] = []
    if let shown, let result = shown.result {
      content.append(
        H.div(.class("latest")) {
          H.p(.class("big")) {
            reader.ratio(result.ratio)
            H.small(text: reader.say(" par euro mis", " for a euro put in"))
          }
          facts(shown, result)
        })
      content.append(H.p(.class("take"), text: sentence(result)))
    } else {
      content.append(
        H.p(
          .class("take"),
          text: shown?.absence.map(reader.words)
            ?? reader.say(
              "Aucune année n’est encore calculée.", "No year has been reckoned yet.")))
    }
    content.append(
      H.p(
        .class("small soft"),
        text: reader.say(
          "Ce retour ne s’additionne pas à celui d’une autre coopération : le même euro évité peut compter dans les deux.",
          "This return is not to be added to another cooperation’s: the same euro avoided may count in both."
        )))
    if let shown, shown.unvalued > 0 {
      content.append(
        H.p(
          .class("small soft"),
          text: reader.say(
            "Hors de la mise : \(reader.count(shown.unvalued, ("apport non valorisé", "apports non valorisés"), ("contribution not valued", "contributions not valued"))) en euros.",
            "Outside what was put in: \(reader.count(shown.unvalued, ("apport", "apports"), ("contribution not valued", "contributions not valued"))) in euros."
          )))
    }
    return reader.section(
      1, reader.say("Le résultat", "The result"),
      note: reader.say(
        "Euros de valeur sociale pour un euro mis, tous partenaires et aides publiques compris.",
        "Euros of social value for a euro put in, by all partners and public aid."), content)
  }

  private func facts(_ shown: YearReturn, _ result: YearReturn.Result) -> Markup {
    let map = shown.map(model)?.socialReturn
    var pairs: [(term: String, value: Markup)] = []
    if let drawn = result.uncertainty {
      pairs.append(
        (
          reader.say("Intervalle à 95 %, tout tiré à la fois", "95% interval, all drawn at once"),
          .text(reader.ratios(drawn.interval))
        ))
      pairs.append(
        (
          reader.say("Tirages où un euro rend au moins un euro", "Draws in which a euro gives back a euro"),
          .text(reader.numbers.percent(drawn.shareAboveOne, decimals: 0))
        ))
    }
    pairs.append(
      (reader.say("Cas extrêmes", "Extreme cases"), .text(reader.ratios(result.corners))))
    if let net = map?.netPresentValue {
      pairs.append((reader.say("Valeur nette", "Net value"), .text(reader.value(net, .euro))))
    }
    pairs.append(
      (
        reader.say("Mise remboursée en", "Paid back in"),
        map?.paybackMonths.map {
          .text(reader.count(Int($0.rounded(.up)), ("mois", "mois"), ("month", "months")))
        } ?? .text(reader.say("jamais", "never"))
      ))
    return reader.facts(pairs, bare: true)
  }

  private func sentence(_ result: YearReturn.Result) -> String {
    let (corners, likely) = (result.corners, result.uncertainty?.interval)
    if corners.low >= 1 {
      return reader.say(
        "Partout dans les fourchettes retenues, la collectivité récupère au moins ce qui a été mis.",
        "Everywhere within the ranges held, the community gets back at least what was put in.")
    }
    if corners.high < 1 {
      return reader.say(
        "Partout dans les fourchettes retenues, la valeur comptée reste sous ce qui a été mis. Ce qui n’a pas de prix n’y est pas.",
        "Everywhere within the ranges held, the value counted stays below what was put in. What has no price is not in it."
      )
    }
    if let likely, likely.low >= 1 {
      return reader.say(
        "La valeur comptée dépasse ce qui a été mis, sauf si presque toutes les hypothèses étaient défavorables à la fois.",
        "The value counted is above what was put in, unless nearly every assumption were unfavourable at once."
      )
    }
    if let likely, likely.high < 1 {
      return reader.say(
        "La valeur comptée reste sous ce qui a été mis, sauf si presque toutes les hypothèses étaient favorables à la fois. Ce qui n’a pas de prix n’y est pas.",
        "The value counted stays below what was put in, unless nearly every assumption were favourable at once. What has no price is not in it."
      )
    }
    return reader.say(
      "Selon les hypothèses retenues, la valeur comptée dépasse ou non ce qui a été mis : le résultat ne tranche pas.",
      "Depending on the assumptions, the value counted is above or below what was put in: the result does not decide."
    )
  }

  private var history: Markup {
    reader.section(
      6, reader.say("Année par année", "Year by year"),
      note: reader.say(
        "Toutes les années avec les valeurs et déductions de ce modèle. Une livraison garde les siennes.",
        "All years with the values and deductions of this model. A release keeps its own."),
      [
        reader.table(
          caption: reader.say("Retour social par année civile", "Social return by calendar year"),
          head: [
            reader.say("Année", "Year"), reader.say("Mis", "Put in"),
            reader.say("Valeur actuelle", "Present value"), reader.say("Par euro mis", "For a euro put in"),
            reader.say("Cas extrêmes", "Extreme cases"),
          ],
          rows: returns.map { one in
            let reason = one.absence.map { H.span(.class("none"), text: reader.short($0)) } ?? .text("–")
            return [
              .text("\(one.year)"),
              one.inputs.isEmpty
                ? .text("–") : one.investment.map { .text(reader.value($0, .euro)) } ?? unknown,
              one.presentValue.map { .text(reader.value($0, .euro)) } ?? .text("–"),
              one.result.map { .text(reader.ratio($0.ratio)) } ?? reason,
              one.result.map { .text(reader.ratios($0.corners)) } ?? .text("–"),
            ]
          }),
        H.ul(.class("links")) {
          for (file, french, english) in [
            ("social-returns.csv", "Retours par année, CSV", "Returns by year, CSV"),
            ("impact-map.csv", "Cartographie des impacts, CSV", "Impact map, CSV"),
          ] {
            H.li { H.a(.href(reader.data(file)), text: reader.say(french, english)) }
          }
          H.li {
            H.a(
              .href(reader.page("contributions/\(cooperation.id).html")),
              text: reader.say("Apports et répartition", "Contributions and shares"))
          }
          H.li {
            H.a(
              .href(reader.page("method.html#retour-social")),
              text: reader.say("Comment ce retour est fait", "How this return is made"))
          }
        },
      ])
  }
}
