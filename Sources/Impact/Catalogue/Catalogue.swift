/// Everything an evaluation is defined by: dimensions, indicators, scorecard, vocabulary.
public struct Catalogue: Sendable {
  /// One subject of the evaluation, such as pathways and exits.
  public struct Dimension: Hashable, Sendable {
    /// Stable name, also the folder of its indicators.
    public var id: String
    /// The name shown on pages.
    public var label: Localized
    /// What the subject is about.
    public var description: Localized

    /// A dimension with its texts.
    public init(id: String, label: Localized, description: Localized) {
      self.id = id
      self.label = label
      self.description = description
    }
  }

  /// Version of the catalogue as a whole: `2026.1`.
  public var version: String
  /// Dimensions in the order of the pages.
  public var dimensions: [Dimension]
  /// Indicators in the order of the pages: by dimension, then as listed there; of each its newest version.
  public var indicators: [Indicator]
  /// Earlier versions of the same indicators, named `id@version`, in the order of the pages, newest first.
  public var earlier: [Indicator]
  /// The parameters definitions may use, by name.
  public var parameters: [Parameter]
  /// The reference tables the fields are computed with, by name.
  public var references: [ReferenceTable]
  /// The frames indicators may be mapped to.
  public var frames: [Frame]
  /// The words definitions may use.
  public var vocabulary: Vocabulary
  /// How scores are made: the version in force.
  public var scorecard: Scorecard
  /// Versions of the scorecard that were in force before, the last one first.
  public var earlierScorecards: [Scorecard]
  /// How social returns are reckoned; `nil` when nobody declared it.
  public var socialReturn: SocialReturnModel?
  /// Digest of every file the catalogue was read from: changes when any definition changes.
  public var digest: String

  /// A catalogue with all its parts.
  public init(
    version: String, dimensions: [Dimension], indicators: [Indicator], vocabulary: Vocabulary,
    scorecard: Scorecard, earlierScorecards: [Scorecard] = [], digest: String, earlier: [Indicator] = [],
    parameters: [Parameter] = [], socialReturn: SocialReturnModel? = nil,
    references: [ReferenceTable] = [], frames: [Frame] = []
  ) {
    self.version = version
    self.dimensions = dimensions
    self.indicators = indicators
    self.vocabulary = vocabulary
    self.scorecard = scorecard
    self.earlierScorecards = earlierScorecards
    self.digest = digest
    self.earlier = earlier
    self.parameters = parameters
    self.socialReturn = socialReturn
    self.references = references
    self.frames = frames
  }

  /// The indicator of that name.
  public func indicator(_ id: String) -> Indicator? { indicators.first { $0.id == id } }
  /// The parameter of that name.
  public func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
  /// The reference table of that name.
  public func reference(_ name: String) -> ReferenceTable? { references.first { $0.name == name } }
  /// The dimension of that name.
  public func dimension(_ id: String) -> Dimension? { dimensions.first { $0.id == id } }
}
