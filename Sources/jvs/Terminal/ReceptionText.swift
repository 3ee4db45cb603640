import Impact
import Store

/// What became of a file, in lines for the partner who sent it; the same words on a terminal and in a report.
struct ReceptionText {
  /// One line about the file, or about many rows of it alike.
  struct Line {
    var severity: Diagnostic.Severity
    var text: String
  }

  /// What is wrong, like with like, the first of each named with its place.
  let remarks: [Line]
  /// Remarks that have no line of their own.
  let leftOut: String?
  /// The rows counted: those read are those recorded, unchanged and refused; `nil` when none was read.
  let counts: String?
  /// Where the refused rows are, and what to do with them.
  let rejects: String?

  /// - Parameters:
  ///   - result: what became of the file.
  ///   - limit: the most lines of remarks.
  init(_ result: Reception.Result, limit: Int) {
    var lines: [Line] = []
    var rest = 0
    // What was refused comes first: it is not to drown in remarks.
    let groups = ReceptionText.groups(result.diagnostics)
    for group in groups.filter({ $0[0].severity == .error }) + groups.filter({ $0[0].severity == .warning }) {
      guard let first = group.first else { continue }
      // A few are told one by one.
      let told = group.count > 3 ? [first] : group
      guard lines.count + told.count <= limit else {
        rest += group.count
        continue
      }
      for diagnostic in told {
        let word = diagnostic.severity == .warning ? "remark" : "refused"
        var text = "\(word): \(diagnostic)"
        if told.count < group.count {
          let field = diagnostic.field.map { " in \($0)" } ?? ""
          // Of a reason with very many rows only the first are told one by one.
          let most = result.receipt?.omittedDiagnostics ?? 0 > 0 && group.count >= 1_000 ? "at least " : ""
          text += " (\(most)\(group.count) rows like this\(field); this is the first)"
        }
        lines.append(Line(severity: diagnostic.severity, text: text))
      }
    }
    remarks = lines
    rest += result.receipt?.omittedDiagnostics ?? 0
    leftOut =
      rest > 0
      ? "… and \(rest) more remarks about \(result.file)"
        + (result.rejects == nil ? "" : "; its rejects file has every refused row and why") : nil
    counts = result.receipt.map { ReceptionText.counts(of: $0, file: result.file) }
    rejects = result.rejects.map { "the refused rows are in \($0); mend them there, then import that file" }
  }

  private static func counts(of receipt: Archive.Receipt, file: String) -> String {
    let known = receipt.wasKnown ? "\(file), already imported" : file
    if receipt.wasKnown, receipt.rejected == 0 { return known }
    return
      "\(known): \(receipt.read) \(receipt.read == 1 ? "row" : "rows") read = \(receipt.recorded) recorded "
      + "+ \(receipt.unchanged) unchanged + \(receipt.rejected) refused"
  }

  /// Remarks that say the same of the same field, in order of their first.
  private static func groups(_ diagnostics: [Diagnostic]) -> [[Diagnostic]] {
    struct Key: Hashable {
      var severity: Diagnostic.Severity
      var code: String
      var field: String?
      var sentence: String
    }
    var places: [Key: Int] = [:]
    var groups: [[Diagnostic]] = []
    for diagnostic in diagnostics {
      // “as line 12” and “as line 15” are the same sentence.
      let sentence = String(diagnostic.message.filter { !$0.isNumber })
      let key = Key(
        severity: diagnostic.severity, code: diagnostic.code, field: diagnostic.field, sentence: sentence)
      if let place = places[key] {
        groups[place].append(diagnostic)
      } else {
        places[key] = groups.count
        groups.append([diagnostic])
      }
    }
    return groups
  }
}
