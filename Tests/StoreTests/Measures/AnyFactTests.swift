import Capture
import Impact
import Postgres
import TestSupport
import Testing

@testable import Store

/// Whatever field of whatever fact is corrected, and whatever rows are added or taken out, computing what was touched
/// gives what computing everything gives.
@Suite(.archive) struct `Computing again after any fact` {
  private struct World {
    let archive: Archive
    var random: SplitMix
    /// The rows that stand, by cooperation and entity.
    var rows: [(cooperation: String, entity: String, rows: [GeneratedFacts.Row])] = []
    var catalogue: Catalogue
    var quarter = Fixture.quarter
    var files = 0
    var accepted: Set<String> = []

    /// Two cooperations, of which a tenth of the rows of most entities comes later.
    init(seed: UInt64) throws {
      archive = try Fixture.archive()
      random = SplitMix(seed: seed)
      catalogue = try Fixture.catalogue()
      var facts = GeneratedFacts(seed: seed)
      for plan in [GeneratedFacts.plans[1], GeneratedFacts.plans[2]] {
        for (entity, all) in facts.facts(of: plan) where !all.isEmpty {
          let now = all.map(GeneratedFacts.canonical).filter { _ in
            ["cooperation", "organisation", "participant", "pathway"].contains(entity)
              || Int.random(in: 0..<10, using: &random) > 0
          }
          try archive.record(entity, now, of: plan.name, file: "\(plan.name)/\(entity).csv")
          rows.append((plan.name, entity, all.map(GeneratedFacts.canonical)))
        }
      }
    }

    /// Sends some rows of an entity again: as they were meant, with a field taken from another row, or as all there is.
    mutating func send() throws -> String {
      let (cooperation, entity, all) = rows[Int.random(in: rows.indices, using: &random)]
      let schema = try #require(try Fixture.schemas().schema(named: entity))
      files += 1
      if entity == "cooperation" {
        var row = all[0]
        row["ended_on"] =
          [nil, "2025-05-14", "2025-08-31", "2024-12-31"].randomElement(using: &random) ?? nil
        row["kind"] = ["EI", "ACI", "EITI", "EA"].randomElement(using: &random)
        let receipt = try archive.record(
          entity, [row], of: cooperation, file: "\(cooperation)/\(files)-\(entity).csv")
        return
          "\(cooperation) is \(row["kind"] ?? "") to \(row["ended_on"] ?? ""), \(receipt.recorded) recorded"
      }
      var sent: [GeneratedFacts.Row] = []
      let isComplete = Int.random(in: 0..<8, using: &random) == 0 && all.count > 4
      if isComplete {
        sent = all.filter { _ in Int.random(in: 0..<12, using: &random) > 0 }
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          var row = all[Int.random(in: all.indices, using: &random)]
          let fields = schema.fields.map(\.name).filter { !schema.key.contains($0) }
          if let field = fields.randomElement(using: &random) {
            row[field] = all[Int.random(in: all.indices, using: &random)][field]
          }
          sent.append(row)
        }
      }
      // A file may be received on any day since its rows.
      let days = [Day(2025, 9, 30), Day(2025, 12, 31), Day(2026, 1, 5), Fixture.today].compactMap(\.self)
      let receipt: Archive.Receipt
      do {
        receipt = try archive.record(
          entity, sent, of: cooperation, file: "\(cooperation)/\(files)-\(entity).csv", complete: isComplete,
          today: days.randomElement(using: &random) ?? Fixture.today)
      } catch let refusal as Archive.Refusal where isComplete {
        // What came before may have made a row of it one that is refused, and a whole table is taken whole.
        return "all \(entity) of \(cooperation), refused: \(refusal)"
      }
      if receipt.recorded > 0 { accepted.insert(entity) }
      return
        "\(isComplete ? "all " : "")\(sent.count) \(entity) of \(cooperation), \(receipt.recorded) recorded"
    }

    /// Another definition, parameter, goalpost or quarter.
    mutating func decide() throws -> String {
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        quarter =
          [Fixture.quarter, Fixture.quarter.next, Fixture.quarter.advanced(by: -1)].randomElement(
            using: &random) ?? quarter
        return "quarter \(quarter)"
      case 1:
        let place = Int.random(in: catalogue.parameters.indices, using: &random)
        for value in catalogue.parameters[place].values.indices {
          catalogue.parameters[place].values[value].number += 1
        }
        catalogue.digest += "p"
        return "parameter \(catalogue.parameters[place].name)"
      case 2:
        let place = Int.random(in: catalogue.indicators.indices, using: &random)
        catalogue.indicators[place].version += 1
        if catalogue.indicators[place].measure.expression == nil {
          catalogue.indicators[place].shift = (catalogue.indicators[place].shift + 1) % 5
        }
        catalogue.digest += "i"
        return "definition \(catalogue.indicators[place].id)"
      case 3:
        let receipt = try archive.record(
          "etp_base",
          [
            [
              "kind": ["ACI", "EITI"].randomElement(using: &random) ?? "", "valid_from": "2024-01-01",
              "hours": ["1505", "1607"].randomElement(using: &random) ?? "", "nature": "n", "source": "s",
              "sureness": "official",
            ]
          ], of: nil, file: "base-\(files)")
        return "base of hours, \(receipt.recorded) recorded"
      default:
        let receipt = try archive.record(
          "target",
          [
            [
              "indicator": catalogue.indicators.randomElement(using: &random)?.id ?? "",
              "from_quarter": "2025T1", "value": "\(files)", "decided_on": "2025-01-01", "reason": "ambition",
              "decision": "d",
            ]
          ], of: rows[0].cooperation, file: "target-\(files)")
        return "target, \(receipt.recorded) recorded"
      }
    }

    func compute() throws -> Archive.Computation {
      try archive.compute(
        catalogue,
        seen: Archive.Perspective(
          quarter: quarter, cut: ReleaseCalendar.cut(of: quarter), batch: try archive.lastBatch()),
        software: "test")
    }
  }

  @Test(arguments: [7_362_995_751_803_202_653] + (0..<2).map { _ in UInt64.random(in: .min ... .max) })
  func `what is computed again is what a first computation gives`(seed: UInt64) throws {
    var world = try World(seed: seed)
    #expect(try world.compute().isWhole)
    for round in 0..<10 {
      var said: [String] = []
      for _ in 0..<Int.random(in: 1...3, using: &world.random) {
        said.append(
          try Int.random(in: 0..<4, using: &world.random) == 0 ? world.decide() : world.send())
      }
      #expect(try !world.compute().isWhole)
      let found = try world.archive.keptFigures()
      try world.archive.connection.execute("DELETE FROM figure.computation")
      #expect(try world.compute().isWhole)
      let expected = try world.archive.keptFigures()
      if found != expected {
        let (again, first) = (Set(found), Set(expected))
        Issue.record(
          """
          seed \(seed), round \(round): \(said.joined(separator: "; "))
          again only: \(again.subtracting(first).sorted().prefix(3).joined(separator: "\n"))
          first only: \(first.subtracting(again).sorted().prefix(3).joined(separator: "\n"))
          """)
        return
      }
    }
    #expect(world.accepted.count > 3, "seed \(seed): \(world.accepted)")
  }
}

extension Archive {
  /// What the working figures are: every column of every row, in order.
  func keptFigures() throws -> [String] {
    try ["figure", "score", "score_component", "computed"].flatMap { table in
      try connection.execute(
        """
        SELECT \(table) || ' ' || t::text FROM figure.\(identifier: table) t WHERE release_id = 'working'
        ORDER BY t::text COLLATE "C"
        """
      ).map { try $0.decode(String.self) }
    }
  }
}
