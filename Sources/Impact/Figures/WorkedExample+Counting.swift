extension WorkedExample {
  /// What a definition gives on the example, without a database.
  ///
  /// Rows are counted here as the statements of a computation count recorded ones, and totals become a figure by the very
  /// rules of one (``Figure/assembled(_:totals:isDelivered:appliesHere:shortfall:seed:)``); `jvs indicators test` runs the
  /// statements themselves on the same rows. The case is the definition's own: whom it applies to, when it is in force and
  /// what parts it has do not matter here.
  ///
  /// - Parameters:
  ///   - definition: the definition.
  ///   - vocabulary: the words it uses.
  /// - Returns: a value, without its interval when it is that of a duration, or the reason for its absence.
  public func content(of definition: Indicator, vocabulary: Vocabulary) -> Figure.Content {
    if let expression = definition.measure.expression { return content(of: definition, expression) }
    let totals = definition.measure.terms.map { term -> TermTotal in
      guard let entity = vocabulary.entity(term.entity) else {
        return TermTotal(total: nil, rows: 0, matching: 0)
      }
      return ExampleRows(rows[term.entity] ?? [], of: entity, for: definition)
        .total(of: term, within: definition.measure.incidence)
    }
    return Figure.assembled(
      definition, totals: totals, isDelivered: true, appliesHere: true,
      shortfall: definition.shortfall(
        reportedFor: WorkedExample.quarter, deliveredSince: WorkedExample.first,
        startedOn: WorkedExample.first.start)
    ).content
  }
}

/// The rows of one entity in an example, seen from the window of a definition.
private struct ExampleRows {
  private typealias Row = [String: String]

  private let rows: [Row]
  private let entity: Vocabulary.Entity
  private let window: Window
  /// The last quarter of the window.
  private let last: Quarter

  init(_ rows: [[String: String]], of entity: Vocabulary.Entity, for definition: Indicator) {
    self.entity = entity
    window = definition.reportingWindow
    last = definition.windowEnd(reportedFor: WorkedExample.quarter)
    let day = WorkedExample.day(of: definition).description
    // A row that does not say when it happened happens in the window.
    self.rows = rows.map { row in row[entity.date] == nil ? row.merging([entity.date: day]) { $1 } : row }
  }

  func total(of term: Term, within incidence: Measure.Incidence?) -> TermTotal {
    let reached = rows.filter { term.function == .stock ? isStanding($0) : isInWindow($0) }
    let matching = reached.filter { meets($0, term.conditions) }
    let questions = entity.opening(term)
    let open = reached.filter { row in questions.contains { meets(row, $0) } }.count
    var total = TermTotal(
      total: Double(matching.count), rows: reached.count, matching: matching.count, open: open)
    let texts = term.field.map { field in matching.compactMap { $0[field] } } ?? []
    switch term.function {
    case .count, .stock: break
    case .distinct: total.total = Double(Set(texts).count)
    case .sum: total.total = texts.isEmpty ? nil : ExampleRows.sum(texts)
    case .mean:
      total.total = texts.isEmpty ? nil : ExampleRows.sum(texts) / Double(texts.count)
      total.known = texts.count
    case .median:
      total.total = ExampleRows.median(texts.compactMap(Double.init))
      total.known = texts.count
    case .time: total.lives = incidence.map { lives(matching, $0, field: term.field ?? entity.date) }
    }
    return total
  }

  // MARK: Which rows

  private func day(_ field: String?, of row: Row) -> Day? { field.flatMap { row[$0] }.flatMap { Day($0) } }

  private func isInWindow(_ row: Row) -> Bool {
    guard let day = day(entity.date, of: row) else { return false }
    return day <= last.end && window.start(endingWith: last).map { $0 <= day } ?? true
  }

  private func isStanding(_ row: Row) -> Bool {
    guard let day = day(entity.date, of: row), day <= last.end else { return false }
    return self.day(entity.until, of: row).map { $0 > last.end } ?? true
  }

  private func meets(_ row: Row, _ conditions: [Condition]) -> Bool {
    conditions.allSatisfy { condition in
      let cell = row[condition.field]
      func compare(_ bound: String, _ test: (Double, Double) -> Bool) -> Bool {
        guard let number = cell.flatMap(Double.init), let bound = Double(bound) else { return false }
        return test(number, bound)
      }
      switch condition.test {
      case .oneOf(let values): return cell.map(values.contains) ?? false
      case .isTrue(let isTrue): return cell == (isTrue ? "true" : "false")
      case .atLeast(let bound): return compare(bound, >=)
      case .lessThan(let bound): return compare(bound, <)
      case .equalTo(let bound): return compare(bound, ==)
      case .withinMonths(let months):
        // What is ahead is ahead of the quarter reported, however the window is shifted.
        guard let day = cell.flatMap({ Day($0) }) else { return false }
        let end = WorkedExample.quarter.end
        return day > end && day < end.adding(days: 1).adding(months: months)
      case .known(let isKnown): return (cell != nil) == isKnown
      }
    }
  }

  // MARK: What they add up to

  /// The sum of decimal texts, without any rounding before the end as long as its digits fit.
  private static func sum(_ texts: [String]) -> Double {
    let scale = texts.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max() ?? 0
    var sum: Int128 = 0
    for text in texts {
      let parts = text.split(separator: ".")
      let decimals = parts.dropFirst().first ?? ""
      let digits = (parts.first ?? "") + decimals + String(repeating: "0", count: scale - decimals.count)
      guard let number = Int128(digits), case let (next, hasOverflown) = sum.addingReportingOverflow(number),
        !hasOverflown
      else { return texts.compactMap(Double.init).reduce(0, +) }
      sum = next
    }
    return Double("\(sum)e-\(scale)") ?? Double(sum)
  }

  private static func median(_ numbers: [Double]) -> Double? {
    let sorted = numbers.sorted()
    guard let last = sorted.last else { return nil }
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted.count == 1 ? last : sorted[middle] }
    return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2
  }

  /// The life table of a cohort at the cut of the quarter.
  private func lives(_ cohort: [Row], _ incidence: Measure.Incidence, field: String) -> LifeTable {
    let terms = incidence.terms
    let cut = ReleaseCalendar.cut(of: WorkedExample.quarter)
    return LifeTable(
      cohort.compactMap { row -> LifeTable.Row? in
        guard let followed = row[field].flatMap(Double.init), let began = day(entity.date, of: row) else {
          return nil
        }
        let days = Int(min(max(followed.rounded(.down), 0), Double(incidence.days + 1)))
        let hasEnded = meets(row, terms[2].conditions)
        let isEvent = meets(row, terms[0].conditions)
        let isLost = terms.count > 3 && meets(row, terms[3].conditions)
        let isDue = cut.days(since: began) >= incidence.days
        let isMissing =
          days <= incidence.days && (isLost || (days < incidence.days && !hasEnded))
        return LifeTable.Row(
          days: days, events: isEvent ? 1 : 0, others: hasEnded && !isEvent ? 1 : 0,
          censored: hasEnded ? 0 : 1, due: isDue ? 1 : 0, observed: isDue && !isMissing ? 1 : 0)
      })
  }
}
