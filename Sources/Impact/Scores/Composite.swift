/// A composite indicator: what it is made of, and how (OECD/JRC handbook 2008).
///
/// It is the same for the house's scores and for a researcher's own index; only the house's is bound to fixed
/// goalposts.
public struct Composite: Hashable, Sendable {
  /// One indicator at the bottom of the tree.
  public struct Indicator: Hashable, Sendable {
    /// Its name, also the column of the table.
    public var name: String
    /// Whether less is better.
    public var isReversed: Bool
    /// The values worth the two ends of the scale.
    public var goalposts: Scorecard.Goalposts?
    /// The value aimed at.
    public var target: Double?

    /// An indicator; goalposts the wrong way round say that less is better.
    public init(
      _ name: String, isReversed: Bool? = nil, goalposts: Scorecard.Goalposts? = nil, target: Double? = nil
    ) {
      self.name = name
      self.isReversed = isReversed ?? goalposts.map { $0.low > $0.high } ?? false
      self.goalposts = goalposts
      self.target = target
    }
  }

  /// What values are compared with, where normalisation compares.
  public enum Pool: Hashable, Sendable {
    /// All periods together: one period compares with another.
    case panel
    /// Each period by itself.
    case period
    /// One period for all: later values may go beyond the scale.
    case base(String)
  }

  /// The tree.
  public var hierarchy: Hierarchy
  /// The indicators, in the order of the tree's leaves.
  public var indicators: [Indicator]
  /// How values are made comparable.
  public var normalisation: Normalisation
  /// What they are compared with.
  public var pool: Pool
  /// The scale they are put on.
  public var scale: Scale
  /// How each node is made of those below it, in the order of the tree's nodes; unused at leaves.
  public var aggregations: [Aggregation]
  /// Least share of the weight below a node that must be known for the node to have a value, 0–1; counted down to
  /// the indicators, as ``Study/Levels/coverage(_:_:)``.
  public var minimumData: Double

  /// A composite with all its parts.
  ///
  /// - Throws: ``ScoreError`` when goalposts are equal or the parts do not fit the tree.
  public init(
    hierarchy: Hierarchy, indicators: [Indicator], normalisation: Normalisation = .goalposts(stretch: 1),
    pool: Pool = .panel, scale: Scale = .hundred, aggregations: [Aggregation], minimumData: Double = 0
  ) throws(ScoreError) {
    guard indicators.map(\.name) == hierarchy.leaves.map({ hierarchy.nodes[$0].name }) else {
      throw .inconsistent("the indicators are not the leaves of the tree, in their order")
    }
    guard aggregations.count == hierarchy.nodes.count else {
      throw .inconsistent("every node of the tree needs its aggregation")
    }
    guard scale.low < scale.high else { throw .inconsistent("the scale must begin below its end") }
    for indicator in indicators {
      if let posts = indicator.goalposts, posts.low == posts.high {
        throw .equalGoalposts(indicator: indicator.name)
      }
    }
    self.hierarchy = hierarchy
    self.indicators = indicators
    self.normalisation = normalisation
    self.pool = pool
    self.scale = scale
    self.aggregations = aggregations
    self.minimumData = minimumData
  }

  /// The first node made by Copeland's rule; `nil` when there is none.
  ///
  /// Under that rule a unit's score depends on every other unit's, so it is not computed unit by unit.
  public var copelandNode: String? {
    hierarchy.nodes.indices.first { !hierarchy.children[$0].isEmpty && aggregations[$0] == .copeland }
      .map { hierarchy.nodes[$0].name }
  }

  /// Refuses what is computed unit by unit.
  ///
  /// - Throws: ``ScoreError/notByUnit(node:what:)`` when a node is made by Copeland's rule.
  func requireByUnit(_ what: String) throws(ScoreError) {
    if let node = copelandNode { throw .notByUnit(node: node, what: what) }
  }
}
