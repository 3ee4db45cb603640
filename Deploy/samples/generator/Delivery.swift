import Foundation

let headers: [String: String] = [
  "cooperation":
    "cooperation form kind name activity_fr activity_en mission_fr mission_en started_on ended_on data",
  "organisation": "organisation name siret kind",
  "partnership": "organisation role capital_share votes started_on ended_on agreed_share",
  "convention": "convention organisation kind started_on ended_on etp_posts status",
  "market": "market client started_on ended_on clause_hours_committed",
  "participant":
    "participant sex birth_year rsa ass aah rqth qpv zrr registration schooling",
  "pathway": "pathway participant employer kind started_on prescriber",
  "monthly_activity": "pathway month hours_worked hours_absent",
  "training": "training pathway started_on hours topic provider certified",
  "exit": "pathway exited_on motif next_employer",
  "follow_up": "pathway horizon observed_on situation",
  "commitment": "organisation kind quarter quantity unit value_eur method people",
  "contribution":
    "contribution organisation kind delivered_on quantity unit value_eur method evidence people capped_value_eur market_value_eur",
  "finance_line": "month category amount_eur",
  "material_flow": "month material tonnes",
  "clause_hours": "market month hours",
  "observation": "name month value",
  "target":
    "indicator from_quarter to_quarter value decided_on reason decision kind baseline decided_by",
  "commentary": "commentary quarter indicator text author written_on",
  "decision": "decision quarter text owner due_on status closed_on signed_by",
  "organisation_name": "organisation name started_on ended_on",
  "contract": "contract pathway kind started_on ended_on weekly_hours renewal",
  "support": "support pathway held_on hours topic by",
  "barrier_assessment": "pathway barrier assessed_on moment level accompanied",
  "barrier_count": "barrier quarter concerned internal external both",
  "immersion": "immersion pathway host object started_on ended_on hours",
  "eligibility": "pathway criterion assessed_on by",
  "pass_iae": "participant started_on",
  "pass_iae_suspension": "participant pass_started_on started_on ended_on reason declared_on",
  "coalition_value": "signed_on members value document",
  "sharing_rule": "started_on rule decided_on document",
  "pass_iae_prolongation": "participant pass_started_on started_on ended_on reason",
]

/// The rows of every file of one delivery.
struct Delivery {
  private var files: [String: [[Cell]]] = [:]

  mutating func add(_ file: String, _ row: [Cell]) { files[file, default: []].append(row) }
  func rows(of file: String) -> [[Cell]] { files[file] ?? [] }

  func write(to folder: URL, _ dialect: Dialect) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (file, rows) in files.sorted(by: { $0.key < $1.key }) {
      let entity = file.split(separator: "-")[0]
      guard let header = headers[String(entity)] else { fatalError("no header for \(file)") }
      let columns = header.split(separator: " ")
      var text = dialect.mark ? "\u{FEFF}" : ""
      text += columns.joined(separator: dialect.separator) + "\n"
      for row in rows {
        guard row.count == columns.count else { fatalError("\(file): \(row.count) cells") }
        text += row.map { written($0, dialect) }.joined(separator: dialect.separator) + "\n"
      }
      try Data(text.utf8).write(to: folder.appendingPathComponent(file + ".csv"))
    }
  }
}
