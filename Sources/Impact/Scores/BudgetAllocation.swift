/// Weights from experts who each share out a budget of points (handbook page 96).
public enum BudgetAllocation {
  /// The mean share of each thing over the experts; every expert counts the same, whatever the points given out.
  ///
  /// - Parameter points: a row an expert, a number a thing, 0 or more.
  /// - Returns: weights that add up to 1.
  /// - Throws: ``ScoreError`` when an expert gave out nothing, a negative number, or left something out.
  public static func weights(_ points: [[Double]]) throws(ScoreError) -> [Double] {
    guard let count = points.first?.count, count > 0 else {
      throw .inconsistent("a budget allocation needs the points of at least one expert")
    }
    var weights = [Double](repeating: 0, count: count)
    for (expert, row) in points.enumerated() {
      guard row.count == count else {
        throw .inconsistent(
          "expert \(expert + 1) shared points over another number of things than the first; complete it")
      }
      guard row.allSatisfy({ $0 >= 0 }) else { throw .negativeWeight(node: "expert \(expert + 1)") }
      let sum = row.reduce(0, +)
      guard sum > 0 else { throw .weightsSumToZero(node: "expert \(expert + 1)") }
      for index in row.indices { weights[index] += row[index] / sum / Double(points.count) }
    }
    return weights
  }
}
