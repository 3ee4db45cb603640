internal import Impact

/// What each partner promised and delivered, in its own unit and with what it is worth: in the quarter, then quarter
/// by quarter.
struct PledgeTables {
  /// Quarters side by side: those a screen of a desk has room for.
  private static let quarters = 5

  let review: ReviewPage

  private var reader: Reader { review.reader }

  private var pledges: [Pledge] {
    reader.edition.pledges.filter { $0.cooperation == review.cooperation.id }
  }

  /// The tables; none when nothing is known of any pledge.
  var tables: [Markup] {
    guard !pledges.isEmpty else { return [] }
    return [inQuarter, byQuarter]
  }

  private func label(_ kind: String) -> String {
    guard let indicator = reader.edition.catalogue.indicator("contributions-delivered") else { return kind }
    return reader.label(Figure.Part(field: "kind", value: kind), of: indicator, review.cooperation)
  }

  private func name(_ organisation: String) -> Markup {
    H.bdi(
      text: review.cooperation.partners.first { $0.organisation == organisation }?.name ?? organisation)
  }

  private func quantity(_ side: Pledge.Side?, _ unit: String, else words: String) -> Markup {
    guard let side else { return H.span(.class("none"), text: words) }
    let people =
      side.people.map {
        ", " + reader.count($0, ("personne", "personnes"), ("person", "people"))
      } ?? ""
    return .group([
      .text(reader.quantity(side.quantity, unit)),
      people.isEmpty ? .none : H.small(text: people),
    ])
  }

  /// The value of a side with its methods, or that it is not valued; sponsored time also under its ceiling; the
  /// market price last, which no total counts.
  private func worth(_ side: Pledge.Side?, isSponsored: Bool) -> Markup {
    guard let side else { return .text("–") }
    var lines: [Markup] = []
    if isSponsored {
      lines.append(
        line(
          reader.say("plafonnée", "capped"),
          side.cappedValueInEuros.map { reader.value($0, .euro) } ?? reader.say("non renseigné", "unknown")))
    }
    if let market = side.marketValueInEuros {
      lines.append(
        line(
          reader.say("prix de marché, pour mémoire", "market price, for the record"),
          reader.value(market, .euro)))
    }
    return .group([value(side)] + lines)
  }

  private func line(_ name: String, _ value: String) -> Markup {
    H.span(.class("ci"), text: "\(name)\(reader.numbers.colon)\(value)")
  }

  private func value(_ side: Pledge.Side) -> Markup {
    let methods = side.methods.filter { $0 != "not_valued" }.map(reader.method)
    guard let value = side.valueInEuros else {
      return H.span(
        .class("none"),
        text: methods.isEmpty
          ? reader.say("non valorisé", "not valued") : reader.say("valorisé en partie", "valued in part"))
    }
    return .group([
      .text(reader.value(value, .euro)),
      H.span(.class("ci"), text: methods.joined(separator: ", ")),
    ])
  }

  private var inQuarter: Markup {
    let own = pledges.filter { $0.quarter == review.quarter }
    let quarter = reader.numbers.quarter(review.quarter)
    guard !own.isEmpty else {
      return H.p(
        text: reader.say(
          "Aucun apport n’est promis ni réalisé en \(quarter).",
          "No contribution is promised or delivered in \(quarter)."))
    }
    return .group([
      reader.folded(
        reader.say("Apports du trimestre, un par un", "Contributions of the quarter, one by one"),
        rows: own.count,
        reader.table(
          caption: reader.say(
            "Promis et réalisé en \(quarter), en unités et en euros",
            "Promised and delivered in \(quarter), in units and in euros"),
          head: [
            reader.say("Partenaire", "Partner"), reader.say("Nature", "Kind"),
            reader.say("Promis", "Promised"), reader.say("Réalisé", "Delivered"),
            reader.say("Part réalisée", "Share delivered"),
            reader.say("Valeur du réalisé", "Value of what was delivered"),
          ],
          rows: own.map { pledge in
            [
              name(pledge.organisation), .text(label(pledge.kind)),
              quantity(pledge.promised, pledge.unit, else: reader.say("rien de promis", "nothing promised")),
              quantity(pledge.delivered, pledge.unit, else: reader.say("rien", "nothing")),
              pledge.delivery.map { .text(reader.part($0)) } ?? .text("–"),
              worth(pledge.delivered, isSponsored: pledge.kind == "skills_sponsorship"),
            ]
          }, text: 1, wide: [1])),
      H.p(
        .class("small soft"),
        text: reader.say(
          "Mécénat de compétences : valeur au prix de revient ; plafonnée à trois plafonds annuels de la Sécurité sociale par personne, au prorata du temps. Prix de marché : pour mémoire, dans aucun total.",
          "Skills sponsorship: valued at cost; capped at three annual social security ceilings a person, pro rata of time. Market price: for the record, in no total."
        )),
    ])
  }

  private struct Row: Hashable, Comparable {
    var kind: String
    var unit: String

    static func < (left: Row, right: Row) -> Bool {
      (left.kind, left.unit) < (right.kind, right.unit)
    }
  }

  private var byQuarter: Markup {
    let quarters = (0..<PledgeTables.quarters).map {
      review.quarter.advanced(by: $0 + 1 - PledgeTables.quarters)
    }
    let known = pledges.filter { quarters.contains($0.quarter) }
    let rows = Set(known.map { Row(kind: $0.kind, unit: $0.unit) }).sorted()
    guard !rows.isEmpty else { return .none }
    func cell(_ row: Row, _ quarter: Quarter) -> Markup {
      let own = known.filter { $0.quarter == quarter && $0.kind == row.kind && $0.unit == row.unit }
      guard !own.isEmpty else { return .text("–") }
      func sum(_ sides: [Pledge.Side]) -> String {
        sides.isEmpty ? "–" : reader.numbers.short(sides.reduce(0) { $0 + $1.quantity }, decimals: 1)
      }
      // No delivery of something promised is nothing delivered, and said as 0.
      let promised = own.compactMap(\.promised)
      let delivered = own.compactMap(\.delivered)
      return .text("\(delivered.isEmpty ? "0" : sum(delivered)) / \(sum(promised))")
    }
    return reader.folded(
      reader.say("Réalisé et promis par trimestre", "Delivered and promised by quarter"), rows: rows.count,
      reader.table(
        caption: reader.say(
          "Réalisé / promis par trimestre, tous partenaires ; – : rien de promis",
          "Delivered / promised by quarter, all partners; –: nothing promised"),
        head: [reader.say("Nature et unité", "Kind and unit")] + quarters.map(reader.numbers.quarter),
        rows: rows.map { row in
          [.text("\(label(row.kind)), \(reader.unit(row.unit))")] + quarters.map { cell(row, $0) }
        }, fold: .shortCells))
  }
}
