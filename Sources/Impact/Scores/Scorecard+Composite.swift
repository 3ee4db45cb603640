extension Scorecard {
  /// The node at the top of the house's tree; no dimension or indicator may be called so.
  public static let top = "overall"

  /// The scorecard as a composite: goalposts, the arithmetic mean inside each dimension, the geometric mean of the
  /// dimensions counted from 1 across them.
  ///
  /// - Throws: ``ScoreError`` when weights or goalposts allow no score.
  public func composite() throws(ScoreError) -> Composite {
    var nodes = [Hierarchy.Node(Scorecard.top, below: nil)]
    var aggregations: [Aggregation] = [.geometricFromOne]
    for part in parts {
      nodes.append(.init(part.dimension, below: Scorecard.top, weight: part.weight))
      aggregations.append(.arithmetic)
      for component in part.components {
        nodes.append(.init(component.indicator, below: part.dimension, weight: component.weight))
        aggregations.append(.arithmetic)
      }
    }
    return try composite(nodes, aggregations, parts.flatMap(\.components))
  }

  /// One dimension as a composite of its own.
  ///
  /// - Throws: ``ScoreError`` when weights or goalposts allow no score.
  func composite(of part: Part) throws(ScoreError) -> Composite {
    let nodes =
      [Hierarchy.Node(part.dimension, below: nil)]
      + part.components.map { .init($0.indicator, below: part.dimension, weight: $0.weight) }
    return try composite(nodes, nodes.map { _ in .arithmetic }, part.components)
  }

  private func composite(
    _ nodes: [Hierarchy.Node], _ aggregations: [Aggregation], _ components: [Component]
  ) throws(ScoreError) -> Composite {
    let tree: Hierarchy
    do { tree = try Hierarchy(nodes) } catch { throw .inconsistent(error.description) }
    return try Composite(
      hierarchy: tree,
      indicators: components.map { Composite.Indicator($0.indicator, goalposts: $0.goalposts) },
      aggregations: aggregations, minimumData: minimumData)
  }
}
