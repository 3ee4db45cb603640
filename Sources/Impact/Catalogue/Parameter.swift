/// A number that somebody decided or published, with its dates (*paramètre*): what a definition multiplies or
/// divides by without counting it.
///
/// Read from `Indicators/reference/parameter.csv`. A value holds from its date until the next one.
public struct Parameter: Hashable, Sendable {
  /// How sure a value is.
  public enum Sureness: String, Hashable, Sendable, CaseIterable {
    /// Said in an official text.
    case official
    /// Reported by somebody who read one.
    case secondary
    /// Deduced from what is sourced.
    case inference
    /// To be confirmed.
    case weak
  }

  /// A value with the day it begins to hold.
  public struct Dated: Hashable, Sendable {
    /// The first day it holds.
    public var validFrom: Day
    /// The value as it is written.
    public var text: String
    /// The value.
    public var number: Double
    /// Where it was read.
    public var source: String
    /// How sure it is.
    public var sureness: Sureness

    /// A value with its date and source.
    public init(validFrom: Day, text: String, number: Double, source: String, sureness: Sureness) {
      self.validFrom = validFrom
      self.text = text
      self.number = number
      self.source = source
      self.sureness = sureness
    }
  }

  /// Stable name, in lower case with underscores.
  public var name: String
  /// The name shown to readers.
  public var label: Localized
  /// What it counts, such as `€/sortie`.
  public var unit: String
  /// Its values, oldest first; never empty.
  public var values: [Dated]

  /// A parameter with its values, oldest first.
  public init(name: String, label: Localized, unit: String, values: [Dated]) {
    self.name = name
    self.label = label
    self.unit = unit
    self.values = values
  }

  /// The value in force on a day; `nil` before the first.
  public func value(on day: Day) -> Dated? { values.last { $0.validFrom <= day } }
}
