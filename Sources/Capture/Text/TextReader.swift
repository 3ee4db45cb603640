/// Turns the bytes of a file into UTF-8, piece by piece.
final class TextReader {
  let encoding: TextEncoding
  let fingerprint: Fingerprint
  let file: String
  private let source: any ByteSource
  private let chunkSize: Int
  private let digest = Fingerprint.Builder()
  private var isFirst = true
  private var carry: [UInt8] = []
  private var highSurrogate: UInt32?
  private var linesDecoded = 1

  /// Reads a source from its start; `inspection` is what a first reading of it told, when there was one.
  init(_ source: any ByteSource, file: String, chunkSize: Int, inspection: Inspection? = nil) throws {
    let inspection = try inspection ?? Inspection(source, file: file, chunkSize: chunkSize)
    encoding = try inspection.encoding.get()
    fingerprint = inspection.fingerprint
    self.source = source
    self.file = file
    self.chunkSize = chunkSize
  }

  /// Appends the next piece of text; `false` at the end.
  func fill(_ text: inout ByteBuffer) throws -> Bool {
    var chunk = try source.read(chunkSize)
    digest.append(chunk)
    if chunk.isEmpty {
      guard digest.fingerprint() == fingerprint else {
        throw CaptureError(file, code: "changed", "the file changed while it was read; import it again")
      }
      guard carry.isEmpty, highSurrogate == nil else {
        throw CaptureError(
          file, code: "truncated", "the file ends in the middle of a character; send it again")
      }
      return false
    }
    if isFirst {
      // A chunk may be shorter than the mark.
      while chunk.count < encoding.markLength {
        let more = try source.read(chunkSize)
        if more.isEmpty { break }
        digest.append(more)
        chunk += more
      }
      chunk.removeFirst(min(chunk.count, encoding.markLength))
      isFirst = false
    }
    switch encoding {
    case .utf8, .markedUTF8: text.append(chunk)
    case .windows1252: decodeWindows(chunk, into: &text)
    case .utf16LittleEndian, .utf16BigEndian: try decodeUTF16(chunk, into: &text)
    }
    return true
  }

  private func decodeWindows(_ chunk: [UInt8], into text: inout ByteBuffer) {
    for byte in chunk {
      if byte < 0x80 {
        text.append(byte)
      } else if byte >= 0xA0 {
        TextReader.append(UInt32(byte), to: &text)
      } else {
        TextReader.append(TextReader.windowsUpper[Int(byte - 0x80)], to: &text)
      }
    }
  }

  private func decodeUTF16(_ chunk: [UInt8], into text: inout ByteBuffer) throws {
    let bytes = carry + chunk
    let isLittle = encoding == .utf16LittleEndian
    var i = 0
    while i + 1 < bytes.count {
      let unit = UInt32(bytes[isLittle ? i + 1 : i]) << 8 | UInt32(bytes[isLittle ? i : i + 1])
      i += 2
      if let high = highSurrogate {
        guard (0xDC00...0xDFFF).contains(unit) else { throw damaged() }
        TextReader.append(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), to: &text)
        highSurrogate = nil
        continue
      }
      switch unit {
      case 0xD800...0xDBFF: highSurrogate = unit
      case 0xDC00...0xDFFF: throw damaged()
      case 0:
        throw CaptureError(
          file, line: linesDecoded, code: "binary",
          "this file holds NUL characters, so it is not a text file; save it as CSV UTF-8")
      default:
        if unit == 0x0A { linesDecoded += 1 }
        TextReader.append(unit, to: &text)
      }
    }
    carry = Array(bytes[i...])
  }

  private func damaged() -> CaptureError {
    CaptureError(
      file, line: linesDecoded, code: "encoding", "this line is damaged UTF-16; save the file as CSV UTF-8")
  }

  private static func append(_ scalar: UInt32, to text: inout ByteBuffer) {
    switch scalar {
    case 0..<0x80: text.append(UInt8(scalar))
    case 0x80..<0x800:
      text.append(UInt8(0xC0 | scalar >> 6))
      text.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      text.append(UInt8(0xE0 | scalar >> 12))
      text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      text.append(UInt8(0x80 | scalar & 0x3F))
    default:
      text.append(UInt8(0xF0 | scalar >> 18))
      text.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      text.append(UInt8(0x80 | scalar & 0x3F))
    }
  }

  // 0x80…0x9F of Windows-1252; the five undefined bytes are refused by the inspection.
  private static let windowsUpper: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
