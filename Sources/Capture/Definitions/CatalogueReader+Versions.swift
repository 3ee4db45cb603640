internal import Impact
internal import Yams

extension CatalogueReader {
  private static let mostVersions = 16

  /// The version a file's name announces for an indicator: 0 for `exits.yaml`, 1 for `exits@1.yaml`, `nil`
  /// for the file of something else.
  static func version(in name: String, of id: String) -> Int? {
    if name == id + ".yaml" { return 0 }
    guard name.hasPrefix(id + "@"), name.hasSuffix(".yaml") else { return nil }
    let text = name.dropFirst(id.count + 1).dropLast(5)
    guard let version = Int(text), version > 0, String(version) == text else { return nil }
    return version
  }

  /// The newest version of an indicator, and those before it, newest first.
  ///
  /// - Parameters:
  ///   - id: the indicator.
  ///   - dimension: its folder.
  ///   - names: the names in that folder.
  ///   - vocabulary: the words definitions may use.
  ///   - frames: the frames they may be mapped to, `nil` where none are listed.
  ///   - diagnostics: takes what is wrong in a file that cannot be read at all.
  /// - Returns: the definitions that could be read.
  func versions(
    of id: String, in dimension: String, names: [String], _ vocabulary: Vocabulary?,
    _ frames: [Frame]?, _ diagnostics: inout [Diagnostic]
  ) -> (newest: IndicatorReader.Draft?, earlier: [IndicatorReader.Draft]) {
    let folder = Folder.path(folder, dimension)
    func read(_ name: String, version: Int?) -> IndicatorReader.Draft? {
      let file = DefinitionFile(path: Folder.path(folder, name))
      let reader = IndicatorReader(
        file: file, dimension: dimension, expectedID: id, expectedVersion: version, vocabulary: vocabulary,
        frames: frames, isKept: isKept)
      guard let draft = reader.read() else {
        diagnostics += file.diagnostics
        return nil
      }
      return draft
    }
    let newest = read(id + ".yaml", version: nil)
    let numbers = names.compactMap { CatalogueReader.version(in: $0, of: id) }.filter { $0 > 0 }.sorted(by: >)
    guard numbers.count <= CatalogueReader.mostVersions else {
      diagnostics.append(
        Diagnostic(
          file: Folder.path(folder, id + ".yaml"), code: "budget",
          message:
            "\(numbers.count) earlier versions stand beside it, \(CatalogueReader.mostVersions) at most are read; remove the oldest"
        ))
      return (newest, [])
    }
    var earlier = numbers.compactMap { read("\(id)@\($0).yaml", version: $0) }
    check(newest, earlier)
    for index in earlier.indices {
      earlier[index].indicator.id = Indicator.id(id, version: earlier[index].indicator.version)
    }
    return (newest, earlier)
  }

  /// Whether successive versions leave no quarter without a definition and count the same thing.
  private func check(_ newest: IndicatorReader.Draft?, _ earlier: [IndicatorReader.Draft]) {
    guard let newest else { return }
    if let numbered = newest.entries["version"], newest.indicator.version > 1, !isKept {
      let isAlone = earlier.isEmpty
      if isAlone, newest.indicator.restated == nil {
        newest.file.report(
          "version", at: numbered,
          "version \(newest.indicator.version) stands alone: keep the one before it as \(newest.indicator.name)@\(newest.indicator.version - 1).yaml, or say under restated why all quarters are computed anew"
        )
      } else if isAlone, let node = newest.entries["valid_from"] {
        newest.file.report(
          "version", at: node,
          "no version is in force before \(newest.indicator.validFrom.map { "\($0)" } ?? ""), since no earlier one is kept; keep it, or remove valid_from"
        )
      } else if !isAlone, let node = newest.entries["restated"] {
        newest.file.report("version", at: node, "an earlier version still makes figures; remove restated")
      }
    }
    for (older, newer) in zip(earlier, [newest] + earlier) {
      let file = older.file
      guard older.indicator.version < newer.indicator.version else {
        file.report(
          "version", at: older.entries["version"],
          "version \(older.indicator.version) is kept beside \(newer.indicator.name).yaml, which must then have a higher version; raise it there"
        )
        continue
      }
      guard let end = older.indicator.validTo else {
        file.report(
          "missing",
          "an earlier version lacks valid_to; name the last quarter it is computed for, such as 2026T4")
        continue
      }
      guard let start = newer.indicator.validFrom else {
        newer.file.report(
          "missing",
          "version \(newer.indicator.version) lacks valid_from; name the first quarter it is computed for, such as 2026T4"
        )
        continue
      }
      if start > end.next {
        file.report(
          "version", at: older.entries["valid_to"],
          "no version is in force between \(end) and \(start); let them meet or overlap")
      }
      if older.indicator.unit != newer.indicator.unit {
        newer.file.report(
          "version", at: newer.entries["unit"],
          "version \(older.indicator.version) counts in \(older.indicator.unit.rawValue); what counts in another unit is another indicator, with another name"
        )
      }
    }
  }
}
