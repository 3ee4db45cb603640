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

  /// How far the value has come towards the target in force.
  var progress: Progress {
    .towards(target?.current, from: figure?.value?.number, direction: indicator.direction)
  }

  /// Whether the signal was looked for at all: overlapping windows are not judged, nor cut quarters.
  var isJudged: Bool { judgedOn.window == .quarter && !judgedOn.isCumulative && !isCutShort }

  /// Whether the cooperation ended inside the quarter, so that a total of it counts fewer months than others.
  var isCutShort: Bool { Judgement.isCutShort(quarter, of: judgedOn, for: cooperation) }

  static func isCutShort(_ quarter: Quarter, of indicator: Indicator, for cooperation: CooperationProfile)
    -> Bool
  {
    guard let end = cooperation.endedOn, end < quarter.end else { return false }
    switch indicator.measure {
    case .count, .distinct, .sum, .observed, .cumulative: return true
    // Arithmetic says nothing of what a cut quarter does to it; its window being cut is reason enough.
    case .derived: return true
    case .ratio, .stock, .duration: return false
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

  init(_ edition: Edition) {
    self.edition = edition
    var series: [Place: [Figure]] = [:]
    for figure in edition.figures.all where figure.key.part == nil {
      series[Place(indicator: figure.key.indicator, cooperation: figure.key.cooperation), default: []]
        .append(figure)
    }
    self.series = series
    var judgements: [Place: Judgement] = [:]
    for cooperation in edition.cooperations {
      for indicator in edition.catalogue.indicators {
        let place = Place(indicator: indicator.id, cooperation: cooperation.id)
        judgements[place] = Album.judgement(
          indicator, cooperation, edition: edition, series: series[place] ?? [],
          twin: Album.twin(of: indicator, in: edition.catalogue).map { twin in
            (twin, series[Place(indicator: twin.id, cooperation: cooperation.id)] ?? [])
          })
      }
    }
    self.judgements = judgements
    scores = Dictionary(grouping: edition.scores, by: \.cooperation)
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
    twin: (indicator: Indicator, series: [Figure])?
  ) -> Judgement {
    let quarter = cooperation.quarters.upperBound
    let figure = series.last { $0.key.quarter == quarter }
    let judgedOn = twin?.indicator ?? indicator
    var signal = Signal(of: twin?.series ?? series, indicator: judgedOn)
    if Judgement.isCutShort(quarter, of: judgedOn, for: cooperation) {
      signal = Signal(
        verdict: .tooFew, isUpward: nil, mean: nil,
        points: signal.points.map {
          Signal.Point(quarter: $0.quarter, value: $0.value, low: nil, high: nil, rules: [])
        })
    }
    let target = edition.target(indicator.id, cooperation.id, quarter)
    return Judgement(
      indicator: indicator, cooperation: cooperation, quarter: quarter, figure: figure, series: series,
      signal: signal, judgedOn: judgedOn, target: target,
      assurance: assurance(
        figure?.value, target: target?.current, direction: indicator.direction,
        limits: twin == nil ? signal.points.last : nil))
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
