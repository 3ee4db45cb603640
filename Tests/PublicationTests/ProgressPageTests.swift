import Impact
import Testing

@testable import Publication

/// How far a target is, and why nobody can say, on the review and on the page of the indicator.
struct ProgressPageTests {
  private static let cooperation = SampleEdition.canal

  private func plain(_ text: String) -> String {
    text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
  }

  private func target(
    _ value: Double, _ kind: Target.Kind = .reach, from baseline: Double? = nil
  ) -> Target.Revision {
    Target.Revision(
      value: value, decidedOn: SampleEdition.first.start, reason: "context", decision: "d", kind: kind,
      baseline: baseline)
  }

  /// The pages of an edition in which one figure of the last quarter is `value` with these decisions.
  private func pages(
    _ indicator: String, _ value: Double?, _ revisions: [Target.Revision], in language: String = "fr"
  ) throws -> (review: String, indicator: String, row: [String: String]) {
    var edition = SampleEdition.whole
    let last = SampleEdition.last
    let key = Figure.Key(indicator: indicator, cooperation: Self.cooperation, quarter: last)
    edition.figures = FigureTable(
      edition.figures.all.map { figure in
        guard figure.key == key else { return figure }
        var copy = figure
        copy.content = value.map { .value(Figure.Value(number: $0)) } ?? .absent(.notCollected)
        return copy
      })
    edition.targets =
      revisions.isEmpty
      ? []
      : [Target(indicator: indicator, cooperation: Self.cooperation, quarter: last, revisions: revisions)]
    let files = Dictionary(uniqueKeysWithValues: Site(edition).files.map { ($0.path, $0.bytes) })
    func text(_ path: String) throws -> String {
      plain(try PageReader(#require(files["\(language)/\(path)"])).text)
    }
    let table = try ParsedCSV(#require(files["data/indicators/\(indicator).csv"]))
    let row = try #require(
      table.rows.first {
        $0["cooperation"] == Self.cooperation && $0["quarter"] == last.description && $0["part_field"] == ""
      })
    return (
      try text("cooperations/\(Self.cooperation).html"), try text("indicators/\(indicator).html"), row
    )
  }

  @Test func `no target is said, and is no target of zero`() throws {
    let told = try pages("absenteeism-rate", 0.08, [])
    #expect(told.review.contains("non fixé") && told.indicator.contains("non fixé"))
    #expect(!told.indicator.contains("du chemin"))
    #expect(told.row["target_current"] == "" && told.row["progress_state"] == "no-target")
  }

  @Test func `a target of zero tells the way from its start, or that the start is unknown`() throws {
    let way = try pages("absenteeism-rate", 0.02, [target(0, .reduceToZero, from: 0.08)])
    #expect(way.indicator.contains("ramener à 0 depuis 8 %") && way.indicator.contains("75 % du chemin"))
    #expect(way.review.contains("75 % du chemin"))
    #expect(way.row["progress_state"] == "covered" && Double(way.row["progress"] ?? "") == 0.75)
    let lost = try pages("absenteeism-rate", 0.02, [target(0, .reduceToZero)])
    #expect(lost.indicator.contains("progression indéfinie : départ inconnu"))
    #expect(lost.review.contains("progression indéfinie : départ inconnu"))
    #expect(lost.row["progress_state"] == "no-baseline" && lost.row["progress"] == "")
    let kept = try pages("absenteeism-rate", 0, [target(0, .keepAtZero)])
    #expect(kept.indicator.contains("rester à 0") && kept.indicator.contains("au niveau voulu"))
    let off = try pages("absenteeism-rate", 0.02, [target(0, .keepAtZero)], in: "en")
    #expect(off.indicator.contains("keep at 0") && off.indicator.contains("off by 2 points"))
    #expect(off.row["progress_state"] == "off" && Double(off.row["progress"] ?? "") == 0.02)
  }

  @Test func `a start that is the target leaves no way, and a missing value no progress`() throws {
    let there = try pages("absenteeism-rate", 0.05, [target(0.05, from: 0.05)])
    #expect(there.indicator.contains("au niveau voulu"))
    let silent = try pages("absenteeism-rate", nil, [target(0.05, from: 0.08)])
    #expect(silent.indicator.contains("progression indéfinie : sans valeur"))
    #expect(silent.row["progress_state"] == "no-value")
  }

  @Test func `the first and the current decision stand beside the progress towards the current one`() throws {
    let told = try pages(
      "dynamic-exit-rate", 0.7, [target(0.9, from: 0.5), target(0.75, from: 0.5)])
    #expect(told.indicator.contains("90 % → 75 %") && told.indicator.contains("80 % du chemin"))
    #expect(told.row["target_original"] == "0.9" && told.row["target_current"] == "0.75")
    let nearly = try pages("dynamic-exit-rate", 0.7499, [target(0.75)])
    #expect(nearly.indicator.contains("près de 100 % de l’objectif"))
    let away = try pages("dynamic-exit-rate", 0.45, [target(0.75, from: 0.5)])
    #expect(away.indicator.contains("s’éloigne : −20 % du chemin"))
  }
}
