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

  /// Moves a received file to `done/` or `refused/` of the day, with its report beside it.
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
    try FileManager.default.moveItem(atPath: file, toPath: target)
    if !result.diagnostics.isEmpty {
      try Data(report(result).utf8).write(to: URL(fileURLWithPath: target + ".report.txt"))
    }
  }

  private func report(_ result: Reception.Result) -> String {
    var lines = ["\(result.file)"]
    if let receipt = result.receipt {
      lines.append(
        "\(receipt.read) rows read, \(receipt.recorded) recorded, \(receipt.unchanged) unchanged, "
          + "\(receipt.rejected) refused")
    } else {
      lines.append("the file was not recorded")
    }
    lines += result.diagnostics.map { "\($0.severity == .warning ? "remark" : "refused"): \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
