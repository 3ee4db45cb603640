/// Why a figure has a value and no interval.
public enum IntervalAbsence: String, Hashable, Sendable, CaseIterable {
  /// All there is was counted: people present or served, hours worked, money booked. It is no sample, and no chance made it.
  case fullCount = "full-count"
  /// Its rows are linked: several of one person, structure or partner vary together, and their number does not tell their
  /// chance.
  case linkedRows = "linked-rows"
  /// It is made of several figures that chance moves, perhaps over the same people, so that their intervals cannot be put
  /// together.
  case sharedRows = "shared-rows"
  /// It rests on fewer rows than its method needs: two for a mean, six for a median.
  case tooFew = "too-few"
  /// The event has happened to nobody, or to everybody: the log-log interval has no meaning there.
  case noneOrAll = "none-or-all"
  /// The one figure in it that chance moves has no interval itself, or may be zero where it divides.
  case noneOfItsPart = "none-of-its-part"
  /// The release was computed before its method was known.
  case notComputed = "not-computed"
  /// More in the numerator than in the denominator: the ratio is no share of it.
  case notAShare = "not-a-share"
}

extension Indicator {
  /// Why none of its figures has an interval; `nil` where some have.
  public var intervalAbsence: IntervalAbsence? {
    guard intervalMethod == nil else { return nil }
    if countsLinkedRows { return .linkedRows }
    return measure.expression != nil && derivedChance == .several ? .sharedRows : .fullCount
  }

  /// Why a value of it has no interval; `nil` where it has one.
  ///
  /// - Parameter value: the value.
  /// - Returns: the reason.
  public func intervalAbsence(of value: Figure.Value) -> IntervalAbsence? {
    guard value.interval == nil else { return nil }
    switch intervalMethod {
    case nil: return intervalAbsence
    case .wilson: return .notAShare
    case .logLog: return .noneOrAll
    case .carried: return .noneOfItsPart
    case .byar, .garwoodInverse, .garwoodRate: return .notComputed
    case .wilsonProduct: return .sharedRows
    case .student, .bootstrap, .newcombe, .mover, .welch: return .tooFew
    }
  }
}
