/// Reads the records of a CSV file (RFC 4180), strictly, in pieces and with constant memory.
///
///     let scanner = try CSVScanner(path: "exit.csv")
///     while try scanner.next() { print(scanner.line, scanner.fields) }
///
/// Whatever puts the rest of the file in doubt (a stray or unterminated quote, a cut last line, a NUL) is
/// thrown; a record with too few or too many fields is only reported, in ``raggedness``.
public final class CSVScanner {
  private struct Field {
    var start: Int
    var end: Int
    var isQuoted: Bool
    var hasDoubledQuotes: Bool
  }

  /// The file as the user named it.
  public let file: String
  /// How the file is written, guessed from its bytes and its header.
  public private(set) var dialect: Dialect
  /// The names of the columns, trimmed; unnamed columns at the end are left out.
  public private(set) var header: [String] = []
  /// The header as it is written.
  public private(set) var rawHeader = ""
  /// The line of the header.
  public private(set) var headerLine = 1
  /// Where the current record begins, from 1.
  @exclusivity(unchecked) public private(set) var line = 1
  /// Number of fields of the current record.
  @exclusivity(unchecked) public private(set) var fieldCount = 0

  private let reader: TextReader
  @exclusivity(unchecked) private var text = ByteBuffer(capacity: 512 * 1024)
  @exclusivity(unchecked) private var start = 0
  @exclusivity(unchecked) private var end = 0
  @exclusivity(unchecked) private var isAtEnd = false
  @exclusivity(unchecked) private var nextLine = 1
  @exclusivity(unchecked) private var endsWithNewline = true
  @exclusivity(unchecked) private var delimiter: UInt8 = 0
  /// Columns of the header as written, unnamed ones at the end included.
  private var width = 0
  /// Where the fields of the record are; of a record far too wide, only the first.
  private let slots = UnsafeMutablePointer<Field>.allocate(capacity: CSVScanner.mostSlots)
  @exclusivity(unchecked) private var slotCount = 0
  private var scratch: [UInt8] = []

  private static let mostSlots = Limit.columns * 2 + 1

  /// Opens a file and reads its header.
  ///
  /// - Throws: ``CaptureError`` when the file cannot be read, is no text or has no usable header.
  public convenience init(path: String) throws {
    try self.init(FileSource(path: path), file: path, chunkSize: 256 * 1024)
  }

  /// Reads bytes in memory in pieces of `chunkSize`.
  ///
  /// - Throws: ``CaptureError`` when the bytes are no text or have no usable header.
  public convenience init(bytes: [UInt8], file: String, chunkSize: Int = 256 * 1024) throws {
    try self.init(MemorySource(bytes), file: file, chunkSize: chunkSize)
  }

  init(
    _ source: any ByteSource, file: String, chunkSize: Int, inspection: Inspection? = nil
  ) throws {
    self.file = file
    reader = try TextReader(source, file: file, chunkSize: chunkSize, inspection: inspection)
    dialect = Dialect(delimiter: ";", encoding: reader.encoding)
    try readHeader()
  }

  deinit { slots.deallocate() }

  /// The fingerprint of the file's bytes.
  public var fingerprint: Fingerprint { reader.fingerprint }

  // MARK: Records

  /// Goes to the next record, blank lines left out; `false` at the end.
  ///
  /// - Throws: ``CaptureError`` when the rest of the file cannot be trusted.
  public func next() throws -> Bool {
    repeat {
      guard try advance() else { return false }
    } while hasNoText
    if isAtEnd, !endsWithNewline, fieldCount < header.count {
      throw CaptureError(
        file, line: line, code: "truncated",
        "the last line stops after \(fieldCount) of \(header.count) fields; the file was probably cut, send it again"
      )
    }
    return true
  }

  /// Why the current record does not fit the header, or `nil` when it does.
  public var raggedness: String? {
    if fieldCount < header.count {
      return
        "this line has \(fieldCount) fields where the header has \(header.count); check its delimiters and quotes"
    }
    if fieldCount > width {
      return
        "this line has \(fieldCount) fields where the header has \(header.count); check its delimiters and quotes"
    }
    for index in header.count..<fieldCount where slot(index).end > slot(index).start {
      return "a value stands in column \(index + 1), which has no name; name the column or empty it"
    }
    return nil
  }

  /// The current record's fields, quotes resolved.
  public var fields: [String] { (0..<slotCount).map(field) }

  /// One field of the current record, quotes resolved.
  public func field(_ index: Int) -> String {
    withField(index) { String(copying: $0) }
  }

  /// The current record as it is written.
  public var rawRecord: String { String(decoding: text.bytes[start..<end], as: UTF8.self) }

  @inline(__always) private func slot(_ index: Int) -> Field {
    precondition(index >= 0 && index < slotCount, "the record has no such field")
    return slots[index]
  }

  /// Gives the bytes of one field, quotes resolved.
  func withField<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    let slot = slot(index)
    let bytes = text.bytes
    guard slot.hasDoubledQuotes else { return try body(bytes.span.extracting(slot.start..<slot.end)) }
    scratch.removeAll(keepingCapacity: true)
    var i = slot.start
    while i < slot.end {
      scratch.append(bytes[i])
      i += bytes[i] == 0x22 ? 2 : 1
    }
    let held = scratch
    return try body(held.span)
  }

  private var hasNoText: Bool { fieldCount == 1 && slots[0].start == slots[0].end && !slots[0].isQuoted }

  // MARK: Scanning

  private func advance() throws -> Bool {
    start = position
    line = nextLine
    while true {
      if start == text.count, isAtEnd { return false }
      if start < text.count, try scan() { return true }
      // The record goes on: keep its beginning, drop what was read before it.
      text.removeFirst(start)
      start = 0
      position = 0
      if try !reader.fill(&text) { isAtEnd = true }
    }
  }

  @exclusivity(unchecked) private var position = 0

  /// Scans the record at `start`; `false` when the text ends before it does.
  ///
  /// A record cut by the end of a chunk is scanned again from its start: simpler than a resumable state,
  /// and bounded by the longest record.
  private func scan() throws -> Bool {
    let held = text.bytes
    let bytes = held.span
    let count = bytes.count
    let delimiter = delimiter
    slotCount = 0
    fieldCount = 0
    var lines = 0
    var i = start
    while true {
      var field = Field(start: i, end: i, isQuoted: false, hasDoubledQuotes: false)
      if i < count, bytes[i] == 0x22 {
        field.isQuoted = true
        i += 1
        field.start = i
        let opened = line + lines
        quoted: while true {
          if i == count {
            guard isAtEnd else { return false }
            throw CaptureError(
              file, line: opened, column: fieldCount + 1, code: "quote",
              "the quote opened here is never closed; close it, or double it (\"\") if it is part of the text"
            )
          }
          if i - field.start > Limit.field {
            throw CaptureError(
              file, line: opened, column: fieldCount + 1, code: "field-size",
              "the quoted field that begins here is longer than 64 KiB; its closing quote is probably missing"
            )
          }
          switch bytes[i] {
          case 0x22:
            if i + 1 == count, !isAtEnd { return false }
            if i + 1 < count, bytes[i + 1] == 0x22 {
              field.hasDoubledQuotes = true
              i += 2
            } else {
              break quoted
            }
          case 0x0A:
            lines += 1
            i += 1
          case 0x0D:
            if i + 1 == count, !isAtEnd { return false }
            if i + 1 < count, bytes[i + 1] == 0x0A { i += 1 }
            lines += 1
            i += 1
          default: i += 1
          }
        }
        field.end = i
        i += 1
        if i < count, bytes[i] != delimiter, bytes[i] != 0x0A, bytes[i] != 0x0D {
          throw strayQuote(line: line + lines)
        }
      } else {
        let bound = min(count, i + Limit.field + 1)
        while i < bound {
          let byte = bytes[i]
          if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
          if byte == 0x22 { throw strayQuote(line: line + lines) }
          i += 1
        }
        if i - field.start > Limit.field {
          throw CaptureError(
            file, line: line + lines, column: fieldCount + 1, code: "field-size",
            "this field is longer than 64 KiB; shorten it")
        }
        field.end = i
      }
      if i == count, !isAtEnd { return false }
      // A record far too wide is refused all the same; remembering each of its fields would only cost.
      if slotCount < CSVScanner.mostSlots {
        slots[slotCount] = field
        slotCount += 1
      }
      fieldCount += 1
      if i - start > Limit.record {
        throw CaptureError(
          file, line: line, code: "row-size", "this row is longer than 1 MiB; shorten it or check its quotes")
      }
      if i < count, bytes[i] == delimiter {
        i += 1
        continue
      }
      endsWithNewline = i < count
      if i < count, bytes[i] == 0x0D, i + 1 == count, !isAtEnd { return false }
      end = i
      if i < count {
        lines += 1
        i += bytes[i] == 0x0D && i + 1 < count && bytes[i + 1] == 0x0A ? 2 : 1
      }
      position = i
      nextLine = line + lines
      return true
    }
  }

  private func strayQuote(line: Int) -> CaptureError {
    CaptureError(
      file, line: line, column: fieldCount + 1, code: "quote",
      "a quote stands in the middle of this field; put the whole field in quotes and double the quotes inside (\"\")"
    )
  }

  // MARK: Header

  private func readHeader() throws {
    // Every delimiter is tried on the header alone, so its bytes are needed first.
    while !isAtEnd, !FirstLines.areWhole(text.bytes) {
      if try !reader.fill(&text) { isAtEnd = true }
    }
    if let separator = try FirstLines.separator(of: text.bytes, file: file) {
      (delimiter, position, nextLine) = (separator.delimiter, separator.end, 2)
    } else {
      delimiter = FirstLines.guessedDelimiter(of: text.bytes)
    }
    dialect.delimiter = Character(Unicode.Scalar(delimiter))
    repeat {
      guard try advance() else {
        throw CaptureError(file, code: "empty", "the file holds no line; send it with its header line")
      }
    } while hasNoText
    headerLine = line
    rawHeader = rawRecord
    guard fieldCount <= Limit.columns else {
      throw CaptureError(
        file, line: line, code: "columns",
        "the header has \(fieldCount) columns, more than \(Limit.columns); remove those that are not needed")
    }
    width = fieldCount
    header = fields.map(HeaderNames.trimmed)
    while header.last == "" { header.removeLast() }
    try HeaderNames.check(header, file: file, line: line)
  }
}
