internal import Impact

/// The quarterly review of one cooperation: the page of a sixty-minute meeting.
struct ReviewPage {
  let reader: Reader
  let cooperation: CooperationProfile

  private var edition: Edition { reader.edition }
  var quarter: Quarter { cooperation.quarters.upperBound }

  /// Headline indicators that apply here: concerns first, then missed or uncertain targets, then the rest.
  var headlines: [Judgement] {
    let judgements = edition.catalogue.reviewed
      .compactMap { reader.album.judgement($0, cooperation) }
      .filter { $0.figure?.absence != .notApplicable }
    return judgements.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
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
        mast, MinutesSection(review: self).markup, ReviewSummary(review: self).markup,
        HealthSection(review: self).markup, PrioritySection(review: self).markup,
        PathwaySection(review: self).markup, SignalSection(review: self).markup,
        ProfileSection(review: self).markup, PartnerSection(review: self).markup,
        ScoreSection(review: self).markup, RestatementSection(review: self).markup,
        DecisionSection(review: self).markup, AnnexSection(review: self).markup,
      ].filter { !$0.isEmpty })
  }

  /// The figure of an indicator at the review's quarter.
  func figure(_ indicator: String, part: Figure.Part? = nil) -> Figure? {
    edition.figures.figure(indicator, cooperation.id, quarter, part: part)
  }

  /// Whether the cooperation had ended at the cut.
  var hasEnded: Bool { cooperation.endedOn.map { $0 <= edition.release.cut } ?? false }

  /// How settled the figures are and how far the review has come: two things, said once where they agree.
  private var state: [(term: String, value: Markup)] {
    let status =
      figure("exits-examined")?.status ?? figure(edition.catalogue.indicators.first?.id ?? "")?.status
      ?? .provisional
    let period = edition.period(cooperation.id, quarter)
    guard status != .provisional || period.state != .provisional else {
      return [
        (
          reader.say("État", "State"),
          .text(reader.say("provisoire, revue à soumettre", "provisional, review to be submitted"))
        )
      ]
    }
    return [
      (reader.say("Chiffres", "Figures"), .text(reader.words(status, many: true))),
      (reader.say("Revue du trimestre", "Review of the quarter"), .text(reader.words(period))),
    ]
  }

  private var mast: Markup {
    var pairs: [(term: String, value: Markup)] = [
      (reader.say("Données arrêtées au", "Data cut on"), .text(reader.numbers.day(edition.release.cut))),
      (reader.say("Livraison", "Release"), .text(edition.release.id)),
    ]
    pairs += state
    pairs.append((reader.say("Forme", "Form"), .text(reader.words(cooperation.form))))
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
}
