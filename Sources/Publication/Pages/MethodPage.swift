internal import Impact

/// How figures are made, what the words mean, how to check a release.
struct MethodPage {
  let reader: Reader

  private var edition: Edition { reader.edition }

  var page: [UInt8] {
    Shell(
      reader: reader, room: .method, title: reader.say("Méthode – Impact des JVS", "Method – JVS impact"),
      description: reader.say(
        "Comment les chiffres sont faits, ce que disent les mots, comment vérifier.",
        "How figures are made, what the words say, how to check."),
      trail: [(reader.say("Méthode", "Method"), nil)], runningTitle: reader.say("Méthode", "Method")
    ).page([
      H.div(.class("mast")) {
        H.h1(text: reader.say("Méthode", "Method"))
        H.p(
          .class("lead"),
          text: reader.say(
            "Les fichiers des partenaires deviennent des faits datés, les faits des chiffres, les chiffres une livraison qui ne change plus.",
            "Partners’ files become dated facts, facts become figures, figures a release that never changes.")
        )
      }, figures, absences, uncertainty, scores, MethodOfReturns(reader: reader).section,
      MethodOfShares(reader: reader).section, releases, disclosure, glossary,
    ])
  }

  private func list(_ items: [(String, String)]) -> Markup {
    H.ul { for item in items { H.li(text: reader.say(item.0, item.1)) } }
  }

  private var figures: Markup {
    reader.section(
      1, reader.say("Comment un chiffre est fait", "How a figure is made"),
      note: reader.say("La même règle pour toutes les coopérations.", "The same rule for every cooperation."),
      [
        list([
          (
            "Un taux est un rapport de deux totaux, écrit avec sa fraction : 12,5\(Numbers.narrowSpace)% (3/24). Ce n’est jamais une moyenne de pourcentages.",
            "A rate is a ratio of two totals, written with its fraction: 12.5% (3/24). It is never a mean of percentages."
          ),
          (
            "Une sortie n’est examinée qu’au-dessus d’un seuil de présence : en EI et ACI, une heure dans l’année et plus de 2,65 mois, soit 81 jours.",
            "An exit is examined only above a threshold of presence: in EI and ACI, one hour in the year and more than 2.65 months, that is 81 days."
          ),
          (
            "Un retrait sort du numérateur et du dénominateur. Les autres sorties (chômage, sans nouvelle) restent au dénominateur.",
            "A withdrawal leaves both numerator and denominator. Other exits (unemployed, no news) stay in the denominator."
          ),
          (
            "La méthode A, officielle, ne compte que les sorties documentées ; la méthode B ajoute les sorties sans motif comme autres sorties. Le taux de documentation se lit à côté.",
            "Method A, official, counts documented exits only; method B adds exits without a reason as other exits. The documentation rate is read beside."
          ),
          (
            "Un ETP d’insertion en EI vaut 1\(Numbers.narrowSpace)505 heures travaillées par an ; la base est datée et dépend de la structure.",
            "A work-integration FTE (ETP) in an EI is 1,505 hours worked a year; the base is dated and depends on the structure."
          ),
        ])
      ])
  }

  private var absences: Markup {
    let rows: [(Figure.Absence, String, String)] = [
      (
        .notCollected,
        "Personne n’a transmis ce qu’il faut, ou il manque les premiers trimestres de l’année regardée.",
        "Nobody sent what it needs, or the first quarters of the year it looks at are missing."
      ),
      (
        .notApplicable, "L’indicateur n’a pas de sens pour cette structure.",
        "The indicator makes no sense for this structure."
      ),
      (.noDenominator, "Personne à compter au dénominateur.", "Nobody to count in the denominator."),
      (
        .notYetDue,
        "La date d’observation n’est pas passée, ou la coopération est plus jeune que la période regardée.",
        "The observation date has not passed, or the cooperation is younger than the period looked at."
      ),
      (
        .tooFew, "Trop peu de personnes pour cette édition, ou déductible d’un voisin masqué.",
        "Too few people for this edition, or deducible from a masked neighbour."
      ),
    ]
    return reader.section(
      2, reader.say("Absences", "Absences"),
      note: reader.say(
        "Un chiffre est une valeur, ou la raison de son absence. Zéro est une valeur.",
        "A figure is a value, or the reason for its absence. Zero is a value."),
      [
        reader.table(
          caption: reader.say("Les mots des absences", "The words of absences"),
          head: [reader.say("Mot", "Word"), reader.say("Sens", "Meaning")],
          rows: rows.map { [reader.absence($0.0), .text(reader.say($0.1, $0.2))] }, numbers: false)
      ])
  }

  private var uncertainty: Markup {
    reader.section(
      3, reader.say("Intervalles et signaux", "Intervals and signals"),
      note: reader.say(
        "Sur 20 sorties, une seule pèse cinq points.", "Of 20 exits, a single one weighs five points."),
      [
        list([
          (
            "L’intervalle à 95\(Numbers.narrowSpace)% dit la part du hasard dans un petit effectif, même recensé en entier : Wilson pour un taux, Byar pour un nombre d’événements (sorties, entrées), les bornes exactes de Garwood pour le coût d’un événement, Student pour une durée moyenne, rééchantillonnage (bootstrap) pour une durée médiane, log-log pour une probabilité dans le temps (Aalen et Johansen). Un effectif présent, une somme d’heures ou d’euros est un recensement, sans intervalle. Des lignes liées (mois d’une même personne, freins, contrats, fichiers d’un partenaire) n’en ont pas non plus : leur nombre ne dit pas leur hasard.",
            "The 95% interval tells the part of chance in a small number, even fully counted: Wilson’s for a rate, Byar’s for a number of events (exits, entries), Garwood’s exact ends for the cost of one, Student’s for a mean duration, the bootstrap for a median one, log-log for a probability in time (Aalen and Johansen). People present, or a sum of hours or euros, are a full count, without interval. Linked rows (months of one person, barriers, contracts, files of a partner) have none either: their number does not tell their chance."
          ),
          (
            "Un écart entre deux trimestres n’est donné que si leurs fenêtres n’ont aucun jour en commun, avec l’intervalle de Newcombe pour les taux, le même procédé pour les nombres, celui de Welch pour les durées. Deux effectifs présents comptent en partie les mêmes personnes : leur écart n’a pas d’intervalle.",
            "A change between two quarters is given only where their windows share no day, with Newcombe’s interval for rates, the same construction for counts, Welch’s for durations. Two numbers of people present count the same people in part: their change has no interval."
          ),
          (
            "La variation se juge sur les mois, relus par trimestre : carte p pour les taux, carte u pour les événements, carte XmR (moyenne ± 2,66 étendue mobile) pour le reste, lignes liées comprises ; à partir de cent par mois, les limites de Laney. Il faut douze mois ; sinon douze trimestres ; sinon l’écart au trimestre d’avant.",
            "Variation is judged on months, reviewed by quarter: a p-chart for rates, a u-chart for events, an XmR chart (mean ± 2.66 moving range) for the rest, linked rows included; from a hundred a month on, Laney’s limits. Twelve months are needed; failing that twelve quarters; failing that the difference from the quarter before."
          ),
          (
            "Règles (NHS England, « Making Data Count ») : un point hors limites ; sept de suite du même côté ; sept en hausse ou en baisse ; deux sur trois près d’une limite.",
            "Rules (NHS England, “Making Data Count”): a point outside the limits; seven in a row on one side; seven rising or falling; two of three near a limit."
          ),
          (
            "Fausses alertes : chaque revue dit combien le hasard seul en produirait, mesuré sur des séries stables de mêmes tailles (400 tirages, germe fixe), et quels signaux tiennent après le contrôle de Benjamini et Hochberg à \(reader.numbers.percent(ReviewAlarms.rate, decimals: 0)) sur tous les indicateurs jugés de la revue. Un signal d’un indicateur que la revue ne met pas en avant est écrit « hors revue » : rien n’y est contrôlé, il ne prouve rien seul.",
            "False alarms: each review says how many chance alone would make, measured on stable series of the same sizes (400 draws, fixed seed), and which signals stand after Benjamini and Hochberg’s control at \(reader.numbers.percent(ReviewAlarms.rate, decimals: 0)) over all indicators judged in the review. A signal of an indicator the review does not put forward is marked “not reviewed”: nothing is controlled there, and it proves nothing alone."
          ),
          (
            "Deux fenêtres de douze mois qui se suivent partagent neuf mois : elles se lisent, elles ne se jugent pas. Le signal vient de l’indicateur trimestriel quand il existe.",
            "Two successive windows of twelve months share nine: they are read, not judged. The signal comes from the quarterly indicator where there is one."
          ),
        ])
      ])
  }

  private var scores: Markup {
    let scorecard = edition.catalogue.scorecard
    let rows = scorecard.parts.flatMap { part in
      part.components.map { component -> [Markup] in
        let indicator = edition.catalogue.indicator(component.indicator)
        let unit = indicator?.unit ?? .count
        return [
          H.a(
            .href(reader.page("indicators/\(component.indicator).html")),
            text: indicator?.label[reader.language] ?? component.indicator),
          .text(edition.catalogue.dimension(part.dimension)?.label[reader.language] ?? part.dimension),
          .text(reader.value(component.goalposts.low, unit)),
          .text(reader.value(component.goalposts.high, unit)),
          .text(reader.numbers.number(component.weight, decimals: 2)),
          .text(reader.numbers.number(part.weight, decimals: 2)),
        ]
      }
    }
    return reader.section(
      4, id: "notes", reader.say("Notes", "Scores"),
      note: reader.say(
        "Un indice interne, avec ses poids affichés.", "An internal index, with its weights shown."),
      [
        list([
          (
            "Chaque valeur est placée entre deux bornes fixes, de 0 à 100 ; une dimension est la moyenne pondérée de ses indicateurs, l’ensemble la moyenne géométrique des dimensions.",
            "Each value is placed between two fixed goalposts, from 0 to 100; a dimension is the weighted mean of its indicators, the whole the geometric mean of the dimensions."
          ),
          (
            "Une valeur absente sort avec son poids. Sous \(reader.numbers.percent(scorecard.minimumData, decimals: 0)) du poids connu : « données insuffisantes ». Pour l’ensemble, ce poids se compte indicateur par indicateur (poids dans la dimension × poids de la dimension) ; une dimension sans note n’y ajoute rien. Un taux sur moins de \(scorecard.minimumCount) personnes n’entre pas.",
            "An absent value leaves with its weight. Below \(reader.numbers.percent(scorecard.minimumData, decimals: 0)) of the weight known: “not enough data”. For the whole, this weight is counted indicator by indicator (weight in the dimension × weight of the dimension); a dimension without a score adds nothing to it. A rate on fewer than \(scorecard.minimumCount) people does not enter."
          ),
          (
            "La bande de la note : elle est refaite selon toutes les combinaisons de bornes (telles quelles, resserrées, élargies), de poids (donnés, égaux, chaque dimension doublée à son tour), de moyennes et d’indicateurs (tous, ou l’un retiré à son tour) ; la bande va du vingtième au dix-neuf vingtièmes de ces notes, soit neuf dixièmes d’entre elles, par calcul exact. L’incertitude des taux est une autre bande : elle vient de leurs intervalles, par \(scorecard.sensitivity.draws) tirages toujours les mêmes.",
            "The band of the score: it is made again by every combination of goalposts (as they are, nearer, wider), weights (as given, equal, each dimension doubled in turn), means and indicators (all, or one left out in turn); the band goes from the twentieth to the nineteen twentieths of these scores, that is nine tenths of them, exactly. The uncertainty of the rates is another band: it comes from their intervals, by \(scorecard.sensitivity.draws) draws that are always the same."
          ),
          (
            "Ce qui a fait bouger la note est réparti exactement entre les indicateurs (moyenne logarithmique, LMDI) ; une donnée apparue ou disparue a sa propre part, qui n’est pas un progrès.",
            "What moved the score is shared out exactly among the indicators (logarithmic mean, LMDI); a value that appeared or disappeared has a part of its own, which is no progress."
          ),
          (
            "Les apports des partenaires n’entrent jamais : ce sont des moyens, pas des résultats. Aucun classement n’est fait.",
            "Partners’ contributions never enter: they are means, not results. No ranking is made."
          ),
        ]),
        reader.table(
          caption: reader.say(
            "Bornes et poids, méthode \(scorecard.version)",
            "Goalposts and weights, method \(scorecard.version)"),
          head: [
            reader.say("Indicateur", "Indicator"), reader.say("Dimension", "Dimension"),
            reader.say("Vaut 0", "Worth 0"),
            reader.say("Vaut 100", "Worth 100"), reader.say("Poids", "Weight"),
            reader.say("Poids de la dimension", "Weight of the dimension"),
          ], rows: rows, text: 1, wide: [1]),
      ])
  }

  private var releases: Markup {
    reader.section(
      7, id: "verifier", reader.say("Livraisons et vérification", "Releases and checking"),
      note: reader.say("Ce qui est publié ne change plus.", "What is published never changes."),
      [
        list([
          (
            "Une livraison fige les chiffres d’un trimestre quinze jours après sa fin. Ce qui arrive après est rectifié par la suivante, chiffre par chiffre.",
            "A release freezes the figures of a quarter fifteen days after its end. What arrives later is restated by the next, figure by figure."
          ),
          (
            "Les pages et les fichiers viennent de la même livraison : un export ne peut pas différer de la page.",
            "Pages and files come from the same release: an export cannot differ from the page."
          ),
          (
            "Pour vérifier : manifest.json donne l’empreinte SHA-256 de chaque fichier du dossier de la livraison (commande sha256sum).",
            "To check: manifest.json gives the SHA-256 digest of every file of the release’s folder (command sha256sum)."
          ),
          (
            "L’empreinte de la livraison, au pied de chaque page, couvre ses chiffres, ses définitions, tous les faits jusqu’à son lot et la livraison précédente : notez-la. Avec la base, jvs audit verify --head suivi de l’empreinte dit si quelque chose a été changé à la main depuis.",
            "The digest of the release, at the foot of every page, covers its figures, its definitions, every fact up to its batch and the release before it: note it. With the database, jvs audit verify --head followed by the digest says whether anything was changed by hand since."
          ),
          (
            "Pour comprendre un chiffre : jvs explain \(edition.release.id)/coopération/indicateur/trimestre donne la définition, le calcul et les lignes qui comptent.",
            "To understand a figure: jvs explain \(edition.release.id)/cooperation/indicator/quarter gives the definition, the statement and the rows that count."
          ),
        ])
      ])
  }

  private var disclosure: Markup {
    let threshold = edition.audience.threshold
    return reader.section(
      8, reader.say("Secret statistique", "Disclosure control"),
      note: reader.say(
        "Des personnes vulnérables sont derrière ces chiffres.", "Vulnerable people are behind these figures."
      ),
      [
        H.p(
          text: threshold > 1
            ? reader.say(
              "Cette édition masque tout effectif de 1 à \(threshold - 1) personnes, et tout taux dont le numérateur ou le complément est aussi petit ; un détail se montre entier ou pas du tout.",
              "This edition masks any number from 1 to \(threshold - 1) people, and any rate whose numerator or complement is as small; a breakdown is shown whole or not at all."
            )
            : reader.say(
              "Cette édition est interne : elle ne masque rien et ne se diffuse pas. Aucune personne n’y est nommée ; les fichiers des partenaires n’en nomment pas.",
              "This edition is internal: it masks nothing and is not to be passed on. Nobody is named in it; partners’ files name nobody."
            ))
      ])
  }

  private var glossary: Markup {
    let terms: [(String, String, String)] = [
      (
        "joint-venture sociale (JVS)",
        "Société fondée ensemble par une entreprise sociale et une entreprise classique.",
        "Company founded together by a social enterprise and an ordinary one."
      ),
      (
        "EI, ACI, AI, ETTI, EITI",
        "Les cinq sortes de structures de l’insertion par l’activité économique (SIAE).",
        "The five kinds of work-integration structures (SIAE)."
      ),
      (
        "EA, ESAT", "Entreprise adaptée ; établissement d’accompagnement par le travail.",
        "Adapted company; sheltered workshop."
      ),
      (
        "parcours", "Le temps d’une personne dans la structure, d’une embauche à une sortie.",
        "A person’s time in the structure, from hiring to exit."
      ),
      (
        "sortie dynamique", "Sortie durable, de transition ou positive.",
        "Exit to a durable job, a transition job, or a positive exit."
      ),
      ("ETP", "Équivalent temps plein d’insertion.", "Work-integration full-time equivalent."),
      (
        "clause sociale", "Heures d’insertion qu’un marché oblige à faire.",
        "Work-integration hours that a contract requires."
      ),
      (
        "apport", "Ce qu’un partenaire donne : temps, argent, chiffre d’affaires, locaux, expertise.",
        "What a partner gives: time, money, turnover, premises, expertise."
      ),
      (
        "RSA, RQTH, QPV, DETLD",
        "Revenu de solidarité active ; travailleur handicapé reconnu ; quartier prioritaire ; deux ans et plus sans emploi.",
        "Minimum income; recognised disabled worker; priority district; registered unemployed for two years or more."
      ),
    ]
    return reader.section(
      9, reader.say("Glossaire", "Glossary"),
      note: reader.say(
        "Les mots du métier.", "The field’s words, kept in French where they name a French legal object."),
      [
        reader.table(
          caption: reader.say("Glossaire", "Glossary"),
          head: [reader.say("Terme", "Term"), reader.say("Sens", "Meaning")],
          rows: terms.map { term in
            [
              H.span(reader.language == .english ? .lang("fr") : nil, text: term.0),
              .text(reader.say(term.1, term.2)),
            ]
          }, numbers: false)
      ])
  }
}
