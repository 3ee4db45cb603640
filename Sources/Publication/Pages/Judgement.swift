internal import Impact

/// One indicator of one cooperation at one quarter, with everything a page says about it.
struct Judgement: Sendable {
  /// What is known of a target.
  enum Assurance: Hashable, Sendable {
    /// The usual variation, or the interval, lies on the good side of the target.
    case met
    /// It lies on the bad side.
    case missed
    /// The target lies inside it.
    case uncertain
    /// Nobody set a target.
    case noTarget
    /// There is no value to compare.
    case noValue
  }

  let indicator: Indicator
  let cooperation: CooperationProfile
  let quarter: Quarter
  /// The figure; `nil` when the release has none.
  let figure: Figure?
  /// Its figures of every quarter up to this one.
  let series: [Figure]
  /// What the series says of the last point.
  let signal: Signal
  /// The indicator the signal was judged on: itself, or its quarterly twin.
  let judgedOn: Indicator
  let target: Target?
  let assurance: Assurance
  /// The change since the quarter before; `nil` when the two windows overlap, or without both values.
  var sinceQuarter: Change?
  /// The change since the same quarter of the year before.
  var sinceYear: Change?

  /// How far the value has come towards the target in force.
  var progress: Progress {
    .towards(target?.current, from: figure?.value?.number, direction: indicator.direction)
  }

  /// Whether its chart is one of quarters, so that its limits stand in the series of quarters.
  var hasQuarterLimits: Bool {
    judgedOn.id == indicator.id && signal.basis == .quarters && signal.mean != nil
  }

  /// Whether the cooperation ended inside the quarter, so that a total of it counts fewer months than others.
  static func isCutShort(_ quarter: Quarter, of indicator: Indicator, for cooperation: CooperationProfile)
    -> Bool
  {
    guard let end = cooperation.endedOn, end < quarter.end else { return false }
    switch indicator.measure {
    case .count, .distinct, .sum, .observed, .cumulative: return true
    // Arithmetic says nothing of what a cut quarter does to it; its window being cut is reason enough.
    case .derived: return true
    case .ratio, .stock, .duration, .incidence: return false
    }
  }
}

/// An edition arranged for the pages: series and judgements, made once for both languages.
struct Album: Sendable {
  private struct Place: Hashable {
    var indicator: String
    var cooperation: String
  }

  let edition: Edition
  private let series: [Place: [Figure]]
  private let judgements: [Place: Judgement]
  private let scores: [String: [Score]]
  private let alarms: [String: ReviewAlarms]
  /// Indicators over all the cooperations shown, in the order of the catalogue.
  let portfolio: [PortfolioFigure]
  /// Rates compared between cooperations, in the order of the catalogue.
  let fairness: [Fairness]

  init(_ edition: Edition) {
    self.edition = edition
    var series: [Place: [Figure]] = [:]
    for figure in edition.figures.all where figure.key.part == nil {
      series[Place(indicator: figure.key.indicator, cooperation: figure.key.cooperation), default: []]
        .append(figure)
    }
    self.series = series
    let months = Dictionary(
      edition.months.map { (Place(indicator: $0.indicator, cooperation: $0.cooperation), $0) }
    ) { first, _ in first }
    var judgements: [Place: Judgement] = [:]
    for cooperation in edition.cooperations {
      for indicator in edition.catalogue.indicators {
        let place = Place(indicator: indicator.id, cooperation: cooperation.id)
        let twin = Album.twin(of: indicator, in: edition.catalogue)
        let judged = twin.map { Place(indicator: $0.id, cooperation: cooperation.id) } ?? place
        judgements[place] = Album.judgement(
          indicator, cooperation, edition: edition, series: series[place] ?? [],
          twin: twin.map { ($0, series[judged] ?? []) }, months: months[judged])
      }
    }
    self.judgements = judgements
    scores = Dictionary(grouping: edition.scores, by: \.cooperation)
    alarms = Dictionary(
      edition.cooperations.map { cooperation in
        // What a review puts forward, each once: a rolling year is judged on its quarterly twin.
        let reviewed = edition.catalogue.reviewed.compactMap { indicator in
          judgements[Place(indicator: indicator.id, cooperation: cooperation.id)]
        }
        let signals = Dictionary(reviewed.map { ($0.judgedOn.id, $0.signal) }) { first, _ in first }
        return (
          cooperation.id,
          ReviewAlarms(signals.sorted { $0.key < $1.key }.map { (indicator: $0.key, signal: $0.value) })
        )
      }
    ) { first, _ in first }
    let now = Dictionary(
      grouping: edition.figures.all.filter {
        $0.key.part == nil && $0.key.quarter == edition.release.quarter
      },
      by: \.key.indicator)
    portfolio = edition.catalogue.portfolio(of: now, people: edition.people, pools: edition.pools)
    fairness = edition.catalogue.indicators.filter(\.isCompared).compactMap { indicator in
      Fairness(
        indicator, figures: now[indicator.id] ?? [], population: edition.populations[indicator.id])
    }
  }

  /// What chance alone would do to the indicators of a cooperation's review.
  func alarms(_ cooperation: CooperationProfile) -> ReviewAlarms {
    alarms[cooperation.id] ?? ReviewAlarms([])
  }

  /// The judgement of an indicator for a cooperation at its last quarter.
  func judgement(_ indicator: Indicator, _ cooperation: CooperationProfile) -> Judgement? {
    judgements[Place(indicator: indicator.id, cooperation: cooperation.id)]
  }

  /// The figures of an indicator for a cooperation, in order of quarter.
  func series(_ indicator: String, _ cooperation: String) -> [Figure] {
    series[Place(indicator: indicator, cooperation: cooperation)] ?? []
  }

  /// The scores of a cooperation for a quarter, dimensions first, then the overall one.
  func scores(_ cooperation: String, _ quarter: Quarter) -> [Score] {
    (scores[cooperation] ?? []).filter { $0.quarter == quarter }
  }

  /// A rolling-year indicator shares nine months between neighbours, so its quarterly twin is judged.
  private static func twin(of indicator: Indicator, in catalogue: Catalogue) -> Indicator? {
    let suffix = "-rolling-year"
    guard indicator.window == .rollingYear, indicator.id.hasSuffix(suffix) else { return nil }
    return catalogue.indicator(String(indicator.id.dropLast(suffix.count)))
  }

  private static func judgement(
    _ indicator: Indicator, _ cooperation: CooperationProfile, edition: Edition, series: [Figure],
    twin: (indicator: Indicator, series: [Figure])?, months: MonthlySeries?
  ) -> Judgement {
    let quarter = cooperation.quarters.upperBound
    let figure = series.last { $0.key.quarter == quarter }
    let judgedOn = twin?.indicator ?? indicator
    let signal = signal(
      judgedOn, twin?.series ?? series, months, quarter,
      isCutShort: Judgement.isCutShort(quarter, of: judgedOn, for: cooperation))
    let target = edition.target(indicator.id, cooperation.id, quarter)
    return Judgement(
      indicator: indicator, cooperation: cooperation, quarter: quarter, figure: figure, series: series,
      signal: signal, judgedOn: judgedOn, target: target,
      assurance: assurance(
        figure?.value, target: target?.current, direction: indicator.direction,
        limits: twin == nil && signal.basis == .quarters ? signal.points.last : nil),
      sinceQuarter: change(indicator, series, to: quarter, quarters: 1),
      sinceYear: change(indicator, series, to: quarter, quarters: 4))
  }

  /// The chart of months where there are enough of them, else the chart of quarters, else the difference from the quarter
  /// before.
  private static func signal(
    _ indicator: Indicator, _ series: [Figure], _ months: MonthlySeries?, _ quarter: Quarter,
    isCutShort: Bool
  ) -> Signal {
    let quarters = Signal(of: series, indicator: indicator)
    guard !isCutShort else { return Signal(silent: .cutShort, points: quarters.points) }
    if let months {
      let signal = Signal(of: months, indicator: indicator, quarter: quarter)
      if signal.isJudged { return signal }
    }
    guard !quarters.isJudged, quarters.silence != .overlap, quarters.silence != .cumulative,
      let change = change(indicator, series, to: quarter, quarters: 1),
      let signal = Signal(of: change, points: quarters.points, indicator: indicator)
    else { return quarters }
    return signal
  }

  private static func change(_ indicator: Indicator, _ series: [Figure], to quarter: Quarter, quarters: Int)
    -> Change?
  {
    guard let now = series.last(where: { $0.key.quarter == quarter }),
      let before = series.last(where: { $0.key.quarter == quarter.advanced(by: -quarters) })
    else { return nil }
    return Change(from: before, to: now, of: indicator)
  }

  private static func assurance(
    _ value: Figure.Value?, target decided: Target.Revision?, direction: Direction, limits: Signal.Point?
  ) -> Judgement.Assurance {
    guard let decided else { return .noTarget }
    guard let value else { return .noValue }
    let low = limits?.low ?? value.interval?.low ?? value.number
    let high = limits?.high ?? value.interval?.high ?? value.number
    // Zero, and a ceiling, are reached from above, whatever the indicator's direction.
    let isLower = direction == .lower || decided.kind != .reach
    let target = decided.kind == .keepAtZero || decided.kind == .reduceToZero ? 0 : decided.value
    if isLower ? high <= target : low >= target { return .met }
    if isLower ? low > target : high < target { return .missed }
    return .uncertain
  }
}

extension Catalogue {
  /// The indicators a review puts forward: the headline ones, or all where none is marked.
  var reviewed: [Indicator] {
    let marked = indicators.filter(\.isHeadline)
    return marked.isEmpty ? indicators : marked
  }
}
