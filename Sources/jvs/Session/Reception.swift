import Capture
import Foundation
import Impact
import Store

/// Receives files: finds what each is about, records it, and says what became of it.
struct Reception {
  /// What became of one file.
  struct Result {
    /// The file, as reports call it.
    var file: String
    /// Where it is.
    var path: String
    /// The cooperation it is about, when it is known.
    var cooperation: String?
    /// What was recorded, when the file could be read at all.
    var receipt: Archive.Receipt?
    /// Why it could not be read at all, or what its rows have wrong.
    var diagnostics: [Diagnostic]
    /// How it was read, when it was read.
    var reading: Reading?
    /// Where its refused rows are written, when they are.
    var rejects: String?

    /// Whether the file, or some of it, was refused.
    var isRefusedInPart: Bool { receipt == nil || (receipt?.rejected ?? 0) > 0 }
  }

  /// What reading a file told that writing its refused rows needs.
  struct Reading {
    var file: FactFile
    var surplus: Int
    var fingerprint: Fingerprint
  }

  /// How files are taken.
  struct Terms {
    /// Everything is told and nothing recorded.
    var isTrial = false
    /// One refused row, and nothing of any file is recorded.
    var isAllOrNothing = false
    /// Each file is the whole truth of its table: known rows it lacks are closed.
    var isComplete = false
  }

  let session: Session
  let console: Console
  var terms = Terms()
  /// The day rows are judged on.
  var today = Day.todayInParis()
  /// The folder reports leave out of a file's name: the inbox.
  var root: String?
  /// Where the refused rows are written; `nil` writes none.
  var rejects: Rejects? = Rejects()

  private func name(_ path: String) -> String {
    guard let root, path.hasPrefix(root + "/") else { return path }
    return String(path.dropFirst(root.count + 1))
  }

  /// Records every importable file of these paths, in the order that satisfies their references, on the terms.
  func receive(_ paths: [String], cooperation: String?) throws -> [Result] {
    let schemas = try session.schemas()
    let discovery = ImportFile.discover(
      in: paths, schemas: schemas, mappings: try session.mappings(schemas))
    if terms.isComplete { try requireOneFileATable(discovery.files) }
    // Each file is a transaction, so that a delivery never holds up another cooperation's while it is read.
    guard terms.isTrial || terms.isAllOrNothing else {
      return try receive(discovery, schemas, cooperation: cooperation)
    }
    return try session.archive.unless({ results in
      terms.isTrial || results.contains { $0.isRefusedInPart }
    }) { try receive(discovery, schemas, cooperation: cooperation) }
  }

  /// Two files of one table cannot both be the whole of it.
  private func requireOneFileATable(_ files: [ImportFile]) throws {
    var seen: [String: ImportFile] = [:]
    for file in files {
      let place = "\(file.entity) \(file.cooperations.first ?? "")"
      if let first = seen[place] {
        throw Failure(
          .usage,
          "\(first.path) and \(file.path) are both about \(file.entity), and with --complete each would close "
            + "the rows of the other; import the one that is complete by its name")
      }
      seen[place] = file
    }
  }

  private func receive(
    _ discovery: ImportFile.Discovery, _ schemas: SchemaSet, cooperation: String?
  ) throws -> [Result] {
    // A README beside the data is worth a remark, not a refusal.
    for remark in discovery.diagnostics where remark.severity == .warning {
      console.remark("left: \(remark)")
    }
    var results = discovery.diagnostics.filter { $0.severity == .error }.map { diagnostic in
      Result(
        file: name(diagnostic.file), path: diagnostic.file, cooperation: cooperation, receipt: nil,
        diagnostics: [diagnostic.renamed(name(diagnostic.file))])
    }
    for result in results { report(result) }
    // Rows sent again by themselves make no sense of a file nothing of which is recorded.
    var rejects = terms.isTrial || terms.isAllOrNothing ? nil : rejects
    rejects?.spare(discovery.files.map(\.path))
    let facts = PersonalFacts(schemas.schemas)
    var progress = Progress("importing", total: discovery.files.count, console: console)
    for file in discovery.files {
      try Interruption.check()
      progress.advance(name(file.path))
      guard let schema = schemas.schema(named: file.entity) else { continue }
      let referrers = schemas.schemas.filter { other in
        other.references.contains { $0.entity == schema.name }
      }
      var result = try receive(file, schema, referrers, facts, cooperation: cooperation)
      progress.finish()
      do {
        result.rejects = try rejects?.write(of: result)
      } catch {
        // What is recorded is recorded: the rest of the files must not suffer.
        console.remark(
          "remark: the refused rows of \(result.file) could not be written: \(error); name a folder with --rejects"
        )
      }
      report(result)
      results.append(result)
    }
    return results
  }

  private func receive(
    _ file: ImportFile, _ schema: FactSchema, _ referrers: [FactSchema], _ facts: PersonalFacts,
    cooperation: String?
  ) throws -> Result {
    var result = Result(
      file: name(file.path), path: file.path, cooperation: cooperation, receipt: nil, diagnostics: [])
    do {
      let subject = try cooperation ?? subject(of: file, schema)
      result.cooperation = subject
      let receipt = try FileImport(
        path: file.path, name: result.file, schema: schema, sheet: file.sheet, mapping: file.mapping,
        today: today, referrers: referrers, personal: facts
      )
      .record(in: session.archive, cooperation: subject, isComplete: terms.isComplete) { report in
        let source = FactFile(path: file.path, schema: schema, mapping: file.mapping, sheet: file.sheet)
        result.reading = Reading(file: source, surplus: report.surplus, fingerprint: report.fingerprint)
      }
      result.receipt = receipt
      result.diagnostics = receipt.diagnostics
      if receipt.late > 0 { result.diagnostics.append(Reception.remark(on: receipt.late, result.file)) }
    } catch let error as CaptureError {
      result.diagnostics = error.diagnostics.map { $0.renamed(result.file) }
    } catch let error as Archive.Refusal {
      result.diagnostics = [Diagnostic(file: result.file, code: "cooperation", message: "\(error)")]
    }
    return result
  }

  /// Late rows are recorded like others, and never silently.
  private static func remark(on late: Int, _ file: String) -> Diagnostic {
    let (french, english) =
      late == 1
      ? ("1 ligne enregistrée porte", "1 row recorded is")
      : ("\(late) lignes enregistrées portent", "\(late) rows recorded are")
    return Diagnostic(
      file: file, code: "late",
      message:
        "\(english) about a quarter already released, validated or closed; nothing is to be done, the next release "
        + "shows what changes as a restatement",
      french:
        "\(french) sur un trimestre déjà publié, validé ou clos ; il n’y a rien à faire, la prochaine livraison "
        + "montrera ce qui change comme rectification", severity: .warning)
  }

  /// The cooperation a file is about: the nearest enclosing folder that bears a known name, or, for the file
  /// that declares a cooperation, any enclosing folder.
  private func subject(of file: ImportFile, _ schema: FactSchema) throws -> String {
    let known = try session.archive.cooperationNames()
    if let found = file.cooperations.first(where: known.contains) { return found }
    guard file.entity == "cooperation" else {
      throw Archive.Refusal.unknownCooperation(file.cooperations.first ?? "", known: known)
    }
    let declared = try FactFile(path: file.path, schema: schema, mapping: file.mapping, sheet: file.sheet)
      .firstValue(
        of: "cooperation")
    return declared ?? file.cooperations.first ?? ""
  }

  private func report(_ result: Result) {
    let text = ReceptionText(result, limit: 20)
    for line in text.remarks {
      if line.severity == .warning { console.remark(line.text) } else { console.refusal(line.text) }
    }
    if let leftOut = text.leftOut { console.remark(leftOut) }
    if let counts = text.counts {
      // Nobody needs the sum of a file with nothing wrong.
      if result.isRefusedInPart { console.remark(counts) } else { console.detail(counts) }
    }
    if let rejects = text.rejects { console.remark(rejects) }
  }
}

/// What became of one file, for a machine.
struct ReceptionAnswer: Encodable {
  struct Remark: Encodable {
    var line: Int?
    var column: Int?
    var field: String?
    var code: String
    var severity: String
    var message: String
    var french: String?
  }

  var file: String
  var cooperation: String?
  var known: Bool
  var read: Int
  var recorded: Int
  var revised: Int
  var late: Int
  var unchanged: Int
  var rejected: Int
  var batch: Int?
  var remarks: [Remark]
  /// Remarks there was no room for; the rows are in the rejects file all the same.
  var omittedRemarks: Int
  var rejectsFile: String?

  init(_ result: Reception.Result) {
    file = result.file
    cooperation = result.cooperation
    let receipt = result.receipt
    known = receipt?.wasKnown ?? false
    read = receipt?.read ?? 0
    recorded = receipt?.recorded ?? 0
    revised = receipt?.revised ?? 0
    late = receipt?.late ?? 0
    unchanged = receipt?.unchanged ?? 0
    rejected = receipt?.rejected ?? 0
    batch = receipt?.batch
    remarks = result.diagnostics.map {
      Remark(
        line: $0.line, column: $0.column, field: $0.field, code: $0.code, severity: $0.severity.rawValue,
        message: $0.message, french: $0.french)
    }
    omittedRemarks = receipt?.omittedDiagnostics ?? 0
    rejectsFile = result.rejects
  }
}
