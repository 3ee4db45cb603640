import Impact

/// The invented figures of one cooperation, the same on every run.
struct SampleFigures {
  let cooperation: CooperationProfile
  /// The place of the cooperation: shifts its wave, so that none looks like another.
  let order: Int

  private typealias Made = (content: Figure.Content, maturity: Figure.Maturity?)

  var all: [Figure] {
    SampleEdition.quarters.enumerated().filter { cooperation.quarters.contains($0.element) }
      .flatMap { index, quarter in
        SampleCatalogue.catalogue.indicators.flatMap { indicator in
          figures(of: indicator, at: quarter, index)
        }
      }
  }

  private func figures(of indicator: Indicator, at quarter: Quarter, _ index: Int) -> [Figure] {
    let made = make(indicator, index)
    func figure(_ content: Figure.Content, part: Figure.Part? = nil) -> Figure {
      Figure(
        key: Figure.Key(
          indicator: indicator.id, cooperation: cooperation.id, quarter: quarter, part: part),
        content: content, status: status(indicator, quarter), maturity: part == nil ? made.maturity : nil,
        indicatorVersion: indicator.version)
    }
    return [figure(made.content)]
      + parts(of: indicator, index).map { part, value in
        figure(.value(Figure.Value(number: value, count: Int(value))), part: part)
      }
  }

  private func status(_ indicator: Indicator, _ quarter: Quarter) -> Figure.Status {
    if quarter == SampleEdition.last { return .provisional }
    let isRestated =
      cooperation.id == SampleEdition.canal && indicator.id == "dynamic-exit-rate"
      && quarter == SampleEdition.last.advanced(by: -1)
    return isRestated ? .revised : .final
  }

  /// A wave between −1 and 1 that never repeats itself quite.
  private func wave(_ index: Int, _ salt: Int) -> Double {
    let step: Int = index * 7 + order * 3 + salt * 5 + index * index
    return Double(step % 11 - 5) / 5
  }

  private func share(_ rate: Double, of people: Int) -> Made {
    let numerator = Int((rate * Double(people)).rounded())
    return (
      .value(
        Figure.Value(
          number: Double(numerator) / Double(people), numerator: Double(numerator),
          denominator: Double(people), count: people,
          interval: Proportion(Double(numerator), of: Double(people))?.wilson())), nil
    )
  }

  private func census(_ numerator: Double, _ denominator: Double) -> Made {
    (
      .value(
        Figure.Value(
          number: numerator / denominator, numerator: numerator, denominator: denominator, count: 40)), nil
    )
  }

  private func whole(_ number: Double) -> Made {
    (.value(Figure.Value(number: number, count: Int(number.magnitude))), nil)
  }

  private func absent(_ reason: Figure.Absence) -> Made { (.absent(reason), nil) }

  private func make(_ indicator: Indicator, _ index: Int) -> Made {
    let isNord = cooperation.id == SampleEdition.nord
    let isCanal = cooperation.id == SampleEdition.canal
    let isJardins = cooperation.id == SampleEdition.jardins
    let exits = 18 + (index * 5 + order * 7) % 9
    switch indicator.id {
    case "dynamic-exit-rate-rolling-year": return share(0.6 + 0.05 * wave(index, 1), of: 4 * exits)
    case "dynamic-exit-rate": return share(0.62 + 0.12 * wave(index, 2), of: exits)
    case "durable-exit-rate":
      return isJardins && index == 9 ? absent(.noDenominator) : share(0.24 + 0.1 * wave(index, 3), of: exits)
    case "in-job-at-6-months":
      if index > 12 {
        return (.absent(.notYetDue), Figure.Maturity(followed: exits, due: 0, observed: 0))
      }
      let made = share(0.5 + 0.2 * wave(index, 4), of: exits - 4)
      return (made.content, Figure.Maturity(followed: exits, due: exits, observed: exits - 4))
    case "entries": return whole(Double(16 + Int(4 * wave(index, 5))))
    case "participants-present": return whole(Double(62 + Int(6 * wave(index, 6))))
    case "participants-served": return whole(Double(142 + Int(9 * wave(index, 7))))
    case "exits": return whole(90)
    case "exits-examined": return whole(Double(exits))
    case "exit-documentation-rate": return share(0.93, of: exits + 2)
    case "follow-ups-at-6-months": return whole(84)
    // Zero is a value, drawn and written.
    case "exits-to-a-partner": return whole(isCanal ? Double(index % 3) : 0)
    // Masked in one cooperation, even in the fixture that masks nothing else.
    case "hours-worked":
      return isJardins && index > 10 ? absent(.tooFew) : whole(17_000 + 900 * wave(index, 8))
    case "etp-realisation-rate":
      if isNord { return absent(.notApplicable) }
      if isJardins { return census(40, 40) }
      return census(46 + wave(index, 9) * 1.2 - (index > 11 ? Double(index - 10) * 1.9 : 0), 48)
    case "absenteeism-rate":
      return census(
        1150 + 90 * wave(index, 10) + (isCanal && index > 9 ? Double(index - 9) * 130 : 0), 17_600)
    case "women-share": return share(0.38 + 0.06 * wave(index, 1), of: 70 + exits)
    case "rsa-share": return share(0.45 + 0.1 * wave(index, 2), of: exits)
    case "qpv-share":
      // One quarter only has a value.
      return isCanal && index != 14 ? absent(.notCollected) : share(0.3 + 0.1 * wave(index, 3), of: exits)
    case "training-hours-per-person":
      if isJardins, index == 4 || index == 5 || index == 14 { return absent(.notCollected) }
      return census(
        (isCanal ? 2080.0 + Double(max(0, index - 8)) * 110 : 1900) + 90 * wave(index, 4), 86)
    case "contributions-promised": return whole(isNord ? 0 : 52_000)
    case "contributions-delivered": return whole(isNord ? 0 : 44_300 + 3000 * wave(index, 5))
    case "contributions-delivery-rate":
      return isNord ? absent(.noDenominator) : census(44_300 + 3000 * wave(index, 5), 52_000)
    case "turnover": return whole(284_000 + 21_000 * wave(index, 6))
    case "operating-result": return whole(-4000 + 15_000 * wave(index, 7))
    case "tonnes-since-start": return whole(Double(index + 1) * 12.5)
    default: return absent(.notCollected)
    }
  }

  private func parts(of indicator: Indicator, _ index: Int) -> [(Figure.Part, Double)] {
    func parts(_ field: String, _ values: [(String, Double)]) -> [(Figure.Part, Double)] {
      values.map { (Figure.Part(field: field, value: $0.0), $0.1) }
    }
    switch indicator.id {
    case "exits":
      return parts(
        "class",
        [
          ("durable", 18), ("other", 28), ("positive", 16), ("transition", 20), ("undocumented", 2),
          ("withdrawal", 6),
        ])
    case "follow-ups-at-6-months":
      return parts("situation", [("in_job", 19), ("lost", 8), ("not_in_job", 14), ("unknown", 43)])
    case "contributions-promised" where cooperation.id != SampleEdition.nord:
      return parts(
        "kind",
        [("entrusted_turnover", 30_000), ("skills_sponsorship", 12_000), ("social_expertise", 10_000)])
        + parts("organisation", organisations.map { ($0, 52_000 / Double(organisations.count)) })
    case "contributions-delivered" where cooperation.id != SampleEdition.nord:
      return parts(
        "kind",
        [
          ("entrusted_turnover", 27_500), ("in_kind", 1800), ("skills_sponsorship", 12_400),
          ("social_expertise", 2600),
        ]) + parts("organisation", organisations.map { ($0, 44_300 / Double(organisations.count)) })
    default: return []
    }
  }

  private var organisations: [String] { cooperation.partners.map(\.organisation).sorted() }
}
