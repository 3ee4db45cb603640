/// How partners share a result among themselves, by a rule they declared (*répartition déclarée*).
///
/// It says what partners agreed to say, never who caused what: results are not multiplied by partners, and the shares
/// of a result always sum to all of it. What is due to others than the cooperation comes off before
/// (`ImpactMap.Outcome.attributionToOthers`).
public struct Sharing: Hashable, Sendable {
  /// The rule declared.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// In proportion to contributions valued in euros.
    case valuedContribution = "valued_contribution"
    /// The same for each partner.
    case equal
    /// By shares agreed beforehand.
    case agreed
    /// By each partner's mean marginal contribution, from a signed coalition table.
    case shapley
  }

  /// One partner's share.
  public struct Share: Hashable, Sendable {
    /// The partner's name in data.
    public var partner: String
    /// Its share, 0–1, before any rounding.
    public var exact: Double
    /// Its share in thousandths; those of all partners sum to 1000.
    public var thousandths: Int
  }

  /// Why a result cannot be shared.
  public enum Fault: Error, Hashable, CustomStringConvertible {
    /// There is no partner.
    case noPartner
    /// A partner stands twice.
    case twice(String)
    /// No contribution is valued, so none is larger than another.
    case nothingValued
    /// The agreed shares do not sum to 100 %.
    case agreedSum(Double)
    /// A weight is negative: that partner would owe a share.
    case negative(String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .noPartner: "there is no partner to share with; declare a partnership first"
      case .twice(let partner): "the partner \(partner) stands twice; add its contributions up"
      case .nothingValued:
        "no contribution is valued in euros, so the result cannot be shared by value; value one, or declare another rule"
      case .agreedSum(let percent): "the agreed shares sum to \(percent) %, not 100 %; correct the agreement"
      case .negative(let partner):
        "the share of \(partner) would be negative; shares of a result are parts of it: declare another rule"
      }
    }
  }

  /// The rule.
  public let rule: Rule
  /// The shares, in order of partner.
  public let shares: [Share]

  /// Shares in proportion to what each partner is worth.
  private init(_ rule: Rule, _ weights: [(partner: String, weight: Double)]) throws(Fault) {
    guard !weights.isEmpty else { throw .noPartner }
    let weights = weights.sorted { $0.partner < $1.partner }
    for (one, next) in zip(weights, weights.dropFirst()) where one.partner == next.partner {
      throw .twice(one.partner)
    }
    if let negative = weights.first(where: { !($0.weight >= 0) }) { throw .negative(negative.partner) }
    let total = weights.reduce(0) { $0 + $1.weight }
    guard let thousandths = LargestRemainder.shares(of: 1000, by: weights.map(\.weight)) else {
      throw .nothingValued
    }
    self.rule = rule
    shares = zip(weights, thousandths).map { weight, rounded in
      Share(partner: weight.partner, exact: weight.weight / total, thousandths: rounded)
    }
  }

  /// In proportion to contributions valued in euros; a partner whose contributions are not valued has 0.
  public static func byValue(_ euros: [String: Double]) throws(Fault) -> Sharing {
    try Sharing(.valuedContribution, euros.map { (partner: $0.key, weight: $0.value) })
  }

  /// The same for each partner.
  public static func equally(_ partners: [String]) throws(Fault) -> Sharing {
    try Sharing(.equal, partners.map { (partner: $0, weight: 1) })
  }

  /// By agreed shares in per cent, which must sum to 100 to a hundredth of a point.
  public static func agreed(_ percents: [String: Double]) throws(Fault) -> Sharing {
    let sum = percents.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    guard percents.isEmpty || abs(sum - 100) < 0.005 else { throw .agreedSum(sum) }
    return try Sharing(.agreed, percents.map { (partner: $0.key, weight: $0.value) })
  }

  /// By the Shapley values of a signed coalition table.
  public static func byShapley(_ table: CoalitionTable) throws(Fault) -> Sharing {
    try Sharing(.shapley, zip(table.partners, table.shapleyNumerators).map { (partner: $0, weight: $1) })
  }

  /// Shares people or other whole things: whole numbers that sum to `count`, in the order of `shares`.
  public func whole(_ count: Int) -> [Int] {
    LargestRemainder.shares(of: count, by: shares.map(\.exact)) ?? []
  }

  /// Shares an amount: parts of it, in the order of `shares`.
  public func parts(of amount: Double) -> [Double] { shares.map { amount * $0.exact } }
}
