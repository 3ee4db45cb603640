public import Impact
internal import Yams

extension Catalogue {
  /// The catalogue of a folder: `catalogue.yaml`, `facts.yaml`, `scorecard.yaml` and one file an indicator.
  ///
  ///     let catalogue = try Catalogue(readingFrom: "Indicators")
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - isKept: whether these are the definitions kept with a release. They were accepted by the rules of their day, and
  ///     what is asked since is not asked of them: a release is published again as it was made.
  /// - Throws: ``CaptureError`` with everything that is wrong in any of the files.
  public init(readingFrom folder: String, isKept: Bool = false) throws {
    let reader = CatalogueReader(folder: folder, isKept: isKept)
    self = try reader.read()
  }
}

extension Edition.Audience {
  /// The audiences of a folder's `audiences.yaml`, in its order.
  ///
  /// - Throws: ``CaptureError`` with everything that is wrong in the file.
  public static func all(readingFrom folder: String) throws -> [Edition.Audience] {
    let file = DefinitionFile(path: Folder.path(folder, "audiences.yaml"))
    var audiences: [Edition.Audience] = []
    if let root = file.load() {
      let nodes = file.items(of: root, in: "the file")
      for node in nodes {
        guard let entries = file.entries(of: node, in: "an audience", required: ["id", "label", "threshold"])
        else {
          continue
        }
        let id = CatalogueReader.identifier(entries["id"], "the id", file)
        let label = file.localized(entries["label"], "the label")
        let threshold = file.integer(entries["threshold"], "the threshold", atLeast: 1)
        guard let id, let label, let threshold else { continue }
        if audiences.contains(where: { $0.id == id }) {
          file.report("duplicate", at: node, "the audience \"\(id)\" stands twice; keep one")
        }
        audiences.append(Edition.Audience(id: id, label: label, threshold: threshold))
      }
      if nodes.isEmpty { file.report("missing", at: root, "the file lists no audience; add one") }
    }
    guard file.diagnostics.isEmpty else { throw CaptureError(file.diagnostics) }
    return audiences
  }
}

/// Reads every file of the catalogue and holds them against each other.
struct CatalogueReader {
  let folder: String
  var isKept = false

  private static let files = [
    "catalogue.yaml", "facts.yaml", "scorecard.yaml", "audiences.yaml", "sroi.yaml", "frames.yaml",
  ]
  private static let mostIndicators = 500
  private static let folders = ["schemas", "reference", "mappings"]

  private struct Listing {
    var version: String
    var dimensions: [Dimension]
    var indicators: [(id: String, dimension: String, node: Node)]
  }

  private typealias Dimension = Catalogue.Dimension

  func read() throws -> Catalogue {
    var diagnostics: [Diagnostic] = []
    let top = try Folder.names(in: folder).filter { !$0.hasPrefix(".") }

    let factsFile = DefinitionFile(path: Folder.path(folder, "facts.yaml"))
    // A shape that is wrong is told by `jvs check` with the others.
    let schemas = try? SchemaSet(readingFrom: Folder.path(folder, "schemas"))
    let vocabulary = VocabularyReader(file: factsFile, schemas: schemas, isKept: isKept).read()
    diagnostics += factsFile.diagnostics

    var frames: [Frame]?
    // Releases made before there were any are published again without.
    if top.contains("frames.yaml") {
      let file = DefinitionFile(path: Folder.path(folder, "frames.yaml"))
      frames = FrameReader(file: file).read()
      diagnostics += file.diagnostics
    }

    let listingFile = DefinitionFile(path: Folder.path(folder, "catalogue.yaml"))
    let listing = listing(listingFile)
    // Of a list that is refused nothing can be said: neither what is missing from it nor what names it.
    if listing == nil || listingFile.diagnostics.contains(where: { $0.code == "budget" }) {
      throw CaptureError(diagnostics + listingFile.diagnostics)
    }
    var drafts: [IndicatorReader.Draft] = []
    var earlier: [IndicatorReader.Draft] = []
    for entry in listing?.indicators ?? [] {
      let inner = (try? Folder.names(in: Folder.path(folder, entry.dimension))) ?? []
      guard inner.contains(entry.id + ".yaml") else {
        let names = inner.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        listingFile.report(
          "missing", at: entry.node,
          "the file \(entry.dimension)/\(entry.id).yaml does not exist\(NearestName.hint(for: entry.id, among: names))"
        )
        continue
      }
      let (newest, older) = versions(
        of: entry.id, in: entry.dimension, names: inner, vocabulary, frames, &diagnostics)
      if let newest { drafts.append(newest) }
      earlier += older
    }
    let parameters: [Parameter]?
    do { parameters = try ParameterReader(folder: folder).read() } catch let error as CaptureError {
      diagnostics += error.diagnostics
      parameters = nil
    }
    var references: [ReferenceTable] = []
    if let schemas, let vocabulary {
      let names = Set(vocabulary.entities.flatMap(\.fields).flatMap(\.tables).map(\.name))
      do { references = try ReferenceReader(folder: folder, schemas: schemas).read(names) } catch let error
        as CaptureError
      {
        diagnostics += error.diagnostics
      }
    }
    let isWhole = drafts.count == listing?.indicators.count
    checkExpressions(of: &drafts, &earlier, parameters: parameters, isWhole: isWhole)
    if let vocabulary { checkComparisons(of: drafts + earlier, vocabulary) }
    if let vocabulary, factsFile.diagnostics.isEmpty, !isKept {
      checkExamples(of: drafts + earlier, vocabulary)
    }
    for draft in drafts + earlier { diagnostics += draft.file.diagnostics }
    let indicators = drafts.map(\.indicator)
    diagnostics += listingFile.diagnostics
    if let listing { diagnostics += unlisted(listing, top) }

    let family = ScorecardFamily(
      folder: folder, dimensions: listing?.dimensions ?? [], indicators: indicators,
      earlier: earlier.map(\.indicator), listed: Set((listing?.indicators ?? []).map(\.id)))
    let (scorecard, earlierScorecards, problems) = family.read(among: top)
    diagnostics += problems

    var socialReturn: SocialReturnModel?
    // Releases made before there was one must be published again from the definitions kept with them.
    if top.contains("sroi.yaml") {
      let file = DefinitionFile(path: Folder.path(folder, "sroi.yaml"))
      socialReturn = SocialReturnReader(
        file: file, indicators: indicators, listed: Set((listing?.indicators ?? []).map(\.id)),
        parameters: parameters, vocabulary: vocabulary
      ).read()
      diagnostics += file.diagnostics
    }

    guard diagnostics.isEmpty, let vocabulary, let listing, let scorecard else {
      throw CaptureError(diagnostics, atMost: DefinitionFile.Budget.diagnostics, of: folder)
    }
    return Catalogue(
      version: listing.version, dimensions: listing.dimensions, indicators: indicators,
      vocabulary: vocabulary,
      scorecard: scorecard, earlierScorecards: earlierScorecards,
      digest: try CatalogueDigest.digest(of: folder), earlier: earlier.map(\.indicator),
      parameters: parameters ?? [], socialReturn: socialReturn, references: references, frames: frames ?? [])
  }

  private func listing(_ file: DefinitionFile) -> Listing? {
    guard let root = file.load(),
      let entries = file.entries(of: root, in: "the catalogue", required: ["version", "dimensions"])
    else { return nil }
    let version = file.text(entries["version"], "the version")
    var dimensions: [Dimension] = []
    var indicators: [(id: String, dimension: String, node: Node)] = []
    for node in file.items(of: entries["dimensions"], in: "dimensions") {
      guard
        let entries = file.entries(
          of: node, in: "a dimension", required: ["id", "label", "description", "indicators"]),
        let id = CatalogueReader.identifier(entries["id"], "the id of a dimension", file)
      else { continue }
      if dimensions.contains(where: { $0.id == id }) {
        file.report("duplicate", at: node, "the dimension \"\(id)\" stands twice; keep one")
      }
      if CatalogueReader.folders.contains(id) {
        file.report(
          "name", at: entries["id"], "\"\(id)\" is a folder of its own; name the dimension otherwise")
      }
      let label = file.localized(entries["label"], "the label of \"\(id)\"")
      let description = file.localized(entries["description"], "the description of \"\(id)\"")
      if let label, let description {
        dimensions.append(Dimension(id: id, label: label, description: description))
      }
      for node in file.items(
        of: entries["indicators"], in: "the indicators of \"\(id)\"", atMost: CatalogueReader.mostIndicators)
      {
        guard let indicator = CatalogueReader.identifier(node, "an indicator", file) else { continue }
        if indicators.contains(where: { $0.id == indicator }) {
          file.report("duplicate", at: node, "the indicator \"\(indicator)\" is listed twice; keep one")
          continue
        }
        indicators.append((indicator, id, node))
      }
    }
    guard let version else { return nil }
    return Listing(version: version, dimensions: dimensions, indicators: indicators)
  }

  /// Files that look like definitions but are not part of the catalogue: nothing is ignored in silence.
  private func unlisted(_ listing: Listing, _ top: [String]) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let dimensions = listing.dimensions.map(\.id)
    let listed = Set(listing.indicators.map { $0.dimension + "/" + $0.id })
    for name in top {
      let path = Folder.path(folder, name)
      if Folder.exists(path) {
        if CatalogueReader.folders.contains(name) { continue }
        let isDimension = dimensions.contains(name)
        let inner = ((try? Folder.names(in: path)) ?? []).filter(CatalogueReader.isDefinition)
        func isListed(_ file: String) -> Bool {
          let id = String(file.prefix { $0 != "@" && $0 != "." })
          return listed.contains(name + "/" + id) && CatalogueReader.version(in: file, of: id) != nil
        }
        for file in inner {
          let inside = Folder.path(path, file)
          if !isDimension {
            found.append(
              Diagnostic(
                file: inside, code: "dimension",
                message:
                  "catalogue.yaml has no dimension \"\(name)\"\(NearestName.hint(for: name, among: dimensions))"
              ))
          } else if !isListed(file) {
            found.append(
              Diagnostic(
                file: inside, code: "unlisted",
                message: "the file is not listed in catalogue.yaml under \"\(name)\"; list it or remove it"))
          }
        }
      } else if CatalogueReader.isDefinition(name), !CatalogueReader.files.contains(name),
        !ScorecardFamily.contains(name)
      {
        found.append(
          Diagnostic(
            file: path, code: "unlisted",
            message:
              "no file of this name is read\(NearestName.hint(for: name, among: CatalogueReader.files)); rename or remove it"
          ))
      }
    }
    return found
  }

  private static func isDefinition(_ name: String) -> Bool {
    !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
  }

  /// A name that is also that of a file or folder: lower-case letters, digits and inner hyphens.
  static func identifier(_ node: Node?, _ what: String, _ file: DefinitionFile) -> String? {
    guard let text = file.text(node, what) else { return nil }
    guard ImportFile.isSlug(text) else {
      file.report("name", at: node, "\(what) is written with lower-case letters, digits and hyphens")
      return nil
    }
    return text
  }
}

/// The digest of every file that decides a figure.
enum CatalogueDigest {
  /// The fingerprint over relative paths and contents, in order of path.
  ///
  /// Definitions, schemas and reference tables count; audiences do not, since they only mask figures, nor do
  /// mappings, since what they made of a file is recorded.
  static func digest(of folder: String) throws -> String {
    let builder = Fingerprint.Builder()
    for path in try paths(in: folder, under: "", depth: 0) where decidesFigures(path) {
      let contents = try FileSource.contents(of: Folder.path(folder, path), limit: 64 * 1024 * 1024)
      // Lengths keep one file's end from being another's beginning.
      builder.append(Array("\(path.utf8.count) \(path) \(contents.count)\n".utf8))
      builder.append(contents)
    }
    return builder.fingerprint().hex
  }

  static func decidesFigures(_ path: String) -> Bool {
    path != "audiences.yaml" && !path.hasPrefix("mappings/")
  }

  static func paths(in folder: String, under prefix: String, depth: Int) throws -> [String] {
    guard depth <= 8 else { return [] }
    var found: [String] = []
    for name in try Folder.names(in: folder) where !name.hasPrefix(".") {
      let path = Folder.path(folder, name)
      if Folder.exists(path) {
        found += try paths(in: path, under: prefix + name + "/", depth: depth + 1)
      } else if [".yaml", ".json", ".csv"].contains(where: name.hasSuffix) {
        found.append(prefix + name)
      }
    }
    return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }
}
