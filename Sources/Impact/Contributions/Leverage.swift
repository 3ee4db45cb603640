/// Whose money set how much in motion (*effet de levier*).
public struct Leverage: Hashable, Sendable {
  /// Euros of the partner looked at.
  public var own: Double
  /// Euros of the other partners.
  public var others: Double
  /// Euros of public aid.
  public var publicAid: Double

  /// Euros by source; none negative.
  public init(own: Double, others: Double, publicAid: Double) {
    self.own = own
    self.others = others
    self.publicAid = publicAid
  }

  /// Euros of others for each euro of one's own; `nil` when one brought none.
  public var ratio: Double? { own > 0 ? (others + publicAid) / own : nil }
}
