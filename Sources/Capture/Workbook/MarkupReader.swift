internal import Foundation
internal import FoundationXML

/// Receives the elements of a part of a workbook, by their local names.
protocol MarkupHandler: AnyObject {
  func start(_ name: String, _ attributes: [String: String]) throws
  func text(_ text: String) throws
  func end(_ name: String) throws
  /// The line a damage is near to, when there are lines.
  var place: Int? { get }
}

extension MarkupHandler {
  var place: Int? { nil }
  func text(_ text: String) {}
  func end(_ name: String) {}
}

/// Reads one part of a workbook as XML, piece by piece, without document types or entities.
final class MarkupReader {
  /// Thrown by a handler that has seen enough.
  struct Enough: Error {}

  private let archive: ZipArchive
  private let entry: ZipArchive.Entry

  init(_ archive: ZipArchive, _ entry: ZipArchive.Entry) {
    self.archive = archive
    self.entry = entry
  }

  /// Gives every element to `handler`, in order.
  ///
  /// - Throws: ``CaptureError`` when the part is no plain XML in UTF-8, or whatever the handler throws.
  func read(_ handler: some MarkupHandler) throws {
    let input = PlainMarkup(try archive.stream(entry))
    let relay = Relay(handler)
    let parser = XMLParser(stream: input)
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = relay
    let isWhole = parser.parse()
    if let failure = relay.failure {
      if failure is Enough { return }
      throw failure
    }
    if let failure = input.failure { throw failure }
    guard isWhole, !relay.hasErrors, relay.depth == 0, relay.hasRoot else {
      throw archive.damaged(entry.name, line: handler.place)
    }
  }

  /// Hands the parser's calls on, and stops it at the first error.
  private final class Relay: XMLParserDelegate {
    let handler: any MarkupHandler
    var failure: (any Error)?
    var depth = 0
    var hasRoot = false
    var hasErrors = false

    init(_ handler: any MarkupHandler) { self.handler = handler }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { hasErrors = true }

    private func attempt(_ parser: XMLParser, _ body: () throws -> Void) {
      guard failure == nil else { return }
      do { try body() } catch {
        failure = error
        parser.abortParsing()
      }
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      depth += 1
      hasRoot = true
      attempt(parser) { try handler.start(name, attributes) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      attempt(parser) { try handler.text(string) }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
      attempt(parser) { try handler.text(String(decoding: block, as: UTF8.self)) }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      depth -= 1
      attempt(parser) { try handler.end(name) }
    }
  }
}

/// The bytes of a part on their way to the parser, which never gets to see a document type.
///
/// Entities are how a small document becomes a large one or reads other files; no spreadsheet writes any.
/// They can only be declared after `<!DOCTYPE`, which this finds in the bytes: hence UTF-8 alone is let
/// through.
private final class PlainMarkup: InputStream {
  private let source: ZipEntryStream
  private(set) var failure: (any Error)?
  private var isFirst = true
  private var isAtEnd = false
  // The parser takes its bytes for UTF-8 without looking.
  private var validity = UTF8Validity()
  // How much of `<!` the last bytes were.
  private var matched = 0

  init(_ source: ZipEntryStream) {
    self.source = source
    super.init(data: Data())
  }

  override func open() {}
  override func close() {}
  override var hasBytesAvailable: Bool { !isAtEnd }
  override var streamStatus: Stream.Status { failure != nil ? .error : isAtEnd ? .atEnd : .open }
  override var streamError: (any Error)? { failure }

  override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength: Int) -> Int {
    guard failure == nil else { return -1 }
    do {
      let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: maxLength)
      var length = 0
      // The declaration is judged on the first bytes, so they must come in one piece.
      repeat {
        let more = try source.read(UnsafeMutableRawBufferPointer(rebasing: bytes[length...]))
        if more == 0 { break }
        length += more
      } while isFirst && length < min(512, maxLength)
      if length == 0 {
        isAtEnd = true
        validity.finish()
      }
      let piece = UnsafeRawBufferPointer(rebasing: bytes[..<length])
      validity.append(UnsafeBufferPointer(start: buffer, count: length).span)
      guard validity.firstInvalid == nil, validity.nul == nil else {
        throw source.archive.damaged(source.entry.name)
      }
      if isFirst { try checkDeclaration(piece) }
      isFirst = false
      try refuseDocumentType(piece)
      return length
    } catch {
      failure = error
      return -1
    }
  }

  private func checkDeclaration(_ bytes: UnsafeRawBufferPointer) throws {
    let start = bytes.prefix(512)
    var text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start
    while let first = text.first, [0x20, 0x09, 0x0A, 0x0D].contains(first) { text = text.dropFirst() }
    guard text.first == UInt8(ascii: "<"), !text.contains(0) else {
      throw source.archive.damaged(source.entry.name)
    }
    let declaration = String(decoding: text, as: UTF8.self).lowercased().prefix { $0 != ">" }
    guard declaration.hasPrefix("<?xml"), let encoding = declaration.range(of: "encoding") else { return }
    let value = declaration[encoding.upperBound...].drop { " =\t\r\n\"'".contains($0) }
    guard ["utf-8", "utf8", "us-ascii"].contains(where: value.hasPrefix) else {
      throw source.archive.refusal(
        "workbook-xml",
        "the part \(source.entry.name) of the workbook is not UTF-8; open the workbook in a spreadsheet and save it again as .xlsx"
      )
    }
  }

  private func refuseDocumentType(_ bytes: UnsafeRawBufferPointer) throws {
    for byte in bytes {
      switch (matched, byte) {
      case (2, UInt8(ascii: "-")), (2, UInt8(ascii: "[")): matched = 0
      case (2, _):
        throw source.archive.refusal(
          "workbook-xml",
          "the part \(source.entry.name) of the workbook declares a document type or entities, as no spreadsheet does; open the workbook in a spreadsheet and save it again as .xlsx"
        )
      case (1, UInt8(ascii: "!")): matched = 2
      case (_, UInt8(ascii: "<")): matched = 1
      default: matched = 0
      }
    }
  }
}
