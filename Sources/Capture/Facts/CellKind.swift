internal import Impact

/// What a cell seems to hold, for remarks that must say so without repeating it.
enum CellKind {
  case text
  case number
  case date
  case yesOrNo

  /// The kind of a cell that is not empty.
  init(_ cell: Span<UInt8>) {
    if case .value = NumberText.decimal(cell) {
      self = .number
    } else if case .value = DateText.day(cell) {
      self = .date
    } else {
      self = CellReader.boolean(cell) == nil ? .text : .yesOrNo
    }
  }

  /// The kind in words.
  var name: Localized {
    switch self {
    case .text: Localized(fr: "un texte", en: "a text")
    case .number: Localized(fr: "un nombre", en: "a number")
    case .date: Localized(fr: "une date", en: "a date")
    case .yesOrNo: Localized(fr: "un oui ou non", en: "a yes or no")
    }
  }
}
