import Foundation
import Impact

/// What changed definitions and reference tables make of the figures of a release, indicator by indicator.
struct DefinitionComparison {
  /// What became of one indicator.
  private struct Entry {
    var name: String
    var before: Indicator?
    var after: Indicator?
    var changes: [FigureChange]
    var figures: Int

    /// Whether figures change under an unchanged version, which readers could not tell apart.
    var needsVersion: Bool {
      guard let before, let after, before.measure.expression == nil else { return false }
      return !changes.isEmpty && before.version == after.version && before != after
    }
  }

  private let entries: [Entry]
  private let references: [ReferenceChange]

  /// Compares figures of the same facts.
  ///
  /// - Parameters:
  ///   - defined: the indicators whose definition differs.
  ///   - moved: those whose definition does not, but which read a reference table that does; told where a figure changes.
  ///   - references: the rows of reference tables that differ.
  ///   - old: the definitions and figures of the release.
  ///   - new: the definitions as they are, and what they give.
  init(
    defined: [String], moved: [String], references: [ReferenceChange],
    from old: (catalogue: Catalogue, figures: [Figure]), to new: (catalogue: Catalogue, figures: [Figure])
  ) {
    self.references = references
    let before = Dictionary(grouping: old.figures) { Indicator.name(of: $0.key.indicator) }
    let after = Dictionary(grouping: new.figures) { Indicator.name(of: $0.key.indicator) }
    let all = (defined + moved).map { name in
      let (left, right) = (before[name] ?? [], after[name] ?? [])
      return Entry(
        name: name, before: old.catalogue.indicator(name), after: new.catalogue.indicator(name),
        changes: FigureChange.all(from: left, to: right), figures: Set((left + right).map(\.key)).count)
    }
    entries = all.prefix(defined.count) + all.dropFirst(defined.count).filter { !$0.changes.isEmpty }
  }

  /// The comparison for a reader at a terminal.
  func text(_ release: Release, limit: Int) -> String {
    var lines = [
      "Against \(release.id): catalogue \(release.catalogueVersion), facts of batch \(release.batch), every quarter up to \(release.quarter)."
    ]
    if entries.isEmpty, references.isEmpty {
      return lines[0] + "\nNo definition differs, and no row of a reference table."
    }
    lines += DefinitionComparison.lines(of: references)
    for entry in entries {
      lines += ["", DefinitionComparison.heading(entry)]
      for change in entry.changes.prefix(limit) {
        let key = change.key
        lines.append(
          "  \(key.cooperation) \(key.quarter)" + (key.part.map { " \($0.field)=\($0.value)" } ?? "")
            + (key.indicator == entry.name ? "" : " (\(key.indicator))") + "  "
            + DefinitionComparison.words(change.before, entry.before ?? entry.after) + " → "
            + DefinitionComparison.words(change.after, entry.after ?? entry.before))
      }
      if entry.changes.count > limit {
        lines.append("  … \(entry.changes.count - limit) more; --limit \(entry.changes.count) lists them")
      }
      if entry.needsVersion {
        lines.append(
          "  The figures change and the version does not: raise it, and keep the old one beside it.")
      }
    }
    let changed = entries.reduce(0) { $0 + $1.changes.count }
    let all = entries.reduce(0) { $0 + $1.figures }
    let definitions = entries.filter { $0.before != $0.after }.count
    lines += [
      "",
      "\(definitions) definition(s) and \(references.count) reference row(s) differ; \(changed) of \(all) figure(s) of \(entries.count) indicator(s) would change.",
    ]
    return lines.joined(separator: "\n")
  }

  private static func heading(_ entry: Entry) -> String {
    guard let before = entry.before else { return "\(entry.name): new, \(entry.figures) figure(s)" }
    guard let after = entry.after else { return "\(entry.name): removed, with \(entry.figures) figure(s)" }
    let version =
      before.version == after.version
      ? "version \(after.version)" : "version \(before.version) → \(after.version)"
    if entry.changes.isEmpty {
      return before == after
        ? "\(entry.name), \(version): what it reads is said otherwise, no figure changes"
        : "\(entry.name), \(version): written otherwise, no figure changes"
    }
    return "\(entry.name), \(version): \(entry.changes.count) of \(entry.figures) figure(s) change"
  }

  /// The rows of reference tables that differ, table by table: which, from what to what.
  private static func lines(of references: [ReferenceChange]) -> [String] {
    var lines: [String] = []
    for (index, change) in references.enumerated() {
      if index == 0 || references[index - 1].table != change.table {
        let count = references.filter { $0.table == change.table }.count
        lines += ["", "reference/\(change.table).csv: \(count) row(s) differ"]
      }
      let subject = (change.subject + ["from \(change.validFrom)"]).joined(separator: ", ")
      let cells = change.cells.map { cell in
        func words(_ text: String?) -> String { text.map { $0.isEmpty ? "nothing" : $0 } ?? "nothing" }
        return change.isNew
          ? "\(cell.column) \(words(cell.after))"
          : change.isGone
            ? "\(cell.column) \(words(cell.before))"
            : "\(cell.column) \(words(cell.before)) → \(words(cell.after))"
      }
      let mark = change.isNew ? "new row, " : change.isGone ? "no more, " : ""
      lines.append("  \(subject): \(mark)" + cells.joined(separator: "; "))
    }
    return lines
  }

  private static func words(_ content: Figure.Content?, _ indicator: Indicator?) -> String {
    switch content {
    case nil: return "nothing"
    case .absent(let reason): return reason.rawValue
    case .value(let value):
      let number =
        indicator?.unit == .percent
        ? String(format: "%.1f %%", value.number * 100) : plain(value.number)
      guard let numerator = value.numerator, let denominator = value.denominator else { return number }
      return "\(number) (\(plain(numerator))/\(plain(denominator)))"
    }
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(format: "%.2f", number)
  }

  // MARK: For a machine

  /// The comparison for a machine.
  struct Answer: Encodable {
    struct Content: Encodable {
      var value: Double?
      var numerator: Double?
      var denominator: Double?
      var absence: String?
    }
    struct Change: Encodable {
      var figure: String
      var before: Content?
      var after: Content?
    }
    struct Definition: Encodable {
      var indicator: String
      var versionBefore: Int?
      var versionAfter: Int?
      var figures: Int
      var changed: Int
      var needsVersion: Bool
      var changes: [Change]
    }
    struct Reference: Encodable {
      struct Cell: Encodable {
        var column: String
        var before: String?
        var after: String?
      }
      var table: String
      var subject: [String]
      var validFrom: String
      var isNew: Bool
      var isGone: Bool
      var cells: [Cell]
    }
    var release: String
    var references: [Reference]
    var definitions: [Definition]
  }

  /// The comparison, with at most `limit` changes of each indicator.
  func answer(_ release: Release, limit: Int) -> Answer {
    Answer(
      release: release.id,
      references: references.map { change in
        Answer.Reference(
          table: change.table, subject: change.subject, validFrom: change.validFrom.description,
          isNew: change.isNew, isGone: change.isGone,
          cells: change.cells.map {
            Answer.Reference.Cell(column: $0.column, before: $0.before, after: $0.after)
          })
      },
      definitions: entries.map { entry in
        Answer.Definition(
          indicator: entry.name, versionBefore: entry.before?.version, versionAfter: entry.after?.version,
          figures: entry.figures, changed: entry.changes.count, needsVersion: entry.needsVersion,
          changes: entry.changes.prefix(limit).map { change in
            let key = change.key
            let part = key.part.map { "/\($0.field)=\($0.value)" } ?? ""
            return Answer.Change(
              figure: "\(key.cooperation)/\(key.indicator)/\(key.quarter)\(part)",
              before: DefinitionComparison.content(change.before),
              after: DefinitionComparison.content(change.after))
          })
      })
  }

  private static func content(_ content: Figure.Content?) -> Answer.Content? {
    switch content {
    case nil: nil
    case .absent(let reason): Answer.Content(absence: reason.rawValue)
    case .value(let value):
      Answer.Content(value: value.number, numerator: value.numerator, denominator: value.denominator)
    }
  }
}
