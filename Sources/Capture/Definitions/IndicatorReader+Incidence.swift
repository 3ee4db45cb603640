internal import Impact
internal import Yams

extension IndicatorReader {
  /// Reads what a `kind: incidence` follows: its cohort, what ends the wait, what is waited for, and until when.
  func incidence(_ entries: [String: Node], _ root: Node) -> Measure? {
    for key in ["term", "ended", "event", "horizon"] where entries[key] == nil {
      file.report("missing", at: root, "an incidence needs its \(key); add it")
    }
    guard let node = entries["term"], let cohort = term(node, "the term of an incidence", [.time]),
      let entity = vocabulary?.entity(cohort.entity)
    else { return nil }
    func part(_ key: String) -> [Condition]? {
      guard let node = entries[key] else { return nil }
      let found = conditions(node, on: entity)
      if case .mapping(let mapping) = node, mapping.isEmpty {
        file.report("value", at: node, "\(key) has no condition; write what must hold")
      }
      return found
    }
    let months = horizon(entries["horizon"])
    let lost = part("lost") ?? []
    guard let ended = part("ended"), let event = part("event"), let months else { return nil }
    let incidence = Measure.Incidence(cohort: cohort, ended: ended, event: event, lost: lost, months: months)
    let isBound = incidence.terms.flatMap(\.conditions).contains {
      if case .withinMonths = $0.test { true } else { false }
    }
    if isBound {
      file.report(
        "value", at: node, "an incidence has its own horizon; remove within_months from its conditions")
      return nil
    }
    return .incidence(incidence)
  }

  /// The months within which the event is looked for.
  private func horizon(_ node: Node?) -> Int? {
    guard let node, let entries = file.entries(of: node, in: "horizon", required: ["months"]),
      let months = file.integer(entries["months"], "months", atLeast: 1)
    else { return nil }
    if months > Limit.months {
      file.report("value", at: entries["months"], "a horizon is \(Limit.months) months at most; correct it")
      return nil
    }
    return months
  }
}
