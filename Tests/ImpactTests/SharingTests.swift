import Impact
import Testing

@Suite struct `Sharing results among partners` {
  static func table(_ pairs: [(String, Double)]) throws -> CoalitionTable {
    let values = pairs.map { (Set($0.0.split(separator: "+").map(String.init)), $0.1) }
    return try CoalitionTable(Dictionary(values) { first, _ in first })
  }

  /// The names whose bit is set in `group`.
  static func members(_ names: [String], of group: Int) -> Set<String> {
    var members: Set<String> = []
    for (place, name) in names.enumerated() where group & (1 << place) != 0 { members.insert(name) }
    return members
  }

  @Test func `thirty-two durable exits over 300 000 euros: 14, 10, 5, 3`() throws {
    let expected = try Golden.rows("attribution/proportional_expected")
    let euros = Dictionary(
      uniqueKeysWithValues: try expected.map { (try $0.text("partner"), try $0.number("contribution_eur")) })
    let sharing = try Sharing.byValue(euros)
    let whole = Dictionary(uniqueKeysWithValues: zip(sharing.shares.map(\.partner), sharing.whole(32)))
    let parts = Dictionary(uniqueKeysWithValues: zip(sharing.shares.map(\.partner), sharing.parts(of: 32)))
    for row in expected {
      let partner = try row.text("partner")
      #expect(Double(whole[partner] ?? 0) == (try row.number("largest_remainder_integer")))
      expectEqual(parts[partner], try row.number("attributed_decimal"))
    }
  }

  @Test func `Shapley values of the fictitious game are exact sixths`() throws {
    let rows = try Golden.rows("attribution/jvs3_game_input")
    let table = try Self.table(
      rows.filter { $0.cells["coalition"] != "none" }.map {
        (try $0.text("coalition"), try $0.number("value"))
      })
    // 61/3, 53/6 and 17/6, over the six orders of arrival.
    #expect(table.partners == ["ares", "corp", "fond"] && table.orders == 6)
    #expect(table.shapleyNumerators == [122, 53, 17])
    for row in try Golden.rows("attribution/shapley_expected") where row.cells["game"] == "jvs3" {
      let index = try #require(table.partners.firstIndex(of: try row.text("player")))
      #expect(table.shapley[index] == (try row.number("value")))
    }
  }

  @Test func `known games: gloves, the runway, a weighted vote`() throws {
    let gloves = try Self.table(
      [("L", 0), ("R1", 0), ("R2", 0), ("L+R1", 1), ("L+R2", 1), ("R1+R2", 0), ("L+R1+R2", 1)])
    #expect(gloves.shapleyNumerators == [4, 1, 1])
    // A runway costs what its largest plane needs: each pays the part it needs with those that need it too.
    let costs = ["a": 8.0, "b": 11, "c": 13, "d": 18]
    var runway: [Set<String>: Double] = [:]
    for group in 1..<16 {
      let members = Self.members(costs.keys.sorted(), of: group)
      runway[members] = members.compactMap { costs[$0] }.max()
    }
    #expect(try CoalitionTable(runway).shapley == [2, 3, 4, 9])
    let vote = try Self.table(
      [("A", 0), ("B", 0), ("C", 0), ("A+B", 1), ("A+C", 1), ("B+C", 0), ("A+B+C", 1)])
    #expect(vote.shapleyNumerators == [4, 1, 1])
  }

  @Test func `Shapley: all of it is shared, twins get the same, who adds nothing gets nothing`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let names = ["a", "b", "c", "d", "e"].prefix(2 + generator.below(4)).map(\.self)
      // `z` adds nothing to any group, and the last two of the others count alike.
      func key(_ group: Set<String>) -> Int {
        let twins = names.suffix(2)
        var others = 0
        for (place, name) in names.dropLast(2).enumerated() where group.contains(name) {
          others += 1 << place
        }
        return others * 3 + twins.count { group.contains($0) }
      }
      var worth: [Int: Double] = [0: 0]
      let all = names.count < 5 ? names + ["z"] : names
      var values: [Set<String>: Double] = [:]
      for group in 0..<(1 << all.count) {
        let members = Self.members(all, of: group)
        let place = key(members)
        let value = worth[place] ?? Double(generator.below(1000))
        worth[place] = value
        values[members] = value
      }
      let table = try CoalitionTable(values)
      #expect(table.shapleyNumerators.reduce(0, +) == table.total * table.orders)
      let found = Dictionary(uniqueKeysWithValues: zip(table.partners, table.shapleyNumerators))
      let twins = names.suffix(2)
      #expect(found[twins.first ?? ""] == found[twins.last ?? ""])
      if all.contains("z") { #expect(found["z"] == 0) }
    }
  }

  @Test func `shares always sum to the whole, whatever the rule and the order`() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      var euros: [String: Double] = [:]
      for partner in 0...generator.below(9) { euros["p\(partner)"] = Double(generator.below(50_000)) / 7 }
      guard euros.values.contains(where: { $0 > 0 }) else { continue }
      let count = generator.below(400)
      let sharing = try Sharing.byValue(euros)
      #expect(sharing.shares.reduce(0) { $0 + $1.thousandths } == 1000)
      #expect(sharing.whole(count).reduce(0, +) == count)
      expectEqual(sharing.parts(of: 1234.5).reduce(0, +), 1234.5)
      for (share, whole) in zip(sharing.shares, sharing.whole(count)) {
        #expect(abs(Double(whole) - share.exact * Double(count)) < 1 + 1e-9)
      }
      let equal = try Sharing.equally(euros.keys.shuffled(using: &generator))
      #expect(equal.whole(count) == (try Sharing.equally(euros.keys.sorted())).whole(count))
      #expect(equal.whole(count).reduce(0, +) == count)
    }
  }

  @Test func `what cannot be shared is refused in a sentence`() throws {
    #expect(throws: Sharing.Fault.nothingValued) { try Sharing.byValue(["a": 0]) }
    #expect(throws: Sharing.Fault.noPartner) { try Sharing.equally([]) }
    #expect(throws: Sharing.Fault.twice("a")) { try Sharing.equally(["a", "a"]) }
    #expect(throws: Sharing.Fault.agreedSum(90)) { try Sharing.agreed(["a": 50, "b": 40]) }
    #expect(throws: Sharing.Fault.negative("b")) { try Sharing.agreed(["a": 150, "b": -50]) }
    let third = 100.0 / 3
    let thirds = try Sharing.agreed(["a": 33.33, "b": 33.33, "c": 33.34])
    #expect(thirds.shares.map(\.thousandths) == [333, 333, 334])
    #expect(
      try Sharing.agreed(["a": third, "b": third, "c": third]).shares.map(\.thousandths) == [334, 333, 333])
    #expect(throws: CoalitionTable.Fault.missing(["a", "b"])) { try CoalitionTable([["a"]: 1, ["b"]: 2]) }
    #expect(throws: CoalitionTable.Fault.size(6)) {
      try CoalitionTable([Set(["a", "b", "c", "d", "e", "f"]): 1])
    }
    #expect(throws: CoalitionTable.Fault.empty) { try CoalitionTable([[]: 1, ["a"]: 2]) }
  }
}
