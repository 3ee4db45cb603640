import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// Every figure of a quarter of the samples, made anew from the rows its receipt lists.
@Suite(.archive) struct `Receipts` {
  @Test func `the rows a receipt lists give the figure back, for every part of the samples`() throws {
    let archive = try Fixture.archive()
    try archive.recordSamples("2026T2")
    let quarter = try #require(Quarter(2026, 2))
    let found = try rebuild(archive, at: quarter) { $0.key.part != nil }
    #expect(found.count > 20)
  }

  @Test func `the rows a receipt lists give the figure back, for every indicator`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 4)
    try facts.record(in: archive)
    let found = try rebuild(archive, at: Fixture.quarter) { $0.key.part == nil }
    // Files are received long after the quarter, but for the corrections.
    let missing = Set(try Fixture.catalogue().indicators.map(\.id)).subtracting(found)
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  /// Takes the receipts of the figures of each cooperation's last quarter, and says of which indicators there was a value.
  private func rebuild(
    _ archive: Archive, at quarter: Quarter, _ isWanted: (Figure) -> Bool
  ) throws -> [String] {
    let catalogue = try Fixture.catalogue()
    let perspective = Archive.Perspective(
      quarter: quarter, cut: ReleaseCalendar.cut(of: quarter), batch: try archive.lastBatch())
    let figures = try archive.figures(of: catalogue, seen: perspective)
    var seen: [String] = []
    // A finished market ends earlier: its own last quarter is taken.
    for (cooperation, quarters) in Archive.quarters(of: figures) {
      for figure in figures
      where figure.key.cooperation == cooperation && figure.key.quarter == quarters.last && isWanted(figure) {
        let receipt = try archive.explanation(of: figure.key, catalogue: catalogue, seen: perspective)
        #expect(receipt.figure == figure)
        #expect(try same(#require(receipt.rebuilt), figure.content), "\(figure.key)")
        for account in receipt.accounts {
          let rebuilt = try #require(account.rebuilt)
          // The plain statement that is printed counts the same.
          #expect(
            account.total == nil
              || abs((rebuilt.total ?? 0) - (account.total ?? 0)) <= 1e-12 * abs(account.total ?? 0),
            "\(figure.key)")
          #expect(
            account.used.count + account.leftOut.map(\.rows).reduce(0, +) == account.rows, "\(figure.key)")
          #expect(account.digest.count == 64)
          // Where the vocabulary gives reasons, every row has one.
          for left in account.leftOut {
            guard case .condition(let condition) = left.reason, condition.test == .isTrue(true),
              catalogue.vocabulary.entity(account.term.entity)?.field(condition.field)?.reasons.isEmpty
                == false
            else { continue }
            #expect(left.rows == 0, "\(figure.key)")
          }
        }
        if figure.value != nil { seen.append(figure.key.indicator) }
      }
    }
    return seen
  }

  /// Equal, but for the last bit of a mean.
  private func same(_ one: Figure.Content, _ other: Figure.Content) -> Bool {
    guard case .value(let left) = one, case .value(let right) = other else { return one == other }
    return abs(left.number - right.number) <= 1e-12 * abs(right.number) && left.numerator == right.numerator
      && left.denominator == right.denominator && left.count == right.count
      && (left.interval == nil) == (right.interval == nil)
      && abs((left.interval?.low ?? 0) - (right.interval?.low ?? 0)) <= 1e-9
      && abs((left.interval?.high ?? 0) - (right.interval?.high ?? 0)) <= 1e-9
  }

  @Test func `a mean duration carries Student's interval over the rows that have one`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 4)
    try facts.record(in: archive)
    let catalogue = try Fixture.catalogue()
    let perspective = Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
      batch: try archive.lastBatch())
    let receipt = try archive.explanation(
      of: Figure.Key(indicator: "pathway-length", cooperation: "gen-mix", quarter: Fixture.quarter),
      catalogue: catalogue, seen: perspective)
    let lengths = receipt.accounts[0].used.compactMap { Double($0.share ?? "") }
    #expect(lengths.count > 3)
    let interval = try #require(SampleMean(lengths)?.student())
    let shown = try #require(receipt.figure.value?.interval)
    #expect(abs(shown.low - interval.low) < 1e-9 && abs(shown.high - interval.high) < 1e-9)
    #expect(receipt.figure.value?.count == lengths.count)
    // Kept, and read back.
    try archive.compute(catalogue, seen: perspective, software: "test")
    let kept = try archive.figures(in: Archive.working).first { $0.key == receipt.figure.key }
    #expect(kept == receipt.figure)
  }

  @Test func `a receipt says why rows are left out, and its digest follows the rows`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordEarlierYear()
    let started = try #require(Day("2025-01-06"))
    for (code, motif) in [("A", 3), ("B", 7), ("C", 17)] {
      try archive.recordPathway(code, started: started, exited: Day("2025-08-15"), motif: motif)
    }
    let catalogue = try Fixture.catalogue()
    func receipt(_ part: Figure.Part? = nil, of indicator: String) throws -> Explanation {
      try archive.explanation(
        of: Figure.Key(indicator: indicator, cooperation: "test", quarter: Fixture.quarter, part: part),
        catalogue: catalogue,
        seen: Archive.Perspective(
          quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
          batch: try archive.lastBatch()))
    }
    let rate = try receipt(of: "durable-exit-rate")
    #expect(rate.accounts.map { $0.used.map(\.line) } == [[2], [2, 2]])
    #expect(rate.accounts[1].leftOut.map(\.rows) == [1, 0])
    guard case .because(let condition, let why) = rate.accounts[1].leftOut[0].reason else {
      Issue.record("no reason is given")
      return
    }
    #expect(condition.field == "examined" && why.english.contains("withdrawn"))
    let part = try receipt(Figure.Part(field: "class", value: "durable"), of: "exits")
    #expect(part.figure.value?.number == 1)
    #expect(
      part.accounts[0].leftOut.first?.reason == .otherPart(Figure.Part(field: "class", value: "durable")))
    #expect(part.accounts[0].leftOut.first?.rows == 2)
    let before = try receipt(of: "exits-examined").accounts[0].digest
    #expect(try receipt(of: "exits-examined").accounts[0].digest == before)
    try archive.record(
      "exit", [["pathway": "A", "exited_on": "2025-08-16", "motif": "3"]], file: "again.csv")
    #expect(try receipt(of: "exits-examined").accounts[0].digest != before)
  }

  @Test func `each exit that is not examined has its own reason`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    try archive.recordEarlierYear()
    let started = try #require(Day("2025-01-06"))
    try archive.recordPathway("A", started: started, exited: Day("2025-08-15"), motif: 3)
    try archive.recordPathway("B", started: started, exited: Day("2025-08-15"), motif: nil)
    try archive.recordPathway("C", started: started, exited: Day("2025-08-15"), motif: 17)
    try archive.recordPathway("D", started: started, exited: Day("2025-08-15"), motif: 96)
    try archive.recordPathway("E", started: #require(Day("2025-08-01")), exited: Day("2025-08-15"), motif: 3)
    let receipt = try archive.explanation(
      of: Figure.Key(indicator: "exits-examined", cooperation: "test", quarter: Fixture.quarter),
      catalogue: Fixture.catalogue(),
      seen: Archive.Perspective(
        quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter),
        batch: try archive.lastBatch()))
    var told: [String: Int] = [:]
    for left in receipt.accounts[0].leftOut {
      if case .because(_, let why) = left.reason { told[why.english.prefix(12).description] = left.rows }
    }
    #expect(told == ["presence thr": 1, "undocumented": 1, "withdrawn fr": 1, "outside exit": 1])
    #expect(receipt.references.map(\.name) == ["exit_motif"])
    #expect(receipt.references[0].rows.count > 20)
    // The hours of the year decide: their rows are listed.
    #expect(!receipt.accounts[0].inputs.isEmpty)
  }

  @Test func `aid earned lists the hours behind it, and the bases and amounts in force`() throws {
    let archive = try Fixture.archive()
    var facts = GeneratedFacts(seed: 4)
    try facts.record(in: archive)
    let catalogue = try Fixture.catalogue()
    let perspective = Archive.Perspective(
      quarter: Fixture.quarter, cut: ReleaseCalendar.cut(of: Fixture.quarter), batch: try archive.lastBatch())
    let figure = try #require(
      try archive.figures(of: catalogue.limited(to: ["aide-au-poste-earned"]), seen: perspective).first {
        $0.key.quarter == Fixture.quarter && $0.key.part == nil && $0.value != nil
      })
    let receipt = try archive.explanation(of: figure.key, catalogue: catalogue, seen: perspective)
    let months = try archive.connection.transaction {
      try archive.connection.execute("SELECT set_config('jvs.as_of', \(String(perspective.batch)), true)")
      return try archive.connection.execute(
        """
        SELECT count(DISTINCT (a.import_id, a.source_line)) FROM as_of.monthly_activity a
        JOIN as_of.pathway p USING (cooperation_id, pathway)
        WHERE a.cooperation_id = \(figure.key.cooperation)
          AND a.month BETWEEN date_trunc('year', \(Fixture.quarter.start.description)::date) AND \(Fixture.quarter.end.description)::date
          AND EXISTS (SELECT FROM as_of.convention c WHERE c.cooperation_id = a.cooperation_id
            AND c.organisation = p.employer AND c.kind = p.kind
            AND c.ended_on >= \(Fixture.quarter.start.description)::date AND c.started_on <= \(Fixture.quarter.end.description)::date)
        """)[0].decode() as Int
    }
    #expect(receipt.accounts[0].inputs.count == months && months > 0)
    #expect(receipt.references.map(\.name) == ["etp_base", "aide_au_poste"])
    let base = receipt.references[0]
    #expect(base.rows.contains { base.cell("kind", of: $0) == "EI" && base.cell("hours", of: $0) == "1505" })
    let amounts = receipt.references[1]
    #expect(!amounts.rows.isEmpty && amounts.rows.allSatisfy { amounts.cell("zone", of: $0) == "FR" })
    #expect(amounts.rows.allSatisfy { amounts.cell("kind", of: $0) != "PASSERELLE" })
  }

  @Test func `sums are exact in any order, and windows are differences of running sums`() throws {
    func sum(_ text: String) throws -> ExactSum {
      try #require(Array(text.utf8).withUnsafeBufferPointer { ExactSum(decimal: $0) })
    }
    #expect(try (sum("0.1") + sum("0.2")).number == 0.3)
    #expect(try (sum("123456.78") - sum("123456.7")).number == 0.08)
    #expect(try sum("-12.50").number == -12.5)
    #expect(try (sum("0.07973421926910299003") + sum("1")).number == 1.07973421926910299003)
    #expect(try sum("9007199254740993").number == 9007199254740992)
    #expect(try sum("0.123456789012345678901234567").number == 0.12345678901234567890)
    for text in ["", "abc", "1e5", "NaN", "1.2.3", String(repeating: "9", count: 45)] {
      #expect(Array(text.utf8).withUnsafeBufferPointer { ExactSum(decimal: $0) } == nil, "\(text)")
    }
    var random = SplitMix(seed: 7)
    let cents = (0..<200).map { _ in Int.random(in: -1_000_000...1_000_000, using: &random) }
    let texts = cents.map {
      "\($0 < 0 ? "-" : "")\(abs($0) / 100).\(abs($0) % 100 < 10 ? "0" : "")\(abs($0) % 100)"
    }
    let total = try texts.shuffled(using: &random).reduce(ExactSum.zero) { try $0 + sum($1) }
    #expect(total.number == Double(cents.reduce(0, +)) / 100)
  }
}
