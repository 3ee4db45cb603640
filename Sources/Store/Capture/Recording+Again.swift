internal import Impact
internal import Postgres

/// Bytes that are known already, sent once more as the answer for a quarter.
///
/// A whole table that nothing was added to comes as the same bytes: nothing is recorded anew, but it says that nothing
/// happened. A copy left lying, or met again after a crash, says nothing. Only what the sender wrote tells them apart: a name,
/// or a folder, that names the quarter which has just ended.
extension Recording {
  /// Notes that the bytes came once more, when they answer for the quarter before the day they are received.
  ///
  /// - Parameters:
  ///   - earlier: the last import of these bytes.
  ///   - receipt: what became of the rows this time; nothing is new.
  /// - Throws: the database's error.
  func noteAnswer(_ earlier: Earlier, _ receipt: Archive.Receipt) throws {
    let quarter = Quarter(containing: source.today).advanced(by: -1)
    // Received since that quarter's end, the bytes have answered for it.
    guard source.cooperation != nil, source.quarter == quarter,
      earlier.receivedOn.map({ $0 <= quarter.end }) ?? true
    else { return }
    try log(try nextImport(), receipt)
  }
}

extension Archive.Source {
  /// The quarter the file says it is of, in its name or else in the folder nearest to it: `2026T3/exit.csv`,
  /// `exit-2026T3.csv`, `sorties T3 2026.csv`; `nil` when it names none, or two at once.
  var quarter: Quarter? {
    for part in file.split(separator: "/").reversed() {
      let words = part.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      let pairs = zip(words, words.dropFirst()).flatMap { [$0 + $1, $1 + $0] }
      let named = Set((words + pairs).compactMap { Quarter($0.replacing("Q", with: "T")) })
      if named.count > 1 { return nil }
      if let quarter = named.first { return quarter }
    }
    return nil
  }
}
