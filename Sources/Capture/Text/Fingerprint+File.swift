extension Fingerprint {
  /// The fingerprint of a file's bytes, read in pieces.
  ///
  /// - Throws: ``CaptureError`` when the file cannot be read.
  public init(ofFileAt path: String) throws {
    let source = try FileSource(path: path)
    let builder = Builder()
    while true {
      let piece = try source.read(1 << 20)
      if piece.isEmpty { break }
      builder.append(piece)
    }
    self = builder.fingerprint()
  }
}
