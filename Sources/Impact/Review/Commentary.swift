/// What a review says of a quarter, dated and signed (*commentaire de direction*).
public struct Commentary: Hashable, Sendable {
  /// Its code.
  public var id: String
  /// The cooperation's name in data.
  public var cooperation: String
  /// The quarter it is about.
  public var quarter: Quarter
  /// The indicator it is about; `nil` for the quarter as a whole.
  public var indicator: String?
  /// The text, in French.
  public var text: String
  /// Who signs.
  public var author: String
  /// When it was written.
  public var writtenOn: Day

  /// A commentary with all its parts.
  public init(
    id: String, cooperation: String, quarter: Quarter, indicator: String? = nil, text: String, author: String,
    writtenOn: Day
  ) {
    self.id = id
    self.cooperation = cooperation
    self.quarter = quarter
    self.indicator = indicator
    self.text = text
    self.author = author
    self.writtenOn = writtenOn
  }
}
