public import Impact

/// How a figure came about (*reçu*): the statements, what each term counted, and from which rows.
public struct Explanation: Sendable {
  /// A row of a partner's file, as an entity of the vocabulary shows it.
  public struct Source: Hashable, Sendable {
    /// The number of the import that recorded it.
    public var importID: Int
    /// The file, as it was named at import.
    public var file: String
    /// The line in it.
    public var line: Int
    /// The day the row is counted at.
    public var day: String
    /// What it brings to the total: the number summed, or the value told apart; `nil` when rows are counted.
    public var share: String?
  }

  /// Why rows of the window do not count.
  public enum Reason: Hashable, Sendable {
    /// They belong to another part of the breakdown.
    case otherPart(Figure.Part)
    /// A condition of the term does not hold, or is not known to.
    case condition(Condition)
    /// The same, for a reason the vocabulary gives for the condition's field.
    case because(Condition, Localized)
    /// They meet every condition, and lack the field that is summed or told apart.
    case noField(String)
  }

  /// One term of the figure.
  public struct Account: Sendable {
    /// The definition's term.
    public var term: Term
    /// Its total as the database counts it in one plain statement; `nil` when there is nothing to add up.
    public var total: Double?
    /// The rows that count, in the order of import, line, day and share.
    public var used: [Source]
    /// Rows of the window that do not, each under the first reason that applies.
    public var leftOut: [(reason: Reason, rows: Int)]
    /// Of those left out, the rows that might count for all that is known: any makes the term unknown.
    public var open = 0
    /// Rows of files that go into those that count, where these are made of several.
    ///
    /// Such as the hours behind a month of a convention. In the order of entity, import and line; `share` is `nil`.
    public var inputs: [Source]
    /// SHA-256 over the used rows, one a line as `import/line/day/share`, sorted as bytes.
    public var digest: String
    /// Rows of the window, in whatever part.
    public var rows: Int
    /// The statement that counted it, with `$n` in the place of constants.
    public var statement: String
    /// The constants, in order.
    public var parameters: [String]

    /// The total counted anew from the listed rows alone; `nil` when a listed share is no number.
    public var rebuilt: TermTotal? {
      let withoutField = leftOut.reduce(0) { sum, left in
        if case .noField = left.reason { sum + left.rows } else { sum }
      }
      var found = TermTotal(total: nil, rows: rows, matching: used.count + withoutField, open: open)
      switch term.function {
      case .count, .stock: found.total = Double(used.count)
      case .time: found.total = Double(found.matching)
      case .distinct: found.total = Double(Set(used.map(\.share)).count)
      case .median:
        let numbers = used.compactMap { Double($0.share ?? "") }.sorted()
        guard numbers.count == used.count else { return nil }
        guard !numbers.isEmpty else { break }
        found.values = numbers
        let (low, high) = (numbers[(numbers.count - 1) / 2], numbers[numbers.count / 2])
        found.total = low + (high - low) / 2
      case .sum, .mean:
        var numbers: [ExactSum] = []
        for source in used {
          let bytes = Array((source.share ?? "").utf8)
          guard let number = bytes.withUnsafeBufferPointer({ ExactSum(decimal: $0) }) else { return nil }
          numbers.append(number)
        }
        guard !numbers.isEmpty else { break }
        let sum = numbers.reduce(.zero, +).number
        found.total = sum
        guard term.function == .mean else { break }
        found.total = sum / Double(numbers.count)
        found.known = numbers.count
        // Squares of quotients have more digits than are kept exactly.
        let squares = numbers.compactMap(\.squared)
        found.squares =
          squares.count == numbers.count
          ? squares.reduce(.zero, +).number : numbers.reduce(0) { $0 + $1.number * $1.number }
      }
      return found
    }
  }

  /// The figure.
  public var figure: Figure
  /// Its definition.
  public var indicator: Indicator
  /// What it was seen from.
  public var perspective: Archive.Perspective
  /// Its terms, in the order of the definition; none when it is derived.
  public var accounts: [Account]
  /// For a derived figure, the receipts of the figures it is made of, in the order they are named.
  public var operands: [Explanation]
  /// For a derived figure, its parameters with the value in force.
  public var parameters: [(name: String, value: Parameter.Dated?)]
  /// The reference rows in force in its window, by table, that its fields are computed with, as recorded.
  public var references: [ReferenceTable]
  /// Whether the cooperation sent anything for the quarter.
  public var isDelivered: Bool
  /// Places of the terms that no row says nothing of: the files that would tell of it had not been sent for the window.
  public var unsent: Set<Int>
  /// Whether the indicator applies to the cooperation.
  public var applies: Bool
  /// Why its window is not whole; `nil` when it is.
  public var shortfall: Figure.Absence?
  /// The comparison with the other cooperations that may be read; `nil` for a figure that is not compared, or when fewer
  /// than two cooperations have the rate.
  public var fairness: Fairness?

  /// The figure made anew from the listed rows alone; `nil` when a listed share is no number.
  public var rebuilt: Figure.Content? {
    if let expression = indicator.measure.expression {
      var figures: [String: Figure] = [:]
      for operand in operands {
        guard let content = operand.rebuilt else { return nil }
        figures[operand.figure.key.indicator] = operand.figure
        figures[operand.figure.key.indicator]?.content = content
      }
      let values = Dictionary(parameters.map { ($0.name, $0.value?.number) }) { first, _ in first }
      return Figure(
        derived: indicator, expression, operands: figures, key: figure.key, appliesHere: applies
      ) { values[$0] ?? nil }.content
    }
    var totals = accounts.compactMap(\.rebuilt)
    guard totals.count == accounts.count else { return nil }
    if let incidence = indicator.measure.incidence {
      guard let lives = lives(of: incidence) else { return nil }
      totals[1].lives = lives
    }
    return Figure.assembled(
      indicator, totals: totals, isDelivered: isDelivered, unsent: unsent, appliesHere: applies,
      shortfall: shortfall,
      seed: figure.key.seed
    ).content
  }

  /// The life table of the listed rows; `nil` when a row of one has no number of days.
  private func lives(of incidence: Measure.Incidence) -> LifeTable? {
    struct Place: Hashable {
      var importID: Int
      var line: Int
    }
    func places(_ account: Int) -> Set<Place> {
      guard account < accounts.count else { return [] }
      return Set(accounts[account].used.map { Place(importID: $0.importID, line: $0.line) })
    }
    let (events, ended, lost) = (places(0), places(2), places(3))
    var rows: [LifeTable.Row] = []
    for source in accounts[1].used {
      guard let number = Double(source.share ?? ""), let day = Day(source.day) else { return nil }
      let place = Place(importID: source.importID, line: source.line)
      let days = max(0, Int(number.rounded(.down)))
      let isOver = ended.contains(place)
      let isEvent = events.contains(place)
      let isDue = perspective.cut.days(since: day) >= incidence.days
      let isKnown =
        days > incidence.days || !lost.contains(place) && (isOver || days == incidence.days)
      rows.append(
        LifeTable.Row(
          days: min(days, incidence.days + 1), events: isEvent ? 1 : 0, others: isOver && !isEvent ? 1 : 0,
          censored: isOver ? 0 : 1, due: isDue ? 1 : 0, observed: isDue && isKnown ? 1 : 0))
    }
    return LifeTable(rows)
  }
}
