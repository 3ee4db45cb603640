/// What chance alone would do to the many indicators looked at in one review.
///
/// Each chart alarms now and then although nothing moved. A review says how many such alarms to expect, and which of its
/// signals stand after Benjamini and Hochberg's control over all indicators judged. A verdict on an indicator the review does
/// not put forward is not among them: it is shown as not reviewed, and never as confirmed.
public struct ReviewAlarms: Hashable, Sendable {
  /// The share of the confirmed signals that may be false.
  public static let rate = 0.1

  /// How many indicators were judged.
  public let judged: Int
  /// How many of them chance alone makes alarm, on average.
  public let expected: Double
  /// For each indicator judged, the smallest rate of false alarms at which its change is still kept; one whose series does
  /// not vary has no test, and counts as never kept.
  public let adjusted: [String: Double]

  /// The alarms of one review, from the verdicts on each indicator judged.
  public init(_ signals: [(indicator: String, signal: Signal)]) {
    let judged = signals.filter(\.signal.isJudged)
    self.judged = judged.count
    expected = judged.reduce(0) { sum, one in
      // A 95 % interval leaves out zero one time in twenty.
      sum
        + (one.signal.basis == .difference
          ? 0.05 : one.signal.stable?.alarmRate(reviewed: one.signal.basis == .months ? 3 : 1) ?? 0)
    }
    let control = FalseDiscovery(judged.map { $0.signal.p ?? 1 })
    adjusted = Dictionary(zip(judged.map(\.indicator), control.adjusted)) { first, _ in first }
  }

  /// Whether the verdict on an indicator is one of those controlled.
  public func isReviewed(_ indicator: String) -> Bool { adjusted[indicator] != nil }

  /// Whether the change of an indicator stands after the control.
  public func isConfirmed(_ indicator: String) -> Bool {
    adjusted[indicator].map { $0 <= ReviewAlarms.rate } ?? false
  }
}
