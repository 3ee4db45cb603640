internal import Impact
internal import Postgres

/// Which figures have to be computed again, and from which quarter on.
///
/// A figure of a quarter rests on rows dated up to that quarter's end. So when nothing dated before a day has
/// changed, no figure of an earlier quarter has.
struct Renewal {
  /// The cooperations to be counted, in order of name, with their quarters.
  var spans: [Span] = []
  /// Cooperations of which something is to be noted though no figure moves, with their quarters.
  var noted: [Span] = []
  /// Cooperations that have figures and are to have none.
  var gone: [String] = []
  /// Indicators that have figures and are to have none.
  var goneIndicators: [String] = []
  /// Whether everything is computed, whatever there is.
  var isWhole = false
  /// Whether scores or social returns change without any figure changing.
  var isScorecardNew = false

  /// Quarters from which an entity's rows may have moved, by cooperation.
  private var entities: [String: [String: Quarter]] = [:]
  /// Quarters from which every indicator is computed again, by cooperation.
  private var everything: [String: Quarter] = [:]
  /// Indicators of which every figure is computed again, by name.
  private var definitions: Set<String> = []
  /// Of each indicator by name, those that are computed again with it, and the entities all of them are counted from.
  ///
  /// They are its versions, what it is derived from and what is derived from it.
  private var family: [String: (names: Set<String>, entities: Set<String>)] = [:]

  /// Everything, for lack of anything to go by.
  init(wholeOf archive: Archive, upTo last: Quarter) throws {
    isWhole = true
    spans = try archive.spans(upTo: last)
  }

  /// What changed between two computations.
  init(from old: Ledger, to new: Ledger, _ catalogue: Catalogue, in archive: Archive) throws {
    let last = new.perspective.quarter
    family = Renewal.families(catalogue)
    definitions = Set(
      new.indicators.filter { old.indicators[$0.key] != $0.value }.keys.map(Indicator.name(of:)))
    goneIndicators = old.indicators.keys.filter { new.indicators[$0] == nil }.sorted()
    isScorecardNew = old.scorecard != new.scorecard

    let changes = try Changes(after: old.perspective.batch, upTo: new.perspective.batch, in: archive)
    let known = try archive.knownSpans(upTo: last)
    let isCutMoved = old.perspective.cut != new.perspective.cut
    var comparison = Comparison(catalogue, from: old.perspective, to: new.perspective)
    var found: [String: Span] = [:]
    for one in known { found[one.name] = one.span }
    let stale = changes.cooperations(in: ["cooperation", "monthly_activity"])
    for name in stale { found[name] = nil }
    for span in try archive.spans(of: stale, upTo: last) { found[span.cooperation] = span }
    // A table sent for the first time speaks of quarters none of whose rows moved.
    for (name, receptions) in try archive.receptions(of: changes.cooperations) {
      guard let first = found[name]?.first else { continue }
      found[name]?.sent = Sent(receptions, from: first)
    }
    var before: [String: (span: Span?, last: Quarter)] = [:]
    for one in known { before[one.name] = (one.span, one.last) }
    gone = before.keys.filter { found[$0] == nil }.sorted()

    var toNote = stale
    for (name, span) in found {
      guard let (knownSpan, knownLast) = before[name], let knownSpan, knownSpan.kind == span.kind,
        knownSpan.form == span.form, knownSpan.started == span.started,
        knownSpan.first == span.first
      else {
        everything[name] = span.first
        continue
      }
      if let flipped = knownSpan.delivered.symmetricDifference(span.delivered).min() {
        note(flipped, name)
      }
      if knownLast != span.last { note(min(knownLast, span.last), name) }
      // The last quarter reported is provisional, whoever it is reported for.
      if old.perspective.quarter != last {
        for quarter in [old.perspective.quarter, last] where quarter <= span.last { note(quarter, name) }
      }
      let spoken = span.sent.tables(differingFrom: knownSpan.sent)
      // A table that tells of no entity, such as the targets, is noted all the same.
      if !spoken.isEmpty { toNote.append(name) }
      for entity in catalogue.vocabulary.entities where !spoken.isDisjoint(with: entity.toldIn) {
        note(span.first, name, entity.name)
      }
      for move in changes.moves(of: name, isCutMoved: isCutMoved) {
        let quarter = move.since ?? span.first
        guard quarter <= span.last else { continue }
        if move.isUncertain {
          comparison.ask(move, of: name)
        } else {
          note(quarter, name, move.entity)
        }
      }
    }
    for (entity, asked) in try comparison.order(in: archive) {
      for (name, quarter) in try comparison.moved(entity, asked, entities, in: archive) {
        guard let span = found[name], quarter <= span.last else { continue }
        note(max(quarter, span.first), name, entity)
      }
    }
    let all = found.values.filter {
      isScorecardNew || !definitions.isEmpty || everything[$0.cooperation] != nil
        || entities[$0.cooperation] != nil || !goneIndicators.isEmpty
    }
    spans = all.sorted { $0.cooperation < $1.cooperation }
    let counted = Set(spans.map(\.cooperation))
    noted = Set(toNote).sorted().compactMap { found[$0] }.filter { !counted.contains($0.cooperation) }
  }

  private mutating func note(_ quarter: Quarter, _ cooperation: String, _ entity: String) {
    entities[cooperation, default: [:]][entity] = min(entities[cooperation]?[entity] ?? quarter, quarter)
  }

  private mutating func note(_ quarter: Quarter, _ cooperation: String) {
    everything[cooperation] = min(everything[cooperation] ?? quarter, quarter)
  }

  /// The first quarter of an indicator to be computed again for a cooperation; `nil` when none is.
  ///
  /// - Parameters:
  ///   - name: the indicator's name, the same for all of its versions.
  ///   - span: the cooperation's quarters.
  /// - Returns: the quarter, not before the cooperation's first.
  func since(_ name: String, _ span: Span) -> Quarter? {
    if isWhole { return span.first }
    guard let family = family[name] else { return nil }
    if !definitions.isDisjoint(with: family.names) { return span.first }
    var since = everything[span.cooperation]
    for (entity, quarter) in entities[span.cooperation] ?? [:] where family.entities.contains(entity) {
      since = min(since ?? quarter, quarter)
    }
    // Activity may be sent for quarters that are not reported yet.
    return since.flatMap { $0 <= span.last ? max($0, span.first) : nil }
  }

  /// Indicators that are computed together, each by name.
  private static func families(
    _ catalogue: Catalogue
  ) -> [String: (names: Set<String>, entities: Set<String>)] {
    var groups: [(names: Set<String>, entities: Set<String>)] = []
    for definition in catalogue.definitions {
      var group = (
        names: Set([definition.name] + (definition.measure.expression?.indicators ?? [])),
        entities: Set(definition.measure.terms.map(\.entity))
      )
      groups.removeAll { other in
        guard !other.names.isDisjoint(with: group.names) else { return false }
        group.names.formUnion(other.names)
        group.entities.formUnion(other.entities)
        return true
      }
      groups.append(group)
    }
    var found: [String: (names: Set<String>, entities: Set<String>)] = [:]
    for group in groups {
      for name in group.names { found[name] = group }
    }
    return found
  }
}
