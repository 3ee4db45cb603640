internal import Impact

/// The headline indicators, those that need attention first.
struct PrioritySection: ReviewSection {
  let review: ReviewPage
  /// What one table can be read at a glance with.
  private static let most = 12

  private var caption: String {
    let (all, quarter) = (review.headlines.count, reader.numbers.quarter(quarter))
    guard all > Self.most else {
      return reader.say("\(all) indicateurs de tête, \(quarter)", "\(all) headline indicators, \(quarter)")
    }
    return reader.say(
      "\(Self.most) des \(all) indicateurs de tête, ceux qui demandent le plus d’attention, \(quarter)",
      "\(Self.most) of \(all) headline indicators, those that most need attention, \(quarter)")
  }

  var markup: Markup {
    let shown = review.headlines.prefix(Self.most)
    let groups: [(Set<Int>, String)] = [
      ([0], reader.say("Préoccupation", "Concern")),
      ([1, 2], reader.say("Objectif manqué ou incertain", "Target missed or uncertain")),
      ([3], reader.say("Amélioration ou changement", "Improvement or change")),
      ([4], reader.say("Habituel", "Usual")),
      ([5], reader.say("Sans valeur", "No value")),
    ]
    return reader.section(
      3, reader.say("Indicateurs de tête", "Headline indicators"),
      note: reader.say(
        "Variation : comparée aux limites de variation habituelle, pas au trimestre précédent. Objectif : comparé aux limites ou à l’intervalle, pas au dernier point.",
        "Variation: compared with the limits of usual variation, not with the quarter before. Target: compared with limits or the interval, not with the last point."
      ), full: true,
      [
        H.div(.class("prio-box")) {
          H.table(.class("prio"), .role("table")) {
            H.caption(text: caption)
            H.thead(.role("rowgroup")) {
              H.tr(.role("row")) {
                for (index, name) in [
                  reader.say("Indicateur", "Indicator"),
                  reader.say("Valeur (num/dén) et intervalle", "Value (num/den) and interval"),
                  reader.say(
                    "Objectif initial → actuel, chemin parcouru", "Target first → current, way covered"),
                  reader.say("Variation", "Variation"),
                  reader.say("Objectif", "Target"), reader.say("12 trimestres", "12 quarters"),
                  reader.say("Maturité", "Maturity"),
                ].enumerated() {
                  H.th(.role("columnheader"), index == 1 ? .class("num") : nil, text: name)
                }
              }
            }
            H.tbody(.role("rowgroup")) {
              for (ranks, name) in groups {
                let members = shown.filter { ranks.contains(review.rank($0)) }
                if !members.isEmpty {
                  H.tr(.role("row"), .class("group")) {
                    H.th(.role("rowheader"), Attribute("colspan", "7"), text: name)
                  }
                  for judgement in members { priority(judgement) }
                }
              }
            }
          }
        },
        H.p(.class("small"), text: reader.words(reader.album.alarms(review.cooperation))),
        legend,
      ])
  }

  private func priority(_ judgement: Judgement) -> Markup {
    let indicator = judgement.indicator
    return H.tr(.role("row")) {
      H.th(.role("rowheader")) {
        H.a(.href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language])
      }
      H.td(.role("cell"), .class("val num")) {
        reader.figure(judgement.figure, indicator)
        if let value = judgement.figure?.value {
          H.span(.class("ci"), text: reader.interval(value, indicator))
        }
      }
      H.td(.role("cell"), .class("tgt")) {
        H.span(.class("lbl"), text: reader.say("Objectif ", "Target "))
        reader.target(judgement)
      }
      H.td(.role("cell"), .class("c-var")) {
        if judgement.figure?.value != nil {
          reader.variation(judgement)
          reader.qualified(judgement)
        } else {
          H.span(.class("none"), text: "–")
        }
      }
      H.td(.role("cell"), .class("c-ass")) { reader.assurance(judgement.assurance) }
      H.td(.role("cell"), .class("spk")) {
        Sparkline(reader: reader, judgement: judgement, id: "sp-\(indicator.id)").markup
      }
      H.td(.role("cell"), .class("mat")) {
        judgement.figure.map { figure in
          let observed = reader.observed(figure, indicator)
          guard indicator.measure.asked != nil else { return observed ?? reader.words(figure.status) }
          return [reader.words(figure.status), observed].compactMap(\.self).joined(separator: ", ")
        } ?? "–"
      }
    }
  }

  private var legend: Markup {
    H.div(.class("two")) {
      H.div(.class("flow")) {
        H.h3(.class("sub"), text: reader.say("Lire ce tableau", "How to read this table"))
        H.ul {
          H.li(
            text: reader.say(
              "Préoccupation, amélioration : un signal sort de la variation habituelle. Habituel : aucun signal. Trop peu : moins de douze mois, et pas d’écart qui se juge. Non jugé : la raison est dite dessous.",
              "Concern, improvement: a signal goes beyond usual variation. Usual: no signal. Too few: fewer than twelve months, and no difference that can be judged. Not judged: the reason stands below."
            ))
          H.li(
            text: reader.say(
              "Tenu : les limites, ou l’intervalle, sont du bon côté de l’objectif. Manqué : du mauvais côté. Incertain : l’objectif passe entre les deux.",
              "Meets: the limits, or the interval, lie on the good side of the target. Misses: on the bad side. Hit-or-miss: the target lies between."
            ))
        }
      }
      H.div(.class("flow")) {
        H.h3(.class("sub"), text: reader.say("Absences", "Absences"))
        H.p(
          text: reader.say(
            "Non collecté, pas encore échu, sans dénominateur, sans objet : écrits en toutes lettres. Zéro est une valeur.",
            "Not collected, not yet due, no denominator, not applicable: written out. Zero is a value."))
      }
    }
  }
}
