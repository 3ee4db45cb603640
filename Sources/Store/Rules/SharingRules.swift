internal import Impact
internal import Postgres

extension FieldRule {
  /// How partners share results: their rule, and the coalition table they signed.
  static let sharing: [FieldRule] = [
    FieldRule(
      "coalition-members-order", of: "coalition_value", .error, field: "members",
      fr: "Partenaires d’un groupe en désordre", en: "Partners of a group out of order",
      "the partners of this group are not in alphabetical order, each once; write them so, separated by +",
      source: "a group is a set of partners: it is written one way only", .inference,
      breaks: .row(
        """
        s.members <> (SELECT string_agg(d.m, '+' ORDER BY d.m COLLATE "C")
                      FROM (SELECT DISTINCT unnest(string_to_array(s.members, '+')) AS m) d)
        """)),
    FieldRule(
      "coalition-too-many", of: "coalition_value", .error, field: "members",
      fr: "Table des coalitions de plus de cinq partenaires",
      en: "Coalition table of more than five partners",
      "the table signed on this day has more than \(CoalitionTable.mostPartners) partners, more groups than people can "
        + "discuss and sign; group partners, or share by another rule",
      source: "2⁵ groups are what can be discussed and signed", .inference,
      breaks: .lines { _ in
        """
        SELECT s.source_line FROM own s
        WHERE s.source_line IS NOT NULL AND s.signed_on IN (
          SELECT o.signed_on FROM own o, unnest(string_to_array(o.members, '+')) m
          GROUP BY o.signed_on HAVING count(DISTINCT m) > \(CoalitionTable.mostPartners))
        """
      }),
    FieldRule(
      "coalition-by-no-partner", of: "coalition_value", .warning, field: "members",
      fr: "Groupe avec une organisation qui n’est pas partenaire",
      en: "Group with an organisation that is no partner",
      "no partnership of a member of this group is known; send the partnership, or check the name",
      source: "coalitions are of partners", .inference,
      breaks: .lines { ground in
        """
        SELECT DISTINCT s.source_line FROM own s
        CROSS JOIN LATERAL unnest(string_to_array(s.members, '+')) m
        LEFT JOIN \(fragment: ground.known("partnership")) h ON h.organisation = m
        WHERE s.source_line IS NOT NULL AND h.organisation IS NULL
        """
      }),
    FieldRule(
      "coalition-table-incomplete", of: "coalition_value", .warning, field: "members",
      fr: "Table des coalitions incomplète", en: "Coalition table not whole",
      "the table signed on this day lacks the value of a group, so that nothing can be shared by it; send every group "
        + "of its partners, from each alone to all together",
      source: "Shapley 1953: every group has a value", .official,
      breaks: .lines { _ in
        """
        SELECT min(s.source_line) AS source_line FROM own s
        JOIN (SELECT o.signed_on, count(DISTINCT m) AS partners, count(DISTINCT o.members) AS groups
              FROM own o, unnest(string_to_array(o.members, '+')) m GROUP BY o.signed_on) t USING (signed_on)
        WHERE t.partners <= \(CoalitionTable.mostPartners) AND t.groups <> (1 << t.partners::int) - 1
        GROUP BY s.signed_on
        """
      }),
    FieldRule(
      "coalition-worth-less", of: "coalition_value", .warning, field: "value",
      fr: "Groupe valant moins qu’une de ses parties", en: "Group worth less than a part of it",
      "this group is worth less than a smaller one inside it: a partner would take results away; check both values",
      source: "partners who join can do at least what they did apart", .inference,
      breaks: .lines { _ in
        """
        SELECT DISTINCT s.source_line FROM own s JOIN own o
          ON o.signed_on = s.signed_on AND o.value > s.value
          AND string_to_array(o.members, '+') <@ string_to_array(s.members, '+')
        WHERE s.source_line IS NOT NULL
        """
      }),
    FieldRule(
      "sharing-agreed-not-100", of: "sharing_rule", .error, field: "rule",
      fr: "Parts convenues qui ne font pas 100 %", en: "Agreed shares that do not make 100 %",
      "results are to be shared by agreed shares, and those of the partners in place on this day do not make 100 %; "
        + "complete agreed_share in the partnerships",
      source: "the shares of a result make all of it", .inference,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        WHERE s.source_line IS NOT NULL AND s.rule = 'agreed' AND coalesce((
          SELECT sum(p.share) FROM (
            SELECT max(h.agreed_share) AS share FROM \(fragment: ground.known("partnership")) h
            WHERE h.started_on <= s.started_on AND (h.ended_on IS NULL OR h.ended_on >= s.started_on)
            GROUP BY h.organisation) p), 0) <> 100
        """
      }),
    FieldRule(
      "sharing-shapley-without-table", of: "sharing_rule", .warning, field: "rule",
      fr: "Règle de Shapley sans table signée", en: "Shapley rule without a signed table",
      "results are to be shared by a coalition table and none is known; send coalition_value, or declare another rule",
      source: "Shapley 1953: every group has a value", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        WHERE s.source_line IS NOT NULL AND s.rule = 'shapley'
          AND NOT EXISTS (SELECT FROM \(fragment: ground.known("coalition_value")) c)
        """
      }),
  ]
}
