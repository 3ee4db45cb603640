internal import Impact

/// Figures as rows: a figure a row, with all that is needed to read it alone.
struct FigureRows {
  static let header = [
    "release", "cooperation", "cooperation_name", "indicator", "indicator_version", "label_fr", "label_en",
    "dimension", "quarter", "period_start", "period_end", "window", "part_field", "part_value", "unit",
    "value",
    "numerator", "denominator", "n", "low", "high", "interval_method", "interval_absence", "status",
    "absence", "followed", "due",
    "observed",
    "lost", "asked", "unknown",
    "target_original", "target_current", "target_kind", "progress", "progress_state", "period_status",
    "data_nature",
  ]

  private let release: String
  private let names: Names
  private let targets: [Figure.Key: Target]
  private let edition: Edition

  init(_ edition: Edition) {
    release = edition.release.id
    names = Names(edition)
    self.edition = edition
    let targets = edition.targets.map { target in
      let key = Figure.Key(
        indicator: target.indicator, cooperation: target.cooperation, quarter: target.quarter)
      return (key, target)
    }
    self.targets = Dictionary(targets) { first, _ in first }
  }

  /// The table of these figures.
  func table(_ figures: [Figure]) -> CSV { CSV(FigureRows.header, rows: figures.map(row)) }

  /// How far a figure has come: a share of the way where `covered`, a distance where `off`; else why it is none.
  private func progress(_ figure: Figure, _ target: Target?, _ indicator: Indicator?) -> (
    number: Double?, state: String?
  ) {
    // Targets are decided for the whole.
    guard figure.key.part == nil, let indicator else { return (nil, nil) }
    switch Progress.towards(
      target?.current, from: figure.value?.number, direction: indicator.direction)
    {
    case .covered(let share): return (share, "covered")
    case .holds: return (nil, "holds")
    case .off(let distance): return (distance, "off")
    case .undefined(let reason): return (nil, reason.rawValue)
    }
  }

  private func row(_ figure: Figure) -> [CSV.Cell] {
    let key = figure.key
    let indicator = names.indicator(key.indicator)
    let value = figure.value
    // A masked figure holds no number at all, not even how many were followed.
    let shown = figure.absence == .tooFew ? nil : figure.maturity
    let isAsked = indicator?.measure.asked != nil
    let (maturity, answers) = isAsked ? (nil, shown) : (shown, nil)
    // Targets are decided for the whole: a part of a breakdown has none.
    let target = targets[key]
    let progress = progress(figure, target, indicator)
    return [
      .text(release), .text(key.cooperation), .text(names.cooperation(key.cooperation)),
      .text(key.indicator), .integer(figure.indicatorVersion), .text(indicator?.label.french),
      .text(indicator?.label.english), .text(indicator?.dimension), .text(key.quarter.description),
      .text(key.quarter.start.description), .text(key.quarter.end.description),
      .text(indicator?.window.rawValue), .text(key.part?.field), .text(key.part?.value),
      .text(indicator?.unit.rawValue), .number(value?.number), .number(value?.numerator),
      .number(value?.denominator), .integer(value?.count), .number(value?.interval?.low),
      .number(value?.interval?.high),
      .text(value?.interval == nil ? nil : indicator?.intervalMethod?.rawValue),
      .text(value.flatMap { indicator?.intervalAbsence(of: $0)?.rawValue }),
      .text(figure.status.rawValue), .text(figure.absence?.rawValue),
      .integer(maturity?.followed), .integer(maturity?.due), .integer(maturity?.observed),
      .integer(maturity?.lost), .integer(answers?.followed), .integer(answers?.lost),
      .number(target?.original?.value), .number(target?.current?.value),
      .text(target?.current?.kind.rawValue), .number(progress.number), .text(progress.state),
      .text(edition.period(key.cooperation, key.quarter).state.rawValue),
      .text(names.dataNature(key.cooperation)),
    ]
  }
}
