internal import CXLSXWriter
internal import Foundation

/// A workbook in the making, by libxlsxwriter; its bytes are those of its content and nothing else.
///
/// The library writes files only, so one is made in a folder of its own and taken away again.
final class Workbook {
  /// Why a workbook could not be made: the library's own words.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The look of a cell.
  typealias Format = UnsafeMutablePointer<lxw_format>
  /// One sheet.
  typealias Sheet = UnsafeMutablePointer<lxw_worksheet>

  private let book: UnsafeMutablePointer<lxw_workbook>
  private let folder: String
  private var isClosed = false
  /// Texts the library reads until it is done.
  private var texts: [UnsafeMutablePointer<CChar>] = []

  /// Begins a workbook of that title.
  init(title: String) throws {
    folder = NSTemporaryDirectory() + "jvs-workbook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard let book = workbook_new(folder + "/book.xlsx") else {
      throw Failure(description: "the workbook cannot be made: no memory")
    }
    self.book = book
    var properties = lxw_doc_properties()
    properties.title = keep(title)
    properties.author = keep("jvs")
    // A date that never changes: the same template is the same bytes. 2020-01-01, at noon.
    properties.created = 1_577_880_000
    try check(workbook_set_properties(book, &properties))
  }

  deinit {
    if !isClosed { workbook_close(book) }
    for text in texts { free(text) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Adds a sheet.
  func sheet(_ name: String) throws -> Sheet {
    guard let sheet = workbook_add_worksheet(book, name) else {
      throw Failure(description: "the sheet \(name) cannot be added")
    }
    return sheet
  }

  /// Adds a look.
  func format(_ setting: (Format) -> Void = { _ in }) throws -> Format {
    guard let format = workbook_add_format(book) else {
      throw Failure(description: "a format of the workbook cannot be made: no memory")
    }
    setting(format)
    return format
  }

  /// A text that stays where it is until the workbook is done.
  func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    texts.append(copy)
    return copy
  }

  /// Throws the library's words when it did not do what it was asked.
  func check(_ error: lxw_error) throws {
    guard error != LXW_NO_ERROR else { return }
    throw Failure(description: lxw_strerror(error).map { String(cString: $0) } ?? "unknown error")
  }

  /// Ends the workbook.
  func bytes() throws -> [UInt8] {
    isClosed = true
    try check(workbook_close(book))
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/book.xlsx")))
  }
}
