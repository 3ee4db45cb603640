/// A tree of HTML or SVG, escaped when rendered.
///
/// There is no way to build one from unescaped text except `raw`, which takes text known at compile time.
struct Markup: Sendable {
  indirect enum Storage: Sendable {
    case text(String)
    case raw(StaticString)
    case group([Markup])
    /// The style sheet, which holds no text of anybody.
    case styleSheet
    case element(Tag, [Attribute], [Markup])
  }

  let storage: Storage

  static func text(_ text: String) -> Markup { Markup(storage: .text(text)) }
  static func raw(_ text: StaticString) -> Markup { Markup(storage: .raw(text)) }
  static func group(_ nodes: [Markup]) -> Markup { Markup(storage: .group(nodes)) }
  static let styleSheet = Markup(storage: .styleSheet)
  static let none = Markup(storage: .group([]))

  /// Whether it shows nothing at all.
  var isEmpty: Bool {
    switch storage {
    case .text(let text): text.isEmpty
    case .group(let nodes): nodes.allSatisfy(\.isEmpty)
    case .raw, .element, .styleSheet: false
    }
  }
}

/// The name of an element, and how it is written.
struct Tag: Sendable {
  let name: StaticString
  let isVoid: Bool
  /// A block stands on a line of its own: white space around it shows nowhere.
  let isBlock: Bool
  /// Closed in its own tag when it holds nothing, as SVG allows and HTML does not.
  let isShort: Bool

  init(_ name: StaticString, void: Bool = false, block: Bool = true, short: Bool = false) {
    self.name = name
    isVoid = void
    isBlock = block
    isShort = short
  }

  func callAsFunction(_ attributes: Attribute?..., content: [Markup]) -> Markup {
    Markup(storage: .element(self, attributes.compactMap { $0 }, content))
  }

  func callAsFunction(_ attributes: Attribute?..., @MarkupBuilder content: () -> [Markup]) -> Markup {
    Markup(storage: .element(self, attributes.compactMap { $0 }, content()))
  }

  func callAsFunction(_ attributes: Attribute?...) -> Markup {
    Markup(storage: .element(self, attributes.compactMap { $0 }, []))
  }

  func callAsFunction(_ attributes: Attribute?..., text: String) -> Markup {
    Markup(storage: .element(self, attributes.compactMap { $0 }, [.text(text)]))
  }
}

/// An attribute of an element; its name is known at compile time, its value is escaped.
struct Attribute: Sendable {
  let name: StaticString
  let value: String

  init(_ name: StaticString, _ value: String) {
    self.name = name
    self.value = value
  }

  static func `class`(_ value: String) -> Self { Self("class", value) }
  static func id(_ value: String) -> Self { Self("id", value) }
  static func href(_ value: String) -> Self { Self("href", value) }
  static func lang(_ value: String) -> Self { Self("lang", value) }
  static func label(_ value: String) -> Self { Self("aria-label", value) }
  static func labelledBy(_ value: String) -> Self { Self("aria-labelledby", value) }
  static func role(_ value: String) -> Self { Self("role", value) }
  static func scope(_ value: String) -> Self { Self("scope", value) }
  static func style(_ value: String) -> Self { Self("style", value) }
  static let hidden = Self("aria-hidden", "true")
}

@resultBuilder
enum MarkupBuilder {
  static func buildExpression(_ node: Markup) -> [Markup] { [node] }
  static func buildExpression(_ node: Markup?) -> [Markup] { node.map { [$0] } ?? [] }
  static func buildExpression(_ text: String) -> [Markup] { [.text(text)] }
  static func buildExpression(_ nodes: [Markup]) -> [Markup] { nodes }
  static func buildBlock(_ parts: [Markup]...) -> [Markup] { parts.flatMap { $0 } }
  static func buildOptional(_ part: [Markup]?) -> [Markup] { part ?? [] }
  static func buildEither(first: [Markup]) -> [Markup] { first }
  static func buildEither(second: [Markup]) -> [Markup] { second }
  static func buildArray(_ parts: [[Markup]]) -> [Markup] { parts.flatMap { $0 } }
}
