import Capture
import Impact
import Postgres
import Store
import TestSupport
import Testing

/// Random histories against a model in memory: what was last said of each key stands, and every batch keeps
/// what stood at its end.
@Suite(.archive) struct `As of any batch` {
  /// What stands of one entity: the values of the key and of the other fields, as text.
  private typealias Standing = [[String]: [String?]]

  /// An entity the histories are about: rows are made from few keys and few values, so that they meet.
  private struct Subject {
    var entity: String
    var cooperation: String?
    var isComplete = false
    /// A row: every field named, `nil` for none.
    var row: (inout SplitMix) -> [String: String]
  }

  /// A file as it was sent.
  private struct Delivery {
    var entity: String
    var file: String
    var rows: [[String: String]]
    var said: Standing
  }

  private func delivery(
    of subject: Subject, named file: String, _ random: inout SplitMix
  ) throws -> Delivery {
    let (rows, said) = try rows(subject, &random)
    return Delivery(entity: subject.entity, file: file, rows: rows, said: said)
  }

  // Read once: the histories ask thousands of times.
  private static let schemas = Result { try Fixture.schemas() }

  private static func subjects() -> [Subject] {
    func pick(_ values: [String], _ random: inout SplitMix) -> String {
      values.randomElement(using: &random) ?? ""
    }
    func maybe(_ values: [String], _ random: inout SplitMix) -> String? {
      Bool.random(using: &random) ? pick(values, &random) : nil
    }
    let months = (1...6).map { "2025-0\($0)-01" }
    return [
      Subject(entity: "monthly_activity", cooperation: "test") { random in
        var row = [
          "pathway": pick(["P1", "P2"], &random), "month": pick(months, &random),
          "hours_worked": pick(["0", "10", "10.0", "99.5"], &random),
        ]
        row["hours_absent"] = maybe(["0", "7"], &random)
        return row
      },
      Subject(entity: "exit", cooperation: "test") { random in
        var row = [
          "pathway": pick(["P1", "P2"], &random), "exited_on": pick(["2025-05-31", "2025-06-30"], &random),
        ]
        row["motif"] = maybe(["1", "7", "96"], &random)
        return row
      },
      Subject(entity: "finance_line", cooperation: "test") { random in
        [
          "month": pick(months, &random), "category": "sales",
          "amount_eur": pick(["1", "-1", "0.10"], &random),
        ]
      },
      Subject(entity: "decision", cooperation: "test") { random in
        var row = [
          "decision": pick(["D1", "D2", "D3"], &random), "quarter": "2025T1",
          "text": pick(["a", "b", "é"], &random),
          "owner": "o", "status": pick(["open", "closed"], &random), "signed_by": "s",
        ]
        row["closed_on"] = maybe(["2025-06-01"], &random)
        return row
      },
      Subject(entity: "etp_base", cooperation: nil, isComplete: true) { random in
        [
          "kind": pick(["EI", "ACI", "AI"], &random),
          "valid_from": pick(["2014-01-01", "2027-01-01"], &random),
          "hours": pick(["1505", "1500"], &random), "nature": "n", "source": "s",
        ]
      },
    ]
  }

  private func schema(_ subject: Subject) throws -> FactSchema {
    try #require(try Self.schemas.get().schema(named: subject.entity))
  }

  /// Rows with different keys, and what they say.
  private func rows(_ subject: Subject, _ random: inout SplitMix) throws -> (
    rows: [[String: String]], said: Standing
  ) {
    let schema = try schema(subject)
    var rows: [[String: String]] = []
    var said: Standing = [:]
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let row = subject.row(&random)
      let key = schema.key.map { row[$0] ?? "" }
      guard said[key] == nil else { continue }
      said[key] = schema.fields.map { row[$0.name] }
      rows.append(row)
    }
    return (rows, said)
  }

  /// What the store says stands, with numbers compared as numbers.
  private func standing(_ subject: Subject, asOf batch: Int, _ archive: Archive) throws -> Standing {
    let schema = try schema(subject)
    let columns = schema.fields.map { "\(identifier: $0.name)::text" as SQL }.joined(separator: ", ")
    var found: Standing = [:]
    try archive.connection.transaction {
      try archive.connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      for row in try archive.connection.execute(
        "SELECT \(fragment: columns) FROM as_of.\(identifier: subject.entity)")
      {
        let texts = row.texts
        let key = schema.key.map { name in
          schema.fields.firstIndex { $0.name == name }.flatMap { texts[$0] } ?? ""
        }
        #expect(found[key] == nil, "\(subject.entity) \(key) stands twice as of \(batch)")
        found[key] = texts
      }
    }
    return found
  }

  private func same(_ left: Standing, _ right: Standing, _ schema: FactSchema) -> Bool {
    guard Set(left.keys) == Set(right.keys) else { return false }
    for (key, values) in left {
      let others = right[key] ?? []
      for (index, field) in schema.fields.enumerated() {
        let (one, other): (String?, String?) = (values[index], others[index])
        if field.kind == .number {
          guard one.flatMap({ Double($0) }) == other.flatMap({ Double($0) }) else { return false }
        } else {
          guard one == other else { return false }
        }
      }
    }
    return true
  }

  private func ready() throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation()
    for code in ["P1", "P2"] {
      try archive.record("participant", [["participant": code, "sex": "F"]], file: "participant-\(code).csv")
      try archive.record(
        "pathway",
        [
          [
            "pathway": code, "participant": code, "employer": "employer", "kind": "EI",
            "started_on": "2025-01-06",
          ]
        ], file: "pathway-\(code).csv")
    }
    return archive
  }

  @Test(arguments: (0..<3).map { _ in UInt64.random(in: .min ... .max) })
  func `every batch, and the instant it was recorded at, reads as it stood then`(seed: UInt64) throws {
    let archive = try ready()
    let subjects = Self.subjects()
    var random = SplitMix(seed: seed)
    var models = try subjects.map { try standing($0, asOf: archive.lastBatch(), archive) }
    var history: [(batch: Int, models: [Standing])] = [(try archive.lastBatch(), models)]
    var sent: [Delivery] = []
    for round in 0..<40 {
      let index = Int.random(in: subjects.indices, using: &random)
      let subject = subjects[index]
      let earlier = sent.filter { $0.entity == subject.entity }.randomElement(using: &random)
      let delivery =
        if let earlier, Int.random(in: 0..<3, using: &random) == 0 { earlier } else {
          try delivery(of: subject, named: "\(round).csv", &random)
        }
      // A file of facts sent again says nothing new, whatever corrected it since; a complete file does.
      let isKnown =
        subject.isComplete
        ? sent.last { $0.entity == subject.entity }?.file == delivery.file
        : sent.contains { $0.file == delivery.file }
      let before = models[index]
      if !isKnown {
        models[index] =
          subject.isComplete ? delivery.said : before.merging(delivery.said) { _, new in new }
      }
      sent.append(delivery)
      let receipt = try archive.record(
        subject.entity, delivery.rows, of: subject.cooperation, file: delivery.file,
        complete: subject.isComplete)
      #expect(receipt.wasKnown == isKnown, "seed \(seed), round \(round)")
      // A batch is taken when, and only when, something changed.
      #expect(
        (receipt.batch != nil) == !same(before, models[index], try schema(subject)),
        "seed \(seed), round \(round)")
      history.append((try archive.lastBatch(), models))
    }
    #expect(sent.count > Set(sent.map(\.file)).count, "seed \(seed): no file came twice")
    for (batch, models) in history {
      let atInstant: Int = try archive.connection.execute(
        """
        SELECT max(batch) FROM ops.batch
        WHERE recorded_at <= (SELECT recorded_at FROM ops.batch WHERE batch = \(batch))
        """)[0].decode()
      #expect(atInstant == batch, "seed \(seed)")
      for (subject, model) in zip(subjects, models) {
        let found = try standing(subject, asOf: atInstant, archive)
        #expect(
          same(found, model, try schema(subject)),
          "seed \(seed), \(subject.entity) as of \(batch): \(found) is not \(model)")
      }
    }
    #expect(history.last.map(\.batch) ?? 0 > history[0].batch + 10)
  }

  @Test(arguments: (0..<3).map { _ in UInt64.random(in: .min ... .max) })
  func `files about different keys give the same current facts in any order, cut in any way`(seed: UInt64)
    throws
  {
    let archive = try ready()
    let subject = Self.subjects()[2]
    let schema = try schema(subject)
    var random = SplitMix(seed: seed)
    let (rows, said) = try rows(subject, &random)
    let start = try standing(subject, asOf: archive.lastBatch(), archive)
    #expect(start.isEmpty)
    // A first, wrong version of some rows, then the rows one or several a file, in random order.
    let wrong = rows.shuffled(using: &random).prefix(2).map {
      $0.merging(["amount_eur": "12345"]) { _, new in new }
    }
    try archive.record(subject.entity, wrong, file: "wrong.csv")
    var rest = rows.shuffled(using: &random)[...]
    var number = 0
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...3, using: &random))
      rest = rest.dropFirst(piece.count)
      number += 1
      try archive.record(subject.entity, Array(piece), file: "\(number).csv")
    }
    #expect(
      same(try standing(subject, asOf: archive.lastBatch(), archive), said, schema), "seed \(seed)")
  }

  @Test(arguments: (0..<3).map { _ in UInt64.random(in: .min ... .max) })
  func `whatever came before, in any order and corrected any number of times, the last word stands`(
    seed: UInt64
  ) throws {
    let archive = try ready()
    var random = SplitMix(seed: seed)
    for subject in Self.subjects() where !subject.isComplete {
      let schema = try schema(subject)
      // What is true in the end: every key any history can name, with its last values.
      var truth: [[String]: [String: String]] = [:]
      for _ in 0..<40 {
        let row = subject.row(&random)
        truth[schema.key.map { row[$0] ?? "" }] = row
      }
      let said = Standing(
        uniqueKeysWithValues: truth.map { key, row in (key, schema.fields.map { row[$0.name] }) })
      for history in 0..<2 {
        // Files that contradict each other and the truth, some of them twice; then the truth, cut anywhere.
        let files = try (0..<6).map { number in
          try delivery(of: subject, named: "history-\(history)-\(number).csv", &random)
        }
        for file in (files + files.shuffled(using: &random).prefix(3)).shuffled(using: &random) {
          try archive.record(
            subject.entity, file.rows.filter { row in truth[schema.key.map { row[$0] ?? "" }] != nil },
            of: subject.cooperation, file: file.file)
        }
        var rest = Array(truth.values).shuffled(using: &random)[...]
        while !rest.isEmpty {
          let piece = Array(rest.prefix(Int.random(in: 1...7, using: &random)))
          rest = rest.dropFirst(piece.count)
          try archive.record(
            subject.entity, piece, of: subject.cooperation, file: "truth-\(history)-\(rest.count).csv")
        }
        let found = try standing(subject, asOf: archive.lastBatch(), archive)
        let own = found.filter { said[$0.key] != nil }
        #expect(own.count == found.count, "seed \(seed), \(subject.entity)")
        #expect(same(own, said, schema), "seed \(seed), \(subject.entity), history \(history)")
      }
    }
  }
}
