import Impact
import Postgres
import Store
import TestSupport
import Testing

/// What the views make of contracts, barriers, diagnoses, PASS IAE and annexes.
@Suite(.archive) struct `Entities as indicators see them` {
  private func ready(_ kind: String = "EI") throws -> Archive {
    let archive = try Fixture.archive()
    try archive.recordCooperation(kind)
    let started = try #require(Day("2025-02-03"))
    try archive.recordPathway("P1", kind: kind, started: started, exited: Day("2025-08-29"), motif: 3)
    return archive
  }

  /// The rows of a statement as of now, each as one text.
  private func rows(_ archive: Archive, _ statement: SQL) throws -> [String] {
    let batch = try archive.lastBatch()
    return try archive.connection.transaction {
      try archive.connection.execute("SELECT set_config('jvs.as_of', \(String(batch)), true)")
      return try archive.connection.execute("SELECT r::text FROM (\(fragment: statement)) AS r").map {
        try $0.decode()
      }
    }
  }

  @Test func `a barrier is lifted, worse, stable or not assessed by its levels at entry and exit`() throws {
    let archive = try ready()
    func assessment(_ barrier: String, _ day: String, _ moment: String, _ level: Int) -> [String: String] {
      [
        "pathway": "P1", "barrier": barrier, "assessed_on": day, "moment": moment, "level": String(level),
      ]
    }
    try archive.record(
      "barrier_assessment",
      [
        assessment("mobilite", "2025-02-10", "entry", 4), assessment("mobilite", "2025-05-05", "review", 5),
        assessment("mobilite", "2025-08-25", "exit", 3), assessment("heberg", "2025-02-10", "entry", 2),
        assessment("heberg", "2025-08-25", "exit", 3), assessment("numerique", "2025-02-10", "entry", 3),
        assessment("numerique", "2025-08-25", "exit", 3), assessment("demarch", "2025-02-10", "entry", 3),
        assessment("surendet", "2025-08-25", "exit", 1),
        // The first of the entry and the last of the exit are compared.
        assessment("illetrisme", "2025-02-10", "entry", 5),
        assessment("illetrisme", "2025-02-20", "entry", 2),
        assessment("illetrisme", "2025-08-01", "exit", 5),
        assessment("illetrisme", "2025-08-25", "exit", 4),
      ])
    let found = try rows(
      archive, "SELECT barrier, change, exited_on FROM measure.barrier_changes ORDER BY barrier")
    #expect(
      found == [
        "(demarch,not_assessed,2025-08-29)", "(heberg,worse,2025-08-29)", "(illetrisme,lifted,2025-08-29)",
        "(mobilite,lifted,2025-08-29)", "(numerique,stable,2025-08-29)",
        "(surendet,not_assessed,2025-08-29)",
      ])
  }

  @Test func `counted barriers: concerned is never below accompanied, and an unknown part leaves it unknown`()
    throws
  {
    let archive = try ready()
    try archive.record(
      "barrier_count",
      [
        [
          "barrier": "sante", "quarter": "2025T3", "concerned": "7", "internal": "2", "external": "6",
          "both": "1",
        ],
        ["barrier": "justice", "quarter": "2025T3", "concerned": "3", "internal": "1", "external": "0"],
      ])
    #expect(
      try rows(archive, "SELECT barrier, concerned, accompanied FROM measure.barrier_counts ORDER BY barrier")
        == ["(justice,3,)", "(sante,9,9)"])
  }

  @Test(arguments: [
    ("EI", ["RSA"], "t"), ("EI", ["JEUNE", "QPV", "TH"], "t"),
    // One short: release from prison is never held by person, and may be the one that is missing.
    ("EI", ["JEUNE", "QPV"], ""), ("EI", ["JEUNE"], "f"), ("AI", ["JEUNE", "QPV"], "t"),
    ("AI", ["JEUNE"], ""),
    ("ACI", ["DELD", "JEUNE", "FLE"], "t"), ("ETTI", ["PM", "ZRR"], "t"), ("EITI", ["PM", "ZRR"], ""),
  ])
  func `one criterion of level 1, or as many of level 2 as the kind of structure needs`(
    kind: String, criteria: [String], isEligible: String
  ) throws {
    let archive = try ready(kind)
    try archive.record(
      "eligibility",
      criteria.map {
        ["pathway": "P1", "criterion": $0, "assessed_on": "2025-01-20", "by": "employer"]
      })
    #expect(
      try rows(archive, "SELECT eligible, days_before FROM measure.diagnoses") == ["(\(isEligible),14)"])
  }

  @Test func `a PASS IAE lasts 730 days, longer by its suspensions and prolongations`() throws {
    let archive = try ready()
    try archive.record("pass_iae", [["participant": "P1", "started_on": "2025-03-01"]])
    let end: SQL = "SELECT ended_on FROM measure.passes"
    #expect(try rows(archive, end) == ["(2027-02-28)"])
    try archive.record(
      "pass_iae_suspension",
      [
        [
          "participant": "P1", "pass_started_on": "2025-03-01", "started_on": "2025-06-01",
          "ended_on": "2025-08-31", "reason": "contract_suspended",
        ]
      ])
    // 31 August is 91 days after 1 June.
    #expect(try rows(archive, end) == ["(2027-05-30)"])
    try archive.record(
      "pass_iae_prolongation",
      [
        [
          "participant": "P1", "pass_started_on": "2025-03-01", "started_on": "2027-05-30",
          "ended_on": "2028-05-29", "reason": "RQTH",
        ]
      ])
    #expect(try rows(archive, end) == ["(2028-05-29)"])
  }

  @Test func `an annex from 1 March to 31 December of ten posts at 12 459 euros is an aid of 103 825 euros`()
    throws
  {
    let archive = try ready()
    func annex(_ code: String, _ total: String?, _ cofinanced: String?) -> [String: String] {
      var row = [
        "convention": code, "organisation": "employer", "kind": "EI", "started_on": "2025-03-01",
        "ended_on": "2025-12-31", "etp_posts": "10", "status": "VALIDE", "unit_amount_eur": "12459",
      ]
      row["total_eur"] = total
      row["cofinanced_eur"] = cofinanced
      return row
    }
    try archive.record(
      "convention", [annex("A", "120000", "30000"), annex("B", "0", "0"), annex("C", nil, nil)])
    let found = try rows(
      archive,
      """
      SELECT convention, months, round(etp_annual, 4) AS annual, round(aid_eur, 2) AS aid,
        round(department_etp, 4) AS department, round(state_etp, 4) AS state
      FROM measure.conventions WHERE convention IN ('A', 'B', 'C') ORDER BY convention
      """)
    #expect(
      found == [
        "(A,10,8.3333,103825.00,2.0833,6.2500)", "(B,10,8.3333,103825.00,0.0000,8.3333)",
        // What nobody sent is not 0.
        "(C,10,8.3333,103825.00,,)",
      ])
  }

  @Test func `every entity of the vocabulary is a view with its fields, its place and its cooperation`()
    throws
  {
    let archive = try ready()
    let batch = try archive.lastBatch()
    try archive.connection.transaction {
      try archive.connection.execute(
        "SELECT set_config('jvs.as_of', \(String(batch)), true), set_config('jvs.cut', '2025-10-15', true)")
      for entity in try Fixture.catalogue().vocabulary.entities {
        let names = entity.fields.map(\.name) + [entity.date, "cooperation_id", "import_id", "source_line"]
        let columns = names.map { "r.\(identifier: $0)" as SQL }.joined(separator: ", ")
        try archive.connection.execute(
          "SELECT \(fragment: columns) FROM measure.\(identifier: entity.name) r LIMIT 1")
      }
    }
  }
}
