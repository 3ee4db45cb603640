import Foundation
import Store

/// One command's use of the private server, so that the last one to leave stops it and nobody else does.
///
/// Each user holds the file `users` shared; who leaves tries to hold it alone: that succeeds only when
/// nobody else is using the server. `jvs db start` leaves the file `keep-running`, which forbids stopping.
struct ClusterUse {
  private let descriptor: Int32
  private let folder: String

  init(of folder: String) throws {
    self.folder = folder
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotWrite, "the data folder \(folder) cannot be made; name another with --data")
    }
    descriptor = open(folder + "/users", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_SH) == 0 else {
      throw Failure(
        .cannotWrite, "the data folder \(folder) is not writable: \(String(cString: strerror(errno)))")
    }
  }

  /// Leaves; the last to leave stops the server.
  func end(stopping cluster: PrivateCluster) {
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, !ClusterUse.keepsRunning(folder) else { return }
    do {
      try cluster.stop()
    } catch {
      Console.sayError("the private database could not be stopped: \(error)")
    }
  }

  /// Whether somebody asked for the server to stay.
  static func keepsRunning(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/keep-running")
  }

  /// Asks for the server to stay when nobody uses it, or takes that back.
  static func keepRunning(_ isKept: Bool, in folder: String) throws {
    let marker = folder + "/keep-running"
    if isKept {
      guard FileManager.default.createFile(atPath: marker, contents: Data()) else {
        throw Failure(.cannotWrite, "\(marker) cannot be written")
      }
    } else if FileManager.default.fileExists(atPath: marker) {
      try FileManager.default.removeItem(atPath: marker)
    }
  }
}
