import Capture
import Foundation
import Impact
import Store

/// The folder partners' files arrive in, one subfolder a cooperation, and where they go from there.
///
/// A file is moved only after what it said is recorded: one that a crash left behind is met again, known by
/// its digest, and moved then.
struct Inbox {
  /// The data folder.
  let data: String

  init(_ data: String) { self.data = data }

  /// Where files arrive.
  var path: String { data + "/inbox" }

  /// Makes the folders.
  func prepare() throws {
    for name in ["inbox", "done", "refused"] {
      do {
        try FileManager.default.createDirectory(atPath: data + "/" + name, withIntermediateDirectories: true)
      } catch {
        throw Failure(
          .cannotWrite, "the folder \(data)/\(name) cannot be made; check that \(data) is writable")
      }
    }
  }

  /// The files waiting, in order of path; hidden files, and files still being copied (`.part`), are left.
  func waiting() -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.sorted().filter { name in
      var isFolder: ObjCBool = false
      return !name.split(separator: "/").contains { $0.hasPrefix(".") } && !name.hasSuffix(".part")
        && FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  /// Moves a received file to `done/` or `refused/` of the day, its report and its refused rows beside it.
  ///
  /// The file goes last: what a crash leaves in the inbox is met again, but known then and not told again.
  func settle(_ result: Reception.Result, on day: Day) throws {
    let root = absolute(path)
    let file = absolute(result.path)
    guard file.hasPrefix(root + "/") else { return }
    let inside = String(file.dropFirst(root.count + 1))
    let place = data + (result.receipt == nil ? "/refused/" : "/done/") + "\(day)/"
    var target = place + inside
    var copy = 1
    while FileManager.default.fileExists(atPath: target) {
      copy += 1
      target = place + inside + ".\(copy)"
    }
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    var told = result
    if let source = result.reading?.file {
      let folder = (target as NSString).deletingLastPathComponent
      let name = RejectFile.name(of: source)
      var rejects = name
      while FileManager.default.fileExists(atPath: folder + "/" + rejects) {
        copy += 1
        rejects = Rejects.name(name, copy: copy)
      }
      if try Rejects.write(of: result, to: folder + "/" + rejects) { told.rejects = rejects }
    }
    if !told.diagnostics.isEmpty {
      try Data(report(told).utf8).write(to: URL(fileURLWithPath: target + ".report.txt"))
    }
    try FileManager.default.moveItem(atPath: file, toPath: target)
  }

  private func report(_ result: Reception.Result) -> String {
    let text = ReceptionText(result, limit: 200)
    let lines =
      [text.counts ?? "\(result.file): the file was not recorded"]
      + text.remarks.map(\.text) + [text.leftOut, text.rejects].compactMap(\.self)
    return lines.joined(separator: "\n") + "\n"
  }
}
