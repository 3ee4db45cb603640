internal import Impact
internal import Postgres

extension FieldRule {
  /// Hours of a month, training and support.
  ///
  /// Files of a million rows pass here: conditions of a row, and one join to its pathway.
  static let activity: [FieldRule] = [
    FieldRule(
      "activity-hours-impossible", of: "monthly_activity", .error, field: "hours_absent",
      fr: "Plus d’heures que le mois n’en compte", en: "More hours than the month has",
      "the hours worked and absent of this month are more than the 744 hours a month can have; correct them",
      source: "31 days of 24 hours", .inference,
      // Of two numbers that make more than 744, one is more than half: nearly every row is passed over by that.
      breaks: .row(
        """
        (s.hours_worked > 372 OR s.hours_absent > 372)
          AND (s.hours_worked > 744 OR s.hours_absent > 744 OR s.hours_worked + s.hours_absent > 744)
        """)),
    FieldRule(
      "activity-in-the-future", of: "monthly_activity", .error, field: "month",
      fr: "Heures d’un mois à venir", en: "Hours of a month to come",
      "this month has not begun yet; send its hours once they are worked",
      source: "hours are counted once worked", .inference,
      breaks: .row({ "s.month > \(fragment: $0.day)" }, joining: [])),
    FieldRule(
      "activity-hours-many", of: "monthly_activity", .warning, field: "hours_worked",
      fr: "Plus de 220 heures travaillées dans le mois", en: "More than 220 hours worked in the month",
      "more than 220 hours were worked in this month, about 48 hours every week; check that they are of one month",
      source: "Code du travail L3121-20: 48 hours in a week, 4.33 weeks in a month", .inference,
      breaks: .row("s.hours_worked > 220")),
    FieldRule(
      "activity-before-pathway", of: "monthly_activity", .warning, field: "month",
      fr: "Heures avant le début du parcours", en: "Hours before the pathway starts",
      "this month ends before the pathway starts; check the month, or the first day of the pathway",
      source: "hours are worked within a pathway", .inference,
      breaks: .row(
        "s.month < p.started_on - 27 AND s.month + interval '1 month' <= p.started_on", joining: [.pathway])),
    FieldRule(
      "activity-after-exit", of: "monthly_activity", .warning, field: "month",
      fr: "Heures après la sortie", en: "Hours after the exit",
      "this month begins after the exit from the pathway; check the month, or the day of the exit",
      source: "hours are worked within a pathway", .inference,
      breaks: .row("s.month > p.exited_on", joining: [.pathway])),
    FieldRule(
      "training-outside-pathway", of: "training", .warning, field: "started_on",
      fr: "Formation hors du parcours", en: "Training outside the pathway",
      "this training starts before the pathway or after the exit from it; check its first day",
      source: "a training counted here is part of a pathway", .inference,
      breaks: .row("s.started_on < p.started_on OR s.started_on > p.exited_on", joining: [.pathway])),
    FieldRule(
      "support-outside-pathway", of: "support", .warning, field: "held_on",
      fr: "Accompagnement hors du parcours", en: "Support outside the pathway",
      "this support was given before the pathway or after the exit from it; check its day",
      source: "support counted here is part of a pathway", .inference,
      breaks: .row("s.held_on < p.started_on OR s.held_on > p.exited_on", joining: [.pathway])),
    FieldRule(
      "support-in-the-future", of: "support", .error, field: "held_on",
      fr: "Accompagnement à venir", en: "Support to come",
      "this support is dated in the future; send it once it was given",
      source: "support is counted once given", .inference,
      breaks: .row({ "s.held_on > \(fragment: $0.day)" }, joining: [])),
    FieldRule(
      "assessment-outside-pathway", of: "barrier_assessment", .warning, field: "assessed_on",
      fr: "Frein évalué hors du parcours", en: "Barrier assessed outside the pathway",
      "this barrier was assessed more than a month before the pathway or after the exit from it; check the day",
      source: "barriers are assessed at entry, in reviews and at exit; a month is left for either",
      .inference,
      breaks: .row(
        "s.assessed_on < p.started_on - 31 OR s.assessed_on > p.exited_on + 31", joining: [.pathway])),
  ]
}
