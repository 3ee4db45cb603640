extension Measure {
  /// What an incidence follows; `nil` for any other kind.
  public var incidence: Incidence? { if case .incidence(let incidence) = self { incidence } else { nil } }

  /// A cohort, what ends the wait of its rows, and which of those ends is waited for (*risques concurrents*).
  ///
  /// A row whose wait has not ended is censored: nothing is known of it after the days it was followed.
  public struct Incidence: Hashable, Sendable {
    /// The rows followed, each with the days it was followed: to its end, or to the cut.
    public var cohort: Term
    /// What holds of a row whose wait is over, whichever way.
    public var ended: [Condition]
    /// What more holds of one that ended as is waited for.
    public var event: [Condition]
    /// What more holds of one that ended nobody knows how: it competes, and is told as lost; none when empty.
    public var lost: [Condition]
    /// The time within which the event is looked for, in months.
    public var months: Int

    /// An incidence with all its parts.
    public init(
      cohort: Term, ended: [Condition], event: [Condition], lost: [Condition] = [], months: Int
    ) {
      self.cohort = cohort
      self.ended = ended
      self.event = event
      self.lost = lost
      self.months = months
    }

    /// The time in whole days: a month is 365/12 days, as in the official length of a pathway.
    public var days: Int { months * 365 / 12 }

    /// The event waited for, the cohort, whatever ends the wait, and those lost if any is said to be.
    public var terms: [Term] {
      [narrowed(ended + event), cohort, narrowed(ended)] + (lost.isEmpty ? [] : [narrowed(ended + lost)])
    }

    private func narrowed(_ conditions: [Condition]) -> Term {
      var term = cohort
      term.conditions += conditions.filter { !cohort.conditions.contains($0) }
      return term
    }
  }
}
