extension Catalogue {
  /// Every definition that may make figures: those of the pages, then their earlier versions.
  public var definitions: [Indicator] { indicators + earlier }

  /// The definition figures are kept under that name: an indicator's, or an earlier version's (`exits@1`).
  public func definition(_ id: String) -> Indicator? { definitions.first { $0.id == id } }

  /// The versions of an indicator, newest first.
  public func versions(of name: String) -> [Indicator] {
    definitions.filter { $0.name == name }.sorted { $0.version > $1.version }
  }

  /// The name under which a definition's figure of a quarter is kept; `nil` when the definition makes none.
  ///
  /// The newest version in force has the indicator's own name. On an overlap the others stand beside it, as
  /// `name@version`. In a quarter when no version is in force, the newest one answers that it does not apply.
  public func figureName(of definition: Indicator, at quarter: Quarter) -> String? {
    definition.figureName(at: quarter, among: versions(of: definition.name))
  }

  /// The definition a figure was computed with.
  public func definition(of key: Figure.Key) -> Indicator? {
    definitions.first { figureName(of: $0, at: key.quarter) == key.indicator }
  }
}

extension Indicator {
  /// The name under which its figure of a quarter is kept, given every version of it, newest first; `nil` when it makes
  /// none.
  ///
  /// - Parameters:
  ///   - quarter: the quarter.
  ///   - versions: what `Catalogue.versions(of:)` gives.
  /// - Returns: its own name, that name with its version, or `nil`.
  public func figureName(at quarter: Quarter, among versions: [Indicator]) -> String? {
    let shown = versions.first { $0.isInForce(at: quarter) } ?? versions.first
    if shown?.version == version { return name }
    return isInForce(at: quarter) ? Indicator.id(name, version: version) : nil
  }

  /// The name shared by all versions: `exits` for `exits` and for `exits@1`.
  public var name: String { Indicator.name(of: id) }

  /// The name of an indicator without its version: `exits` for `exits@1`.
  public static func name(of id: String) -> String {
    id.utf8.firstIndex(of: UInt8(ascii: "@")).map { String(id[..<$0]) } ?? id
  }

  /// How an earlier version is named: `exits@1`.
  public static func id(_ name: String, version: Int) -> String { "\(name)@\(version)" }

  /// Whether this version is in force in a quarter.
  public func isInForce(at quarter: Quarter) -> Bool {
    validFrom.map { $0 <= quarter } ?? true && validTo.map { quarter <= $0 } ?? true
  }

  /// Whether it makes sense for a cooperation of that form whose employing structure is of that kind.
  public func applies(toKind kind: String, form: String) -> Bool {
    (appliesTo.isEmpty || appliesTo.contains(kind))
      && (appliesToForms.isEmpty || appliesToForms.contains(form))
  }

  /// The window its terms are counted in: a cumulative total always runs from the beginning.
  public var reportingWindow: Window {
    if case .cumulative = measure { .sinceStart } else { window }
  }

  /// The last quarter its window holds, when it is reported for `quarter`.
  public func windowEnd(reportedFor quarter: Quarter) -> Quarter { quarter.advanced(by: -shift) }
}
