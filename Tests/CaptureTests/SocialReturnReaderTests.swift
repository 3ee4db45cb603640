import Impact
import Testing

@testable import Capture

/// A catalogue in little with a model of social return.
private let files = [
  "catalogue.yaml": """
  version: 2026.10
  dimensions:
    - id: exits
      label: { fr: "Sorties", en: "Exits" }
      description: { fr: "Qui sort.", en: "Who leaves." }
      indicators: [placements, heads, rate, aid]
  """,
  "facts.yaml": """
  entities:
    - name: exits
      label: { fr: "Sorties", en: "Exits" }
      date: exited_on
      fields:
        - { name: person, kind: code, label: { fr: "Personne", en: "Person" } }
        - name: class
          kind: category
          label: { fr: "Type", en: "Class" }
          values:
            - { code: durable, label: { fr: "Durable", en: "Lasting" } }
            - { code: other, label: { fr: "Autre", en: "Other" } }
    - name: contributions
      label: { fr: "Apports", en: "Contributions" }
      date: delivered_on
      fields:
        - { name: value_eur, kind: number, label: { fr: "Valeur", en: "Value" } }
        - name: kind
          kind: category
          label: { fr: "Nature", en: "Kind" }
          values:
            - { code: grant, label: { fr: "Don", en: "Grant" } }
            - { code: secondment, label: { fr: "Détachement", en: "Secondment" } }
  """,
  "scorecard.yaml": """
  version: 1
  minimum_data: 0.6
  minimum_count: 5
  parts:
    - dimension: exits
      weight: 1
      components:
        - { indicator: rate, low: 0.2, high: 0.8, weight: 1 }
  """,
  "exits/placements.yaml": """
  id: placements
  version: 1
  label: { fr: "x", en: "x" }
  question: { fr: "x", en: "x" }
  unit: count
  direction: higher
  window: rolling-year
  kind: count
  term: { count: exits, absent: zero }
  breakdowns: [class]
  source: { fr: "x", en: "x" }
  limits: { fr: "x", en: "x" }
  example: { text: { fr: "x", en: "x" }, rows: { exits: [] }, value: 0 }
  """,
  "exits/heads.yaml": """
  id: heads
  version: 1
  label: { fr: "x", en: "x" }
  question: { fr: "x", en: "x" }
  unit: people
  direction: higher
  kind: distinct
  term: { distinct: exits.person, absent: zero }
  source: { fr: "x", en: "x" }
  limits: { fr: "x", en: "x" }
  example: { text: { fr: "x", en: "x" }, rows: { exits: [] }, value: 0 }
  """,
  "exits/rate.yaml": """
  id: rate
  version: 1
  label: { fr: "x", en: "x" }
  question: { fr: "x", en: "x" }
  unit: percent
  direction: higher
  kind: ratio
  numerator: { count: exits, where: { class: durable }, absent: zero }
  denominator: { count: exits, absent: zero }
  source: { fr: "x", en: "x" }
  limits: { fr: "x", en: "x" }
  example: { text: { fr: "x", en: "x" }, rows: { exits: [] }, value: null }
  """,
  "exits/aid.yaml": """
  id: aid
  version: 1
  label: { fr: "x", en: "x" }
  question: { fr: "x", en: "x" }
  unit: euro
  direction: neutral
  kind: sum
  term: { sum: contributions.value_eur, absent: unknown }
  source: { fr: "x", en: "x" }
  limits: { fr: "x", en: "x" }
  example: { text: { fr: "x", en: "x" }, rows: { contributions: [] }, value: null }
  """,
  "sroi.yaml": """
  version: 3
  discount_rate: { low: 0.02, central: 0.035, high: 0.05, source: guide }
  inputs:
    contributions: [grant, secondment]
    indicators:
      - { indicator: aid }
  sources:
    - { id: guide, kind: evaluation, sureness: secondary, date: "2012", title: { fr: "Guide", en: "Guide" } }
    - { id: decree, kind: law, sureness: official, date: "2025-04-01", title: { fr: "Décret", en: "Decree" } }
    - { id: house, kind: assumption, sureness: weak, date: "2026-01", title: { fr: "Maison", en: "House" } }
  proxies:
    - id: benefit
      enabled: true
      label: { fr: "Allocation", en: "Benefit" }
      per: { fr: "an", en: "year" }
      values:
        - { from: 2020-01-01, low: 90, central: 100, high: 120 }
        - { from: 2025-04-01, low: 100, central: 110, high: 110 }
      source: decree
    - id: harm
      enabled: false
      label: { fr: "Tort", en: "Harm" }
      per: { fr: "an", en: "year" }
      values: [{ from: 2020-01-01, low: -20, central: -10, high: 0 }]
      source: decree
  outcomes:
    - id: jobs
      label: { fr: "Emplois", en: "Jobs" }
      stakeholder: { fr: "État", en: "State" }
      quantity: { indicator: placements, part: { field: class, value: durable } }
      proxy: benefit
      deadweight: { low: 0.1, central: 0.2, high: 0.3, source: house }
      displacement: { low: 0, central: 0, high: 0, source: house }
      attribution_to_others: { low: 0, central: 0.5, high: 0.6, source: house }
      drop_off: { low: 0, central: 0.1, high: 0.2, source: house }
      first_year: 2
      duration: 3
    - id: harms
      label: { fr: "Torts", en: "Harms" }
      stakeholder: { fr: "État", en: "State" }
      quantity: { indicator: placements }
      proxy: harm
      deadweight: { low: 0, central: 0, high: 0, source: house }
      displacement: { low: 0, central: 0, high: 0, source: house }
      attribution_to_others: { low: 0, central: 0, high: 0, source: house }
      drop_off: { low: 0, central: 0, high: 0, source: house }
      first_year: 1
      duration: 1
  """,
]

@Suite struct `The model of social return` {
  @Test func `is read with every number, its source, and what is switched off`() throws {
    let folder = try TemporaryFolder(files)
    let catalogue = try Catalogue(readingFrom: folder.path)
    let model = try #require(catalogue.socialReturn)
    #expect(model.version == 3 && model.contributionKinds == ["grant", "secondment"])
    #expect(model.inputs == [SocialReturnModel.Quantity(indicator: "aid")])
    #expect(model.discountRate.estimate == Estimate(low: 0.02, central: 0.035, high: 0.05))
    #expect(model.sources.map(\.kind) == [.evaluation, .law, .assumption])
    #expect(model.sources.map(\.date) == ["2012", "2025-04-01", "2026-01"])
    let jobs = try #require(model.outcome("jobs"))
    #expect(jobs.quantity.part == Figure.Part(field: "class", value: "durable"))
    #expect(jobs.firstYear == 2 && jobs.duration == 3 && jobs.attributionToOthers.source == "house")
    #expect(model.counted.map(\.id) == ["jobs"] && model.outcomes.count == 2)
  }

  @Test func `a value of the year goes from the least to the most in force in it`() throws {
    let folder = try TemporaryFolder(files)
    let model = try #require(try Catalogue(readingFrom: folder.path).socialReturn)
    let benefit = try #require(model.proxy("benefit"))
    #expect(benefit.estimate(in: 2019) == nil)
    #expect(benefit.estimate(in: 2024) == Estimate(low: 90, central: 100, high: 120))
    #expect(benefit.estimate(in: 2025) == Estimate(low: 90, central: 110, high: 120))
    #expect(benefit.estimate(in: 2026) == Estimate(low: 100, central: 110, high: 110))
  }

  @Test func `a value without ends is one of no known range, which is not the same as a certain one`() throws
  {
    func model(_ value: String) throws -> SocialReturnModel {
      var changed = files
      changed["sroi.yaml"]?.replace("{ from: 2020-01-01, low: -20, central: -10, high: 0 }", with: value)
      let folder = try TemporaryFolder(changed)
      return try #require(try Catalogue(readingFrom: folder.path).socialReturn)
    }
    let unknown = try #require(try model("{ from: 2020-01-01, central: -10 }").proxy("harm"))
    #expect(unknown.estimate(in: 2024) == Estimate(-10) && !unknown.isRangeKnown(in: 2024))
    let certain = try #require(
      try model("{ from: 2020-01-01, low: -10, central: -10, high: -10 }").proxy("harm"))
    #expect(certain.estimate(in: 2024) == Estimate(-10) && certain.isRangeKnown(in: 2024))
    // Both in force in one year: of one of them no range is known.
    let both = try #require(
      try model(
        "{ from: 2020-01-01, central: -10 }, { from: 2025-06-01, low: -20, central: -15, high: -5 }"
      ).proxy("harm"))
    #expect(!both.isRangeKnown(in: 2025) && both.isRangeKnown(in: 2026))
    #expect(both.estimate(in: 2025) == Estimate(low: -20, central: -15, high: -5))
  }

  @Test func `without the file there is none, and it is part of what a release records`() throws {
    var without = files
    without["sroi.yaml"] = nil
    let (with, folder) = (try TemporaryFolder(files), try TemporaryFolder(without))
    #expect(try Catalogue(readingFrom: folder.path).socialReturn == nil)
    #expect(try Catalogue(readingFrom: folder.path).digest != Catalogue(readingFrom: with.path).digest)
    #expect(try DefinitionFolder(with.path).files.contains { $0.path == "sroi.yaml" })
  }

  @Test(arguments: [
    ("enabled: true", "", "missing", "a proxy lacks enabled"),
    ("enabled: true", "enabled: oui", "type", "true or false"),
    ("kind: law", "kind: lew", "value", "did you mean \"law\"?"),
    ("proxy: benefit", "proxy: benefice", "reference", "did you mean \"benefit\"?"),
    ("high: 0.05, source: guide", "high: 0.05, source: guid", "reference", "did you mean \"guide\"?"),
    (
      "indicator: placements, part", "indicator: placement, part", "indicator", "did you mean \"placements\"?"
    ),
    ("indicator: placements, part", "indicator: rate, part", "quantity", "counts or sums, not a ratio"),
    ("{ indicator: placements }", "{ indicator: heads }", "quantity", "the same may come again"),
    ("field: class, value", "field: clas, value", "part", "did you mean \"class\"?"),
    ("value: durable", "value: durables", "part", "did you mean \"durable\"?"),
    ("[grant, secondment]", "[grant, secondement]", "value", "did you mean \"secondment\"?"),
    ("[grant, secondment]", "[grant, grant]", "duplicate", "keep one"),
    ("{ indicator: aid }", "{ indicator: placements }", "unit", "not in euros"),
    ("low: -20, central", "central", "missing", "write low and high, or neither"),
    ("central: 100,", "central: 200,", "order", "must be in that order"),
    ("from: 2025-04-01", "from: 2019-04-01", "order", "from the oldest to the newest"),
    ("from: 2025-04-01", "from: 2025-04-31", "type", "a day such as"),
    ("date: \"2026-01\"", "date: \"2026-13\"", "type", "a year, a month or a day"),
    ("high: 0.3, source", "high: 1.3, source", "value", "a share between 0 and 1"),
    ("duration: 3", "duration: 51", "value", "at most 50 years"),
    ("first_year: 2", "first_year: 0", "type", "a whole number, 1 or more"),
    ("high: 110 }\n    source: decree", "high: 110 }\n    source: house", "source", "cannot be assumed"),
    ("id: harms", "id: jobs", "duplicate", "stands twice"),
    (
      "drop_off: { low: 0, central: 0.1", "dropoff: { low: 0, central: 0.1", "key",
      "did you mean \"drop_off\"?"
    ),
    ("source: guide }", "source: house }", "unused", "no number names the source \"guide\""),
    (
      "values: [{ from: 2020-01-01, low: -20, central: -10, high: 0 }]", "parameter: { name: rsa, times: 1 }",
      "parameter", "there is no parameter \"rsa\""
    ),
  ])
  func `is refused with file, line, column and the way out`(
    old: String, new: String, code: String, says: String
  ) throws {
    var changed = files
    var text = try #require(changed["sroi.yaml"])
    let range = try #require(text.firstRange(of: old), "\(old)")
    text.replaceSubrange(range, with: new)
    changed["sroi.yaml"] = text
    let folder = try TemporaryFolder(changed)
    let error = try #require(throws: CaptureError.self) { _ = try Catalogue(readingFrom: folder.path) }
    let found = error.diagnostics.filter { $0.code == code && $0.message.contains(says) }
    #expect(!found.isEmpty, "\(error.diagnostics)")
    for one in found {
      #expect(one.file.hasSuffix("sroi.yaml") && one.line != nil && one.column != nil, "\(one)")
    }
  }
}
