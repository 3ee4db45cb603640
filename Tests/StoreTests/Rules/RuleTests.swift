import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Each rule of the field, with rows that break it and rows that just keep it.
@Suite(.archive) struct `Rules of the field` {
  @Test func `every rule has rows that break it and rows that keep it`() {
    #expect(RuleCase.all.map(\.code).sorted() == FieldRule.all.map(\.code).sorted())
    #expect(RuleCase.all.allSatisfy { !$0.breaks.isEmpty && !$0.keeps.isEmpty })
  }

  @Test func `codes are unique, entities and fields those of the schemas, sentences complete`() throws {
    let schemas = try Fixture.schemas()
    #expect(Set(FieldRule.all.map(\.code)).count == FieldRule.all.count)
    for rule in FieldRule.all {
      let schema = try #require(schemas.schema(named: rule.entity), "\(rule.code)")
      #expect(schema.scope == .cooperation)
      if let field = rule.field { #expect(schema.field(field) != nil, "\(rule.code)") }
      #expect(rule.code.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }, "\(rule.code)")
      // What is wrong, and what to do.
      #expect(rule.message.contains("; "), "\(rule.code)")
      #expect(rule.french.contains(" ; ") && rule.french != rule.title.french, "\(rule.code)")
      #expect(
        !rule.title.french.isEmpty && !rule.title.english.isEmpty && !rule.source.isEmpty, "\(rule.code)")
    }
  }

  @Test func `rows that break a rule are told with their line; errors alone keep them out`() throws {
    let archive = try Self.world()
    for example in RuleCase.all {
      let rule = try #require(FieldRule.all.first { $0.code == example.code }, "\(example.code)")
      try archive.trial {
        try archive.recordGiven(example)
        let receipt = try archive.record(
          rule.entity, example.breaks.map(RuleCase.fields), file: "broken.csv")
        let told = receipt.diagnostics.filter { $0.code == rule.code }
        // A file's first row is its second line.
        #expect(told.compactMap(\.line) == example.broken.sorted().map { $0 + 2 }, "\(rule.code): \(receipt)")
        #expect(
          told.allSatisfy {
            $0.severity == rule.severity && $0.message == rule.message && $0.field == rule.field
          })
        let errors = Set(receipt.diagnostics.filter { $0.severity == .error }.compactMap(\.line))
        #expect(errors == (rule.severity == .error ? Set(example.broken.map { $0 + 2 }) : []), "\(rule.code)")
        #expect(receipt.rejected == errors.count && receipt.recorded == example.breaks.count - errors.count)
        let kept = Set((2..<example.breaks.count + 2).filter { !errors.contains($0) })
        #expect(try archive.lines(of: rule.entity, receipt) == kept, "\(rule.code)")
      }
    }
  }

  @Test func `rows that just keep a rule are taken without a word of it`() throws {
    let archive = try Self.world()
    for example in RuleCase.all {
      let rule = try #require(FieldRule.all.first { $0.code == example.code }, "\(example.code)")
      try archive.trial {
        try archive.recordGiven(example)
        let receipt = try archive.record(rule.entity, example.keeps.map(RuleCase.fields), file: "kept.csv")
        #expect(!receipt.diagnostics.contains { $0.code == rule.code }, "\(rule.code): \(receipt)")
        #expect(receipt.rejected == 0 && receipt.recorded == example.keeps.count, "\(rule.code): \(receipt)")
      }
    }
  }

  @Test func `a rule is judged with what stands, not with what a row revises`() throws {
    let archive = try Self.world()
    try archive.record(
      "organisation_name", [RuleCase.fields("organisation=partner name=A started_on=2020-01-01")])
    let second = RuleCase.fields("organisation=partner name=B started_on=2025-01-01")
    let refused = try archive.record("organisation_name", [second], file: "second.csv")
    #expect(refused.rejected == 1 && refused.diagnostics.map(\.code) == ["organisation-names-overlap"])
    // The former name ends: then the same file again brings the second in.
    let ended = RuleCase.fields("organisation=partner name=A started_on=2020-01-01 ended_on=2024-12-31")
    #expect(try archive.record("organisation_name", [ended], file: "ended.csv").revised == 1)
    #expect(try archive.record("organisation_name", [second], file: "second.csv").recorded == 1)
  }

  @Test func `the whole truth is judged without what it closes`() throws {
    let archive = try Self.world()
    try archive.record(
      "eligibility", [RuleCase.fields("pathway=W1 criterion=DELD assessed_on=2025-01-02 by=employer")])
    let corrected = [RuleCase.fields("pathway=W1 criterion=DETLD assessed_on=2025-01-02 by=employer")]
    let more = try archive.trial { try archive.record("eligibility", corrected, file: "more.csv") }
    #expect(more.rejected == 1)
    let receipt = try archive.record("eligibility", corrected, file: "all.csv", complete: true)
    #expect(receipt.recorded == 1 && receipt.closed == 1 && receipt.diagnostics.isEmpty)
  }

  @Test(arguments: [0, 4 << 20]) func `breaks beyond a thousand of a rule are counted`(size: Int) throws {
    let archive = try Self.world()
    // Size decides where rows land: apart, or where they stay.
    let pathways = (1...1_500).map {
      "pathway=N\($0) participant=P4 employer=e\($0) kind=EI started_on=2025-01-06"
    }
    try archive.record(
      "organisation", (1...1_500).map { RuleCase.fields("organisation=e\($0) name=E kind=EI") },
      file: "employers.csv")
    try archive.trial {
      // All on one day with one person: each but the first is at once with others, at other employers.
      let receipt = try archive.record("pathway", pathways.map(RuleCase.fields), file: "pathways.csv")
      #expect(receipt.recorded == 1_500 && receipt.rejected == 0)
      #expect(receipt.diagnostics.count == 1_000 && receipt.omittedDiagnostics == 499)
    }
    let people = (1...1_500).map { RuleCase.fields("participant=Q\($0)") }
    try archive.record("participant", people, file: "people.csv")
    try archive.record(
      "pathway",
      (1...1_500).map {
        RuleCase.fields("pathway=N\($0) participant=Q\($0) employer=employer kind=EI started_on=2025-01-06")
      },
      file: "pathways.csv")
    let months =
      (1...1_500).map { RuleCase.fields("pathway=N\($0) month=2027-01-01 hours_worked=230") }
      + (1...1_500).map { RuleCase.fields("pathway=N\($0) month=2026-01-01 hours_worked=230") }
    let receipt = try archive.record("monthly_activity", months, file: "months.csv", size: size)
    #expect(receipt.rejected == 1_500 && receipt.recorded == 1_500)
    #expect(receipt.diagnostics.filter { $0.severity == .error }.count == 1_000)
    #expect(receipt.diagnostics.filter { $0.severity == .warning }.count == 1_000)
    #expect(receipt.omittedDiagnostics == 1_000)
    #expect(try archive.lines(of: "monthly_activity", receipt) == Set(1_502..<3_002))
    // Once the month has come, the same file brings in the rest.
    let later = try archive.record(
      "monthly_activity", months, file: "months.csv", size: size, today: try #require(Day(2027, 1, 1)))
    #expect(later.recorded == 1_500 && later.rejected == 0)
  }

  @Test func `any hours are judged as one would by hand`() throws {
    let archive = try Self.world()
    try archive.record("exit", [RuleCase.fields("pathway=W1 exited_on=2026-05-15")])
    var random = SplitMix(seed: 2026)
    for round in 0..<20 {
      var rows: [(month: Day, worked: Int, absent: Int?)] = []
      let start = try #require(Day(2024, 6, 1))
      for offset in 0..<36 {
        rows.append(
          (
            start.adding(months: offset), Int.random(in: 0...400, using: &random),
            Bool.random(using: &random) ? Int.random(in: 0...500, using: &random) : nil
          ))
      }
      rows.shuffle(using: &random)
      let pathwayMonth = try #require(Day(2025, 1, 1))
      let exit = try #require(Day(2026, 5, 15))
      var expected: Set<String> = []
      for (index, row) in rows.enumerated() {
        let line = index + 2
        var isError = false
        if row.month > Fixture.today { expected.insert("\(line) activity-in-the-future"); isError = true }
        if let absent = row.absent, row.worked + absent > 744 {
          expected.insert("\(line) activity-hours-impossible"); isError = true
        }
        if isError { continue }
        if row.worked > 220 { expected.insert("\(line) activity-hours-many") }
        if row.month < pathwayMonth { expected.insert("\(line) activity-before-pathway") }
        if row.month > exit { expected.insert("\(line) activity-after-exit") }
      }
      try archive.trial {
        let receipt = try archive.record(
          "monthly_activity",
          rows.map { row in
            var cells = ["pathway": "W1", "month": row.month.description, "hours_worked": String(row.worked)]
            cells["hours_absent"] = row.absent.map(String.init)
            return cells
          }, file: "random-\(round).csv")
        #expect(Set(receipt.diagnostics.map { "\($0.line ?? 0) \($0.code)" }) == expected)
        let errors = Set(receipt.diagnostics.filter { $0.severity == .error }.compactMap(\.line))
        #expect(receipt.rejected == errors.count && receipt.read == receipt.recorded + receipt.rejected)
        #expect(
          try archive.lines(of: "monthly_activity", receipt) == Set(2..<rows.count + 2).subtracting(errors))
      }
    }
  }

  /// An insertion company with a partner, an ACI beside it, and people: P1 in the one, P2 in the other.
  static func world() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    func record(_ entity: String, _ rows: [String]) throws {
      let receipt = try archive.record(entity, rows.map(RuleCase.fields), file: "world-\(entity).csv")
      #expect(receipt.diagnostics.isEmpty)
    }
    try record(
      "organisation",
      ["organisation=partner name=Partenaire kind=company", "organisation=other name=Autre kind=ACI"])
    try record("partnership", ["organisation=partner role=funder started_on=2020-01-01"])
    try record("participant", (1...4).map { "participant=P\($0) birth_year=1990" })
    try record(
      "pathway",
      [
        "pathway=W1 participant=P1 employer=employer kind=EI started_on=2025-01-06",
        "pathway=A1 participant=P2 employer=other kind=ACI started_on=2025-01-06",
      ])
    return archive
  }
}

extension Archive {
  /// Records what a case is given.
  func recordGiven(_ example: RuleCase) throws {
    for (entity, rows) in example.given {
      let receipt = try record(entity, rows.map(RuleCase.fields), file: "given-\(entity).csv")
      #expect(receipt.rejected == 0, "\(example.code): \(receipt.diagnostics)")
    }
  }

  /// The lines of a file that stand.
  func lines(of entity: String, _ receipt: Receipt) throws -> Set<Int> {
    guard let batch = receipt.batch else { return [] }
    let lines: [Int] = try connection.execute(
      "SELECT source_line FROM fact.\(identifier: entity) WHERE batch_from = \(batch) AND cooperation_id = 'test'"
    ).map { try $0.decode() }
    return Set(lines)
  }
}
