internal import Impact
internal import Postgres

extension FieldRule {
  /// Exits and what becomes of people after them.
  static let exits: [FieldRule] = [
    FieldRule(
      "exit-before-entry", of: "exit", .error, field: "exited_on",
      fr: "Sortie avant l’entrée", en: "Exit before the entry",
      "this exit is before the first day of its pathway; correct one of the two",
      source: "a pathway has at least one day", .inference,
      breaks: .row("s.exited_on < p.started_on", joining: [.pathway])),
    FieldRule(
      "exit-in-the-future", of: "exit", .error, field: "exited_on",
      fr: "Sortie à venir", en: "Exit to come",
      "this exit is dated in the future; send it once it has taken place",
      source: "an exit is counted once it has taken place", .inference,
      breaks: .row({ "s.exited_on > \(fragment: $0.day)" }, joining: [])),
    FieldRule(
      "exit-after-next-entry", of: "exit", .error, field: "exited_on",
      fr: "Sortie après l’entrée suivante chez le même employeur",
      en: "Exit after the next entry at the same employer",
      "the person began another pathway at the same employer before this exit; correct the day of the exit, or the "
        + "pathways",
      source: "one exit a pathway, not a contract: DGEFP", .official,
      breaks: .lines { afterNextEntry($0, "o.employer = p.employer") }),
    FieldRule(
      "exit-after-entry-elsewhere", of: "exit", .warning, field: "exited_on",
      fr: "Sortie après l’entrée chez un autre employeur", en: "Exit after the entry at another employer",
      "the person began a pathway at another employer before this exit; check the days of both",
      source: "a person is in one pathway at a time, save with several part-time employers", .inference,
      breaks: .lines { afterNextEntry($0, "o.employer <> p.employer") }),
    FieldRule(
      "exit-before-activity", of: "exit", .warning, field: "exited_on",
      fr: "Heures connues après cette sortie", en: "Hours known after this exit",
      "hours are known of a month that begins after this exit; check the day of the exit, or correct the hours",
      source: "hours are worked within a pathway", .inference,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s JOIN \(fragment: ground.known("monthly_activity")) a
          ON a.pathway = s.pathway AND a.month > s.exited_on
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "exit-before-training", of: "exit", .warning, field: "exited_on",
      fr: "Formation connue après cette sortie", en: "Training known after this exit",
      "a training of this pathway starts after this exit; check the day of the exit, or of the training",
      source: "a training counted here is part of a pathway", .inference,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s JOIN \(fragment: ground.known("training")) t
          ON t.pathway = s.pathway AND t.started_on > s.exited_on
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "follow-up-before-exit", of: "follow_up", .error, field: "observed_on",
      fr: "Suivi avant la sortie", en: "Follow-up before the exit",
      "this follow-up was observed before the exit it follows; correct its day",
      source: "a follow-up comes after the exit", .inference,
      breaks: .row("s.observed_on < x.exited_on", joining: [.exit])),
    FieldRule(
      "follow-up-early", of: "follow_up", .warning, field: "observed_on",
      fr: "Suivi avant son échéance", en: "Follow-up before its horizon",
      "this follow-up was observed more than a month before its horizon of 3, 6 or 12 months after the exit; check "
        + "the horizon and the day",
      source: "observed at 3, 6 and 12 months: pilotage de l’inclusion; a month is left", .inference,
      breaks: .row(
        "s.observed_on < x.exited_on + make_interval(months => s.horizon) - interval '31 days'",
        joining: [.exit])),
  ]

  /// Landed exits `s` after the first day of a later pathway `o` of the same person.
  private static func afterNextEntry(_ ground: RuleGround, _ condition: SQL) -> SQL {
    """
    SELECT s.source_line FROM own s
    JOIN \(fragment: ground.known("pathway")) p ON p.pathway = s.pathway
    JOIN \(fragment: ground.known("pathway")) o ON o.participant = p.participant AND \(fragment: condition)
      AND (o.started_on, o.pathway) > (p.started_on, p.pathway) AND o.started_on < s.exited_on
    WHERE s.source_line IS NOT NULL
    """
  }
}
