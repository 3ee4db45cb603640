import Capture
import Impact

/// The targets of a quarter with how far its values have come, for a reader at a terminal and for a machine.
struct TargetReport {
  let targets: [Target]
  /// The figures of the quarter, and the release they are of.
  let known: (release: String?, figures: [Figure])
  let catalogue: Catalogue

  /// Indicators that have a value and no target: not targets of 0.
  var unset: [String] {
    known.figures.filter { figure in
      figure.value != nil && !targets.contains { $0.indicator == figure.key.indicator }
    }.map(\.key.indicator)
  }

  /// The same for a reader: headline indicators by name, the others by number.
  var unsetText: String? {
    let headlines = unset.filter { catalogue.indicator($0)?.isHeadline ?? false }
    let others = unset.count - headlines.count
    guard !unset.isEmpty else { return nil }
    let parts =
      headlines
      + (others > 0 ? ["\(others) \(headlines.isEmpty ? "" : "other ")indicator(s) with a value"] : [])
    return "No target set: \(parts.joined(separator: ", "))."
  }

  private func value(_ indicator: String) -> Double? {
    known.figures.first { $0.key.indicator == indicator }?.value?.number
  }

  private func progress(_ target: Target) -> Impact.Progress {
    .towards(
      target.current, from: value(target.indicator),
      direction: catalogue.indicator(target.indicator)?.direction ?? .neutral)
  }

  /// A target in lines: first and current, progress, every decision.
  func text(_ target: Target) -> String {
    func decided(_ revision: Target.Revision?) -> String {
      revision.map { "\($0.value) (\($0.kind.rawValue))" } ?? "none"
    }
    var lines = [
      "\(target.indicator), \(target.quarter): first \(decided(target.original)), current \(decided(target.current))",
      "  progress: " + words(progress(target), value(target.indicator), target.current?.baseline),
    ]
    if catalogue.indicator(target.indicator) == nil {
      lines[1] =
        "  progress undefined: the catalogue has no indicator of this name"
        + NearestName.hint(for: target.indicator, among: catalogue.indicators.map(\.id))
    }
    for revision in target.revisions {
      lines.append(
        "  \(revision.decidedOn)  \(decided(revision))"
          + (revision.baseline.map { ", from \($0)" } ?? "")
          + (revision.decidedBy.map { ", by \($0)" } ?? "") + ", \(revision.reason): \(revision.decision)")
    }
    return lines.joined(separator: "\n")
  }

  private func words(_ progress: Impact.Progress, _ value: Double?, _ baseline: Double?) -> String {
    let seen =
      value.map {
        " (value \(($0 * 10_000).rounded() / 10_000), \(known.release.map { "release \($0)" } ?? "computed, not released"))"
      } ?? ""
    switch progress {
    case .covered(let share):
      return "\((share * 1000).rounded() / 10) % of the \(baseline == nil ? "target" : "way")" + seen
    case .holds: return "the value is where it should be" + seen
    case .off(let distance): return "off by \((distance * 10_000).rounded() / 10_000)" + seen
    case .undefined(.noTarget): return "undefined, no target set"
    case .undefined(.noValue):
      return known.figures.isEmpty
        ? "undefined, nothing was computed for this quarter yet; run jvs compute"
        : "undefined, there is no value for this quarter"
    case .undefined(.noBaseline): return "undefined, nobody said where the value started (baseline)" + seen
    }
  }

  /// The targets for a machine, then the indicators that have none.
  func answers(_ quarter: Quarter) -> [TargetsCommand.Answer] {
    targets.map { target in
      TargetsCommand.Answer(
        indicator: target.indicator, quarter: target.quarter.description, original: target.original?.value,
        current: target.current?.value,
        revisions: target.revisions.map {
          TargetsCommand.Answer.Revision(
            value: $0.value, kind: $0.kind.rawValue, baseline: $0.baseline,
            decidedOn: $0.decidedOn.description, decidedBy: $0.decidedBy, reason: $0.reason,
            decision: $0.decision)
        }, value: value(target.indicator), release: known.release, progress: answer(progress(target)))
    }
      + unset.map { indicator in
        TargetsCommand.Answer(
          indicator: indicator, quarter: quarter.description, revisions: [], value: value(indicator),
          release: known.release,
          progress: answer(.towards(nil, from: value(indicator), direction: .neutral)))
      }
  }

  private func answer(_ progress: Impact.Progress) -> TargetsCommand.Answer.Progress {
    switch progress {
    case .covered(let share): TargetsCommand.Answer.Progress(state: "covered", share: share)
    case .holds: TargetsCommand.Answer.Progress(state: "holds")
    case .off(let distance): TargetsCommand.Answer.Progress(state: "off", offBy: distance)
    case .undefined(let reason): TargetsCommand.Answer.Progress(state: "undefined", reason: reason.rawValue)
    }
  }
}
