import Impact
import Testing

@testable import Publication

@Suite struct JudgementTests {
  private static let quarter = Quarter(index: 8088)

  private static func indicator(_ measure: Measure, _ unit: Unit) -> Indicator {
    Indicator(
      id: "x", dimension: "economy", label: Localized(fr: "x", en: "x"),
      question: Localized(fr: "x", en: "x"),
      unit: unit, direction: .higher, measure: measure, source: Localized(fr: "x", en: "x"),
      limits: Localized(fr: "x", en: "x"))
  }

  private static func cooperation(endedOn: Day?) -> CooperationProfile {
    CooperationProfile(
      id: "c", name: "C", form: .gmeConjoint, kind: "EI", activity: Localized(fr: "a", en: "a"),
      mission: Localized(fr: "m", en: "m"), startedOn: quarter.start, endedOn: endedOn, isSample: true,
      partners: [],
      health: CooperationProfile.Health(files: 0, read: 0, recorded: 0, unchanged: 0, rejected: 0, late: 0),
      quarters: quarter...quarter)
  }

  @Test func `a total of a quarter cut short is never judged, a rate of it is`() {
    let sum = Self.indicator(.sum(Term(.sum, of: "materials", field: "tonnes", absent: .unknown)), .tonnes)
    let term = Term(.count, of: "exits", absent: .zero)
    let rate = Self.indicator(.ratio(numerator: term, denominator: term, cohort: nil), .percent)
    let ended = Self.cooperation(endedOn: Self.quarter.end.adding(days: -31))
    #expect(Judgement.isCutShort(Self.quarter, of: sum, for: ended))
    #expect(!Judgement.isCutShort(Self.quarter, of: rate, for: ended))
    #expect(!Judgement.isCutShort(Self.quarter, of: sum, for: Self.cooperation(endedOn: Self.quarter.end)))
    #expect(!Judgement.isCutShort(Self.quarter, of: sum, for: Self.cooperation(endedOn: nil)))
    #expect(!Judgement.isCutShort(Self.quarter.advanced(by: -1), of: sum, for: ended))
  }
}
