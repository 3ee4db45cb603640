internal import Foundation

/// The texts cells refer to by number, in one run of bytes.
struct SharedTexts {
  private(set) var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  var count: Int { ends.count }

  /// The bytes of the text of that number, or `nil` when there is none.
  subscript(index: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(index) else { return nil }
    return bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
  }

  mutating func append(_ text: String) { bytes += text.utf8 }
  mutating func close(from start: Int) {
    SheetText.resolveEscapes(&bytes, from: start)
    ends.append(UInt32(bytes.count))
  }
}

/// Reads `sharedStrings.xml`.
final class SharedTextsHandler: MarkupHandler {
  private(set) var texts = SharedTexts()
  private let archive: ZipArchive
  private var isInText = false
  private var phonetics = 0
  private var start = 0

  init(_ archive: ZipArchive) { self.archive = archive }

  func start(_ name: String, _ attributes: [String: String]) throws {
    switch name {
    case "si": start = texts.bytes.count
    case "rPh": phonetics += 1
    case "t": isInText = phonetics == 0
    default: break
    }
  }

  func text(_ text: String) throws {
    guard isInText else { return }
    texts.append(text)
    guard texts.bytes.count <= archive.limits.sharedText else {
      throw archive.refusal(
        "workbook-size",
        "the texts of the workbook are larger than \(archive.limits.sharedText >> 20) MiB; save the sheet as CSV UTF-8 or split it"
      )
    }
  }

  func end(_ name: String) throws {
    switch name {
    case "si":
      guard texts.count < archive.limits.sharedTexts else {
        throw archive.refusal(
          "workbook-size",
          "the workbook holds more than \(archive.limits.sharedTexts) texts; save the sheet as CSV UTF-8 or split it"
        )
      }
      texts.close(from: start)
    case "rPh": phonetics -= 1
    case "t": isInText = false
    default: break
    }
  }
}

/// Texts as a workbook writes them.
enum SheetText {
  /// Replaces `_x000D_` and the like from `start` on: how XML that allows no control characters holds them.
  static func resolveEscapes(_ bytes: inout [UInt8], from start: Int) {
    var read = start
    var hasEscape = false
    while read + 7 <= bytes.count {
      if scalar(bytes, read) != nil {
        hasEscape = true
        break
      }
      read += 1
    }
    guard hasEscape else { return }
    var result: [UInt8] = []
    read = start
    while read < bytes.count {
      if let unit = scalar(bytes, read) {
        // Half a character alone cannot be written.
        result += String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8
        read += 7
      } else {
        result.append(bytes[read])
        read += 1
      }
    }
    bytes.replaceSubrange(start..., with: result)
  }

  /// The code in `_xHHHH_` at a place, if that is what stands there.
  private static func scalar(_ bytes: [UInt8], _ at: Int) -> UInt32? {
    guard at + 7 <= bytes.count, bytes[at] == UInt8(ascii: "_"), bytes[at + 1] == UInt8(ascii: "x"),
      bytes[at + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[(at + 2)..<(at + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
