internal import Glibc

/// A user of the operating system.
struct SystemUser: Equatable {
  var name: String
  var id: uid_t
  var group: gid_t

  static var current: SystemUser {
    SystemUser(id: geteuid()) ?? SystemUser(name: "#\(geteuid())", id: geteuid(), group: getegid())
  }

  private init(name: String, id: uid_t, group: gid_t) {
    self.name = name
    self.id = id
    self.group = group
  }

  init?(named name: String) {
    let found: SystemUser? = Self.look { getpwnam_r(name, $0, $1, $2, $3) }
    guard let found else { return nil }
    self = found
  }

  init?(id: uid_t) {
    let found: SystemUser? = Self.look { getpwuid_r(id, $0, $1, $2, $3) }
    guard let found else { return nil }
    self = found
  }

  private static func look(
    _ call: (
      UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
      UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32
  ) -> SystemUser? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16384) { buffer in
      guard let base = buffer.baseAddress, call(&entry, base, buffer.count, &found) == 0, found != nil
      else { return nil }
      return SystemUser(name: String(cString: entry.pw_name), id: entry.pw_uid, group: entry.pw_gid)
    }
  }

  /// The groups of the user, his own first.
  var groups: [gid_t] {
    var count: Int32 = 256
    var list = [gid_t](repeating: 0, count: Int(count))
    guard getgrouplist(name, group, &list, &count) >= 0 else { return [group] }
    return Array(list.prefix(Int(count)))
  }

  /// Whether the user may enter a folder of these owners and mode.
  func mayEnter(_ status: stat) -> Bool {
    if id == 0 { return true }
    if status.st_uid == id { return status.st_mode & S_IXUSR != 0 }
    if groups.contains(status.st_gid) { return status.st_mode & S_IXGRP != 0 }
    return status.st_mode & S_IXOTH != 0
  }
}
