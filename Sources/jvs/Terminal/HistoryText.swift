import Impact
import Store

/// A history as a reader at a terminal sees it.
struct HistoryText {
  let text: String

  init(_ history: FactHistory) {
    let place = history.cooperation.map { " of \($0)" } ?? ""
    var lines = ["\(history.schema.name) \(history.key.joined(separator: " "))\(place)"]
    for (index, revision) in history.revisions.enumerated() {
      lines += ["", "revision \(index + 1)  \(HistoryText.words(revision.origin))"]
      if history.schema.scope == .cooperation { lines.append("  true        " + HistoryText.valid(revision)) }
      if index == 0 {
        for (field, value) in zip(history.schema.fields, revision.values) where value != nil {
          lines.append("  \(field.name): \(value ?? "")")
        }
      } else if revision.changes.isEmpty {
        lines.append("  says what the revision before said")
      }
      for change in revision.changes {
        lines.append("  \(change.field): \(change.old ?? "nothing") → \(change.new ?? "nothing")")
      }
      switch revision.ending {
      case nil: lines.append("  stands")
      case .superseded(let origin)?: lines.append("  superseded by \(HistoryText.words(origin))")
      case .closed(let origin)?:
        lines.append("  closed by \(HistoryText.words(origin)), which no longer has it")
      }
    }
    text = lines.joined(separator: "\n")
  }

  init(_ account: ImportAccount) {
    let receipt = account.receipt
    var lines = [
      "import \(account.importID)  \(account.file), \(account.entity)"
        + (account.cooperation.map { " of \($0)" } ?? ""),
      "  recorded    \(account.importedAt.prefix(19))Z, "
        + (account.batch.map { "batch \($0)" } ?? "no batch: nothing changed"),
      "  sha256      \(account.sha256)",
      "  rows        \(receipt.read) read, \(receipt.recorded) recorded (\(receipt.revised) revised, "
        + "\(receipt.late) late), \(receipt.unchanged) unchanged, \(receipt.rejected) refused, "
        + "\(receipt.closed) closed",
    ]
    for row in account.rows {
      lines.append("  \(row.deed.rawValue)  line \(row.line)  \(row.key.joined(separator: " "))")
    }
    let touched = receipt.recorded + receipt.closed
    if touched > account.rows.count { lines.append("  … \(touched) rows in all; see --limit") }
    for reject in account.rejects {
      lines.append(
        "  refused  line \(reject.line.map(String.init) ?? "?")"
          + (reject.field.map { ", \($0)" } ?? "") + ": \(reject.message)")
    }
    text = lines.joined(separator: "\n")
  }

  private static func words(_ origin: FactHistory.Origin) -> String {
    "batch \(origin.batch), \(origin.recordedAt.prefix(19))Z, import \(origin.importID), \(origin.file)"
      + (origin.line.map { ":\($0)" } ?? "")
  }

  private static func valid(_ revision: FactHistory.Revision) -> String {
    switch (revision.validFrom, revision.validTo) {
    case (nil, nil): "at all times"
    case (let from?, nil): "from \(from)"
    case (nil, let to?): "to \(to)"
    case (let from?, let to?): from == to ? "on \(from)" : "from \(from) to \(to)"
    }
  }
}

/// A fact's history for a machine.
struct HistoryAnswer: Encodable {
  struct Origin: Encodable {
    var batch: Int
    var recordedAt: String
    var importID: Int
    var file: String
    var line: Int?

    init(_ origin: FactHistory.Origin) {
      batch = origin.batch
      recordedAt = origin.recordedAt
      importID = origin.importID
      file = origin.file
      line = origin.line
    }
  }
  struct Change: Encodable {
    var field: String
    var old: String?
    var new: String?
  }
  struct Revision: Encodable {
    var origin: Origin
    var validFrom: String?
    var validTo: String?
    var values: [String: String]
    var changes: [Change]
    var supersededBy: Origin?
    var closedBy: Origin?
  }

  var entity: String
  var cooperation: String?
  var key: [String]
  var revisions: [Revision]

  init(_ history: FactHistory) {
    entity = history.schema.name
    cooperation = history.cooperation
    key = history.key
    revisions = history.revisions.map { revision in
      var answer = Revision(
        origin: Origin(revision.origin), validFrom: revision.validFrom?.description,
        validTo: revision.validTo?.description, values: [:],
        changes: revision.changes.map { Change(field: $0.field, old: $0.old, new: $0.new) })
      for (field, value) in zip(history.schema.fields, revision.values) { answer.values[field.name] = value }
      switch revision.ending {
      case nil: break
      case .superseded(let origin)?: answer.supersededBy = Origin(origin)
      case .closed(let origin)?: answer.closedBy = Origin(origin)
      }
      return answer
    }
  }
}

/// What an import did, for a machine.
struct ImportAnswer: Encodable {
  struct Row: Encodable {
    var deed: String
    var key: [String]
    var line: Int
  }
  struct Reject: Encodable {
    var line: Int?
    var field: String?
    var code: String
    var message: String
  }

  var importID: Int
  var cooperation: String?
  var entity: String
  var file: String
  var sha256: String
  var importedAt: String
  var batch: Int?
  var counts: [String: Int]
  var rows: [Row]
  var rejects: [Reject]

  init(_ account: ImportAccount) {
    importID = account.importID
    cooperation = account.cooperation
    entity = account.entity
    file = account.file
    sha256 = account.sha256
    importedAt = account.importedAt
    batch = account.batch
    let receipt = account.receipt
    counts = [
      "read": receipt.read, "recorded": receipt.recorded, "revised": receipt.revised, "late": receipt.late,
      "unchanged": receipt.unchanged, "rejected": receipt.rejected, "closed": receipt.closed,
    ]
    rows = account.rows.map { Row(deed: $0.deed.rawValue, key: $0.key, line: $0.line) }
    rejects = account.rejects.map {
      Reject(line: $0.line, field: $0.field, code: $0.code, message: $0.message)
    }
  }
}
