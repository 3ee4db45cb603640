import Impact
import Postgres
import Store
import TestSupport
import Testing

/// The worked examples of the official rules, through the whole store.
@Suite(.archive) struct `Official rules` {
  private func ready(_ kind: String = "EI") throws -> Archive { try Fixture.archive(ofKind: kind) }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test func `an exit at 80 days is not examined, one at 81 days is`() throws {
    let archive = try ready()
    let start = try day("2025-05-01")
    try archive.recordPathway("P80", started: start, exited: start.adding(days: 80), motif: 3)
    try archive.recordPathway("P81", started: start, exited: start.adding(days: 81), motif: 3)
    #expect(try archive.figure("exits-examined").value?.number == 1)
    let rate = try #require(try archive.figure("durable-exit-rate").value)
    #expect(rate.numerator == 1 && rate.denominator == 1)
  }

  @Test func `without an hour in the year an exit is not examined`() throws {
    let archive = try ready()
    try archive.recordPathway(
      "P1", started: try day("2025-01-02"), exited: try day("2025-08-01"), motif: 3, monthlyHours: "0")
    #expect(try archive.figure("exits-examined").value?.number == 0)
    #expect(try archive.figure("dynamic-exit-rate").absence == .noDenominator)
  }

  @Test(arguments: [("149", false), ("150", true)])
  func `a temporary-work structure examines from 150 hours, whatever the length`(
    hours: String, isExamined: Bool
  ) throws {
    let archive = try ready("ETTI")
    try archive.recordPathway(
      "P1", kind: "ETTI", started: try day("2025-08-01"), exited: try day("2025-08-20"), motif: 3,
      monthlyHours: hours)
    #expect(try archive.figure("exits-examined").value?.number == (isExamined ? 1 : 0))
  }

  @Test func `a withdrawal leaves both the numerator and the denominator, other exits stay below`() throws {
    let archive = try ready()
    let start = try day("2025-01-06")
    let exits: [(String, Int)] = [("A", 3), ("B", 10), ("C", 5), ("D", 7), ("E", 16), ("F", 17), ("G", 96)]
    for (code, motif) in exits {
      try archive.recordPathway(code, started: start, exited: try day("2025-08-15"), motif: motif)
    }
    // Durable, transition, positive, other; the long leave, the death and the CDI Inclusion are out of both.
    let dynamic = try #require(try archive.figure("dynamic-exit-rate").value)
    #expect(dynamic.numerator == 3 && dynamic.denominator == 4 && dynamic.number == 0.75)
    #expect(try archive.figure("durable-exit-rate").value?.number == 0.25)
    #expect(try archive.figure("transition-exit-rate").value?.number == 0.25)
    #expect(try archive.figure("positive-exit-rate").value?.number == 0.25)
    let parts = try ["withdrawal", "outside", "other", "durable"].map {
      try archive.figure("exits", part: Figure.Part(field: "class", value: $0)).value?.number
    }
    #expect(parts == [2, 1, 1, 1])
  }

  @Test func `an undocumented exit enters method B only, and the documentation rate tells`() throws {
    let archive = try ready()
    let start = try day("2025-01-06")
    for (code, motif) in [("A", 3), ("B", 9), ("C", 7)] {
      try archive.recordPathway(code, started: start, exited: try day("2025-08-15"), motif: motif)
    }
    try archive.recordPathway("D", started: start, exited: try day("2025-08-15"), motif: nil)
    let methodA = try #require(try archive.figure("dynamic-exit-rate").value)
    let methodB = try #require(try archive.figure("dynamic-exit-rate-b").value)
    #expect(methodA.numerator == 2 && methodA.denominator == 3)
    #expect(methodB.numerator == 2 && methodB.denominator == 4)
    let documented = try #require(
      try archive.figure("exit-documentation-rate", quarter: Fixture.quarter).value)
    #expect(documented.numerator == 3 && documented.denominator == 4)
  }

  @Test func `a structure outside the IAE has no official exit rate`() throws {
    let archive = try ready("ESAT")
    try archive.recordPathway(
      "P1", kind: "ESAT", started: try day("2025-01-06"), exited: try day("2025-08-15"), motif: 3)
    #expect(try archive.figure("dynamic-exit-rate").absence == .notApplicable)
    #expect(try archive.figure("participants-served").value?.number == 1)
  }

  @Test func `120 hours of an EI in a month are 0.0797342 annual and 0.9568106 monthly ETP`() throws {
    let archive = try ready()
    try archive.recordPathway(
      "P1", started: try day("2025-09-01"), exited: try day("2025-09-30"), motif: 3, monthlyHours: "120")
    let annual = try #require(try archive.figure("etp-annual").value)
    #expect(abs(annual.number - 0.0797342) < 5e-8)
    let realisation = try #require(try archive.figure("etp-realisation-rate").value)
    #expect(abs(try #require(realisation.numerator) - 0.9568106) < 5e-8)
    #expect(realisation.denominator == 10)
  }

  @Test func `1 200 hours in a month against ten posts are 95.6811 per cent`() throws {
    let archive = try ready()
    for index in 1...10 {
      try archive.recordPathway(
        "P\(index)", started: try day("2025-09-01"), exited: try day("2025-09-30"), motif: 3,
        monthlyHours: "120")
    }
    let rate = try #require(try archive.figure("etp-realisation-rate").value)
    #expect(abs(rate.number - 0.956811) < 5e-7)
  }

  @Test func `only months really entered count among the posts`() throws {
    let archive = try ready()
    try archive.recordPathway("P1", started: try day("2025-08-01"), monthlyHours: "100")
    // August and September were entered, July was not: twenty posts, not thirty.
    #expect(try archive.figure("etp-realisation-rate").value?.denominator == 20)
  }

  @Test func `a follow-up counts only once its date has passed`() throws {
    let archive = try ready()
    // The year of exits that ended on 31 March is the one whose six months have passed at the end of September.
    try archive.recordPathway("DUE", started: try day("2025-01-06"), exited: try day("2025-03-31"), motif: 3)
    try archive.recordPathway("LOST", started: try day("2024-09-02"), exited: try day("2025-02-10"), motif: 3)
    try archive.recordPathway(
      "LATER", started: try day("2025-01-06"), exited: try day("2025-04-01"), motif: 3)
    try archive.recordPathway("FAR", started: try day("2025-01-06"), exited: try day("2025-04-16"), motif: 3)
    try archive.record(
      "follow_up",
      [
        ["pathway": "DUE", "horizon": "6", "observed_on": "2025-10-10", "situation": "in_job"],
        ["pathway": "LATER", "horizon": "6", "observed_on": "2025-10-14", "situation": "in_job"],
        ["pathway": "FAR", "horizon": "6", "observed_on": "2025-10-14", "situation": "in_job"],
        ["pathway": "LOST", "horizon": "6", "observed_on": "2025-10-10", "situation": "lost"],
      ])
    let figure = try archive.figure("in-job-at-6-months")
    let maturity = try #require(figure.maturity)
    #expect(maturity.followed == 2 && maturity.due == 2 && maturity.observed == 1 && maturity.lost == 1)
    #expect(figure.value?.numerator == 1 && figure.value?.denominator == 1)
    #expect(try archive.figure("in-job-at-6-months-of-due").value?.number == 0.5)
    // The cut is 15 October: exits to 15 April are due at six months, later ones are not, whatever was noted.
    let batch = try archive.lastBatch()
    let due = try archive.connection.transaction {
      try archive.connection.execute(
        "SELECT set_config('jvs.as_of', \(String(batch)), true), set_config('jvs.cut', '2025-10-15', true)")
      return try archive.connection.execute(
        "SELECT pathway FROM measure.follow_ups WHERE horizon = 6 AND due AND known ORDER BY 1"
      ).map { row -> String in try row.decode() }
    }
    #expect(due == ["DUE", "LATER"])
  }

  @Test func `the pupil of one cooperation never counts in another`() throws {
    let archive = try ready()
    try archive.record(
      "cooperation",
      [
        [
          "cooperation": "other", "name": "Autre", "form": "jvs", "kind": "EI", "activity_fr": "a",
          "activity_en": "a", "mission_fr": "m", "mission_en": "m", "started_on": "2020-01-01",
          "data": "sample",
        ]
      ], of: "other")
    try archive.recordPathway("P1", started: try day("2025-01-06"), exited: try day("2025-08-15"), motif: 3)
    let before = try archive.figure("exits-examined").value
    try archive.record(
      "organisation", [["organisation": "employer", "name": "E", "kind": "EI"]], of: "other")
    try archive.record("participant", [["participant": "P1", "sex": "M"]], of: "other")
    try archive.record(
      "pathway",
      [
        [
          "pathway": "P1", "participant": "P1", "employer": "employer", "kind": "EI",
          "started_on": "2025-01-06",
        ]
      ],
      of: "other")
    try archive.record("exit", [["pathway": "P1", "exited_on": "2025-08-15", "motif": "7"]], of: "other")
    #expect(try archive.figure("exits-examined").value == before)
  }

  @Test func `posts held to the hour are neither under nor over, though no quotient of them is exact`() throws
  {
    let archive = try Fixture.archive()
    try archive.recordCooperation(posts: "12")
    try archive.recordEarlierYear()
    // 7 x 215 hours are 1 505, the hours of twelve posts in a month; each is a seventh of a year.
    for index in 1...7 {
      try archive.recordPathway(
        "P\(index)", started: try day("2025-09-01"), exited: try day("2025-09-30"), motif: 7,
        monthlyHours: "215")
    }
    for name in ["etp-under-consumption", "etp-over-consumption"] {
      let flag = try #require(try archive.figure(name).value)
      #expect(flag.numerator == 0 && flag.denominator == 1, "\(name)")
    }
    try archive.recordPathway(
      "P8", started: try day("2025-08-01"), exited: try day("2025-08-30"), motif: 7, monthlyHours: "100")
    #expect(try archive.figure("etp-under-consumption").value?.numerator == 1)
  }

  @Test func `a volume that is used up to the hour earns nothing more, not a trace of it`() throws {
    let archive = try Fixture.archive()
    try archive.recordCooperation(posts: "1")
    try archive.recordEarlierYear()
    for index in 1...7 {
      try archive.recordPathway(
        "P\(index)", started: try day("2025-06-02"), exited: try day("2025-06-30"), motif: 7,
        monthlyHours: "215")
    }
    try archive.recordPathway("P8", started: try day("2025-09-01"), exited: try day("2025-09-30"), motif: 7)
    #expect(try archive.figure("aide-au-poste-earned").value?.number == 0)
    let amount: Double = try archive.connection.execute(
      "SELECT amount_eur::float8 FROM reference.aide_au_poste WHERE kind = 'EI' AND zone = 'FR' AND valid_from = '2025-01-01'"
    )[0].decode()
    let earlier = try #require(
      try archive.figure("aide-au-poste-earned", quarter: Fixture.quarter.advanced(by: -1)).value)
    #expect(abs(earlier.number - amount) < 1e-9)
  }

  @Test func `the ESF+ asks the age at entry, the public profile that of the year worked`() throws {
    let archive = try ready()
    func share(_ name: String) throws -> [Double?] {
      let value = try archive.figure(name).value
      return [value?.numerator, value?.denominator]
    }
    try archive.recordPathway("P1", started: try day("2023-11-06"))
    // 29 at entry, 30 and 31 in the twelve months.
    try archive.record(
      "participant", [["participant": "P1", "sex": "F", "birth_year": "1994"]], file: "born-1994")
    #expect(try share("fse-youth-share") == [1, 1])
    #expect(try share("youth-share") == [0, 1])
    // 25 at entry, 26 and 27 in the twelve months.
    try archive.record(
      "participant", [["participant": "P1", "sex": "F", "birth_year": "1998"]], file: "born-1998")
    #expect(try share("youth-share") == [0, 1])
    // 25 in 2024, 26 in 2025: young in the last quarter of 2024, and that counts.
    try archive.record(
      "participant", [["participant": "P1", "sex": "F", "birth_year": "1999"]], file: "born-1999")
    #expect(try share("youth-share") == [1, 1])
  }

  @Test func `no rate of access passes a hundred per cent, whoever was trained, helped or hosted`() throws {
    let archive = try ready()
    try archive.recordPathway("P1", started: try day("2025-01-06"))
    for index in 2...4 {
      try archive.recordPathway(
        "P\(index)", started: try day("2025-07-01"), monthlyHours: index == 4 ? "0.5" : nil)
    }
    let people = ["P1", "P2", "P3", "P4"]
    try archive.record(
      "training",
      people.map {
        ["training": "T-\($0)", "pathway": $0, "started_on": "2025-08-05", "hours": "7", "topic": "french"]
      })
    try archive.record(
      "support",
      people.map {
        [
          "support": "S-\($0)", "pathway": $0, "held_on": "2025-08-06", "hours": "1", "topic": "project",
          "by": "internal",
        ]
      })
    try archive.record(
      "immersion",
      people.map {
        [
          "immersion": "I-\($0)", "pathway": $0, "host": "Entreprise", "object": "discover",
          "started_on": "2025-08-07",
          "ended_on": "2025-08-11",
        ]
      })
    for name in ["training-access-rate", "support-access-rate", "immersion-access-rate"] {
      let value = try #require(try archive.figure(name).value, "\(name)")
      #expect(value.numerator == 1 && value.denominator == 1, "\(name)")
      #expect(value.count == 1 && value.interval != nil, "\(name)")
    }
    #expect(try archive.figure("people-trained").value?.number == 4)
    // In a quarter without an hour of hers, the training of who is served all the same is left out.
    try archive.record(
      "training",
      [["training": "T-0", "pathway": "P1", "started_on": "2024-12-20", "hours": "7", "topic": "french"]],
      file: "earlier")
    #expect(try archive.figure("training-access-rate").value?.numerator == 1)
  }
}
