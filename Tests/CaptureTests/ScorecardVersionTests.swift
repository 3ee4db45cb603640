import Capture
import Impact
import Testing

@Suite struct `Versions of the scorecard` {
  private static func card(_ version: Int, _ rest: String = "", weight: String = "1") -> String {
    """
    version: \(version)
    \(rest)minimum_data: 0.6
    minimum_count: 5
    parts:
      - dimension: exits
        weight: 1
        components:
          - { indicator: rate, low: 0.2, high: 0.8, weight: \(weight) }
    """
  }

  private static func read(_ current: String, _ earlier: [String: String]) throws -> Catalogue {
    var all = catalogueFiles
    all["scorecard.yaml"] = current
    for (name, text) in earlier { all[name] = text }
    let folder = try TemporaryFolder(all)
    return try Catalogue(readingFrom: folder.path)
  }

  private static func refusal(_ current: String, _ earlier: [String: String]) -> String? {
    do {
      _ = try read(current, earlier)
      return nil
    } catch { return "\(error)" }
  }

  @Test func `the one in force and those before it are read, last version first`() throws {
    let catalogue = try Self.read(
      Self.card(3, "valid_from: 2027T1\n"),
      ["scorecard-1.yaml": Self.card(1), "scorecard-2.yaml": Self.card(2, "valid_from: 2026T1\n")])
    #expect(catalogue.scorecard.version == 3)
    #expect(catalogue.scorecard.validFrom == Quarter(2027, 1))
    #expect(catalogue.earlierScorecards.map(\.version) == [2, 1])
    #expect(catalogue.scorecard.sensitivity == .house, "what is not written is the house's")
  }

  @Test func `versions that contradict each other are refused with their file`() {
    let now = Self.card(2, "valid_from: 2026T1\n")
    #expect(Self.refusal(now, ["scorecard-1.yaml": Self.card(1)]) == nil)
    #expect(Self.refusal(now, ["scorecard-1.yaml": Self.card(2)])?.contains("named after version 1") == true)
    #expect(Self.refusal(now, ["scorecard-3.yaml": Self.card(3)])?.contains("lower number") == true)
    #expect(
      Self.refusal(Self.card(2), ["scorecard-1.yaml": Self.card(1)])?.contains("give it valid_from") == true)
    #expect(
      Self.refusal(now, ["scorecard-1.yaml": Self.card(1, "valid_from: 2026T2\n")])?.contains("not before")
        == true)
    #expect(Self.refusal(now, ["scorecard-x.yaml": Self.card(1)])?.contains("no file of this name") == true)
    #expect(Self.refusal(Self.card(2, "valid_from: spring\n"), [:])?.contains("scorecard.yaml:2:13") == true)
  }

  @Test func `what is tried must not look at other cooperations`() {
    let tried = Self.card(1) + "\nsensitivity: { normalisations: [min-max] }\n"
    #expect(Self.refusal(tried, [:])?.contains("one more would move this one's score") == true)
    let fine =
      Self.card(1) + "\nsensitivity: { normalisations: [{ goalposts: 1.2 }], weights: [equal], draws: 10 }\n"
    #expect(Self.refusal(fine, [:]) == nil)
    #expect(
      Self.refusal(Self.card(1) + "\nsensitivity: { weight: [equal] }\n", [:])?.contains("did you mean")
        == true)
  }
}
