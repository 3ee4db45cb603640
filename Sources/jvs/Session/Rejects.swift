import Capture
import Foundation
import Impact
import Store

/// Writes the refused rows of received files where their senders find them.
struct Rejects {
  /// A folder of their own; `nil` puts each beside its file.
  var folder: String?
  private var taken: Set<String> = []

  init(folder: String? = nil) { self.folder = folder.map(absolute) }

  /// Leaves these files as they are: a file about to be imported is never replaced.
  mutating func spare(_ paths: [String]) { taken.formUnion(paths.map(absolute)) }

  /// Writes the refused rows of a file, if there are any, and says where.
  ///
  /// - Throws: a `Failure` when the place is not writable, or a `CaptureError` when the file has changed.
  mutating func write(of result: Reception.Result) throws -> String? {
    guard let file = result.reading?.file else { return nil }
    let target = place(of: result, named: RejectFile.name(of: file))
    guard result.receipt?.rejected ?? 0 > 0 else { return nil }
    taken.insert(target)
    // Met again, a file is refused what it was refused before: somebody may be mending that already.
    let isMended = result.receipt?.wasKnown ?? false && FileManager.default.fileExists(atPath: target)
    if !isMended { try Rejects.write(of: result, to: target) }
    return target
  }

  /// Writes the refused rows of a file to `target`; `false` when there are none.
  @discardableResult
  static func write(of result: Reception.Result, to target: String) throws -> Bool {
    guard let reading = result.reading, result.receipt?.rejected ?? 0 > 0 else { return false }
    let rejects = RejectFile(
      of: reading.file, refusals: result.receipt?.refusals ?? Refusals(), surplus: reading.surplus)
    let parent = (target as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotWrite, "the folder \(parent) cannot be made")
    }
    try WholeFile.write(to: target) { put in
      let written = try rejects.write(put)
      guard written.fingerprint == reading.fingerprint else {
        throw Failure(.tryLater, "\(result.path) has changed since it was read")
      }
    }
    return true
  }

  /// The name of the copy of a rejects file: `exit-2.rejects.csv`.
  static func name(_ name: String, copy: Int) -> String {
    copy == 1 ? name : "\(name.dropLast(".rejects.csv".count))-\(copy).rejects.csv"
  }

  /// Beside the file, or in the folder under the cooperation's name, so that it imports as it is.
  private func place(of result: Reception.Result, named name: String) -> String {
    let source = absolute(result.path)
    var parent = (source as NSString).deletingLastPathComponent
    if let folder {
      let parts = parent.split(separator: "/").map(String.init)
      let below = parts.lastIndex { $0 == result.cooperation }.map { parts[($0 + 1)...] } ?? []
      parent = ([folder] + [result.cooperation].compactMap(\.self) + below).joined(separator: "/")
    }
    // Two files of one name in one import: each keeps its own.
    var copy = 1
    while taken.contains("\(parent)/\(Rejects.name(name, copy: copy))") { copy += 1 }
    return "\(parent)/\(Rejects.name(name, copy: copy))"
  }
}
