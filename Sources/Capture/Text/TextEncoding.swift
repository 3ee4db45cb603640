/// How the bytes of a file stand for characters.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  /// UTF-8.
  case utf8 = "UTF-8"
  /// UTF-8 with a byte order mark, as spreadsheets save it.
  case markedUTF8 = "UTF-8 with a byte order mark"
  /// Windows-1252, as old French spreadsheets save it.
  case windows1252 = "Windows-1252"
  /// UTF-16, little end first, with a byte order mark ("Texte Unicode").
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, big end first, with a byte order mark.
  case utf16BigEndian = "UTF-16BE"

  /// Bytes of the mark before the text.
  var markLength: Int {
    switch self {
    case .utf8, .windows1252: 0
    case .markedUTF8: 3
    case .utf16LittleEndian, .utf16BigEndian: 2
    }
  }
}

/// What a first reading of a whole file tells: its encoding and its fingerprint.
///
/// The encoding must be known before the first row is delivered, and only the last byte can prove that
/// a file is UTF-8; reading twice keeps memory constant.
struct Inspection: Sendable {
  var fingerprint: Fingerprint
  /// The encoding, or why the bytes are no text that can be read.
  var encoding: Result<TextEncoding, CaptureError>

  init(_ source: any ByteSource, file: String, chunkSize: Int) throws {
    try source.rewind()
    let digest = Fingerprint.Builder()
    var start: [UInt8] = []
    var validity = UTF8Validity()
    while true {
      let chunk = try source.read(chunkSize)
      if chunk.isEmpty { break }
      digest.append(chunk)
      if start.count < 128 { start += chunk.prefix(128 - start.count) }
      validity.append(chunk.span)
    }
    validity.finish()
    fingerprint = digest.fingerprint()
    do {
      encoding = .success(try Inspection.encoding(validity, start, of: source, file))
    } catch let error as CaptureError {
      encoding = .failure(error)
    }
    try source.rewind()
  }

  private static func encoding(
    _ validity: UTF8Validity, _ start: [UInt8], of source: any ByteSource, _ file: String
  ) throws -> TextEncoding {
    if start.isEmpty {
      throw CaptureError(file, code: "empty", "the file is empty; send it with its header line")
    }
    if let binary = binaryKind(of: start) { throw CaptureError(file, code: "binary", binary) }
    if start.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if start.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    if let offset = validity.nul {
      throw CaptureError(
        file, line: try line(at: offset, in: source), code: "binary",
        "this file holds NUL bytes, so it is not a text file; save it as CSV UTF-8")
    }
    if let offset = validity.firstInvalid {
      if validity.multibyte >= validity.invalid {
        throw CaptureError(
          file, line: try line(at: offset, in: source), code: "encoding",
          "the file is UTF-8 elsewhere but this line is not, so accents would be damaged; save the whole file as CSV UTF-8"
        )
      }
      if let offset = validity.undefined {
        throw CaptureError(
          file, line: try line(at: offset, in: source), code: "encoding",
          "this line is neither UTF-8 nor Windows-1252; save the file as CSV UTF-8")
      }
      return .windows1252
    }
    return start.starts(with: [0xEF, 0xBB, 0xBF]) ? .markedUTF8 : .utf8
  }

  private static func binaryKind(of start: [UInt8]) -> String? {
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      // An OpenDocument archive stores its type uncompressed near its start.
      if String(decoding: start, as: UTF8.self).contains("opendocument.spreadsheet") {
        return "this is an OpenDocument workbook; save it as .xlsx or CSV UTF-8"
      }
      return "this is an Excel workbook; save it as CSV UTF-8"
    }
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return
        "this is an old Excel workbook (.xls), or one with a password; save it as .xlsx without password, or as CSV UTF-8"
    }
    if start.starts(with: [0x1F, 0x8B]) {
      return "this is a compressed file; decompress it and send the CSV"
    }
    if start.starts(with: Array("%PDF".utf8)) { return "this is a PDF; send the table as CSV UTF-8" }
    return nil
  }

  private static func line(at offset: Int, in source: any ByteSource) throws -> Int {
    try source.rewind()
    var line = 1
    var left = offset
    var previous: UInt8 = 0
    while left > 0 {
      let chunk = try source.read(min(left, 65_536))
      if chunk.isEmpty { break }
      for byte in chunk {
        if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { line += 1 }
        previous = byte
      }
      left -= chunk.count
    }
    return line
  }
}

/// Judges whether bytes that arrive in pieces are UTF-8, without overlong forms or surrogates.
struct UTF8Validity {
  private(set) var multibyte = 0
  private(set) var invalid = 0
  /// Offsets of the first NUL, of the first invalid byte and of the first byte Windows-1252 leaves undefined.
  private(set) var nul: Int?
  private(set) var firstInvalid: Int?
  private(set) var undefined: Int?
  private var offset = 0
  private var pending = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF

  mutating func append(_ bytes: Span<UInt8>) {
    var i = 0
    while i < bytes.count {
      if pending == 0 { i = UTF8Validity.plain(bytes, from: i) }
      guard i < bytes.count else { break }
      let byte = bytes[i]
      if pending == 0, byte &- 1 < 0x7F {
        i += 1
        continue
      }
      step(byte, at: offset + i)
      i += 1
    }
    offset += bytes.count
  }

  /// Passes over ASCII without a NUL, eight bytes at a time; most of a file is nothing else.
  private static func plain(_ bytes: Span<UInt8>, from start: Int) -> Int {
    bytes.withUnsafeBytes { raw in
      var i = start
      while i + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        // The high bit of a byte of `word`, or of the borrow a zero byte takes.
        guard (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 else { break }
        i += 8
      }
      return i
    }
  }

  mutating func finish() {
    if pending > 0 { refuse(at: offset) }
    pending = 0
  }

  private mutating func step(_ byte: UInt8, at position: Int) {
    if byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D {
      undefined = undefined ?? position
    }
    if pending > 0 {
      if byte >= lower, byte <= upper {
        pending -= 1
        (lower, upper) = (0x80, 0xBF)
        if pending == 0 { multibyte += 1 }
        return
      }
      refuse(at: position)
      pending = 0
      (lower, upper) = (0x80, 0xBF)
      // The byte that broke the sequence may begin another.
    }
    switch byte {
    case 0: nul = nul ?? position
    case 0x01...0x7F: break
    case 0xC2...0xDF: pending = 1
    case 0xE0: (pending, lower) = (2, 0xA0)
    case 0xED: (pending, upper) = (2, 0x9F)
    case 0xE1...0xEF: pending = 2
    case 0xF0: (pending, lower) = (3, 0x90)
    case 0xF4: (pending, upper) = (3, 0x8F)
    case 0xF1...0xF3: pending = 3
    default: refuse(at: position)
    }
  }

  private mutating func refuse(at position: Int) {
    invalid += 1
    firstInvalid = firstInvalid ?? position
  }
}
