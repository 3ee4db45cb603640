internal import Glibc

extension PrivateCluster {
  /// Where the parts of a cluster are, and whose they are.
  struct Place {
    var data: String
    /// The user the server runs as.
    var owner: SystemUser

    var cluster: String { data + "/cluster" }
    var marker: String { cluster + "/JVS_CLUSTER" }
    var ballast: String { data + "/ballast" }
    var log: String { data + "/server.log" }
    var settings: String { data + "/server.conf" }
    var access: String { data + "/pg_hba.conf" }
    var identities: String { data + "/pg_ident.conf" }
  }

  func place() throws -> Place {
    let path = try Disk.resolved(data)
    let place = Place(data: path, owner: try owner(of: path + "/cluster"))
    try checkEntry(place)
    return place
  }

  private func owner(of cluster: String) throws -> SystemUser {
    let current = SystemUser.current
    if let status = Disk.status(cluster) {
      guard current.id == 0 else {
        guard status.st_uid == current.id else {
          let name = SystemUser(id: status.st_uid)?.name ?? "#\(status.st_uid)"
          throw ClusterError(
            .permission,
            "\(cluster) belongs to user \(name): run jvs as \(name) or root, or choose another folder with --data."
          )
        }
        return current
      }
      if status.st_uid != 0 {
        guard let owner = SystemUser(id: status.st_uid) else {
          throw ClusterError(
            .permission,
            "\(cluster) belongs to user number \(status.st_uid), who does not exist: give it an owner."
          )
        }
        return owner
      }
      throw ClusterError(
        .damaged, "\(cluster) belongs to root, as whom PostgreSQL does not run: it was not made by jvs."
      )
    }
    guard current.id == 0 else { return current }
    guard let owner = SystemUser(named: options.serverUser) else {
      throw ClusterError(
        .permission,
        "PostgreSQL does not run as root, and there is no user \(options.serverUser) to run it as:"
          + " make one (adduser --system \(options.serverUser)) or run jvs as another user."
      )
    }
    return owner
  }

  /// The server's user must be able to walk down to the data folder.
  private func checkEntry(_ place: Place) throws {
    var folder = place.data
    while true {
      var status = stat()
      guard stat(folder, &status) == 0 else { throw Disk.failure("reading the folder", folder) }
      guard place.owner.mayEnter(status) else {
        throw ClusterError(
          .permission,
          "The folder \(folder) cannot be entered by user \(place.owner.name), as whom the server runs:"
            + " allow it (chmod o+x \(folder)) or choose another folder with --data."
        )
      }
      if folder == "/" { return }
      folder = Disk.folder(of: folder)
    }
  }

  func folderState(_ place: Place) throws -> Status.State {
    guard Disk.exists(place.cluster) else { return .absent }
    let parts = [place.marker, place.cluster + "/PG_VERSION", place.cluster + "/global/pg_control"]
    return parts.allSatisfy(Disk.exists) ? .stopped : .damaged
  }

  func damaged(_ place: Place) -> ClusterError {
    ClusterError(
      .damaged,
      "\(place.cluster) is not a complete cluster made by jvs, and is left as it is:"
        + " move it away, or restore the data folder from a backup."
    )
  }

  /// The program and arguments that run `program` as the server's user.
  func command(_ place: Place, _ program: String, _ arguments: [String]) throws -> (String, [String]) {
    guard geteuid() == 0 else { return (program, arguments) }
    let name = place.owner.name
    for setpriv in ["/usr/bin/setpriv", "/bin/setpriv"] where access(setpriv, X_OK) == 0 {
      let drop = [
        "--reuid=\(name)", "--regid=\(place.owner.group)", "--init-groups", "--inh-caps=-all", "--",
      ]
      return (setpriv, drop + [program] + arguments)
    }
    for runuser in ["/usr/sbin/runuser", "/sbin/runuser"] where access(runuser, X_OK) == 0 {
      return (runuser, ["-u", name, "--", program] + arguments)
    }
    throw ClusterError(
      .permission,
      "PostgreSQL does not run as root, and neither setpriv nor runuser is here to run it as \(name):"
        + " install util-linux, or run jvs as another user."
    )
  }

  /// What the server's programs see of the environment: nothing of ours, so nothing can lead them astray.
  static let environment = ["LC_ALL=C", "PATH=/usr/bin:/bin", "TZ=UTC"]
}
