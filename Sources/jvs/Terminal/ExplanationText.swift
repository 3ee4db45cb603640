import Impact
import Publication
import Store

/// A figure's account as a reader at a terminal sees it.
struct ExplanationText {
  let text: String

  init(_ explanation: Explanation, catalogue: Catalogue, release: Release?) {
    let figure = explanation.figure
    let indicator = explanation.indicator
    var lines = [
      "\(indicator.label.french) / \(indicator.label.english)",
      "\(figure.key.cooperation), \(figure.key.quarter)"
        + (figure.key.part.map { ", \($0.field) = \($0.value)" } ?? ""),
      "",
      "  figure      \(ExplanationText.words(figure, indicator))",
      "  question    \(indicator.question.french)",
      "  definition  \(indicator.id), version \(indicator.version), \(indicator.measure.kind), "
        + "window \(indicator.window.rawValue)",
    ]
    let definition = Definition(indicator, in: catalogue, .french)
    lines += (definition.formula + [definition.window]).enumerated().map { index, words in
      (index == 0 ? "  in words    " : "              ") + words
    }
    lines += [
      "  seen from   batch \(explanation.perspective.batch), cut \(explanation.perspective.cut), "
        + "catalogue \(catalogue.version)" + (release.map { ", release \($0.id)" } ?? ""),
      "  source      \(indicator.source.french)",
      "  limits      \(indicator.limits.french)",
    ]
    if let answers = figure.maturity, indicator.measure.asked != nil {
      lines.append("  unknown     \(answers.lost) of \(answers.followed) have no known answer")
    } else if let maturity = figure.maturity {
      lines.append(
        "  maturity    \(maturity.followed) followed, \(maturity.due) due, \(maturity.observed) observed, \(maturity.lost) lost"
      )
    }
    lines += ExplanationText.meanings(explanation, catalogue)
    lines += ExplanationText.derivation(explanation, catalogue)
    lines += FairnessText(explanation, catalogue: catalogue).lines
    let roles =
      switch indicator.measure {
      case .incidence: ["numerator", "denominator", "ended", "lost"]
      case .ratio where indicator.measure.asked != nil: ["numerator", "denominator", "asked"]
      case .ratio: ["numerator", "denominator", "followed", "due", "observed"]
      default: ["total"]
      }
    for (place, (role, account)) in zip(roles, explanation.accounts).enumerated() {
      lines += [
        "",
        "\(role): \(account.term.words) = \(account.total.map(ExplanationText.written) ?? "nothing to add up")",
      ]
      lines.append("  \(account.used.count) row(s) used" + (account.used.isEmpty ? "" : ":"))
      lines += ExplanationText.places(account.used)
      if !account.inputs.isEmpty {
        lines.append("  made with \(account.inputs.count) row(s) of files:")
        lines += ExplanationText.places(account.inputs)
      }
      for left in account.leftOut where left.rows > 0 {
        lines.append("  \(left.rows) row(s) left out: \(left.reason.words)")
      }
      if account.open > 0 {
        lines.append(
          "  \(account.open) row(s) left out may count, for all that is known: the total is not known")
      }
      if explanation.unsent.contains(place), account.rows == 0 {
        let files = (catalogue.vocabulary.entity(account.term.entity)?.toldIn ?? []).map { $0 + ".csv" }
        lines.append(
          "  no row is not zero: \(files.joined(separator: " and ")) had not been sent for the whole window; "
            + "send it, with its header alone when there is nothing to say")
      }
      lines.append("  sha256 of the rows used: \(account.digest) (made as jvs explain --help says)")
      lines.append("  " + account.statement.split(separator: "\n").joined(separator: "\n  "))
      for (index, parameter) in account.parameters.enumerated() {
        lines.append("    $\(index + 1) = \(parameter)")
      }
    }
    for operand in explanation.operands {
      let receipt = ExplanationText(operand, catalogue: catalogue, release: release).text
      lines += [
        "",
        "  " + receipt.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  "),
      ]
    }
    text = lines.joined(separator: "\n")
  }

  /// Files and lines, those of one import together.
  private static func places(_ sources: [Explanation.Source]) -> [String] {
    var groups: [(source: Explanation.Source, lines: [Int])] = []
    for source in sources {
      if let last = groups.last, last.source.importID == source.importID, last.source.file == source.file {
        groups[groups.count - 1].lines.append(source.line)
      } else {
        groups.append((source, [source.line]))
      }
    }
    return groups.map { source, lines in
      let shown = lines.prefix(20).map(String.init).joined(separator: ", ")
      return "    \(source.file), import \(source.importID): line \(shown)"
        + (lines.count > 20 ? " … (\(lines.count) lines; --json lists them all)" : "")
    }
  }

  /// What the words of the definition mean, and the reference rows in force in the window, as recorded.
  private static func meanings(_ explanation: Explanation, _ catalogue: Catalogue) -> [String] {
    let words = Definition(explanation.indicator, in: catalogue, .french).meanings.map { "  " + $0 }
    let rows = explanation.references.flatMap { table in
      ReferenceText(table, in: catalogue.vocabulary, language: .french).lines(of: table.rows).map {
        "  " + $0
      }
    }
    return (words.isEmpty ? [] : ["", "definitions:"] + words)
      + (rows.isEmpty ? [] : ["", "reference rows in force in the window:"] + rows)
  }

  /// What a derived figure is made of: the expression, its operands, and the parameters in force.
  private static func derivation(_ explanation: Explanation, _ catalogue: Catalogue) -> [String] {
    guard let expression = explanation.indicator.measure.expression else { return [] }
    let quarter = explanation.figure.key.quarter
    let operands = explanation.operands.map { operand in
      "  \(operand.figure.key.indicator), version \(operand.figure.indicatorVersion) = \(words(operand.figure, operand.indicator)); jvs explain \(operand.figure.key.cooperation)/\(operand.figure.key.indicator)/\(quarter)"
    }
    let parameters = explanation.parameters.map { name, value in
      guard let parameter = catalogue.parameter(name), let value else {
        return "  parameter \(name): no value in force on \(quarter.end)"
      }
      return
        "  parameter \(name) = \(value.text) \(parameter.unit), since \(value.validFrom), \(value.sureness.rawValue): \(value.source)"
    }
    return ["", "expression: \(expression)"] + operands + parameters
  }

  /// A number with all its digits, a whole one without a point.
  static func written(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func words(_ figure: Figure, _ indicator: Indicator) -> String {
    switch figure.content {
    case .absent(let absence): return "no value: \(absence.rawValue)"
    case .value(let value):
      var text = written(value.number)
      if let numerator = value.numerator, let denominator = value.denominator {
        text +=
          indicator.measure.incidence == nil
          ? " (\(written(numerator)) / \(written(denominator)))"
          : " (\(Int(numerator)) seen, \(Int(denominator)) followed)"
      }
      if let interval = value.interval, let method = indicator.intervalMethod {
        text += ", 95 % interval \(interval.low) to \(interval.high) (\(method.rawValue))"
      } else if let reason = indicator.intervalAbsence(of: value) {
        text += ", no interval (\(reason.rawValue))"
      }
      return text + ", \(figure.status.rawValue)"
    }
  }
}

extension Term {
  /// The term in words, as its definition writes it.
  var words: String {
    var text = "\(function.rawValue) of \(entity)" + (field.map { ".\($0)" } ?? "")
    if !conditions.isEmpty { text += " where " + conditions.map(\.words).joined(separator: " and ") }
    return text
  }
}

extension Explanation.Reason {
  /// The reason in words.
  var words: String {
    switch self {
    case .otherPart(let part): "another part than \(part.field) = \(part.value)"
    case .condition(let condition): "\(condition.words) does not hold"
    case .because(let condition, let why):
      "\(condition.words) does not hold: \(why.french) / \(why.english)"
    case .noField(let field): "\(field) is not known"
    }
  }
}

extension Condition {
  /// The condition in words.
  var words: String {
    switch test {
    case .oneOf(let values): "\(field) is \(values.joined(separator: " or "))"
    case .isTrue(let value): "\(field) is \(value)"
    case .atLeast(let number): "\(field) is at least \(number)"
    case .lessThan(let number): "\(field) is less than \(number)"
    case .equalTo(let number): "\(field) is \(number)"
    case .withinMonths(let months): "\(field) is within \(months) months after the quarter"
    case .known(let value): "\(field) is \(value ? "known" : "unknown")"
    }
  }
}

/// A figure's account for a machine.
struct ExplanationAnswer: Encodable {
  struct Source: Encodable {
    var importNumber: Int
    var file: String
    var line: Int
    var day: String
    var share: String?

    init(_ source: Explanation.Source) {
      (importNumber, file, line) = (source.importID, source.file, source.line)
      (day, share) = (source.day, source.share)
    }
  }
  /// What a word means.
  struct Meaning: Encodable {
    /// The entity, or the entity and the field.
    var name: String
    var fr: String
    var en: String
  }
  /// A row of a reference table.
  struct Reference: Encodable {
    var table: String
    var validFrom: String
    var cells: [String: String]
  }
  struct LeftOut: Encodable {
    var reason: String
    var rows: Int
  }
  struct Account: Encodable {
    var term: String
    var total: Double?
    var used: [Source]
    /// Rows of files that go into those used.
    var inputs: [Source]
    var leftOut: [LeftOut]
    var sha256: String
    var statement: String
    var parameters: [String]
  }

  var indicator: String
  var version: Int
  var cooperation: String
  var quarter: String
  var value: Double?
  /// The 95 % interval and how it was made, or why the value has none.
  var low: Double?
  var high: Double?
  var intervalMethod: String?
  var intervalAbsence: String?
  var absence: String?
  var batch: Int
  var cut: String
  var accounts: [Account]
  var expression: String?
  var operands: [ExplanationAnswer]
  /// What fields and entities of the definition mean.
  var definitions: [Meaning]
  /// The reference rows in force in the window.
  var references: [Reference]
  /// The value of each parameter in force on the quarter's last day.
  var parameters: [String: String?]
  /// The comparison with the other cooperations, for a rate that is compared.
  var comparison: FairnessAnswer?

  init(_ explanation: Explanation, catalogue: Catalogue) {
    definitions =
      catalogue.entities(of: explanation.indicator).compactMap { entity in
        entity.definition.map { Meaning(name: entity.name, fr: $0.french, en: $0.english) }
      }
      + catalogue.fields(of: explanation.indicator).compactMap { use in
        use.field.definition.map {
          Meaning(name: "\(use.entity.name).\(use.field.name)", fr: $0.french, en: $0.english)
        }
      }
    references = explanation.references.flatMap { table in
      table.rows.map { row in
        let cells = zip(table.columns.map(\.name), row.cells).filter { !$0.1.isEmpty }
        return Reference(
          table: table.name, validFrom: row.validFrom.description,
          cells: Dictionary(cells) { first, _ in first })
      }
    }
    comparison = FairnessAnswer(explanation, catalogue: catalogue)
    parameters = Dictionary(explanation.parameters.map { ($0.name, $0.value?.text) }) { first, _ in first }
    indicator = explanation.indicator.id
    version = explanation.indicator.version
    cooperation = explanation.figure.key.cooperation
    quarter = explanation.figure.key.quarter.description
    let content = explanation.figure.value
    value = content?.number
    (low, high) = (content?.interval?.low, content?.interval?.high)
    intervalMethod = content?.interval == nil ? nil : explanation.indicator.intervalMethod?.rawValue
    intervalAbsence = content.flatMap { explanation.indicator.intervalAbsence(of: $0)?.rawValue }
    absence = explanation.figure.absence?.rawValue
    batch = explanation.perspective.batch
    cut = explanation.perspective.cut.description
    expression = explanation.indicator.measure.expression.map { "\($0)" }
    operands = explanation.operands.map { ExplanationAnswer($0, catalogue: catalogue) }
    accounts = explanation.accounts.map { account in
      Account(
        term: account.term.words, total: account.total,
        used: account.used.map(Source.init), inputs: account.inputs.map(Source.init),
        leftOut: account.leftOut.map { LeftOut(reason: $0.reason.words, rows: $0.rows) },
        sha256: account.digest, statement: account.statement, parameters: account.parameters)
    }
  }
}
