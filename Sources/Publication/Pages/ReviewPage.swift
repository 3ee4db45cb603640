internal import Impact

/// The quarterly review of one cooperation: the page of a sixty-minute meeting.
struct ReviewPage {
  let reader: Reader
  let cooperation: CooperationProfile

  private var edition: Edition { reader.edition }
  var quarter: Quarter { cooperation.quarters.upperBound }

  /// Headline indicators that apply here: concerns first, then missed or uncertain targets, then the rest.
  var headlines: [Judgement] {
    let marked = edition.catalogue.indicators.filter(\.isHeadline)
    let judgements = (marked.isEmpty ? edition.catalogue.indicators : marked)
      .compactMap { reader.album.judgement($0, cooperation) }
      .filter { $0.figure?.absence != .notApplicable }
    return Array(
      judgements.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
        .map(\.element).prefix(12))
  }

  /// Where a headline indicator stands in the order of attention.
  func rank(_ judgement: Judgement) -> Int {
    if judgement.figure?.value == nil { return 5 }
    switch (judgement.signal.verdict, judgement.assurance) {
    case (.concern, _): return 0
    case (_, .missed): return 1
    case (_, .uncertain): return 2
    case (.improvement, _), (.change, _): return 3
    default: return 4
    }
  }

  var page: [UInt8] {
    let quarterName = reader.numbers.quarter(quarter)
    return Shell(
      reader: reader, room: .cooperations,
      title: reader.say(
        "\(cooperation.name), revue \(quarterName)", "\(cooperation.name), review \(quarterName)"),
      description: reader.say(
        "Revue trimestrielle de direction, \(cooperation.name), \(quarterName).",
        "Quarterly management review, \(cooperation.name), \(quarterName)."),
      trail: [("\(cooperation.name) – \(quarterName)", nil)],
      runningTitle: reader.say(
        "\(cooperation.name) – Revue \(quarterName)", "\(cooperation.name) – Review \(quarterName)")
    ).page(
      [
        mast, MinutesSection(review: self).markup, ReviewSummary(review: self).markup, health, priorities,
        PathwaySection(review: self).markup,
        charts,
        profile, PartnerSection(review: self).markup, ScoreSection(review: self).markup,
        restatements, decisions, annex,
      ].filter { !$0.isEmpty })
  }

  /// The figure of an indicator at the review's quarter.
  func figure(_ indicator: String, part: Figure.Part? = nil) -> Figure? {
    edition.figures.figure(indicator, cooperation.id, quarter, part: part)
  }

  /// Whether the cooperation had ended at the cut.
  var hasEnded: Bool { cooperation.endedOn.map { $0 <= edition.release.cut } ?? false }

  private var mast: Markup {
    let state =
      figure("exits-examined")?.status ?? figure(edition.catalogue.indicators.first?.id ?? "")?.status
    var pairs: [(term: String, value: Markup)] = [
      (reader.say("Données arrêtées au", "Data cut on"), .text(reader.numbers.day(edition.release.cut))),
      (reader.say("Livraison", "Release"), .text(edition.release.id)),
      (
        reader.say("État", "State"), .text(state.map(reader.words) ?? reader.words(Figure.Status.provisional))
      ),
      (
        reader.say("Revue du trimestre", "Review of the quarter"),
        .text(reader.words(edition.period(cooperation.id, quarter)))
      ),
      (reader.say("Forme", "Form"), .text(reader.words(cooperation.form))),
    ]
    if let end = cooperation.endedOn {
      pairs.append(
        (
          hasEnded ? reader.say("Terminé le", "Ended on") : reader.say("Prend fin le", "Ends on"),
          .text(reader.numbers.day(end))
        ))
    }
    if !hasEnded {
      pairs.append(
        (
          reader.say("Prochaine livraison avant le", "Next release before"),
          .text(reader.numbers.day(edition.release.nextDue))
        ))
    }
    return H.div(.class("mast")) {
      H.p(
        .class("kicker"), text: reader.say("Revue trimestrielle de direction", "Quarterly management review"))
      H.h1 {
        H.bdi(text: cooperation.name)
        " – \(reader.numbers.quarter(quarter))"
      }
      H.p(.class("lead"), text: cooperation.mission[reader.language])
      reader.facts(pairs)
      if hasEnded {
        H.p(
          .class("take"),
          text: reader.say(
            "Cette coopération est terminée : la revue porte sur son dernier trimestre et garde la mémoire de ses résultats.",
            "This cooperation has ended: the review is about its last quarter and keeps the memory of its results."
          ))
      }
    }
  }

  private var health: Markup {
    let health = cooperation.health
    let documented = edition.catalogue.indicator("exit-documentation-rate")
    let followed = edition.catalogue.indicator("in-job-at-6-months")
    var pairs: [(term: String, value: Markup)] = [
      (reader.say("Fichiers reçus", "Files received"), .text(reader.numbers.number(Double(health.files)))),
      (
        reader.say("Lignes refusées", "Rows refused"),
        .text(
          "\(reader.numbers.number(Double(health.rejected))) / \(reader.numbers.number(Double(health.read)))")
      ),
      (reader.say("Lignes tardives", "Late rows"), .text(reader.numbers.number(Double(health.late)))),
    ]
    if let documented {
      pairs.append((documented.label[reader.language], reader.figure(figure(documented.id), documented)))
    }
    if let followed, let maturity = figure(followed.id)?.maturity {
      pairs.append((reader.say("Suites à 6 mois", "Follow-ups at 6 months"), .text(reader.words(maturity))))
    }
    var warnings: [String] = []
    if health.rejected > 0 {
      let rows = reader.count(health.rejected, ("ligne", "lignes"), ("row", "rows"))
      warnings.append(
        reader.say(
          "Refusé à l’import, à corriger : \(rows). Les chiffres concernés peuvent encore changer.",
          "Refused at import, to be corrected: \(rows). The figures concerned may still change."))
    }
    if let value = figure("exit-documentation-rate")?.value, let numerator = value.numerator,
      let denominator = value.denominator, numerator < denominator
    {
      let missing = reader.count(
        Int(denominator - numerator), ("sortie sans motif", "sorties sans motif"),
        ("exit without a reason", "exits without a reason"))
      warnings.append(
        reader.say(
          "\(missing) : hors du taux officiel, au dénominateur de la méthode B.",
          "\(missing): outside the official rate, in the denominator of method B."))
    }
    return reader.section(
      2, reader.say("Santé des données", "Data health"),
      note: reader.say(
        "Ce qu’il faut savoir avant de lire les chiffres.", "What to know before reading the figures."),
      [
        reader.facts(pairs, bare: true),
        warnings.isEmpty
          ? .none
          : H.p(.class("warn")) {
            H.strong(text: reader.say("À lire avec réserve. ", "Read with care. "))
            warnings.joined(separator: " ")
          },
      ])
  }

  private var priorities: Markup {
    let caption = reader.say(
      "\(headlines.count) indicateurs de tête, \(reader.numbers.quarter(quarter))",
      "\(headlines.count) headline indicators, \(reader.numbers.quarter(quarter))")
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
                  reader.say("Objectif initial → actuel", "Target first → current"),
                  reader.say("Variation", "Variation"),
                  reader.say("Objectif", "Target"), reader.say("12 trimestres", "12 quarters"),
                  reader.say("Maturité", "Maturity"),
                ].enumerated() {
                  H.th(.role("columnheader"), .scope("col"), index == 1 ? .class("num") : nil, text: name)
                }
              }
            }
            H.tbody(.role("rowgroup")) {
              for (ranks, name) in groups {
                let members = headlines.filter { ranks.contains(rank($0)) }
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
        legend,
      ])
  }

  private func priority(_ judgement: Judgement) -> Markup {
    let indicator = judgement.indicator
    return H.tr(.role("row")) {
      H.th(.role("rowheader"), .scope("row")) {
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
        if let target = judgement.target {
          reader.words(target, indicator)
        } else {
          H.span(.class("none"), text: reader.say("non fixé", "not set"))
        }
      }
      H.td(.role("cell"), .class("c-var")) {
        if judgement.figure?.value != nil {
          reader.variation(judgement)
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
          figure.maturity.map(reader.words) ?? reader.words(figure.status)
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
              "Préoccupation, amélioration : un signal sort de la variation habituelle. Habituel : aucun signal. Trop peu : moins de douze trimestres. Non jugé : les fenêtres de douze mois se recouvrent, ou le dernier trimestre est incomplet.",
              "Concern, improvement: a signal goes beyond usual variation. Usual: no signal. Too few: fewer than twelve quarters. Not judged: windows of twelve months overlap, or the last quarter is cut short."
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

  /// Charts of the headline indicators that have a signal or miss their target; the first two when none has.
  private var charts: Markup {
    let earned = headlines.filter {
      rank($0) <= 1 || $0.signal.verdict == .improvement || $0.signal.verdict == .change
    }
    let usual = headlines.filter { $0.figure?.value != nil }
    let chosen = earned.isEmpty ? Array(usual.prefix(2)) : Array(earned.prefix(3))
    guard !chosen.isEmpty else { return .none }
    return reader.section(
      5, reader.say("Signaux", "Signals"),
      note: earned.isEmpty
        ? reader.say(
          "Aucun signal, aucun objectif manqué : les deux premiers indicateurs, pour mémoire.",
          "No signal, no missed target: the first two indicators, for the record.")
        : reader.say(
          "Seulement les indicateurs qui ont un signal ou manquent leur objectif.",
          "Only indicators with a signal or a missed target."),
      chosen.enumerated().map { index, judgement in
        SignalChart(reader: reader, judgement: judgement, id: "f-signal-\(index + 1)").figure(isMain: false)
      })
  }

  private var profile: Markup {
    let shares = edition.catalogue.indicators.filter { $0.dimension == "people" && $0.isRatioOfCounts }
      .filter { figure($0.id) != nil && figure($0.id)?.absence != .notApplicable }
    guard !shares.isEmpty else { return .none }
    let rows = shares.compactMap { indicator in
      figure(indicator.id)?.value.map { value in
        DotRows.Row(
          label: indicator.label[reader.language], value: value,
          isOpen: figure(indicator.id)?.status == .provisional)
      }
    }
    let silent = shares.filter { figure($0.id)?.value == nil }
    let dots = DotRows(
      reader: reader, id: "g-profile",
      title: reader.say("Profil des personnes accompagnées", "Profile of the people served"),
      indicator: shares[0], rows: rows)
    return reader.section(
      6, reader.say("Qui est accompagné", "Who we served"),
      note: reader.say(
        "Parts parmi les personnes dont la situation est connue ; inconnu n’est pas non.",
        "Shares among people whose situation is known; unknown is not no."),
      [
        rows.isEmpty
          ? H.p(text: reader.say("Aucune part ne peut être montrée.", "No share can be shown."))
          : ChartFigure(
            id: "f-profile",
            headline: [
              H.span(
                text: reader.say(
                  "Profil des personnes accompagnées, \(reader.numbers.quarter(quarter))",
                  "Profile of the people served, \(reader.numbers.quarter(quarter))"))
            ],
            statistic: reader.say(
              "Part des personnes et intervalle à 95\(Numbers.narrowSpace)%",
              "Share of people and 95% interval"),
            summary: rows.map {
              "\($0.label)\(reader.numbers.colon)\(reader.value($0.value.number, .percent))"
            }
            .joined(separator: reader.say(" ; ", "; ")) + ".",
            plot: dots.markup,
            source: reader.say("Point vide : provisoire.", "Open dot: provisional."),
            table: dots.table(
              reader.say("Parts et intervalles", "Shares and intervals"),
              first: reader.say("Public", "People")),
            links: [
              (
                reader.data("cooperations/\(cooperation.id).csv"),
                reader.say("Tous les chiffres de la coopération, CSV", "All figures of the cooperation, CSV")
              )
            ]
          ).markup,
        silent.isEmpty
          ? .none
          : H.p(
            .class("small soft"),
            text: silent.map { indicator in
              "\(indicator.label[reader.language])\(reader.numbers.colon)"
                + reader.words(figure(indicator.id)?.absence ?? .notCollected)
            }.joined(separator: reader.say(" ; ", "; ")) + "."),
      ])
  }

  private var restatements: Markup {
    guard let previous = edition.release.previous else {
      return reader.section(
        9, reader.say("Rectifications", "Restatements"),
        note: reader.say(
          "Chaque chiffre changé depuis la livraison précédente.",
          "Each figure changed since the previous release."),
        [
          H.p(
            text: reader.say(
              "Première livraison : il n’y a rien à rectifier.", "First release: nothing to restate."))
        ])
    }
    let own = edition.restatements.filter { $0.key.cooperation == cooperation.id }
    // The table keeps to headline indicators; the file has every figure.
    let headlineIDs = Set(edition.catalogue.indicators.filter(\.isHeadline).map(\.id))
    let sorted = own.filter { headlineIDs.contains($0.key.indicator) }.sorted { $0.key < $1.key }
    let content: [Markup]
    if edition.restatements.isEmpty, edition.audience.threshold > 1 {
      content = [
        H.p(
          text: reader.say(
            "Cette édition ne montre pas les rectifications.", "This edition does not show restatements."))
      ]
    } else if own.isEmpty {
      content = [
        H.p(
          text: reader.say(
            "Aucun chiffre publié par \(previous) n’a changé.",
            "No figure published by \(previous) has changed."))
      ]
    } else {
      let table = reader.table(
        caption: reader.say("Chiffres de \(previous) qui ont changé", "Figures of \(previous) that changed"),
        head: [
          reader.say("Indicateur", "Indicator"), reader.say("Période", "Period"),
          reader.say("Publié", "Published"),
          reader.say("Rectifié", "Restated"), reader.say("Cause", "Cause"),
        ],
        rows: sorted.compactMap { restatement in
          guard let indicator = edition.catalogue.indicator(restatement.key.indicator) else { return nil }
          func words(_ content: Figure.Content) -> Markup {
            switch content {
            case .value(let value): .text(reader.full(value, indicator))
            case .absent(let absence): reader.absence(absence)
            }
          }
          return [
            H.a(
              .href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language]),
            .text(reader.numbers.quarter(restatement.key.quarter)), words(restatement.before),
            words(restatement.after),
            .text(restatement.causes.map(reader.words).joined(separator: " ; ")),
          ]
        }, text: 1)
      content = [
        H.p(
          text: reader.count(
            own.count, ("chiffre rectifié", "chiffres rectifiés"), ("figure restated", "figures restated"))
            + reader.say(
              " depuis \(previous) : lignes tardives, corrections ou sorties documentées depuis.",
              " since \(previous): late rows, corrections or exits documented since.")
            + lateWords(own)),
        reader.folded(
          reader.say("Tableau des rectifications", "Table of restatements"), rows: own.count, table),
      ]
    }
    return reader.section(
      9, reader.say("Rectifications", "Restatements"),
      note: reader.say(
        "Chaque chiffre changé depuis la livraison précédente.",
        "Each figure changed since the previous release."), content)
  }

  /// How many of the restatements come from rows that arrived after their quarter was signed.
  private func lateWords(_ own: [Restatement]) -> String {
    let late = own.filter { $0.causes.contains(.lateRows) }.count
    guard late > 0 else { return "" }
    return reader.say(
      " Dont \(late) par des lignes tardives d’un trimestre clos.",
      " Of these, \(late) by late rows of a closed quarter.")
  }

  private var decisions: Markup {
    let missed = headlines.filter { $0.assurance == .missed }
    let blank = H.span(.class("blank"), text: Numbers.space)
    return reader.section(
      10, reader.say("Décisions à prendre", "Decisions to take"),
      note: reader.say(
        "À remplir en réunion, puis à verser au registre.", "To be filled in at the meeting, then recorded."),
      [
        H.div(.class("formgrid")) {
          H.div(.class("flow")) {
            H.h3(text: reader.say("Rectification d’objectif", "Rectification of a target"))
            if missed.isEmpty {
              H.p(
                text: reader.say(
                  "Aucun objectif de tête n’est manqué ce trimestre.",
                  "No headline target is missed this quarter."))
            }
            for judgement in missed.prefix(2) {
              H.p {
                reader.say("Objectif de ", "Target of ")
                H.strong(text: judgement.indicator.label[reader.language])
                reader.say(
                  " : \(judgement.target.map { reader.words($0, judgement.indicator) } ?? ""). Le maintenir, ou le porter à ",
                  ": \(judgement.target.map { reader.words($0, judgement.indicator) } ?? ""). Keep it, or set it to "
                )
                blank
                reader.say(" à compter du ", " from ")
                blank
                reader.say(". Motif : ", ". Reason: ")
                blank
              }
            }
          }
          H.div(.class("flow")) {
            H.h3(text: reader.say("Commentaire de la direction", "Comment of the management"))
            H.p(
              .class("write"),
              text: reader.say("Cause, réponse, responsable, échéance.", "Cause, answer, owner, deadline."))
            H.p(
              .class("write"),
              text: reader.say("Actions du trimestre précédent : état.", "Last quarter’s actions: state."))
          }
        },
        reader.scrolling(
          reader.say("Signatures", "Signatures"),
          H.table(.class("sign")) {
            H.caption(text: reader.say("Signatures", "Signatures"))
            H.thead {
              H.tr {
                for name in [
                  reader.say("Qualité", "Capacity"), reader.say("Nom", "Name"), reader.say("Date", "Date"),
                  reader.say("Signature", "Signature"),
                ] {
                  H.th(.scope("col"), text: name)
                }
              }
            }
            H.tbody {
              for name in [reader.say("Direction", "Management")]
                + cooperation.partners.filter({ ["founder", "mandataire"].contains($0.role) }).prefix(3).map(
                  \.name)
              {
                H.tr {
                  H.th(.scope("row")) { H.bdi(text: name) }
                  H.td()
                  H.td()
                  H.td()
                }
              }
            }
          }),
      ])
  }

  private var annex: Markup {
    let rows = edition.catalogue.indicators.compactMap { indicator -> [Markup]? in
      guard let judgement = reader.album.judgement(indicator, cooperation) else { return nil }
      return [
        H.a(.href(reader.page("indicators/\(indicator.id).html")), text: indicator.label[reader.language]),
        reader.figure(judgement.figure, indicator),
        .text(judgement.figure.map { reader.words($0.status) } ?? "–"),
        .text("v\(indicator.version)"),
      ]
    }
    return reader.section(
      11, reader.say("Annexe", "Annex"),
      note: reader.say(
        "Tous les indicateurs à ce trimestre, chacun avec sa définition.",
        "All indicators at this quarter, each with its definition."),
      [
        H.details {
          H.summary(text: reader.say("Les \(rows.count) indicateurs", "All \(rows.count) indicators"))
          reader.table(
            caption: reader.say(
              "Tous les indicateurs, \(reader.numbers.quarter(quarter))",
              "All indicators, \(reader.numbers.quarter(quarter))"),
            head: [
              reader.say("Indicateur", "Indicator"), reader.say("Valeur", "Value"),
              reader.say("État", "Status"),
              reader.say("Définition", "Definition"),
            ], rows: rows)
        },
        H.ul(.class("links")) {
          H.li {
            H.a(
              .href(reader.data("cooperations/\(cooperation.id).csv")),
              text: reader.say(
                "Tous les chiffres de la coopération, CSV", "All figures of the cooperation, CSV"))
          }
        },
      ])
  }
}
