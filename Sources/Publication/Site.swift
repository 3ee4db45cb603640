public import Impact

/// Everything readers get of a release: pages in two languages and the data behind them.
///
/// The same edition is the same bytes, so that a site can be made again and compared.
public struct Site {
  /// One file of the site.
  public struct File: Hashable, Sendable {
    /// Where it stands in the release's folder: `fr/index.html`.
    public var path: String
    /// What it holds.
    public var bytes: [UInt8]

    /// A file with its content.
    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The files in the order of their paths, without the manifest.
  public let files: [File]
  private let edition: Edition

  /// The site of an edition.
  public init(_ edition: Edition) {
    self.edition = edition
    let album = Album(edition)
    files = (Pages.files(of: album) + Exports.files(of: album)).sorted { $0.path < $1.path }
  }

  /// `manifest.json`: what the release was made from, and every file with its size and digest.
  ///
  /// - Parameter digest: the SHA-256 of bytes, in hexadecimal.
  /// - Returns: the file, which does not list itself.
  public func manifest(digest: ([UInt8]) -> String) -> File {
    let files = files.map { file in
      JSON.object([
        ("path", .string(file.path)), ("bytes", .integer(file.bytes.count)),
        ("sha256", .string(digest(file.bytes))),
      ])
    }
    let json = JSON.object(ReleaseDescription.members(of: edition) + [("files", .array(files))])
    return File(path: "manifest.json", bytes: json.rendered())
  }

  /// The files above the releases that say which one is current: `index.html` and `latest.json`.
  ///
  /// - Parameters:
  ///   - folder: the name of the release's folder under `releases/`.
  ///   - release: the release it holds.
  ///   - isSample: whether any of its data are invented.
  /// - Returns: the two files, to be put in the folder that holds `releases/`.
  public static func pointer(to folder: String, release: Release, isSample: Bool) -> [File] {
    let latest = JSON.object([
      ("release", .string(release.id)),
      ("folder", .string("releases/" + folder)),
      ("cut", .string(release.cut.description)),
      ("next_due", .string(release.nextDue.description)),
      ("data_nature", .string(DataNature(isSample: isSample).rawValue)),
    ])
    return [
      File(
        path: "index.html",
        bytes: EntryPage(folder: folder, release: release, isSample: isSample).markup.rendered()),
      File(path: "latest.json", bytes: latest.rendered()),
    ]
  }
}
