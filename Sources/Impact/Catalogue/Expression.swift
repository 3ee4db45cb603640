extension Measure {
  /// Arithmetic on other indicators: `(public-aid + subsidies) / exits-durable`.
  ///
  /// Numbers, names of indicators, `parameter(name)`, `+ - * /`, parentheses, `min(…)` and `max(…)`; nothing
  /// else, so that whatever is written can be read aloud, and always ends.
  public indirect enum Expression: Hashable, Sendable {
    /// An operation on two sides.
    public enum Operation: String, Hashable, Sendable, CaseIterable {
      /// Both together.
      case add = "+"
      /// The left without the right.
      case subtract = "-"
      /// One times the other.
      case multiply = "*"
      /// The left for one of the right.
      case divide = "/"
    }

    /// A choice among several values.
    public enum Choice: String, Hashable, Sendable, CaseIterable {
      /// The least of them.
      case least = "min"
      /// The greatest of them.
      case greatest = "max"
    }

    /// A number, as it is written.
    case number(String)
    /// The value of another indicator.
    case indicator(String)
    /// The value of a parameter in force on the quarter's last day.
    case parameter(String)
    /// The opposite of a value.
    case negated(Expression)
    /// An operation on two sides.
    case operation(Operation, Expression, Expression)
    /// The least or the greatest of several.
    case choice(Choice, [Expression])

    /// The indicators it names, each once, in the order they are written.
    public var indicators: [String] { names { if case .indicator(let name) = $0 { name } else { nil } } }

    /// The parameters it names, each once, in the order they are written.
    public var parameters: [String] { names { if case .parameter(let name) = $0 { name } else { nil } } }

    /// Top and bottom, when the whole is one division.
    public var division: (top: Expression, bottom: Expression)? {
      if case .operation(.divide, let top, let bottom) = self { (top, bottom) } else { nil }
    }

    private func names(_ name: (Expression) -> String?) -> [String] {
      var found: [String] = []
      visit { expression in
        if let name = name(expression), !found.contains(name) { found.append(name) }
      }
      return found
    }

    private func visit(_ body: (Expression) -> Void) {
      body(self)
      switch self {
      case .number, .indicator, .parameter: break
      case .negated(let inner): inner.visit(body)
      case .operation(_, let left, let right):
        left.visit(body)
        right.visit(body)
      case .choice(_, let values): for value in values { value.visit(body) }
      }
    }
  }
}

extension Measure.Expression: CustomStringConvertible {
  /// The expression as its definition would write it, with no more parentheses than needed.
  public var description: String { written { _ in nil } }

  /// The expression with its names replaced, such as by labels.
  ///
  /// - Parameter name: what to write for an indicator or a parameter; `nil` leaves its name.
  /// - Returns: the expression in those words.
  public func written(_ name: (Measure.Expression) -> String?) -> String {
    written(above: 0) { expression in
      switch expression {
      case .indicator(let id): name(expression) ?? id
      case .parameter(let id): name(expression) ?? "parameter(\(id))"
      default: ""
      }
    }
  }

  private func written(above rank: Int, _ name: (Measure.Expression) -> String) -> String {
    switch self {
    case .number(let text): return text
    case .indicator, .parameter: return name(self)
    case .negated(let inner): return "-" + inner.written(above: 3, name)
    case .choice(let choice, let values):
      return "\(choice.rawValue)(" + values.map { $0.written(above: 0, name) }.joined(separator: ", ") + ")"
    case .operation(let operation, let left, let right):
      let own = operation == .add || operation == .subtract ? 1 : 2
      // What stands right of a minus or a division keeps its parentheses: neither may be regrouped.
      let text =
        left.written(above: own, name) + " \(operation.rawValue) " + right.written(above: own + 1, name)
      return own < rank ? "(\(text))" : text
    }
  }
}
