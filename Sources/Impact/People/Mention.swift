/// How surely a free text speaks of one person: what decides whether erasing the person erases the text.
///
/// A text is judged by its words, without case and accents. Names are ordinary words too (Petit, Rose), so a name
/// alone is left to a reader, and only what leaves no doubt counts as certain.
public enum Mention: Hashable, Sendable, Comparable {
  /// A name alone, or a code that is also a plain number or word: somebody must read it.
  case possible
  /// Both names side by side, a last name after a civility, a code, the contact or the number of the PASS IAE.
  case certain
}

/// Finds the texts that speak of some people.
public struct MentionFinder: Sendable {
  private struct Person {
    var last: String
    var firsts: [String]
    var exact: [String]
  }

  private var telling: Set<String> = []
  private var plain: Set<String> = []
  private var people: [Person] = []

  /// What to look for.
  ///
  /// - Parameters:
  ///   - codes: codes that stand for the people: of participants, of pathways.
  ///   - identities: who they are, as far as that is known.
  public init(codes: [String], identities: [PersonIdentity]) {
    for code in codes {
      let token = code.lowercased().trimming("._-")
      let isTelling = code.count >= 4 && code.contains(where: \.isLetter) && code.contains(where: \.isNumber)
      if isTelling { telling.insert(token) } else { plain.insert(token) }
    }
    for identity in identities {
      let last = Words.folded(identity.lastName).joined()
      guard !last.isEmpty else { continue }
      people.append(
        Person(
          last: last,
          firsts: identity.firstNames.split { $0 == " " || $0 == "," }
            .map { Words.folded(String($0)).joined() }.filter { !$0.isEmpty },
          exact: [identity.contact, identity.passIAENumber].compactMap(\.self)
            .map { Words.folded($0).joined() }.filter { $0.count >= 6 }))
    }
  }

  /// What a text says of the people; `nil` when nothing.
  public func mention(in text: String) -> Mention? {
    let words = Words.folded(text)
    var found = codes(in: text)
    guard !people.isEmpty, found != .certain else { return found }
    let compact = words.joined()
    for person in people {
      if person.exact.contains(where: compact.contains) { return .certain }
      guard let mention = MentionFinder.mention(of: person, in: words) else { continue }
      if mention == .certain { return .certain }
      found = mention
    }
    return found
  }

  private func codes(in text: String) -> Mention? {
    var found: Mention?
    // Codes are written with points, hyphens and underscores inside; those around are the sentence's.
    for token in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || "._-".contains($0)) }) {
      let code = token.lowercased().trimming("._-")
      if telling.contains(code) { return .certain }
      if plain.contains(code) { found = .possible }
    }
    return found
  }

  private static func mention(of person: Person, in words: [String]) -> Mention? {
    var found: Mention?
    for place in places(of: person.last, in: words) {
      let before = words[..<place.lowerBound]
      let after = words[place.upperBound...]
      if let title = before.last, civilities.contains(title) { return .certain }
      for first in person.firsts {
        // Whole, or an initial beside the name: Zoé Martin, Z. Martin.
        if ends(before, with: first) || begins(after, with: first) { return .certain }
        let initial = String(first.prefix(1))
        if before.last == initial || after.first == initial { return .certain }
      }
      found = .possible
    }
    guard found == nil else { return found }
    return person.firsts.contains { $0.count >= 3 && !places(of: $0, in: words).isEmpty } ? .possible : nil
  }

  private static let civilities: Set<String> = [
    "m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms", "miss",
  ]

  /// Where words, written together or apart, make up a name: N’Diaye, Ndiaye.
  private static func places(of name: String, in words: [String]) -> [Range<Int>] {
    words.indices.compactMap { start in
      length(of: name, at: words[start...]).map { start..<(start + $0) }
    }
  }

  private static func length(of name: String, at words: ArraySlice<String>) -> Int? {
    var rest = name[...]
    for (count, word) in words.enumerated() {
      guard rest.hasPrefix(word) else { return nil }
      rest = rest.dropFirst(word.count)
      if rest.isEmpty { return count + 1 }
    }
    return nil
  }

  private static func begins(_ words: ArraySlice<String>, with name: String) -> Bool {
    length(of: name, at: words) != nil
  }

  private static func ends(_ words: ArraySlice<String>, with name: String) -> Bool {
    (1...4).contains { count in
      words.count >= count && length(of: name, at: words.suffix(count)) == count
    }
  }
}

/// Words as a reader hears them: lower case, without accents.
private enum Words {
  /// Lower-case words of letters and digits, without accents.
  static func folded(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text.lowercased() {
      // The base letter: é and e followed by an accent typed apart are one letter to a reader.
      guard let base = character.unicodeScalars.first else { continue }
      if let plain = plain[base] {
        word += plain
      } else if base.properties.isAlphabetic || base.properties.numericType == .decimal {
        word.unicodeScalars.append(base)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Letters of European names, each without its accent.
  private static let plain: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
      ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"),
      ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņň", "n"), ("òóôõöøōŏő", "o"),
      ("ŕŗř", "r"), ("śŝşš", "s"), ("ţťŧ", "t"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"),
      ("æ", "ae"), ("œ", "oe"), ("ß", "ss"),
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (accented, letter) in groups {
      for scalar in accented.unicodeScalars { table[scalar] = letter }
    }
    return table
  }()
}

extension String {
  /// The text without some characters at its two ends.
  fileprivate func trimming(_ characters: String) -> String {
    var rest = self[...]
    while let first = rest.first, characters.contains(first) { rest.removeFirst() }
    while let last = rest.last, characters.contains(last) { rest.removeLast() }
    return String(rest)
  }
}
