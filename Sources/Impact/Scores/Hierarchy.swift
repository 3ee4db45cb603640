/// The tree of a composite score, of any depth: indicators below nodes, nodes below other nodes, one at the top.
public struct Hierarchy: Hashable, Sendable {
  /// One node: an indicator where nothing is below it.
  public struct Node: Hashable, Sendable {
    /// Its name, unlike any other in the tree.
    public var name: String
    /// The node above it; `nil` at the top.
    public var parent: String?
    /// Its weight among those below the same node, 0 or more; their scale does not matter.
    public var weight: Double

    /// A node with its place.
    public init(_ name: String, below parent: String?, weight: Double = 1) {
      self.name = name
      self.parent = parent
      self.weight = weight
    }
  }

  /// Why nodes make no tree, with the position of the node concerned.
  public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no node.
    case empty
    /// A name stands twice.
    case duplicate(Int, String)
    /// The node above it does not exist.
    case unknownParent(Int, String)
    /// Nodes stand above each other in a circle.
    case cyclic(Int, [String])
    /// Two nodes stand at the top.
    case secondTop(Int, String)
    /// No node stands at the top.
    case noTop
    /// A weight is below 0 or no number.
    case weight(Int, String)
    /// The weights below a node add up to 0.
    case weightsSumToZero(Int, String)

    /// The position of the node among those given.
    public var position: Int? {
      switch self {
      case .empty, .noTop: nil
      case .duplicate(let position, _), .unknownParent(let position, _), .cyclic(let position, _),
        .secondTop(let position, _), .weight(let position, _), .weightsSumToZero(let position, _):
        position
      }
    }

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .empty: "the scorecard has no node; write at least one indicator below one node"
      case .duplicate(_, let name): "the name \"\(name)\" stands twice; names must differ"
      case .unknownParent(_, let parent):
        "there is no node \"\(parent)\" to stand below; correct the name or add it"
      case .cyclic(_, let names):
        "these nodes stand below each other in a circle: \(names.joined(separator: " → ")); one of them must "
          + "stand below another node"
      case .secondTop(_, let name):
        "\"\(name)\" stands below nothing, and so does another node; only one node may be at the top"
      case .noTop: "no node stands at the top; leave out the parent of one node"
      case .weight(_, let name): "the weight of \"\(name)\" is not 0 or more; correct it"
      case .weightsSumToZero(_, let name):
        "the weights below \"\(name)\" add up to 0; give at least one of them a weight above 0"
      }
    }
  }

  /// The nodes in the order given.
  public let nodes: [Node]
  /// The position of the node above each; −1 at the top.
  public let parents: [Int]
  /// The positions below each node, in the order given.
  public let children: [[Int]]
  /// Positions, each after all those below it; the top comes last.
  public let upwards: [Int]
  /// Positions of the indicators, in the order given.
  public let leaves: [Int]

  /// The position of the node at the top.
  public var top: Int { upwards[upwards.count - 1] }

  /// A tree of these nodes.
  ///
  /// - Throws: ``Problem`` where they make none.
  public init(_ nodes: [Node]) throws(Problem) {
    guard !nodes.isEmpty else { throw .empty }
    var positions: [String: Int] = [:]
    for (position, node) in nodes.enumerated() {
      guard positions.updateValue(position, forKey: node.name) == nil else {
        throw .duplicate(position, node.name)
      }
      guard node.weight >= 0, node.weight.isFinite else { throw .weight(position, node.name) }
    }
    var parents = [Int](repeating: -1, count: nodes.count)
    var children = [[Int]](repeating: [], count: nodes.count)
    for (position, node) in nodes.enumerated() {
      guard let name = node.parent else { continue }
      guard let parent = positions[name] else { throw .unknownParent(position, name) }
      parents[position] = parent
      children[parent].append(position)
    }
    // From each node upwards: who meets itself stands in a circle.
    for start in nodes.indices {
      var seen = [start]
      var position = parents[start]
      while position >= 0, position != start, seen.count <= nodes.count {
        seen.append(position)
        position = parents[position]
      }
      if position == start { throw .cyclic(start, (seen + [start]).map { nodes[$0].name }) }
    }
    let tops = nodes.indices.filter { parents[$0] < 0 }
    guard let top = tops.first else { throw .noTop }
    if tops.count > 1 { throw .secondTop(tops[1], nodes[tops[1]].name) }
    for position in nodes.indices where !children[position].isEmpty {
      guard children[position].contains(where: { nodes[$0].weight > 0 }) else {
        throw .weightsSumToZero(position, nodes[position].name)
      }
    }
    var upwards: [Int] = []
    var pending = [(top, false)]
    while let (position, isOpen) = pending.popLast() {
      if isOpen {
        upwards.append(position)
      } else {
        pending.append((position, true))
        for child in children[position].reversed() { pending.append((child, false)) }
      }
    }
    self.nodes = nodes
    self.parents = parents
    self.children = children
    self.upwards = upwards
    leaves = nodes.indices.filter { children[$0].isEmpty }
  }

  /// How many steps below the top each node stands.
  public var depths: [Int] {
    var found = [Int](repeating: 0, count: nodes.count)
    for position in upwards.reversed() where parents[position] >= 0 {
      found[position] = found[parents[position]] + 1
    }
    return found
  }

  /// The share of the whole that each node has: the product of the weights along the tree.
  ///
  /// - Parameter weights: weights in the order of the nodes; the nodes' own when left out.
  /// - Returns: shares, 1 at the top; those of the indicators add up to 1.
  public func effectiveWeights(_ weights: [Double]? = nil) -> [Double] {
    let weights = weights ?? nodes.map(\.weight)
    var shares = [Double](repeating: 1, count: nodes.count)
    for position in upwards.reversed() where parents[position] >= 0 {
      let total = children[parents[position]].reduce(0) { $0 + weights[$1] }
      shares[position] = shares[parents[position]] * weights[position] / total
    }
    return shares
  }
}
