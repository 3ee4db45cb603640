import Publication
import Testing

/// A table read back by rules of its own, not those it was written by: a header, and rows by column.
struct ParsedCSV {
  let header: [String]
  let rows: [[String: String]]

  init(_ bytes: [UInt8], separator: Character = ",") throws {
    let whole = try #require(String(validating: bytes, as: UTF8.self))
    var text = Substring(whole)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    var records: [[String]] = []
    var record: [String] = []
    var cell = ""
    var isQuoted = false
    // Swift reads CRLF as one character, so that a lone CR or LF is not a line end here.
    var rest = text
    while let character = rest.popFirst() {
      if isQuoted {
        if character == "\"" {
          if rest.first == "\"" { cell.append(rest.removeFirst()) } else { isQuoted = false }
        } else {
          cell.append(character)
        }
      } else if character == "\"" {
        try #require(cell.isEmpty, "a quote inside a cell that is not quoted")
        isQuoted = true
      } else if character == separator {
        record.append(cell)
        cell = ""
      } else if character == "\r\n" {
        records.append(record + [cell])
        record = []
        cell = ""
      } else {
        try #require(character != "\r" && character != "\n", "a line end that is not CRLF")
        cell.append(character)
      }
    }
    try #require(!isQuoted && record.isEmpty && cell.isEmpty, "the last line is not closed")
    let header = try #require(records.first)
    self.header = header
    rows = try records.dropFirst().map { record in
      try #require(record.count == header.count)
      return Dictionary(uniqueKeysWithValues: zip(header, record))
    }
  }

  /// The file of that path among those of a site.
  init(_ path: String, of files: [Site.File], separator: Character = ",") throws {
    let file = try #require(files.first { $0.path == path })
    try self.init(file.bytes, separator: separator)
  }
}
