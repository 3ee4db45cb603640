import Impact
import Testing

@testable import Capture

private let label = Localized(fr: "exemple", en: "example")

/// Health and justice are refused where they come in, by the name of the column and never by a value.
struct SensitiveDataTests {
  /// Facts about one participant each, with a field of free text.
  private let schema = FactSchema(
    name: "support", title: label, scope: .cooperation,
    fields: [
      .init(name: "participant", kind: .string, title: label, isRequired: true, pattern: "^[A-Z0-9-]+$"),
      .init(name: "criterion", kind: .string, title: label, allowed: ["BRSA", "DETENTION_MJ"]),
      .init(name: "rqth", kind: .boolean, title: label),
      .init(name: "remark", kind: .string, title: label),
    ], key: ["participant"], references: [])

  private func read(_ text: String, _ schema: FactSchema? = nil) throws -> FactFile.Report {
    let folder = try TemporaryFolder()
    return try FactFile(path: folder.write("support.csv", text), schema: schema ?? self.schema).read { _ in }
  }

  /// What is written of the refused rows.
  private func rejects(of text: String, _ schema: FactSchema? = nil) throws -> String {
    let folder = try TemporaryFolder()
    let file = FactFile(path: try folder.write("support.csv", text), schema: schema ?? self.schema)
    let report = try file.read { _ in }
    var bytes: [UInt8] = []
    let written = try RejectFile(of: file, refusals: Refusals(), surplus: report.surplus)
      .write { bytes += $0 }
    #expect(written.rows == report.rejected)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "casier_judiciaire", "Casier judiciaire", "detention", "Détention", "sortant_de_prison", "n° d'écrou",
    "justice", "PPSMJ", "suivi SPIP", "condamnations", "placé sous main de justice", "bracelet électronique",
    "criminal_record",
  ])
  func `a column of criminal records refuses the file, by its name`(_ header: String) throws {
    let error = #expect(throws: CaptureError.self) { try read("participant;\(header)\nP1;oui Zazou\n") }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.code == "sensitive-column" && diagnostic.column == 2 && diagnostic.line == 1)
    #expect(diagnostic.message.contains("\"\(header)\"") && diagnostic.message.contains("article 10"))
    #expect(!diagnostic.message.contains("Zazou"))
  }

  @Test(arguments: [
    "sante", "état de santé", "maladie", "diagnostic", "pathologie", "type_handicap", "addiction", "VIH",
    "arrêt de travail", "suivi psychologique", "medical_notes",
  ])
  func `a column of health refuses the file, by its name`(_ header: String) throws {
    let error = #expect(throws: CaptureError.self) { try read("participant;\(header)\nP1;oui\n") }
    #expect(error?.diagnostics.map(\.code) == ["sensitive-column"])
    #expect(error?.diagnostics.first?.message.contains("article 9") == true)
  }

  @Test(arguments: [
    "penalites_de_retard", "traitement", "casiers_livres", "métier", "mediation", "psp", "hours", "secteur",
    "commentaire", "date_entree",
  ])
  func `an ordinary unknown column is not taken for one`(_ header: String) throws {
    let report = try read("participant;\(header)\nP1;x\n")
    #expect(report.accepted == 1 && report.diagnostics.map(\.code) == ["unknown-column"])
  }

  @Test func `what the schema itself asks for is no such column`() throws {
    #expect(Sensitivity(in: "type_handicap") == .health && Sensitivity(in: "rqth") == nil)
    let report = try read("participant;rqth\nP1;oui\n")
    #expect(report.accepted == 1 && report.diagnostics.isEmpty)
  }

  @Test func `a text about a person that tells of health or justice refuses the row, and is not copied`()
    throws
  {
    let file = "participant;remark\nP1;sort de détention\nP2;suivi pour addiction\nP3;cherche un logement\n"
    let report = try read(file)
    #expect(report.accepted == 1 && report.rejected == 2)
    #expect(report.diagnostics.map(\.code) == ["sensitive-data", "sensitive-data"])
    let rejects = try rejects(of: file)
    #expect(!rejects.contains("détention") && !rejects.contains("addiction") && !rejects.contains("P1"))
    for diagnostic in report.diagnostics {
      #expect(!diagnostic.message.contains("détention") && !diagnostic.message.contains("addiction"))
    }
  }

  @Test func `the criterion of detention is recorded of nobody, even where a schema lists it`() throws {
    let report = try read("participant;criterion\nP1;DETENTION_MJ\nP2;BRSA\n")
    #expect(report.accepted == 1 && report.diagnostics.map(\.code) == ["sensitive-data"])
  }

  @Test func `facts about no person may speak of a prison's laundry`() throws {
    var market = schema
    market.name = "market"
    market.fields[0].name = "market"
    market.key = ["market"]
    let report = try read("market;remark\nM1;blanchisserie du centre de détention\n", market)
    #expect(report.accepted == 1)
  }

  @Test func `an address or a telephone number may stand in an identity, a NIR nowhere`() throws {
    var identity = schema
    identity.scope = .identity
    let file = "participant;remark\nP1;06 12 34 56 78\nP2;paul@example.fr\nP3;1 91 02 75 115 005 81\n"
    #expect(try read(file).accepted == 0)
    let report = try read(file, identity)
    #expect(report.accepted == 2 && report.diagnostics.map(\.code) == ["personal-data"])
    #expect(try !rejects(of: file, identity).contains("P3"))
  }
}
