/// A language of the pages and of the catalogue.
public enum Language: String, Hashable, Sendable, CaseIterable {
  /// French, the language of directors and partners.
  case french = "fr"
  /// English.
  case english = "en"
}

/// A text in every language of the toolkit; a missing translation cannot be expressed.
public struct Localized: Hashable, Sendable {
  /// The French text.
  public var french: String
  /// The English text.
  public var english: String

  /// The same thing said in both languages.
  public init(fr french: String, en english: String) {
    self.french = french
    self.english = english
  }

  /// The text in `language`.
  public subscript(language: Language) -> String {
    switch language {
    case .french: french
    case .english: english
    }
  }
}
