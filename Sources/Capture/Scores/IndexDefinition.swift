public import Impact

/// A scorecard file for a table of units: how a composite indicator is made, and the choices it is tried against.
public struct IndexDefinition: Sendable {
  /// Weights by a method, as the file gives them.
  public struct WeightSet: Sendable {
    /// Its name.
    public var name: String
    /// The weights of the nodes it names.
    public var weights: [String: Double]
    /// What its comparisons gave, where it has some.
    public var comparisons: AnalyticHierarchy?
  }

  /// The file, as the user named it.
  public let file: String
  /// The column that names the units; the first one of the table when `nil`.
  public let unitColumn: String?
  /// The column that names the periods; the table has a single one when `nil`.
  public let periodColumn: String?
  /// How the index is made.
  public let composite: Composite
  /// What it is tried against.
  public let choices: SensitivityChoices
  /// The weight sets of the file.
  public let weightSets: [WeightSet]
  /// Keys of the house's scorecard that say nothing of a table of values, which has neither counts nor intervals.
  public let unused: [String]
  /// The line of each node of the tree.
  public let lines: [String: Int]
  /// The line of each key of the file.
  let keyLines: [String: Int]

  /// Reads a scorecard file.
  ///
  /// The house's own `Indicators/scorecard.yaml` is one too: its parts are a tree of two levels.
  ///
  /// - Throws: ``CaptureError`` with every mistake and its place.
  public init(readingFrom path: String) throws {
    let file = DefinitionFile(path: path)
    guard let read = IndexReader(file: file).read(), file.diagnostics.isEmpty else {
      throw CaptureError(file.diagnostics)
    }
    self = read
  }

  init(
    file: String, unitColumn: String?, periodColumn: String?, composite: Composite,
    choices: SensitivityChoices, weightSets: [WeightSet], unused: [String], lines: [String: Int],
    keyLines: [String: Int]
  ) {
    self.file = file
    self.unitColumn = unitColumn
    self.periodColumn = periodColumn
    self.composite = composite
    self.choices = choices
    self.weightSets = weightSets
    self.unused = unused
    self.lines = lines
    self.keyLines = keyLines
  }

  /// An error of the computation with its place: the row of the table, or the line of the scorecard.
  public func placed(_ error: ScoreError, in table: IndexTable) -> CaptureError {
    var place: (file: String, line: Int?) = (file, nil)
    switch error {
    case .equalGoalposts(let name), .lacks(let name, _), .negativeWeight(let name),
      .weightsSumToZero(let name):
      place.line = lines[name]
    case .noSpread(let name), .constant(let name), .notByUnit(let name, _), .targetNotBetter(let name, _, _),
      .referenceNotPositive(let name, _):
      place.line = lines[name]
    case .notPositive(let node, _, let unit, let period), .noMean(let node, _, let unit, let period):
      place.line = lines[node]
      if let unit, let line = table.line(of: unit, in: period) { place = (table.file, line) }
    case .unknownUnit(let name): place.line = line(ofUnit: name)
    case .unknownPeriod: place.line = keyLines["pool"]
    case .comparisons: place.line = keyLines["weight_sets"]
    case .inconsistent: place.line = keyLines["sensitivity"] ?? keyLines["nodes"]
    }
    return CaptureError([
      Diagnostic(file: place.file, line: place.line, code: "score", message: error.description)
    ])
  }

  /// The line of the normalisation that measures from a unit: the index's own, or one it is tried against.
  private func line(ofUnit name: String) -> Int? {
    if case .distanceToReference(.unit(name), _) = composite.normalisation {
      return keyLines["normalisation"]
    }
    return keyLines["sensitivity"]
  }
}
