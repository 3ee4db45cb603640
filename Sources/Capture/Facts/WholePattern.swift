/// A regular expression that must match a whole text, for the constraint `pattern` of a schema.
///
/// A small dialect (literals, classes, `\d \w \s`, groups, `|`, `? * + {m,n}`) run as an automaton: its time
/// is linear in the text, so no file can make an import hang. ASCII only; a character outside ASCII is
/// matched by `.`, by a negated class and by nothing else.
final class WholePattern {
  struct Problem: Error {
    var reason: String
  }

  private indirect enum Tree {
    case symbols(Set<UInt8>)
    case sequence([Tree])
    case choice([Tree])
    case loop(Tree, least: Int, most: Int?)
  }

  private enum State {
    case symbols(Set<UInt8>, next: Int)
    case fork([Int])
    case accept
  }

  /// Stands for every character outside ASCII.
  private static let foreign: UInt8 = 128

  private var states: [State] = []
  private var first = 0
  // Sets of states met so far, each a row of transitions; -1: not yet known, 0: dead.
  private static let width = Int(foreign) + 1
  @exclusivity(unchecked) private var transitions: [Int] = []
  private var members: [[Int]] = []
  @exclusivity(unchecked) private var accepting: [Bool] = []
  private var rowOf: [[Int]: Int] = [:]
  private var startRow = 0

  init(_ pattern: String) throws {
    var parser = Parser(bytes: Array(pattern.utf8))
    let tree = try parser.parse()
    states.append(.accept)
    first = try build(tree, next: 0)
    _ = row(for: [])
    startRow = row(for: closure([first]))
  }

  /// Whether the whole text matches.
  func matches(_ text: String) -> Bool { matches(text.utf8Span.span) }

  /// Whether the whole text, in UTF-8, matches.
  func matches(_ text: Span<UInt8>) -> Bool {
    var current = startRow
    for i in text.indices where text[i] & 0xC0 != 0x80 {
      let symbol = Int(min(text[i], WholePattern.foreign))
      var target = transitions[current * WholePattern.width + symbol]
      if target < 0 { target = transition(from: current, symbol) }
      if target == 0 { return false }
      current = target
    }
    return accepting[current]
  }

  /// The row a symbol leads to, met for the first time.
  private func transition(from current: Int, _ symbol: Int) -> Int {
    let set = step(members[current], UInt8(symbol))
    let known = members.count
    let target = row(for: set)
    // Where everything was forgotten, the row the symbol was met in is no more.
    if members.count >= known { transitions[current * WholePattern.width + symbol] = target }
    return target
  }

  // MARK: Automaton

  private func add(_ state: State) throws -> Int {
    guard states.count < 5_000 else { throw Problem(reason: "it is too long") }
    states.append(state)
    return states.count - 1
  }

  private func build(_ tree: Tree, next: Int) throws -> Int {
    switch tree {
    case .symbols(let symbols): return try add(.symbols(symbols, next: next))
    case .sequence(let parts):
      var target = next
      for part in parts.reversed() { target = try build(part, next: target) }
      return target
    case .choice(let parts): return try add(.fork(try parts.map { try build($0, next: next) }))
    case .loop(let part, let least, let most):
      var target = next
      if let most {
        for _ in least..<most { target = try add(.fork([try build(part, next: target), next])) }
      } else {
        let fork = try add(.fork([]))
        states[fork] = .fork([try build(part, next: fork), next])
        target = fork
      }
      for _ in 0..<least { target = try build(part, next: target) }
      return target
    }
  }

  private func closure(_ roots: [Int]) -> [Int] {
    var found: Set<Int> = []
    var pending = roots
    while let state = pending.popLast() {
      guard found.insert(state).inserted else { continue }
      if case .fork(let targets) = states[state] { pending += targets }
    }
    return found.sorted()
  }

  private func step(_ set: [Int], _ symbol: UInt8) -> [Int] {
    closure(
      set.compactMap {
        if case .symbols(let symbols, let next) = states[$0], symbols.contains(symbol) { next } else { nil }
      })
  }

  private func row(for set: [Int]) -> Int {
    if let known = rowOf[set] { return known }
    if members.count > 2_000 {
      // Forget rather than grow; a pattern of a schema never comes near.
      (transitions, members, accepting, rowOf) = ([], [], [], [:])
      _ = row(for: [])
      startRow = row(for: closure([first]))
      if let known = rowOf[set] { return known }
    }
    transitions.append(contentsOf: repeatElement(-1, count: WholePattern.width))
    members.append(set)
    accepting.append(set.contains(0))
    rowOf[set] = members.count - 1
    return members.count - 1
  }

  // MARK: Syntax

  private struct Parser {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func parse() throws -> Tree {
      guard bytes.count <= 4096 else { throw Problem(reason: "it is too long") }
      guard bytes.allSatisfy({ $0 < 0x80 }) else { throw Problem(reason: "only ASCII is understood") }
      if peek == UInt8(ascii: "^") { position += 1 }
      let tree = try choice()
      if peek == UInt8(ascii: "$"), position == bytes.count - 1 { position += 1 }
      guard position == bytes.count else { throw unexpected() }
      return tree
    }

    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    func unexpected() -> Problem {
      guard let byte = peek else { return Problem(reason: "it ends too early") }
      return Problem(
        reason: "\"\(Character(Unicode.Scalar(byte)))\" at character \(position + 1) is not understood there")
    }

    mutating func choice() throws -> Tree {
      depth += 1
      defer { depth -= 1 }
      guard depth <= 32 else { throw Problem(reason: "it is nested too deeply") }
      var parts = [try sequence()]
      while peek == UInt8(ascii: "|") {
        position += 1
        parts.append(try sequence())
      }
      return parts.count == 1 ? parts[0] : .choice(parts)
    }

    mutating func sequence() throws -> Tree {
      var parts: [Tree] = []
      while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
        if byte == UInt8(ascii: "$"), position == bytes.count - 1 { break }
        parts.append(try repeated(try atom()))
      }
      return .sequence(parts)
    }

    mutating func repeated(_ tree: Tree) throws -> Tree {
      switch peek {
      case UInt8(ascii: "?"):
        position += 1
        return .loop(tree, least: 0, most: 1)
      case UInt8(ascii: "*"):
        position += 1
        return .loop(tree, least: 0, most: nil)
      case UInt8(ascii: "+"):
        position += 1
        return .loop(tree, least: 1, most: nil)
      case UInt8(ascii: "{"):
        position += 1
        let least = try number()
        var most: Int? = least
        if peek == UInt8(ascii: ",") {
          position += 1
          most = peek == UInt8(ascii: "}") ? nil : try number()
        }
        guard peek == UInt8(ascii: "}"), least <= most ?? Int.max else { throw unexpected() }
        position += 1
        return .loop(tree, least: least, most: most)
      default: return tree
      }
    }

    mutating func number() throws -> Int {
      var value: Int?
      while let byte = peek, (0x30...0x39).contains(byte) {
        value = (value ?? 0) * 10 + Int(byte - 0x30)
        guard value ?? 0 <= 1000 else { throw Problem(reason: "it repeats more than 1000 times") }
        position += 1
      }
      guard let value else { throw unexpected() }
      return value
    }

    mutating func atom() throws -> Tree {
      guard let byte = peek else { throw unexpected() }
      switch byte {
      case UInt8(ascii: "("):
        position += 1
        if peek == UInt8(ascii: "?") {
          guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ":") else {
            throw unexpected()
          }
          position += 2
        }
        let tree = try choice()
        guard peek == UInt8(ascii: ")") else { throw unexpected() }
        position += 1
        return tree
      case UInt8(ascii: "["): return .symbols(try characterClass())
      case UInt8(ascii: "."):
        position += 1
        return .symbols(Set(0...WholePattern.foreign).subtracting([0x0A, 0x0D]))
      case UInt8(ascii: "\\"):
        position += 1
        return .symbols(try escape())
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        UInt8(ascii: "]"), UInt8(ascii: "^"), UInt8(ascii: "$"):
        throw unexpected()
      default:
        position += 1
        return .symbols([byte])
      }
    }

    mutating func escape() throws -> Set<UInt8> {
      guard let byte = peek else { throw unexpected() }
      let digits = Set(UInt8(ascii: "0")...UInt8(ascii: "9"))
      let letters = Set(UInt8(ascii: "a")...UInt8(ascii: "z")).union(UInt8(ascii: "A")...UInt8(ascii: "Z"))
      switch byte {
      case UInt8(ascii: "d"):
        position += 1
        return digits
      case UInt8(ascii: "w"):
        position += 1
        return digits.union(letters).union([UInt8(ascii: "_")])
      case UInt8(ascii: "s"):
        position += 1
        return [0x20, 0x09, 0x0A, 0x0D]
      default:
        guard !digits.contains(byte), !letters.contains(byte) else { throw unexpected() }
        position += 1
        return [byte]
      }
    }

    mutating func characterClass() throws -> Set<UInt8> {
      position += 1
      var isNegated = false
      if peek == UInt8(ascii: "^") {
        isNegated = true
        position += 1
      }
      var symbols: Set<UInt8> = []
      while let byte = peek, byte != UInt8(ascii: "]") {
        position += 1
        if byte == UInt8(ascii: "[") { throw Problem(reason: "a class inside a class is not understood") }
        if byte == UInt8(ascii: "\\") {
          symbols.formUnion(try escape())
          continue
        }
        if peek == UInt8(ascii: "-"), position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "]") {
          position += 1
          guard let last = peek, last != UInt8(ascii: "\\"), byte <= last else { throw unexpected() }
          position += 1
          symbols.formUnion(byte...last)
        } else {
          symbols.insert(byte)
        }
      }
      guard peek == UInt8(ascii: "]"), !symbols.isEmpty else { throw unexpected() }
      position += 1
      return isNegated ? Set(0...WholePattern.foreign).subtracting(symbols) : symbols
    }
  }
}
