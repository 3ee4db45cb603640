internal import Glibc

extension PrivateCluster {
  /// Refuses to begin what needs `bytes` on the disk of the data folder.
  public func requireFree(bytes: Int, for purpose: String) throws {
    let free = try freeBytes(data)
    guard free < bytes else { return }
    throw ClusterError(
      .diskFull,
      "The disk of \(data) has \(Self.megabytes(free)) free, and \(purpose) needs \(Self.megabytes(bytes)):"
        + " free \(Self.megabytes(bytes - free)) or choose a folder on another disk with --data."
    )
  }

  /// Refuses an import for which the disk is too small: at least 1 GiB, and four times the file.
  public func requireFree(importing fileBytes: Int) throws {
    let (fourfold, tooLarge) = fileBytes.multipliedReportingOverflow(by: 4)
    try requireFree(bytes: tooLarge ? .max : max(1 << 30, fourfold), for: "the import")
  }

  /// Gives up the ballast, so that a full disk has some room again; says how many bytes came free.
  @discardableResult
  public func releaseBallast() throws -> Int {
    let path = data + "/ballast"
    guard let status = Disk.status(path) else { return 0 }
    guard unlink(path) == 0 else { throw Disk.failure("removing", path) }
    return Int(status.st_blocks) * 512
  }

  /// Makes the ballast again where there is room enough beside it.
  func layBallast(_ place: Place, leaving rest: Int) throws {
    guard options.ballastBytes > 0, Disk.status(place.ballast) == nil,
      try freeBytes(place.data) >= options.ballastBytes + rest
    else { return }
    let file = open(place.ballast, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Disk.failure("writing", place.ballast) }
    defer { _ = close(file) }
    let code = posix_fallocate(file, 0, off_t(options.ballastBytes))
    guard code == 0 else {
      _ = unlink(place.ballast)
      errno = code
      throw Disk.failure("reserving room in", place.ballast)
    }
  }

  /// Makes sure the server has room to start, giving up the ballast if it must.
  func makeRoomToStart(_ place: Place) throws {
    if try freeBytes(place.data) < options.startBytes { try releaseBallast() }
    try requireFree(bytes: options.startBytes, for: "starting the database")
  }

  func freeBytes(_ path: String) throws -> Int {
    try options.freeBytes?(path) ?? Disk.freeBytes(path)
  }

  /// Rounded up, so that what is asked for is enough.
  static func megabytes(_ bytes: Int) -> String {
    "\(bytes / Disk.megabyte + (bytes % Disk.megabyte > 0 ? 1 : 0)) MiB"
  }
}
