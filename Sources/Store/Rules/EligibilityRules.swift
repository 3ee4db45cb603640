internal import Impact
internal import Postgres

extension FieldRule {
  /// Administrative criteria a pathway rests upon.
  static let eligibility: [FieldRule] = [
    FieldRule(
      "eligibility-insufficient", of: "eligibility", .warning, field: "criterion",
      fr: "Critères insuffisants pour ce type de structure",
      en: "Criteria not enough for this kind of structure",
      "the criteria of this pathway hold none of level 1 and too few of level 2 for its kind of structure; complete "
        + "them, save where one is missing that is never kept by person",
      source: "les emplois de l’inclusion; arrêté of 1 September 2021", .official,
      breaks: .lines { ground in
        """
        SELECT min(s.source_line) AS source_line FROM own s
        JOIN \(fragment: ground.known("pathway")) p ON p.pathway = s.pathway
        JOIN \(fragment: ground.reference("criterion_need", key: "kind", is: "p.kind", on: "p.started_on", as: "n"))
        LEFT JOIN \(fragment: ground.reference("criterion", key: "code", is: "s.criterion", on: "s.assessed_on", as: "c"))
        GROUP BY s.pathway, n.level_2
        -- a criterion whose level that day is not known may be of level 1
        HAVING count(*) FILTER (WHERE c.level = 1 OR c.level IS NULL) = 0
          AND count(*) FILTER (WHERE c.level = 2) < n.level_2
        """
      }),
    FieldRule(
      "eligibility-deld-and-detld", of: "eligibility", .error, field: "criterion",
      fr: "DELD et DETLD à la fois", en: "DELD and DETLD together",
      "this pathway has both DELD (12 to 23 months registered) and DETLD (24 and more), which exclude each other; keep "
        + "the one that held at the diagnosis",
      source: "ASP: « de 12 à 23 mois » and « 24 mois et plus »", .official,
      breaks: .lines { _ in
        """
        SELECT s.source_line FROM own s JOIN own o ON o.pathway = s.pathway
          AND (s.criterion, o.criterion) IN (('DELD', 'DETLD'), ('DETLD', 'DELD'))
        """
      }),
    FieldRule(
      "eligibility-old", of: "eligibility", .warning, field: "assessed_on",
      fr: "Diagnostic de plus de 92 jours à l’entrée", en: "Diagnosis older than 92 days at entry",
      "the employer’s diagnosis was more than 92 days old when the pathway started; check its day, or send the newer one",
      source: "les emplois de l’inclusion: an employer’s diagnosis is valid for 92 days", .official,
      breaks: .lines { ground in
        """
        SELECT s.source_line FROM own s
        JOIN \(fragment: ground.known("pathway")) p ON p.pathway = s.pathway
        JOIN \(fragment: ground.parameter("diagnosis_days", on: "s.assessed_on", as: "d"))
        WHERE s.by = 'employer' AND s.assessed_on < p.started_on - d.value
        """
      }),
  ]
}
