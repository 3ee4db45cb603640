/// The other choices a scorecard names beside its own: what its scores are tried against.
public struct SensitivityChoices: Hashable, Sendable {
  /// Other weights.
  public enum Weights: Hashable, Sendable {
    /// Everything below a node counts the same.
    case equal
    /// Each part of the whole in turn counts twice what it does: a choice a part.
    case doubled
    /// Weights of their own, by node; nodes that are not named keep theirs.
    case given(String, [String: Double])
  }

  /// Other normalisations.
  public var normalisations: [Normalisation]
  /// Other weights.
  public var weights: [Weights]
  /// Other aggregations, each for every node at once.
  public var aggregations: [Aggregation]
  /// Whether each indicator is also left out in turn.
  public var leavesOut: Bool
  /// Draws that carry the uncertainty of rates through.
  public var draws: Int
  /// Seed of the draws.
  public var seed: UInt64

  /// Choices beside the scorecard's own.
  public init(
    normalisations: [Normalisation] = [], weights: [Weights] = [], aggregations: [Aggregation] = [],
    leavesOut: Bool = false, draws: Int = 1000, seed: UInt64 = 1
  ) {
    self.normalisations = normalisations
    self.weights = weights
    self.aggregations = aggregations
    self.leavesOut = leavesOut
    self.draws = draws
    self.seed = seed
  }

  /// Whether there is anything to try.
  public var isEmpty: Bool { normalisations.isEmpty && weights.isEmpty && aggregations.isEmpty && !leavesOut }

  /// Goalposts a fifth nearer and wider, equal weights and each part doubled, one mean throughout, each indicator
  /// left out in turn.
  public static let house = SensitivityChoices(
    normalisations: [.goalposts(stretch: 0.8), .goalposts(stretch: 1.2)], weights: [.equal, .doubled],
    aggregations: [.arithmetic, .geometricFromOne], leavesOut: true)

  /// The full plan for a composite: its own choices first.
  ///
  /// - Throws: ``ScoreError`` when weights name a node the tree lacks, or add up to nothing, or a node is made by
  ///   Copeland's rule.
  public func plan(for composite: Composite) throws(ScoreError) -> SensitivityPlan {
    let tree = composite.hierarchy
    let own = tree.nodes.map(\.weight)
    var weights: [SensitivityPlan.Choice<[Double]>] = [.init("own", own)]
    for choice in self.weights {
      switch choice {
      case .equal: weights.append(.init("equal", own.map { _ in 1 }))
      case .doubled:
        for part in tree.children[tree.top] where tree.children[tree.top].count > 1 {
          var changed = own
          changed[part] *= 2
          weights.append(.init("\(tree.nodes[part].name) doubled", changed))
        }
      case .given(let name, let byNode):
        var changed = own
        for (node, weight) in byNode {
          guard let position = tree.nodes.firstIndex(where: { $0.name == node }) else {
            throw .inconsistent("the weights \"\(name)\" name \"\(node)\", which is no node of the scorecard")
          }
          guard weight >= 0 else { throw .negativeWeight(node: node) }
          changed[position] = weight
        }
        for node in tree.nodes.indices where !tree.children[node].isEmpty {
          guard tree.children[node].contains(where: { changed[$0] > 0 }) else {
            throw .weightsSumToZero(node: tree.nodes[node].name)
          }
        }
        weights.append(.init(name, changed))
      }
    }
    // Indicators are made of nothing: what stands there by default is not used.
    let made = tree.nodes.indices.map { tree.children[$0].isEmpty ? .arithmetic : composite.aggregations[$0] }
    return try SensitivityPlan(
      normalisations: [.init("own", composite.normalisation)] + normalisations.map { .init($0.name, $0) },
      weights: weights,
      aggregations: [.init("own", made)]
        + aggregations.map { aggregation in .init(aggregation.name, tree.nodes.map { _ in aggregation }) },
      leavesOut: leavesOut && tree.leaves.count > 1)
  }
}
