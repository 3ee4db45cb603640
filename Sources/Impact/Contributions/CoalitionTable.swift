/// What each group of partners would have achieved without the others, as the partners signed it (*table des
/// coalitions*).
///
/// Such a table is judged or modelled, never observed: it holds for a few partners only, and says who signed it.
public struct CoalitionTable: Hashable, Sendable {
  /// The most partners a table may have: 2⁵ = 32 groups are what people can still discuss and sign.
  public static let mostPartners = 5

  /// The partners, in order of name.
  public let partners: [String]
  /// The value of each group.
  ///
  /// Place `g` holds the partners whose bit is set in `g`. The empty group is worth 0.
  private let values: [Double]

  /// A table that gives the value of every group.
  ///
  /// - Parameter values: the value of each group of partners; the empty group may be left out.
  /// - Throws: a `Fault` when there are too many partners, a group is missing or the empty group is worth something.
  public init(_ values: [Set<String>: Double]) throws(Fault) {
    let partners = Set(values.keys.flatMap(\.self)).sorted()
    guard !partners.isEmpty, partners.count <= CoalitionTable.mostPartners else {
      throw .size(partners.count)
    }
    var table: [Double] = []
    for group in 0..<(1 << partners.count) {
      let members = Set(partners.indices.filter { group & (1 << $0) != 0 }.map { partners[$0] })
      guard let value = values[members] ?? (group == 0 ? 0 : nil) else { throw .missing(members.sorted()) }
      guard value.isFinite, group != 0 || value == 0 else { throw .empty }
      table.append(value)
    }
    self.partners = partners
    self.values = table
  }

  /// What a table lacks.
  public enum Fault: Error, Hashable, CustomStringConvertible {
    /// No partner, or too many.
    case size(Int)
    /// A group without a value.
    case missing([String])
    /// The empty group is worth something, or a value is no number.
    case empty

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .size(let count):
        "a coalition table has 1 to \(CoalitionTable.mostPartners) partners, this one \(count); "
          + "group partners, or share by another rule"
      case .missing(let members):
        "the coalition table has no value for \(members.joined(separator: " + ")); add it"
      case .empty: "without any partner nothing is achieved: the empty group is worth 0; correct the table"
      }
    }
  }

  /// The value of all partners together.
  public var total: Double { values[values.count - 1] }

  /// Each partner's mean marginal contribution over all orders of arrival (Shapley 1953), times `orders`.
  ///
  /// Left undivided it is exact for whole values: 366 sixths, not 20.333….
  ///
  /// φᵢ × n! = Σ over groups S without i of |S|! × (n − |S| − 1)! × (v(S with i) − v(S)).
  public var shapleyNumerators: [Double] {
    let count = partners.count
    return partners.indices.map { partner in
      var sum = 0.0
      for group in values.indices where group & (1 << partner) == 0 {
        let size = group.nonzeroBitCount
        let weight = CoalitionTable.factorial(size) * CoalitionTable.factorial(count - size - 1)
        sum += weight * (values[group | (1 << partner)] - values[group])
      }
      return sum
    }
  }

  /// The number of orders in which the partners can arrive, n!.
  public var orders: Double { CoalitionTable.factorial(partners.count) }

  /// Each partner's Shapley value, in the unit of the table; they sum to `total`.
  public var shapley: [Double] { shapleyNumerators.map { $0 / orders } }

  private static func factorial(_ number: Int) -> Double {
    number < 2 ? 1 : (2...number).reduce(1.0) { $0 * Double($1) }
  }
}
