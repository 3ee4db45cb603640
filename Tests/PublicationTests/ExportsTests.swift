import Foundation
import Impact
import Testing

@testable import Publication

struct ExportsTests {
  private let edition = EditionFixture.edition()
  private let files = Exports.files(of: Album(EditionFixture.edition()))

  /// Columns that hold a number of the figure itself.
  private let numbers = [
    "value", "numerator", "denominator", "n", "low", "high", "followed", "due", "observed", "lost",
  ]

  private func check(_ row: [String: String], _ figure: Figure) {
    let value = figure.value
    #expect(row["cooperation"] == figure.key.cooperation)
    #expect(row["indicator"] == figure.key.indicator)
    #expect(row["indicator_version"] == String(figure.indicatorVersion))
    #expect(row["quarter"] == figure.key.quarter.description)
    #expect(row["period_start"] == figure.key.quarter.start.description)
    #expect(row["period_end"] == figure.key.quarter.end.description)
    #expect(row["part_field"] == figure.key.part?.field ?? "")
    #expect(row["part_value"] == figure.key.part?.value ?? "")
    #expect(row["status"] == figure.status.rawValue)
    #expect(row["absence"] == figure.absence?.rawValue ?? "")
    for (column, number) in [
      ("value", value?.number), ("numerator", value?.numerator), ("denominator", value?.denominator),
      ("low", value?.interval?.low), ("high", value?.interval?.high),
    ] {
      #expect(row[column].flatMap { Double($0) } == number, "\(column)")
      #expect(row[column]?.isEmpty == (number == nil), "\(column)")
      #expect(row[column]?.contains("e") == false, "\(column)")
    }
    #expect(row["n"].flatMap { Int($0) } == value?.count)
    let maturity = figure.absence == .tooFew ? nil : figure.maturity
    #expect(row["followed"].flatMap { Int($0) } == maturity?.followed)
    #expect(row["due"].flatMap { Int($0) } == maturity?.due)
    #expect(row["observed"].flatMap { Int($0) } == maturity?.observed)
    #expect(row["lost"].flatMap { Int($0) } == maturity?.lost)
    let key = figure.key
    let target = key.part == nil ? edition.target(key.indicator, key.cooperation, key.quarter) : nil
    #expect(row["target_original"].flatMap { Double($0) } == target?.original?.value)
    #expect(row["target_current"].flatMap { Double($0) } == target?.current?.value)
  }

  @Test func `every figure reads back exactly as it is`() throws {
    let table = try ParsedCSV("data/figures.csv", of: files)
    #expect(table.header == FigureRows.header)
    #expect(table.rows.count == edition.figures.all.count)
    for (row, figure) in zip(table.rows, edition.figures.all) { check(row, figure) }
  }

  @Test func `the file for a French Excel says the same`() throws {
    let plain = try ParsedCSV("data/figures.csv", of: files)
    let french = try ParsedCSV("data/figures-excel-fr.csv", of: files, separator: ";")
    let decimals = numbers + ["target_original", "target_current", "progress"]
    #expect(french.header == plain.header)
    #expect(french.rows.count == plain.rows.count)
    for (left, right) in zip(french.rows, plain.rows) {
      for column in plain.header {
        let expected = decimals.contains(column) ? right[column]?.replacing(".", with: ",") : right[column]
        #expect(left[column] == expected)
      }
    }
  }

  @Test func `names are labels in both languages, with formulas disarmed`() throws {
    let rows = try ParsedCSV("data/indicators/result.csv", of: files).rows
    let row = try #require(rows.first)
    #expect(row["cooperation_name"] == "'" + EditionFixture.finishedName)
    #expect(row["label_fr"] == "Résultat ; dit \"net\", <brut> & l’été")
    #expect(row["label_en"] == "'@SUM(A1), \"net\"")
    #expect(row["value"]?.hasPrefix("-5.2") == true)
    let starts = Set("=+-@\t\r＝＋－＠")
    for file in files where file.path.hasSuffix(".csv") {
      let separator: Character = file.path.hasSuffix("excel-fr.csv") ? ";" : ","
      for row in try ParsedCSV(file.bytes, separator: separator).rows {
        for cell in row.values where cell.first.map(starts.contains) == true {
          #expect(Double(cell.replacing(",", with: ".")) != nil, "\(cell)")
        }
      }
    }
  }

  @Test func `a masked figure shows no number anywhere`() throws {
    let key = EditionFixture.masked.key
    for path in ["figures.csv", "indicators/\(key.indicator).csv", "cooperations/\(key.cooperation).csv"] {
      let rows = try ParsedCSV("data/" + path, of: files).rows.filter { $0["absence"] == "too-few" }
      #expect(rows.count == 1)
      #expect(rows.first?["quarter"] == key.quarter.description)
      for column in numbers { #expect(rows.first?[column] == "", "\(column)") }
    }
    let restated = try ParsedCSV("data/restatements.csv", of: files).rows
      .filter { $0["quarter"] == key.quarter.description && $0["indicator"] == key.indicator }
    #expect(restated.count == 1)
    #expect(restated.first?["value_before"] == "")
    #expect(restated.first?["value_after"] == "")
    let parts = try ParsedCSV("data/score-components.csv", of: files).rows
      .filter { $0["quarter"] == key.quarter.description }
    #expect(parts.count == 1)
    #expect(parts.first?["value"] == "")
    #expect(parts.first?["normalised"] == "")
  }

  @Test func `all five absences are told apart`() throws {
    let rows = try ParsedCSV("data/figures.csv", of: files).rows
    let absences = Set(rows.compactMap { $0["absence"] }.filter { !$0.isEmpty })
    #expect(absences == Set(Figure.Absence.allCases.map(\.rawValue)))
  }

  @Test func `every row says whether its data are invented`() throws {
    for file in files where file.path.hasSuffix(".csv") {
      let separator: Character = file.path.hasSuffix("excel-fr.csv") ? ";" : ","
      let table = try ParsedCSV(file.bytes, separator: separator)
      // Months, and rates compared, are not for an audience that sees masked figures, or of one cooperation.
      let isOptional = file.path.hasSuffix("months.csv") || file.path.hasSuffix("fairness.csv")
      #expect(!table.rows.isEmpty || isOptional, "\(file.path)")
      for row in table.rows {
        let isReal = row["cooperation"] == EditionFixture.finished
        #expect(row["data_nature"] == (isReal ? "données réelles" : "données d'exemple"))
      }
    }
  }

  @Test func `what moved a score, how sure it is and what it depends on read back exactly`() throws {
    let scores = try ParsedCSV("data/scores.csv", of: files).rows
    let changes = try ParsedCSV("data/score-changes.csv", of: files).rows
    let shares = try ParsedCSV("data/score-sensitivity.csv", of: files).rows
    for (row, score) in zip(scores, edition.scores) {
      #expect(row["methods_low"].flatMap { Double($0) } == score.certainty?.methods?.low)
      #expect(row["sampling_high"].flatMap { Double($0) } == score.certainty?.sampling?.high)
      #expect(row["possible_low"].flatMap { Double($0) } == score.certainty?.possible?.low)
      #expect(row["methodology"].flatMap { Int($0) } == score.methodology)
    }
    let change = try #require(edition.scores.compactMap { $0.changes[.quarter] }.first)
    #expect(changes.compactMap { $0["amount"].flatMap { Double($0) } } == change.parts.map(\.amount))
    let sum = changes.reduce(0) { $0 + (Double($1["amount"] ?? "") ?? .nan) }
    #expect(
      abs(sum - (Double(changes[0]["after"] ?? "") ?? 0) + (Double(changes[0]["before"] ?? "") ?? 0)) < 1e-9)
    #expect(shares.map { $0["factor"] } == SensitivityPlan.Factor.allCases.map(\.rawValue))
    let earlier = try ParsedCSV("data/earlier-scores.csv", of: files).rows
    #expect(earlier.map { $0["methodology"] } == ["1"] && earlier.first?["value"] == "48.25")
  }

  @Test func `a file of a cooperation or an indicator is its part of all figures`() throws {
    let all = try ParsedCSV("data/figures.csv", of: files)
    for (folder, column, names) in [
      ("cooperations", "cooperation", edition.cooperations.map(\.id)),
      ("indicators", "indicator", edition.catalogue.indicators.map(\.id)),
    ] {
      for name in names {
        let part = try ParsedCSV("data/\(folder)/\(name).csv", of: files)
        #expect(part.header == all.header)
        #expect(part.rows == all.rows.filter { $0[column] == name })
      }
    }
  }

  @Test func `an indicator without a figure still has its file`() throws {
    var edition = edition
    edition.figures = FigureTable([])
    let table = try ParsedCSV("data/indicators/result.csv", of: Exports.files(of: Album(edition)))
    #expect(table.header == FigureRows.header)
    #expect(table.rows.isEmpty)
  }

  @Test func `scores read back exactly, or say why there is none`() throws {
    let rows = try ParsedCSV("data/scores.csv", of: files).rows
    #expect(rows.count == edition.scores.count)
    for (row, score) in zip(rows, edition.scores) {
      #expect(row["dimension"] == score.dimension ?? "overall")
      #expect(row["value"].flatMap { Double($0) } == score.value)
      #expect(row["absence"] == score.absence?.rawValue ?? "")
      #expect(row["coverage"].flatMap { Double($0) } == score.coverage)
    }
    let parts = try ParsedCSV("data/score-components.csv", of: files).rows
    #expect(parts.count == edition.scores.flatMap(\.contributions).count)
    #expect(parts.first?["value"].flatMap { Double($0) } == 10.0 / 21)
  }

  @Test func `restatements say what was and what is`() throws {
    let rows = try ParsedCSV("data/restatements.csv", of: files).rows
    #expect(rows.count == 3)
    #expect(rows[0]["value_before"].flatMap { Double($0) } == 5.0 / 21)
    #expect(rows[0]["value_after"].flatMap { Double($0) } == 6.0 / 21)
    #expect(rows[0]["part_value"] == "durable")
    #expect(rows[0]["previous_release"] == "2026T3-r1")
    #expect(rows[1]["absence_before"] == "not-collected")
    #expect(rows[1]["value_after"] == "-0.0000009")
  }

  @Test func `the description of the release is JSON with the catalogue in it`() throws {
    let file = try #require(files.first { $0.path == "data/release.json" })
    let parsed = try JSONSerialization.jsonObject(with: Data(file.bytes))
    let json = try #require(parsed as? [String: Any])
    #expect(json["release"] as? String == "2026T3-r2")
    #expect(json["data_nature"] as? String == "données d'exemple")
    let indicators = try #require(json["indicators"] as? [[String: Any]])
    #expect(indicators.compactMap { $0["id"] as? String } == edition.catalogue.indicators.map(\.id))
    let question = try #require(indicators.first?["question"] as? [String: String])
    #expect(question["fr"] == "Combien ?\nEt \"pourquoi\" ?")
    #expect(question["en"] == "How many?\tAnd why \\ \u{1}?")
    #expect(indicators.first?["kind"] as? String == "ratio")
    #expect(indicators.first?["window"] as? String == "rolling-year")
    let cooperations = try #require(json["cooperations"] as? [[String: Any]])
    #expect(cooperations.first?["name"] as? String == EditionFixture.finishedName)
    #expect(cooperations.first?["ended_on"] as? String == "2025-02-28")
    #expect(cooperations.last?["ended_on"] is NSNull)
    let partners = try #require(cooperations.first?["partners"] as? [[String: Any]])
    #expect(partners.first?["capital_share"] as? Double == 0.51)
  }
}
