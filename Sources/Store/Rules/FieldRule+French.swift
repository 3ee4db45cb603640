internal import Impact

extension FieldRule {
  /// What is wrong and what to do in French, for the partner who sent the row.
  public var french: String {
    if code.hasSuffix("-ends-before-start"), entity != "target" {
      return "le dernier jour de cette ligne est avant le premier ; corriger l’un des deux"
    }
    return FieldRule.sentences[code] ?? title.french
  }

  /// The sentences by code.
  private static let sentences: [String: String] = [
    "activity-after-exit":
      "ce mois commence après la sortie du parcours ; vérifier le mois, ou le jour de la sortie",
    "activity-before-pathway":
      "ce mois finit avant le début du parcours ; vérifier le mois, ou le premier jour du parcours",
    "activity-hours-impossible":
      "les heures travaillées et d’absence de ce mois dépassent les 744 heures qu’un mois peut compter ; les corriger",
    "activity-hours-many":
      "plus de 220 heures ont été travaillées dans ce mois, soit environ 48 heures chaque semaine ; vérifier qu’elles sont d’un seul mois",
    "activity-in-the-future":
      "ce mois n’a pas encore commencé ; envoyer ses heures quand elles auront été travaillées",
    "agreed-share-over-100":
      "un jour de ce partenariat, les parts convenues des partenaires font plus de 100 % ; corriger les parts, ou finir les anciennes",
    "assessment-outside-pathway":
      "ce frein a été évalué plus d’un mois avant le parcours, ou après la sortie ; vérifier le jour",
    "barrier-accompanied-over-concerned":
      "plus de personnes sont accompagnées pour ce frein que concernées par lui ; corriger un des deux nombres",
    "capital-over-100":
      "un jour de ce partenariat, les parts de capital des partenaires font plus de 100 % ; corriger les parts, ou finir les anciennes",
    "capped-value-above-value":
      "la valeur plafonnée de cet apport dépasse sa valeur, alors qu’un plafond ne peut que la réduire ; corriger l’une des deux",
    "cddi-hours-few":
      "ce CDDI est de moins de 20 heures par semaine, le minimum légal hors dérogation ; vérifier sa durée hebdomadaire",
    "cddi-too-long":
      "les CDDI de ce parcours font plus de 24 mois (60 en ACI) et aucune prolongation du PASS IAE n’est connue ; vérifier les contrats, ou envoyer la prolongation",
    "cddi-too-short":
      "ce CDDI est plus court que quatre mois, le minimum légal sauf exceptions ; vérifier ses jours",
    "clause-hours-outside-market":
      "ce mois finit avant le début du marché, ou commence après sa fin ; vérifier le mois, ou les jours du marché",
    "coalition-by-no-partner":
      "aucun partenariat d’un membre de ce groupe n’est connu ; envoyer le fichier partnership, ou vérifier le nom",
    "coalition-members-order":
      "les partenaires de ce groupe ne sont pas par ordre alphabétique, chacun une fois ; les écrire ainsi, séparés par +",
    "coalition-table-incomplete":
      "il manque à la table signée ce jour la valeur d’un groupe, si bien que rien ne peut être réparti ; envoyer tous les groupes, de chaque partenaire seul à tous ensemble",
    "coalition-too-many":
      "la table signée ce jour a plus de cinq partenaires, plus de groupes qu’on ne peut en discuter et signer ; regrouper des partenaires, ou répartir par une autre règle",
    "coalition-worth-less":
      "ce groupe vaut moins qu’un plus petit qu’il contient : un partenaire ôterait des résultats ; vérifier les deux valeurs",
    "commitment-by-no-partner":
      "aucun partenariat de cette organisation n’est connu ; envoyer le fichier partnership, ou vérifier l’organisation",
    "commitment-outside-partnership":
      "cet engagement porte sur un trimestre où l’organisation n’est pas partenaire ; vérifier le trimestre, ou le partenariat",
    "commitment-value-missing":
      "cette ligne nomme une méthode de valorisation et n’a pas de valeur ; remplir « value_eur », ou écrire not_valued dans « method »",
    "commitment-value-of-not-valued":
      "cette ligne a une valeur en euros et dit pourtant qu’elle n’est pas valorisée (not_valued) ; nommer la méthode dans « method », ou vider « value_eur »",
    "contract-after-exit":
      "ce contrat commence après la sortie du parcours ; vérifier son premier jour, ou le jour de la sortie",
    "contract-before-pathway": "ce contrat commence avant son parcours ; vérifier le premier jour des deux",
    "contract-hours-many":
      "ce contrat est de plus de 48 heures par semaine, le maximum légal ; vérifier sa durée hebdomadaire",
    "contracts-overlap":
      "ce contrat et un autre du même parcours courent en même temps ; vérifier les jours des deux",
    "contribution-by-no-partner":
      "aucun partenariat de cette organisation n’est connu ; envoyer le fichier partnership, ou vérifier l’organisation",
    "contribution-outside-partnership":
      "cet apport est daté d’un jour où l’organisation n’était pas partenaire ; vérifier le jour, ou le partenariat",
    "contribution-value-missing":
      "cette ligne nomme une méthode de valorisation et n’a pas de valeur ; remplir « value_eur », ou écrire not_valued dans « method »",
    "contribution-value-of-not-valued":
      "cette ligne a une valeur en euros et dit pourtant qu’elle n’est pas valorisée (not_valued) ; nommer la méthode dans « method », ou vider « value_eur »",
    "convention-too-long":
      "cette convention dure plus de 36 mois, le maximum que l’État conclut ; vérifier ses jours : une annexe financière annuelle est une ligne à part",
    "conventions-overlap":
      "cette organisation a une autre convention de même nature en même temps, et les postes des deux comptent ; vérifier les jours des deux",
    "eligibility-deld-and-detld":
      "ce parcours a à la fois DELD (inscrit depuis 12 à 23 mois) et DETLD (24 mois et plus), qui s’excluent ; garder celui qui valait le jour du diagnostic",
    "eligibility-insufficient":
      "ce parcours n’a aucun critère de niveau 1 et trop peu de niveau 2 pour son type de structure ; compléter les critères, sauf s’il manque celui qui n’est jamais conservé par personne",
    "eligibility-old":
      "le diagnostic de l’employeur avait plus de 92 jours au début du parcours ; vérifier son jour, ou envoyer le plus récent",
    "exit-after-entry-elsewhere":
      "la personne a commencé un parcours chez un autre employeur avant cette sortie ; vérifier les jours des deux",
    "exit-after-next-entry":
      "la personne a commencé un autre parcours chez le même employeur avant cette sortie ; corriger le jour de la sortie, ou les parcours",
    "exit-before-activity":
      "des heures sont connues pour un mois qui commence après cette sortie ; vérifier le jour de la sortie, ou corriger les heures",
    "exit-before-entry": "cette sortie est avant le premier jour de son parcours ; corriger l’un des deux",
    "exit-before-training":
      "une formation de ce parcours commence après cette sortie ; vérifier le jour de la sortie, ou celui de la formation",
    "exit-in-the-future": "cette sortie est datée dans l’avenir ; l’envoyer quand elle aura eu lieu",
    "finance-negative":
      "ce chiffre d’affaires ou cette aide au poste est au-dessous de zéro ; vérifier le signe, ou s’il s’agit d’une correction de mois passés",
    "follow-up-before-exit": "ce suivi a été observé avant la sortie qu’il suit ; corriger son jour",
    "follow-up-early":
      "ce suivi a été observé plus d’un mois avant son échéance de 3, 6 ou 12 mois après la sortie ; vérifier l’échéance et le jour",
    "immersion-days-at-host":
      "la personne a été plus de 60 jours chez cet hôte en douze mois ; vérifier l’hôte et les jours",
    "immersion-outside-pathway":
      "cette immersion commence avant son parcours, ou finit après la sortie ; vérifier ses jours",
    "immersion-share-of-contract":
      "les immersions pendant ce CDDI prennent plus d’un quart de ses jours ; vérifier leurs jours, ou ceux du contrat",
    "immersion-third-at-host":
      "la personne a été plus de deux fois chez cet hôte en douze mois ; vérifier l’hôte et les jours",
    "immersion-too-long":
      "cette immersion dure plus d’un mois, de date à date ; vérifier ses jours : un renouvellement est une période à part",
    "market-without-end":
      "ce marché a des heures engagées et pas de fin, si bien que nul ne peut dire si elles sont à temps ; remplir son dernier jour",
    "organisation-names-overlap":
      "cette organisation porte un autre nom en même temps ; finir l’un la veille du jour où l’autre commence",
    "pass-outside-iae":
      "tous les parcours de la personne sont dans une EA, un ESAT ou un GEIQ, qui ne demandent pas de PASS IAE ; vérifier de qui est ce PASS",
    "pass-too-close":
      "ce PASS IAE commence moins de deux ans après la fin du précédent de la personne ; vérifier les jours des deux, ou envoyer suspensions et prolongations plutôt qu’un nouveau PASS",
    "pathway-after-pass":
      "ce parcours commence après la fin du PASS IAE de la personne, suspensions et prolongations comprises ; vérifier le premier jour, ou envoyer le nouveau PASS, ses suspensions ou ses prolongations",
    "pathway-age":
      "d’après l’année de naissance, la personne a moins de 15 ans ou plus de 75 ans au début de ce parcours ; vérifier l’année de naissance et le premier jour",
    "pathway-at-two-employers":
      "la même personne a un parcours chez un autre employeur en même temps ; vérifier les jours des deux",
    "pathway-pass-outside-iae":
      "la personne a un PASS IAE et aucun parcours dans l’IAE : une EA, un ESAT ou un GEIQ n’en demande pas ; vérifier la nature du parcours, ou de qui est ce PASS",
    "pathway-twice-at-employer":
      "la même personne a un autre parcours chez cet employeur en même temps ; garder l’un des deux, ou envoyer la sortie qui finit le premier avant le début de celui-ci",
    "prolongation-obsolete":
      "aucune prolongation n’est donnée pour le contexte sanitaire depuis le 1er décembre 2021 ; vérifier le motif et le premier jour",
    "prolongation-reserved":
      "seules d’autres structures (AI et ACI) peuvent demander une prolongation pour ce motif ; vérifier le motif, ou la nature du parcours",
    "prolongation-too-long":
      "cette prolongation est plus longue que ce qu’une demande permet pour son motif ; vérifier ses jours et son motif",
    "prolongations-too-long":
      "les prolongations de ce PASS IAE pour ce motif sont plus longues en tout que ce qu’il permet ; vérifier leurs jours",
    "sharing-agreed-not-100":
      "les résultats se répartissent par parts convenues, et celles des partenaires en place ce jour ne font pas 100 % ; compléter « agreed_share » dans partnership",
    "sharing-shapley-without-table":
      "les résultats se répartissent par une table des coalitions et aucune n’est connue ; envoyer le fichier coalition_value, ou déclarer une autre règle",
    "sponsorship-at-market-price":
      "ce mécénat est évalué à son prix de marché ; l’évaluer au prix de revient, et mettre le prix de marché dans « market_value_eur »",
    "support-in-the-future": "cet accompagnement est daté dans l’avenir ; l’envoyer quand il aura eu lieu",
    "support-outside-pathway":
      "cet accompagnement a eu lieu avant le parcours, ou après la sortie ; vérifier son jour",
    "suspension-declared-late":
      "cette suspension a été déclarée plus de 365 jours après son premier jour, ce qui est trop tard ; vérifier les deux jours",
    "suspension-in-the-future":
      "cette suspension commence dans l’avenir, et seule une suspension commencée se déclare ; vérifier son premier jour",
    "suspension-outside-pass":
      "cette suspension commence avant son PASS IAE ou après sa fin, suspensions précédentes et prolongations connues comprises ; corriger ses jours, ou envoyer d’abord la prolongation",
    "suspension-too-long":
      "cette suspension dure plus de 36 mois, le maximum ; corriger ses jours, ou envoyer deux suspensions",
    "suspensions-overlap":
      "cette suspension et une autre de la même personne courent en même temps ; corriger les jours de l’une",
    "target-ends-before-start":
      "le dernier trimestre de cet objectif est avant son premier ; corriger l’un des deux",
    "target-of-zero-with-value":
      "un objectif à garder à zéro ou à ramener à zéro a la valeur 0 ; écrire 0, ou choisir la sorte reach ou at_most",
    "target-to-zero-without-baseline":
      "cet objectif va à zéro sans dire d’où, si bien qu’aucune progression ne peut être dite ; remplir la valeur de départ (baseline)",
    "training-outside-pathway":
      "cette formation commence avant le parcours, ou après la sortie ; vérifier son premier jour",
  ]
}
