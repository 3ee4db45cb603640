extension Measure.Expression {
  /// What an expression may cost: enough for any ratio a person can read, too little to harm.
  public enum Limit {
    /// Bytes of its text.
    public static let bytes = 4096
    /// Parentheses, functions and signs inside each other.
    public static let depth = 32
    /// Numbers, names and operations in all.
    public static let nodes = 256
    /// Different indicators.
    public static let references = 16
  }

  /// What is wrong with an expression, and where.
  public struct Fault: Error, Hashable, Sendable {
    /// Bytes before the place.
    public var offset: Int
    /// What is wrong and what to do.
    public var message: String
  }

  /// The expression written in a text, with the place of every name.
  public struct Reading: Hashable, Sendable {
    /// The expression.
    public var expression: Measure.Expression
    /// Bytes before the first mention of each indicator and parameter.
    public var places: [String: Int]
  }

  /// Reads an expression.
  ///
  /// A hyphen between letters belongs to a name, as in `public-aid`; to subtract, put spaces around the minus.
  ///
  /// - Throws: ``Fault`` with the first thing that is wrong.
  public static func read(_ text: String) throws(Fault) -> Reading {
    let bytes = Array(text.utf8)
    guard bytes.count <= Limit.bytes else {
      throw Fault(
        offset: 0, message: "the expression is longer than \(Limit.bytes / 1024) KiB; split it in indicators")
    }
    var parser = Parser(tokens: try Token.all(in: bytes))
    let expression = try parser.whole()
    guard expression.indicators.count <= Limit.references else {
      throw Fault(
        offset: 0,
        message: "the expression names more than \(Limit.references) indicators; split it in indicators")
    }
    guard !expression.indicators.isEmpty else {
      throw Fault(offset: 0, message: "the expression names no indicator; a derived indicator needs one")
    }
    return Reading(expression: expression, places: parser.places)
  }
}

/// A word, number or sign of an expression.
private struct Token {
  enum Kind: Equatable {
    case number(String)
    case name(String)
    case sign(UInt8)
    case end
  }
  var kind: Kind
  var offset: Int

  static func all(in bytes: [UInt8]) throws(Measure.Expression.Fault) -> [Token] {
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    var tokens: [Token] = []
    var index = 0
    func text(from start: Int) -> String { String(decoding: bytes[start..<index], as: UTF8.self) }
    while index < bytes.count {
      let byte = bytes[index]
      let start = index
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        index += 1
      } else if isLetter(byte) {
        index += 1
        while index < bytes.count {
          let next = bytes[index]
          let isInner =
            next == UInt8(ascii: "-") && index + 1 < bytes.count
            && (isLetter(bytes[index + 1]) || isDigit(bytes[index + 1]))
          guard isLetter(next) || isDigit(next) || next == UInt8(ascii: "_") || isInner else { break }
          index += 1
        }
        tokens.append(Token(kind: .name(text(from: start)), offset: start))
      } else if isDigit(byte) {
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), isDigit(bytes[index + 1]) {
          index += 1
          while index < bytes.count, isDigit(bytes[index]) { index += 1 }
        }
        guard index - start <= 30, index == bytes.count || !isLetter(bytes[index]) else {
          throw Measure.Expression.Fault(
            offset: start, message: "a number is written with digits and a dot, such as 12 or 0.5")
        }
        tokens.append(Token(kind: .number(text(from: start)), offset: start))
      } else if "+-*/(),".utf8.contains(byte) {
        index += 1
        tokens.append(Token(kind: .sign(byte), offset: start))
      } else {
        throw Measure.Expression.Fault(
          offset: start,
          message:
            "an expression holds names in lower case, numbers, + - * / and parentheses only; remove what stands here"
        )
      }
    }
    return tokens + [Token(kind: .end, offset: bytes.count)]
  }
}

/// Reads tokens by recursive descent: sums of products of factors.
private struct Parser {
  typealias Expression = Measure.Expression

  let tokens: [Token]
  var places: [String: Int] = [:]
  private var position = 0
  private var nodes = 0
  private var depth = 0

  init(tokens: [Token]) { self.tokens = tokens }

  private var token: Token { tokens[position] }

  mutating func whole() throws(Expression.Fault) -> Expression {
    let expression = try sum()
    guard token.kind == .end else { throw unexpected("an operation, or the end") }
    return expression
  }

  private mutating func sum() throws(Expression.Fault) -> Expression {
    var left = try product()
    while let operation = take([.add, .subtract]) { left = try made(.operation(operation, left, product())) }
    return left
  }

  private mutating func product() throws(Expression.Fault) -> Expression {
    var left = try factor()
    while let operation = take([.multiply, .divide]) {
      left = try made(.operation(operation, left, factor()))
    }
    return left
  }

  private mutating func factor() throws(Expression.Fault) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Expression.Limit.depth else {
      throw fault("the expression is nested deeper than \(Expression.Limit.depth) levels; flatten it")
    }
    let place = token
    switch place.kind {
    case .number(let text):
      position += 1
      return try made(.number(text))
    case .sign(UInt8(ascii: "-")):
      position += 1
      return try made(.negated(factor()))
    case .sign(UInt8(ascii: "(")):
      position += 1
      let inner = try sum()
      try expect(UInt8(ascii: ")"), "a closing parenthesis")
      return inner
    case .name(let name):
      position += 1
      guard token.kind == .sign(UInt8(ascii: "(")) else {
        places[name] = places[name] ?? place.offset
        return try made(.indicator(name))
      }
      position += 1
      return try call(name, at: place)
    default: throw unexpected("a name, a number or a parenthesis")
    }
  }

  private mutating func call(_ name: String, at place: Token) throws(Expression.Fault) -> Expression {
    if name == "parameter" {
      guard case .name(let parameter) = token.kind else { throw unexpected("the name of a parameter") }
      places[parameter] = places[parameter] ?? token.offset
      position += 1
      try expect(UInt8(ascii: ")"), "a closing parenthesis")
      return try made(.parameter(parameter))
    }
    guard let choice = Expression.Choice(rawValue: name) else {
      throw Expression.Fault(
        offset: place.offset,
        message: "an expression has no function of this name; use min, max or parameter")
    }
    var values = [try sum()]
    while token.kind == .sign(UInt8(ascii: ",")) {
      position += 1
      values.append(try sum())
    }
    try expect(UInt8(ascii: ")"), "a comma or a closing parenthesis")
    guard values.count > 1 else {
      throw Expression.Fault(offset: place.offset, message: "\(name) compares two values or more; add one")
    }
    return try made(.choice(choice, values))
  }

  private mutating func take(_ operations: [Expression.Operation]) -> Expression.Operation? {
    guard case .sign(let byte) = token.kind,
      let operation = operations.first(where: { $0.rawValue.utf8.first == byte })
    else { return nil }
    position += 1
    return operation
  }

  private mutating func expect(_ sign: UInt8, _ what: String) throws(Expression.Fault) {
    guard token.kind == .sign(sign) else { throw unexpected(what) }
    position += 1
  }

  private mutating func made(_ expression: Expression) throws(Expression.Fault) -> Expression {
    nodes += 1
    guard nodes <= Expression.Limit.nodes else {
      throw fault("the expression has more than \(Expression.Limit.nodes) parts; split it in indicators")
    }
    return expression
  }

  private func fault(_ message: String) -> Expression.Fault {
    Expression.Fault(offset: token.offset, message: message)
  }

  private func unexpected(_ wanted: String) -> Expression.Fault {
    let found =
      switch token.kind {
      case .number(let text): "the number \(text)"
      case .name(let name): "\"\(name)\""
      case .sign(let byte): "\"\(Character(Unicode.Scalar(byte)))\""
      case .end: "the end"
      }
    return fault("\(found) stands where \(wanted) is expected")
  }
}
