import Capture
import Impact
import Publication
import Store

/// The arrows after capture, each as one step: compute, release, publish.
struct Chain {
  let session: Session
  let console: Console

  /// What a computation came to.
  struct Computed: Encodable {
    var quarter: String
    var batch: Int
    /// Figures there are.
    var figures: Int
    var isNew: Bool
    /// Figures computed this time, of how many cooperations.
    var computed: Int
    var cooperations: Int
    /// Cooperations there are.
    var known: Int
    var isWhole: Bool

    /// What was done, in words.
    var words: String {
      guard isNew else { return "Nothing new since the last computation." }
      if isWhole { return "\(figures) figures computed up to \(quarter), as of batch \(batch)." }
      return
        "\(computed) of \(figures) figures computed again, of \(cooperations) of \(known) cooperation(s), up to \(quarter), "
        + "as of batch \(batch)."
    }
  }

  /// What a publication came to.
  struct Published: Encodable {
    var release: String
    var files: Int
    var index: String
    var isNew: Bool
  }

  /// Computes up to a quarter, unless facts and definitions are those of the last computation.
  func compute(_ quarter: Quarter) throws -> Computed {
    try session.recordReference(console: console)
    let perspective = try Archive.Perspective(
      quarter: quarter, cut: ReleaseCalendar.cut(of: quarter), batch: session.archive.lastBatch())
    let done = try session.archive.compute(session.catalogue(), seen: perspective, software: JVS.version)
    return Computed(
      quarter: quarter.description, batch: perspective.batch,
      figures: done.total, isNew: done.isNew,
      computed: done.figures, cooperations: done.cooperations, known: done.known, isWhole: done.isWhole)
  }

  /// Releases a quarter, unless its last release says the same.
  func release(_ quarter: Quarter) throws -> Archive.ReleaseOutcome {
    try session.recordReference(console: console)
    return try session.archive.release(
      quarter, catalogue: session.catalogue(), definitions: session.definitionFiles(), software: JVS.version)
  }

  /// The tables awaited for a release, by cooperation, each told as a remark.
  func awaited(_ release: Release) throws -> [String: [String]] {
    let awaited = try session.archive.awaited(release)
    for (cooperation, tables) in awaited {
      let files = tables.map { $0 + ".csv" }.joined(separator: ", ")
      console.remark(
        "\(cooperation): nothing new of \(files) was received for \(release.quarter), though it came for the two quarters "
          + "before; send it, empty if there is nothing to say, or as it was in a folder named \(release.quarter)"
      )
    }
    return Dictionary(uniqueKeysWithValues: awaited.map { ($0.cooperation, $0.tables) })
  }

  /// The release of that name, or the last one.
  func release(named name: String?) throws -> Release {
    let releases = try session.archive.releases()
    guard let name else {
      guard let last = releases.last else {
        throw Failure(.dataRefused, "there is no release yet; make one with jvs release --quarter 2026T3")
      }
      return last
    }
    guard let found = releases.first(where: { $0.id == name }) else {
      let known = releases.map(\.id).joined(separator: ", ")
      throw Failure(.dataRefused, "there is no release “\(name)” (known: \(known.isEmpty ? "none" : known))")
    }
    return found
  }

  /// A release as an audience may see it.
  func edition(_ release: Release, audience name: String) throws -> Edition {
    let audiences = try Edition.Audience.all(readingFrom: session.indicators)
    guard let audience = audiences.first(where: { $0.id == name }) else {
      let known = audiences.map(\.id).joined(separator: ", ")
      throw Failure(.usage, "there is no audience “\(name)” in Indicators/audiences.yaml (known: \(known))")
    }
    return try session.archive.edition(release, catalogue: session.catalogue(of: release), audience: audience)
  }

  /// Publishes a release to a site.
  func publish(
    _ release: Release, to folder: String, audience name: String, mayPublish: () throws -> Bool
  ) throws -> Published {
    let edition = try edition(release, audience: name)
    let site = Site(edition)
    let digest: ([UInt8]) -> String = { Fingerprint(of: $0).hex }
    let manifest = site.manifest(digest: digest)
    // Same release, same audience, same software: same bytes, so the same folder.
    let folderName = "\(release.id)-\(edition.audience.id)-\(digest(manifest.bytes).prefix(12))"
    let place = SiteFolder(folder)
    let isNew = try place.publish(
      site.files + [manifest], as: folderName,
      pointer: Site.pointer(to: folderName, release: release, isSample: edition.isSample),
      mayPublish: mayPublish)
    if isNew {
      try session.archive.audit(
        .publication, release.id,
        ["audience": edition.audience.id, "folder": folderName, "manifest": digest(manifest.bytes)])
    }
    if edition.audience.id != "internal", try !session.archive.keepPublished(edition) {
      console.remark(
        "\(edition.audience.id) was given \(release.id) with other figures before: the store keeps those, and "
          + "funders' logins read them")
    }
    return Published(
      release: release.id, files: site.files.count + 1, index: place.path + "/index.html", isNew: isNew)
  }
}
