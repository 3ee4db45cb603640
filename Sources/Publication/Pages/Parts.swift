internal import Impact

/// The small parts pages are made of.
extension Reader {
  /// A status: shape, word and colour together.
  private func status(_ shape: String, _ kind: String, _ word: String) -> Markup {
    H.span(.class("st \(kind)")) {
      icon(shape, kind)
      word
    }
  }

  /// A status shape, in the box that its symbol has.
  func icon(_ shape: String, _ kind: String) -> Markup {
    S.svg(.class("ico \(kind)"), .hidden) {
      S.use(.href("#\(shape)"))
    }
  }

  /// The shape and colour of a verdict.
  func shape(_ judgement: Judgement) -> (shape: String, kind: String) {
    let isUp = judgement.signal.isUpward ?? true
    return switch judgement.signal.verdict {
    case .improvement: (isUp ? "i-up" : "i-down", "better")
    case .concern: (isUp ? "i-up" : "i-down", "worse")
    case .change: (isUp ? "i-up" : "i-down", "usual")
    case .usual: ("i-dot", "usual")
    case .tooFew, .notJudged: ("i-few", "few")
    }
  }

  /// The verdict on a series.
  func variation(_ judgement: Judgement) -> Markup {
    let (shape, kind) = shape(judgement)
    return status(shape, kind, words(judgement))
  }

  /// What stands small below a verdict; nothing where there is nothing to say.
  func qualified(_ judgement: Judgement) -> Markup {
    let words = qualification(judgement)
    return words.isEmpty ? .none : H.span(.class("ci"), text: words)
  }

  /// What is known of a target.
  func assurance(_ assurance: Judgement.Assurance) -> Markup {
    switch assurance {
    case .met: status("i-yes", "yes", words(assurance))
    case .missed: status("i-no", "no", words(assurance))
    case .uncertain: status("i-maybe", "maybe", words(assurance))
    case .noTarget, .noValue: H.span(.class("none"), text: words(assurance))
    }
  }

  /// A figure with its fraction, or the reason for its absence.
  func figure(_ figure: Figure?, _ indicator: Indicator) -> Markup {
    guard let figure else { return absence(.notCollected) }
    switch figure.content {
    case .absent(let reason): return absence(reason)
    case .value(let value):
      return .group([
        .text(self.value(value.number, indicator.unit)),
        fraction(value, indicator).map { .group([.text(" "), H.small(text: $0)]) } ?? .none,
      ])
    }
  }

  /// The reason for an absence, never a blank.
  func absence(_ reason: Figure.Absence) -> Markup {
    guard reason == .tooFew else { return H.span(.class("none"), text: words(reason)) }
    return .group([
      H.span(.class("mask"), text: "•"), .text(" "), H.span(.class("none"), text: words(reason)),
    ])
  }

  /// A table beside a chart: open when short, folded when long.
  func folded(_ summary: String, rows: Int, _ table: Markup) -> Markup {
    H.details(rows <= 12 ? Attribute("open", "open") : nil) {
      H.summary(text: summary)
      table
    }
  }

  /// A section: number, title and note in the rail, matter beside.
  func section(
    _ number: Int, id: String? = nil, _ title: String, note: String, full: Bool = false, _ content: [Markup]
  )
    -> Markup
  {
    let id = id ?? "s\(number)"
    return H.section(.class(full ? "sec full" : "sec"), .id(id), .labelledBy("\(id)-h")) {
      H.header {
        H.h2(.id("\(id)-h")) {
          H.span(.class("sno"), text: "\(number)")
          " \(title)"
        }
        H.p(text: note)
      }
      H.div(.class("body"), content: content)
    }
  }

  /// Terms and values in a ruled row.
  func facts(_ pairs: [(term: String, value: Markup)], bare: Bool = false) -> Markup {
    H.dl(.class(bare ? "facts bare" : "facts")) {
      for pair in pairs {
        H.div {
          H.dt(text: pair.term)
          H.dd { pair.value }
        }
      }
    }
  }
}
