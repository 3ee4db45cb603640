internal import Impact
internal import Postgres

/// What the conditions of rules stand on: the day, and what is known of a cooperation once a file is taken.
struct RuleGround {
  /// The entity of the file being judged.
  let entity: String
  /// The cooperation it is about.
  let cooperation: String
  /// The day it is judged on.
  let today: Day

  /// Something rules join to each row, once however many of them use it.
  struct Join: Sendable {
    /// Its alias.
    let name: String
    /// The entity whose row it is, when the row's field of that name points to it and everything known is joined.
    var entity: String?
    /// The whole join.
    let text: @Sendable (RuleGround) -> SQL

    /// Whether the joined row is NULL exactly where the reference points to nothing.
    func answers(_ reference: FactSchema.Reference) -> Bool {
      guard let entity else { return false }
      return reference.entity == entity && reference.fields == [entity] && reference.targetFields == [entity]
    }
  }

  /// The kinds of structures of the insertion par l'activité économique.
  static let iaeKinds: SQL = "('EI', 'ETTI', 'ACI', 'AI', 'EITI')"

  /// The day as a constant.
  var day: SQL { SQL(trusted: "DATE '\(today)'") }

  /// The rows of an entity as they stand once the file is taken.
  ///
  /// Of the file's own entity: `own`, the landed rows and the standing ones they do not revise, whose
  /// `source_line` is NULL.
  func known(_ name: String) -> SQL {
    guard name != entity else { return "own" }
    return """
      (SELECT * FROM fact.\(identifier: name)
       WHERE cooperation_id = \(cooperation) AND batch_to = \(Archive.never))
      """
  }

  /// Pathways with the day of their exit, NULL while it is not known.
  var pathways: SQL {
    """
    (SELECT p.pathway, p.participant, p.employer, p.kind, p.started_on, x.exited_on
     FROM \(fragment: known("pathway")) p LEFT JOIN \(fragment: known("exit")) x ON x.pathway = p.pathway)
    """
  }

  /// The PASS IAE with their last day, pushed by suspensions and prolongations.
  ///
  /// Each pushes it by the days between its own first and last (les emplois de l’inclusion).
  var passes: SQL {
    """
    (SELECT q.participant, q.started_on,
       -- no suspension and no prolongation push by no day
       q.started_on + d.value - 1 + coalesce(u.days, 0)::int + coalesce(r.days, 0)::int AS ended_on
     FROM \(fragment: known("pass_iae")) q
     JOIN \(fragment: parameter("duration_days", on: "q.started_on", as: "d"))
     LEFT JOIN \(fragment: days(of: "pass_iae_suspension")) u
       ON u.participant = q.participant AND u.pass_started_on = q.started_on
     LEFT JOIN \(fragment: days(of: "pass_iae_prolongation")) r
       ON r.participant = q.participant AND r.pass_started_on = q.started_on)
    """
  }

  /// The days by which the suspensions or prolongations of each PASS push its end.
  func days(of entity: String) -> SQL {
    """
    (SELECT participant, pass_started_on, sum(ended_on - started_on) AS days
     FROM \(fragment: known(entity)) k GROUP BY 1, 2)
    """
  }

  /// A parameter of the PASS IAE on a day, with its condition: what follows a JOIN.
  func parameter(_ name: String, on day: SQL, as alias: SQL) -> SQL {
    reference("pass_iae_rule", key: "name", is: SQL(trusted: "'\(name)'"), on: day, as: alias)
  }

  /// The row of a dated parameter table that holds on a day, with its condition: what follows a JOIN.
  func reference(_ table: String, key: String, is value: SQL, on day: SQL, as alias: SQL) -> SQL {
    """
    (SELECT *, lead(valid_from) OVER (PARTITION BY \(identifier: key) ORDER BY valid_from) AS valid_to
     FROM reference.\(identifier: table) WHERE batch_to = \(Archive.never)) \(fragment: alias)
    ON \(fragment: alias).\(identifier: key) = \(fragment: value) AND \(fragment: alias).valid_from <= \(fragment: day)
      AND (\(fragment: alias).valid_to IS NULL OR \(fragment: alias).valid_to > \(fragment: day))
    """
  }
}

extension RuleGround.Join {
  /// The row's pathway `p`, with the day of its exit.
  static let pathway = Self(name: "p", entity: "pathway") { ground in
    // Made whole first (OFFSET 0): else the exits, too, would be looked up once for each row of the file.
    "LEFT JOIN (SELECT * FROM \(fragment: ground.pathways) k OFFSET 0) p ON p.pathway = s.pathway"
  }

  /// The row's participant `q`.
  static let participant = Self(name: "q", entity: "participant") { ground in
    "LEFT JOIN \(fragment: ground.known("participant")) q ON q.participant = s.participant"
  }

  /// The exit `x` of the row's pathway.
  static let exit = Self(name: "x") { ground in
    "LEFT JOIN \(fragment: ground.known("exit")) x ON x.pathway = s.pathway"
  }

  /// The market `m` of the row.
  static let market = Self(name: "m", entity: "market") { ground in
    "LEFT JOIN \(fragment: ground.known("market")) m ON m.market = s.market"
  }

  /// A parameter of the PASS IAE on the row's first day, its value in `<name>.value`.
  static func parameter(_ name: String) -> Self {
    Self(name: name) { ground in
      "LEFT JOIN \(fragment: ground.parameter(name, on: "s.started_on", as: SQL(trusted: name)))"
    }
  }

  /// What is allowed for the reason of a prolongation on its first day: `r`.
  static let prolongationRule = Self(name: "r") { ground in
    "LEFT JOIN \(fragment: ground.reference("prolongation_rule", key: "reason", is: "s.reason", on: "s.started_on", as: "r"))"
  }
}
