internal import Impact

/// What partners promised and delivered in the quarter: by kind, by partner, and what is late.
struct PartnerSection: ReviewSection {
  private static let promised = "contributions-promised"
  private static let delivered = "contributions-delivered"

  let review: ReviewPage

  var markup: Markup {
    reader.section(
      7, reader.say("Partenaires", "Partners"),
      note: reader.say(
        "Apports déclarés, pas causalité. Promis et réalisés dans le trimestre, en euros puis en unités.",
        "Declared contributions, not causality. Promised and delivered in the quarter, in euros, then in units."
      ),
      [members] + chart + PledgeTables(review: review).tables + [socialReturn, links].filter { !$0.isEmpty })
  }

  /// The pages of their own that say more.
  private var links: Markup {
    H.ul(.class("links")) {
      H.li {
        H.a(
          .href(reader.page("contributions/\(cooperation.id).html")),
          text: reader.say(
            "Apports : retards, levier, répartition", "Contributions: late, leverage, shares"))
      }
      if review.reader.edition.catalogue.socialReturn != nil {
        H.li {
          H.a(
            .href(reader.page("returns/\(cooperation.id).html")),
            text: reader.say("Retour social (SROI)", "Social return (SROI)"))
        }
      }
    }
  }

  /// What a euro put in gave back in the last whole year, in a line; nothing where no model is set.
  private var socialReturn: Markup {
    guard edition.catalogue.socialReturn != nil, let last = edition.lastReturn(of: cooperation.id) else {
      return .none
    }
    let words: String
    if let result = last.result {
      let range = (result.uncertainty?.interval).map {
        ", " + reader.ratios($0) + reader.say(" (95 % des tirages)", " (95% of draws)")
      }
      words =
        reader.say(
          "\(reader.ratio(result.ratio)) par euro mis\(range ?? "")",
          "\(reader.ratio(result.ratio)) for a euro put in\(range ?? "")")
        + reader.say(
          ". Un ordre de grandeur ; le même euro peut compter dans une autre coopération.",
          ". An order of magnitude; the same euro may count in another cooperation.")
    } else {
      words = last.absence.map(reader.words) ?? "–"
    }
    return H.p {
      H.strong(text: reader.say("Retour social \(last.year).", "Social return \(last.year)."))
      " " + words
    }
  }

  /// Each partner's share of the results by the rule they declared; `nil` when no rule is declared or it gives none.
  private var declaredShares: [String: Double]? {
    guard let parts = edition.shares(of: cooperation)?.parts, !parts.isEmpty else { return nil }
    return Dictionary(parts.map { ($0.partner, Double($0.thousandths) / 1000) }) { first, _ in first }
  }

  private var members: Markup {
    let declared = declaredShares
    typealias Partner = CooperationProfile.Partner
    let columns: [(name: String, cell: (Partner) -> String?)] = [
      (
        reader.say("Capital", "Capital"),
        { [reader] in $0.capitalShare.map { reader.numbers.shortPercent($0) } }
      ),
      (reader.say("Voix", "Votes"), { $0.votes.map(String.init) }),
      // What partners agreed on alone is not what they share by, where the rule is another.
      declared.map { declared in
        (
          reader.say("Part déclarée des résultats", "Declared share of results"),
          { [reader] in
            declared[$0.organisation].map { reader.numbers.shortPercent($0) }
              ?? reader.say("hors répartition", "not sharing")
          }
        )
      } ?? (
        reader.say("Part convenue des résultats", "Agreed share of results"),
        { [reader] in $0.agreedShare.map { reader.numbers.shortPercent($0) } }
      ),
    ]
    // A column nobody filled in is said in a line, not in a row each.
    let (known, unknown) = (
      columns.filter { column in cooperation.partners.contains { column.cell($0) != nil } },
      columns.filter { column in !cooperation.partners.contains { column.cell($0) != nil } }
    )
    let table = reader.table(
      caption: reader.say("Partenaires de la coopération", "Partners of the cooperation"),
      head: [
        reader.say("Partenaire", "Partner"), reader.say("Nature", "Kind"), reader.say("Rôle", "Role"),
      ] + known.map(\.name),
      rows: cooperation.partners.map { partner in
        [name(partner), .text(reader.kind(partner.kind)), .text(reader.role(partner.role))]
          + known.map { column in
            column.cell(partner).map { .text($0) }
              ?? H.span(.class("none"), text: reader.say("non renseigné", "unknown"))
          }
      }, numbers: false)
    guard !unknown.isEmpty else { return table }
    return .group([
      table,
      H.p(
        .class("small soft"),
        text: reader.say("Non renseigné : ", "Unknown: ")
          + reader.list(unknown.map { $0.name.lowercased() }) + "."),
    ])
  }

  /// The name of today, with those borne before and their last day.
  private func name(_ partner: CooperationProfile.Partner) -> Markup {
    guard !partner.formerNames.isEmpty else { return H.bdi(text: partner.name) }
    return .group([
      H.bdi(text: partner.name),
      H.span(.class("ci words")) {
        reader.say("auparavant ", "formerly ")
        for (index, former) in partner.formerNames.enumerated() {
          if index > 0 { ", " }
          H.bdi(text: former.name)
          reader.say(
            " (jusqu’au \(reader.numbers.day(former.lastDay)))",
            " (until \(reader.numbers.day(former.lastDay)))")
        }
      },
    ])
  }

  private func rows(by field: String) -> [PledgeBars.Row] {
    guard let indicator = reader.edition.catalogue.indicator(PartnerSection.delivered) else { return [] }
    func parts(_ name: String) -> [String: Double] {
      Dictionary(
        reader.edition.figures.parts(name, cooperation.id, review.quarter, by: field).compactMap { figure in
          figure.key.part.flatMap { part in figure.value.map { (part.value, $0.number) } }
        }
      ) { first, _ in first }
    }
    let promised = parts(PartnerSection.promised)
    let delivered = parts(PartnerSection.delivered)
    return Set(promised.keys).union(delivered.keys).sorted().map { value in
      PledgeBars.Row(
        label: reader.label(Figure.Part(field: field, value: value), of: indicator, cooperation),
        promised: promised[value].flatMap { $0 > 0 ? $0 : nil }, delivered: delivered[value] ?? 0)
    }.filter { ($0.promised ?? 0) > 0 || ($0.delivered ?? 0) > 0 }
  }

  /// What is late of all quarters that are over, whatever this one brought.
  private var lateness: String {
    let late = edition.accounts(of: cooperation).filter(\.isLate).map { account in
      let partner = cooperation.partners.first { $0.organisation == account.partner }?.name ?? account.partner
      let lines = account.lines.filter { $0.late > 0 }.map { reader.quantity($0.late, $0.unit) }
      return "\(partner) (\(reader.list(lines)))"
    }
    return late.isEmpty
      ? reader.say("Rien n’est en retard, tous trimestres compris.", "Nothing is late, over all quarters.")
      : reader.say("En retard, tous trimestres compris : ", "Late, over all quarters: ")
        + reader.list(late) + "."
  }

  private var chart: [Markup] {
    let byKind = rows(by: "kind")
    let byPartner = rows(by: "organisation")
    guard !byKind.isEmpty else {
      return [
        H.p(
          text: reader.say(
            "Aucun apport valorisé n’est promis ni réalisé ce trimestre.",
            "No valued contribution is promised or delivered this quarter.") + " " + lateness)
      ]
    }
    let short = byKind.filter { row in row.promised.map { (row.delivered ?? 0) < $0 * 0.995 } ?? false }
    let headline =
      short.isEmpty
      ? reader.say(
        "Tous les apports promis pour le trimestre sont réalisés",
        "All contributions promised for the quarter are delivered")
      : reader.say(
        reader.count(
          short.count, ("nature d’apport", "natures d’apport"),
          ("kind of contribution", "kinds of contribution"))
          + " sous la promesse du trimestre",
        reader.count(
          short.count, ("nature d’apport", "natures d’apport"),
          ("kind of contribution", "kinds of contribution"))
          + " below the quarter’s promise")
    let rate = reader.edition.catalogue.indicator("contributions-delivery-rate")
    let rateFigure = rate.flatMap { review.figure($0.id)?.value }
    var summary =
      (short.isEmpty
        ? ""
        : reader.say("Sous la promesse : ", "Below the promise: ") + reader.list(short.map(\.label)) + ". ")
      + lateness
    if let rate, let rateFigure {
      summary += " \(rate.label[reader.language])\(reader.numbers.colon)\(reader.full(rateFigure, rate))."
    }
    return [
      ChartFigure(
        id: "f-partners", headline: [H.span(text: headline)],
        statistic: reader.say(
          "Apports par nature, \(reader.numbers.quarter(review.quarter)), en euros",
          "Contributions by kind, \(reader.numbers.quarter(review.quarter)), in euros"), summary: summary,
        key: H.ul(.class("key")) {
          H.li {
            S.svg(Attribute("width", "22"), Attribute("height", "12"), .hidden) {
              S.rect(
                .class("hollow"), Attribute("x", ".5"), Attribute("y", ".5"), Attribute("width", "21"),
                Attribute("height", "11"))
            }
            reader.say("promis", "promised")
          }
          H.li {
            S.svg(Attribute("width", "22"), Attribute("height", "12"), .hidden) {
              S.rect(.class("c2"), Attribute("y", "3"), Attribute("width", "22"), Attribute("height", "6"))
            }
            reader.say("réalisé", "delivered")
          }
        },
        plot: PledgeBars(
          reader: reader, id: "g-partners",
          title: reader.say("Apports promis et réalisés", "Contributions promised and delivered"),
          rows: byKind
        ).markup,
        source: reader.say(
          "Mécénat au prix de revient. Un apport non valorisé en euros n’est pas dans ce graphique.",
          "Sponsorship at cost. A contribution not valued in euros is not in this chart."),
        table: reader.folded(
          reader.say("Par partenaire", "By partner"), rows: byPartner.count,
          reader.table(
            caption: reader.say("Apports par partenaire", "Contributions by partner"),
            head: [
              reader.say("Partenaire", "Partner"), reader.say("Promis", "Promised"),
              reader.say("Réalisé", "Delivered"),
            ],
            rows: byPartner.map { row in
              [
                H.bdi(text: row.label),
                row.promised.map { .text(reader.value($0, .euro)) }
                  ?? H.span(.class("none"), text: reader.say("rien de promis", "nothing promised")),
                .text(reader.value(row.delivered ?? 0, .euro)),
              ]
            })),
        links: [
          (
            reader.data("indicators/\(PartnerSection.delivered).csv"),
            reader.say("Apports réalisés, CSV", "Contributions delivered, CSV")
          )
        ]
      ).markup
    ]
  }
}
