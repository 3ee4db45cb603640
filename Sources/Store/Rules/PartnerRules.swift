internal import Impact
internal import Postgres

extension FieldRule {
  /// Partners: their names, their shares, their conventions and when they may contribute.
  static let partners: [FieldRule] = [
    FieldRule(
      "organisation-names-overlap", of: "organisation_name", .error, field: "started_on",
      fr: "Deux noms à la fois", en: "Two names at once",
      "this organisation has another name at the same time; end one on the day before the other starts",
      source: "an organisation is an identity with dated names, one at a time", .inference,
      breaks: .lines { _ in
        """
        SELECT s.source_line FROM own s
        JOIN own o ON o.organisation = s.organisation AND o.started_on <> s.started_on
          AND (o.ended_on IS NULL OR o.ended_on >= s.started_on)
          AND (s.ended_on IS NULL OR s.ended_on >= o.started_on)
          AND (o.source_line IS NULL OR o.source_line < s.source_line)
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "capital-over-100", of: "partnership", .error, field: "capital_share",
      fr: "Plus de 100 % du capital", en: "More than 100 % of the capital",
      "on a day of this partnership the partners’ shares of the capital make more than 100 %; correct the shares, or "
        + "end the former ones",
      source: "shares of the capital make 100 % at most", .inference,
      breaks: .lines { _ in over100("capital_share") }),
    FieldRule(
      "agreed-share-over-100", of: "partnership", .error, field: "agreed_share",
      fr: "Plus de 100 % de parts convenues", en: "More than 100 % of agreed shares",
      "on a day of this partnership the partners’ agreed shares make more than 100 %; correct the shares, or end the "
        + "former ones",
      source: "agreed shares make 100 % at most", .inference,
      breaks: .lines { _ in over100("agreed_share") }),
    FieldRule(
      "convention-too-long", of: "convention", .warning, field: "ended_on",
      fr: "Convention de plus de 36 mois", en: "Convention of more than 36 months",
      "this convention is of more than 36 months, the most the State concludes; check its days, a yearly financial "
        + "annex is a row of its own",
      source: "conventions of three years at most, with yearly financial annexes", .inference,
      breaks: .row("s.ended_on >= s.started_on + interval '36 months'")),
    FieldRule(
      "conventions-overlap", of: "convention", .warning, field: "started_on",
      fr: "Deux conventions à la fois", en: "Two conventions at once",
      "this organisation has another convention of the same kind at the same time, and the posts of both count; check "
        + "the days of both",
      source: "the posts of the financial annexes in force are added", .inference,
      breaks: .lines { _ in
        """
        SELECT s.source_line FROM own s
        JOIN own o ON o.organisation = s.organisation AND o.kind = s.kind AND o.convention <> s.convention
          AND o.ended_on >= s.started_on AND s.ended_on >= o.started_on
          AND (o.source_line IS NULL OR (o.started_on, o.convention) < (s.started_on, s.convention))
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "contribution-by-no-partner", of: "contribution", .warning, field: "organisation",
      fr: "Apport d’une organisation qui n’est pas partenaire",
      en: "Contribution by an organisation that is no partner",
      "no partnership of this organisation is known; send the partnership, or check the organisation",
      source: "contributions are of partners", .inference,
      breaks: .lines { noPartner($0) }),
    FieldRule(
      "contribution-outside-partnership", of: "contribution", .warning, field: "delivered_on",
      fr: "Apport hors du partenariat", en: "Contribution outside the partnership",
      "this contribution was delivered on a day when the organisation was no partner; check the day, or the partnership",
      source: "contributions are of partners", .inference,
      breaks: .lines { outsidePartnership($0, from: "s.delivered_on", to: "s.delivered_on") }),
    FieldRule(
      "commitment-by-no-partner", of: "commitment", .warning, field: "organisation",
      fr: "Engagement d’une organisation qui n’est pas partenaire",
      en: "Commitment by an organisation that is no partner",
      "no partnership of this organisation is known; send the partnership, or check the organisation",
      source: "commitments are of partners", .inference,
      breaks: .lines { noPartner($0) }),
    FieldRule(
      "commitment-outside-partnership", of: "commitment", .warning, field: "quarter",
      fr: "Engagement hors du partenariat", en: "Commitment outside the partnership",
      "this commitment is for a quarter in which the organisation is no partner; check the quarter, or the partnership",
      source: "commitments are of partners", .inference,
      breaks: .lines {
        outsidePartnership(
          $0, from: "ops.quarter_start(s.quarter)",
          to: "(ops.quarter_start(s.quarter) + interval '3 months -1 day')::date")
      }),
  ]

  /// Landed partnerships in force on a day when the partners’ shares, one an organisation, make more than 100.
  private static func over100(_ share: String) -> SQL {
    """
    SELECT s.source_line FROM own s
    JOIN (
      SELECT day FROM (
        SELECT d.day, o.organisation, max(o.\(identifier: share)) AS share
        FROM (SELECT DISTINCT started_on AS day FROM own WHERE \(identifier: share) IS NOT NULL) d
        JOIN own o ON o.\(identifier: share) IS NOT NULL AND o.started_on <= d.day
          AND (o.ended_on IS NULL OR o.ended_on >= d.day)
        GROUP BY d.day, o.organisation) shares
      GROUP BY day HAVING sum(share) > 100) b
      ON b.day >= s.started_on AND (s.ended_on IS NULL OR b.day <= s.ended_on)
    WHERE s.source_line IS NOT NULL AND s.\(identifier: share) > 0
    """
  }

  private static func noPartner(_ ground: RuleGround) -> SQL {
    """
    SELECT s.source_line FROM own s
    LEFT JOIN \(fragment: ground.known("partnership")) h ON h.organisation = s.organisation
    WHERE s.source_line IS NOT NULL AND h.organisation IS NULL
    """
  }

  /// Landed rows of a partner none of whose partnerships was in force on a day of theirs.
  private static func outsidePartnership(_ ground: RuleGround, from first: SQL, to last: SQL) -> SQL {
    """
    SELECT s.source_line FROM own s
    JOIN \(fragment: ground.known("partnership")) h ON h.organisation = s.organisation
    WHERE s.source_line IS NOT NULL
    GROUP BY s.source_line
    HAVING NOT bool_or(h.started_on <= \(fragment: last) AND (h.ended_on IS NULL OR h.ended_on >= \(fragment: first)))
    """
  }
}
