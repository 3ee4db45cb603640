import Foundation

/// One intermediate table of a score, written row after row as CSV.
final class ScoreTable {
  /// One value of a row.
  enum Cell {
    case text(String)
    case number(Double?)
    case integer(Int?)
  }

  private var buffer: [UInt8] = []
  /// The file; `nil` for standard output.
  private let file: WholeFile.Draft?

  /// A table in a file that appears when it is finished, whole, in the place of one of its name.
  ///
  /// - Throws: ``Failure`` when the file cannot be written.
  init(path: String, header: [String]) throws {
    file = try WholeFile.Draft(of: path, mode: 0o644)
    try add(header.map(Cell.text))
  }

  /// A table on standard output.
  init(standardOutputWith header: [String]) throws {
    file = nil
    try add(header.map(Cell.text))
  }

  /// Adds a row.
  func add(_ row: [Cell]) throws {
    for (index, cell) in row.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      switch cell {
      case .text(let text): write(text)
      case .number(let number): if let number { buffer += "\(number)".utf8 }
      case .integer(let number): if let number { buffer += "\(number)".utf8 }
      }
    }
    buffer += [0x0D, 0x0A]
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Writes what is left and puts the file in place.
  func finish() throws {
    try flush()
    try file?.putInPlace()
  }

  private func write(_ text: String) {
    // A text that a spreadsheet would run as a formula is disarmed by an apostrophe (CWE-1236).
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    if needsQuotes { buffer.append(0x22) }
    if isFormula { buffer.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == 0x22 { buffer.append(0x22) }
      buffer.append(byte)
    }
    if needsQuotes { buffer.append(0x22) }
  }

  private func flush() throws {
    if let file {
      try file.append(buffer)
    } else {
      do { try FileHandle.standardOutput.write(contentsOf: buffer) } catch {
        throw Failure(.cannotWrite, "standard output cannot be written: \(error.localizedDescription)")
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
