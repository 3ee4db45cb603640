/// The definition files of a folder as bytes, so that a release can keep what it was made from.
public struct DefinitionFolder: Sendable {
  /// One file.
  public struct File: Hashable, Sendable {
    /// Its path inside the folder.
    public var path: String
    /// Its bytes.
    public var bytes: [UInt8]
  }

  /// Every file that decides a figure, in order of path.
  public let files: [File]

  /// Reads the definition files of `folder`.
  public init(_ folder: String) throws {
    files = try CatalogueDigest.paths(in: folder, under: "", depth: 0)
      .filter(CatalogueDigest.decidesFigures)
      .map {
        File(path: $0, bytes: try FileSource.contents(of: Folder.path(folder, $0), limit: 64 * 1024 * 1024))
      }
  }
}
