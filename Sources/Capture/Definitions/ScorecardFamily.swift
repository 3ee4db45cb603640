internal import Impact

/// The scorecard in force, `scorecard.yaml`, and those before it, each under its version: `scorecard-1.yaml`.
struct ScorecardFamily {
  let folder: String
  let dimensions: [Catalogue.Dimension]
  let indicators: [Indicator]
  /// Earlier versions of the same indicators.
  let earlier: [Indicator]
  /// Names of every indicator listed, also of those whose file is refused.
  let listed: Set<String>

  /// Whether a file of that name belongs to the family.
  static func contains(_ name: String) -> Bool { name == "scorecard.yaml" || version(of: name) != nil }

  private static func version(of name: String) -> Int? {
    guard name.hasPrefix("scorecard-"), name.hasSuffix(".yaml") else { return nil }
    let digits = String(name.dropFirst(10).dropLast(5))
    return Int(digits).flatMap { $0 > 0 && String($0) == digits ? $0 : nil }
  }

  /// Reads them, the earlier ones last version first.
  func read(among names: [String]) -> (current: Scorecard?, earlier: [Scorecard], diagnostics: [Diagnostic]) {
    let file = DefinitionFile(path: Folder.path(folder, "scorecard.yaml"))
    let current = read(file)
    var diagnostics = file.diagnostics
    var earlier: [Scorecard] = []
    for name in names {
      guard let version = ScorecardFamily.version(of: name) else { continue }
      let file = DefinitionFile(path: Folder.path(folder, name))
      if let scorecard = read(file) {
        if scorecard.version != version {
          file.report(
            "version", "the file is named after version \(version) but holds \(scorecard.version); rename it")
        }
        if let current {
          if scorecard.version >= current.version {
            file.report(
              "version",
              "scorecard.yaml is version \(current.version); an earlier one has a lower number, so raise that one's"
            )
          }
          if let from = current.validFrom {
            if let start = scorecard.validFrom, start >= from {
              file.report(
                "version",
                "this version is valid from \(start), not before scorecard.yaml's \(from); correct one of them"
              )
            }
          } else {
            file.report(
              "version", "scorecard.yaml does not say from when it replaces this version; give it valid_from")
          }
        }
        earlier.append(scorecard)
      }
      diagnostics += file.diagnostics
    }
    return (current, earlier.sorted { $0.version > $1.version }, diagnostics)
  }

  private func read(_ file: DefinitionFile) -> Scorecard? {
    ScorecardReader(
      file: file, dimensions: dimensions, indicators: indicators, earlier: earlier, listed: listed
    ).read()
  }
}
