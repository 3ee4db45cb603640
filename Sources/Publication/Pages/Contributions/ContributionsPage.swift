internal import Impact

/// Who brought what: promised, delivered and late by partner, what it set in motion, and how results are shared.
struct ContributionsPage {
  let reader: Reader
  let cooperation: CooperationProfile

  var edition: Edition { reader.edition }
  var pledges: [Pledge] { edition.pledges.filter { $0.cooperation == cooperation.id } }

  /// The day on which lateness is judged.
  var day: Day { edition.lastDay(of: cooperation) }

  var page: [UInt8] {
    Shell(
      reader: reader, room: .cooperations,
      title: reader.say("\(cooperation.name), apports", "\(cooperation.name), contributions"),
      description: reader.say(
        "Apports des partenaires de \(cooperation.name) et répartition des résultats.",
        "Contributions of the partners of \(cooperation.name) and shares of the results."),
      trail: [
        (cooperation.name, "cooperations/\(cooperation.id).html"),
        (reader.say("Apports", "Contributions"), nil),
      ],
      runningTitle: reader.say("\(cooperation.name) – Apports", "\(cooperation.name) – Contributions")
    ).page([
      mast, ContributionAccounts(page: self).section, ContributionQuarters(page: self).section,
      ContributionLeverage(page: self).section, ContributionShares(page: self).section,
    ])
  }

  private var mast: Markup {
    H.div(.class("mast")) {
      H.p(.class("kicker"), text: reader.say("Apports des partenaires", "Partners’ contributions"))
      H.h1 {
        H.bdi(text: cooperation.name)
        reader.say(" – Apports", " – Contributions")
      }
      H.p(
        .class("lead"),
        text: reader.say("Contribution déclarée, pas causalité.", "Declared contribution, not causality."))
      reader.facts([
        (reader.say("Au", "On"), .text(reader.numbers.day(day))),
        (reader.say("Livraison", "Release"), .text(edition.release.id)),
      ])
    }
  }

  func name(_ organisation: String) -> Markup {
    H.bdi(text: cooperation.partners.first { $0.organisation == organisation }?.name ?? organisation)
  }

  /// A value in euros, or that there is none.
  func euros(_ value: Double?, else words: String) -> Markup {
    value.map { .text(reader.value($0, .euro)) } ?? H.span(.class("none"), text: words)
  }

  /// What a delivery is worth, sponsored time also under its ceiling.
  func value(_ value: Double?, capped: Double?, of kind: String, else words: String) -> Markup {
    .group([
      euros(value, else: words),
      kind == "skills_sponsorship"
        ? H.span(
          .class("ci"),
          text: reader.say("plafonnée", "capped") + reader.numbers.colon
            + (capped.map { reader.value($0, .euro) } ?? reader.say("non renseigné", "unknown")))
        : .none,
    ])
  }
}

/// What each partner promised and brought over the quarters an edition holds, and what is late.
struct ContributionAccounts {
  let page: ContributionsPage

  private var reader: Reader { page.reader }

  var section: Markup {
    let accounts = page.edition.accounts(of: page.cooperation)
    let quarters = page.pledges.map(\.quarter)
    let span =
      quarters.min().flatMap { first in
        quarters.max().map { "\(reader.numbers.quarter(first)) – \(reader.numbers.quarter($0))" }
      } ?? ""
    let late = accounts.filter(\.isLate)
    var content: [Markup]
    if accounts.isEmpty {
      content = [
        H.p(
          text: reader.say(
            "Aucun apport n’est promis ni réalisé sur ces trimestres.",
            "No contribution is promised or delivered in these quarters."))
      ]
    } else {
      content = [
        H.p(.class("take")) {
          late.isEmpty
            ? reader.say("Rien n’est en retard.", "Nothing is late.") : reader.say("En retard : ", "Late: ")
          for (index, account) in late.enumerated() {
            if index > 0 { ", " }
            page.name(account.partner)
          }
          late.isEmpty ? "" : "."
        }, table(accounts, span),
        H.p(
          .class("small soft"),
          text: reader.say(
            "En retard : promis pour les trimestres finis, ceux d’avant ce tableau compris, moins tout ce qui a été réalisé depuis la première promesse. Heures et jours ne s’additionnent pas. Plafonnée : mécénat de compétences, trois plafonds annuels de la Sécurité sociale par personne au plus, au prorata du temps.",
            "Late: promised for the quarters that are over, those before this table included, less all that was delivered since the first promise. Hours and days are never added. Capped: skills sponsorship, at most three annual social security ceilings a person, pro rata of time."
          )),
      ]
    }
    return reader.section(
      1, reader.say("Qui a apporté quoi", "Who brought what"),
      note: span.isEmpty ? reader.say("Par partenaire.", "By partner.") : span, content)
  }

  private func table(_ accounts: [PartnerAccount], _ span: String) -> Markup {
    reader.table(
      caption: reader.say("Par partenaire et nature, \(span)", "By partner and kind, \(span)"),
      head: [
        reader.say("Partenaire", "Partner"), reader.say("Nature", "Kind"), reader.say("Promis", "Promised"),
        reader.say("Réalisé", "Delivered"), reader.say("En retard", "Late"),
        reader.say("Valeur du réalisé", "Value delivered"),
      ],
      rows: accounts.flatMap { account in
        account.lines.map { line in
          [
            page.name(account.partner), .text(reader.contribution(line.kind, page.cooperation)),
            line.promised.map { .text(reader.quantity($0, line.unit)) }
              ?? H.span(.class("none"), text: reader.say("rien de promis", "nothing promised")),
            .text(reader.quantity(line.delivered, line.unit)),
            late(line),
            line.delivered > 0
              ? page.value(
                line.deliveredValue, capped: line.deliveredCappedValue, of: line.kind,
                else: reader.say("non valorisé en entier", "not valued in full")) : .text("–"),
          ]
        }
      }, text: 1, wide: [1])
  }

  /// What is late, and what of it comes from before these quarters, so that the line adds up.
  private func late(_ line: PartnerAccount.Line) -> Markup {
    let older = reader.quantity(line.opening.magnitude, line.unit)
    return .group([
      line.late > 0
        ? H.span(.class("st worse"), text: reader.quantity(line.late, line.unit))
        : .text(reader.say("rien", "nothing")),
      line.opening == 0
        ? .none
        : H.span(
          .class("ci"),
          text: line.opening > 0
            ? reader.say("dû d’avant : ", "owed from before: ") + older
            : reader.say("d’avance : ", "ahead from before: ") + older),
    ])
  }
}

/// The same quarter by quarter, one by one.
struct ContributionQuarters {
  let page: ContributionsPage

  private var reader: Reader { page.reader }

  var section: Markup {
    let pledges = page.pledges.sorted {
      ($1.quarter, $0.organisation, $0.kind, $0.unit) < ($0.quarter, $1.organisation, $1.kind, $1.unit)
    }
    guard !pledges.isEmpty else { return .none }
    return reader.section(
      2, reader.say("Trimestre par trimestre", "Quarter by quarter"),
      note: reader.say(
        "Ce qui manque à un trimestre fini peut venir plus tard.",
        "What a past quarter lacks may still come later."),
      [
        reader.folded(
          reader.say("Apports un par un", "Contributions one by one"), rows: pledges.count,
          reader.table(
            caption: reader.say(
              "Promis et réalisé par trimestre, en unités et en euros",
              "Promised and delivered by quarter, in units and in euros"),
            head: [
              reader.say("Trimestre", "Quarter"), reader.say("Partenaire", "Partner"),
              reader.say("Nature", "Kind"), reader.say("Promis", "Promised"),
              reader.say("Réalisé", "Delivered"), reader.say("Manque", "Short by"),
              reader.say("Valeur du réalisé", "Value delivered"),
            ], rows: pledges.map(row), text: 2)),
        H.ul(.class("links")) {
          H.li {
            H.a(.href(reader.data("pledges.csv")), text: reader.say("Apports, CSV", "Contributions, CSV"))
          }
        },
      ])
  }

  private func row(_ pledge: Pledge) -> [Markup] {
    func side(_ side: Pledge.Side?, else words: String) -> Markup {
      side.map { .text(reader.quantity($0.quantity, pledge.unit)) } ?? H.span(.class("none"), text: words)
    }
    let short = max(0, (pledge.promised?.quantity ?? 0) - (pledge.delivered?.quantity ?? 0))
    let isOver = pledge.quarter.end < page.day
    return [
      .text(reader.numbers.quarter(pledge.quarter)), page.name(pledge.organisation),
      .text(reader.contribution(pledge.kind, page.cooperation)),
      side(pledge.promised, else: reader.say("rien de promis", "nothing promised")),
      side(pledge.delivered, else: reader.say("rien", "nothing")),
      short == 0
        ? .text("–")
        : isOver
          ? .text(reader.quantity(short, pledge.unit))
          : H.span(.class("none"), text: reader.say("trimestre en cours", "quarter not over")),
      pledge.delivered.map {
        page.value(
          $0.valueInEuros, capped: $0.cappedValueInEuros, of: pledge.kind,
          else: reader.say("non valorisé", "not valued"))
      } ?? .text("–"),
    ]
  }
}
