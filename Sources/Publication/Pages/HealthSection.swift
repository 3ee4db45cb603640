internal import Impact

/// What to know of the data before reading the figures.
struct HealthSection: ReviewSection {
  let review: ReviewPage

  var markup: Markup {
    let health = cooperation.health
    let documented = edition.catalogue.indicator("exit-documentation-rate")
    let followed = edition.catalogue.indicator("in-job-at-6-months")
    var pairs: [(term: String, value: Markup)] = [
      (reader.say("Fichiers reçus", "Files received"), .text(reader.numbers.number(Double(health.files)))),
      (
        reader.say("Lignes refusées", "Rows refused"),
        .text(
          "\(reader.numbers.number(Double(health.rejected))) / \(reader.numbers.number(Double(health.read)))")
      ),
      (reader.say("Lignes tardives", "Late rows"), .text(reader.numbers.number(Double(health.late)))),
    ]
    if let documented {
      pairs.append(
        (documented.label[reader.language], reader.figure(review.figure(documented.id), documented)))
    }
    if let followed, let maturity = review.figure(followed.id)?.maturity {
      pairs.append((reader.say("Suites à 6 mois", "Follow-ups at 6 months"), .text(reader.words(maturity))))
    }
    var warnings: [String] = []
    if health.rejected > 0 {
      let rows = reader.count(health.rejected, ("ligne", "lignes"), ("row", "rows"))
      warnings.append(
        reader.say(
          "Refusé à l’import, à corriger : \(rows). Les chiffres concernés peuvent encore changer.",
          "Refused at import, to be corrected: \(rows). The figures concerned may still change."))
    }
    if !health.awaited.isEmpty {
      let files = health.awaited.map { $0 + ".csv" }.joined(separator: ", ")
      warnings.append(
        reader.say(
          "Rien de nouveau reçu pour le trimestre, comme il en venait chaque trimestre : \(files). Un zéro peut être un oubli ; "
            + "envoyer le fichier, vide s’il n’y a rien à dire, ou inchangé dans un dossier du nom du trimestre.",
          "Nothing new received for the quarter, as came every quarter: \(files). A zero may be an omission; send the file, "
            + "empty if there is nothing to say, or unchanged in a folder with the name of the quarter."))
    }
    if let value = review.figure("exit-documentation-rate")?.value, let numerator = value.numerator,
      let denominator = value.denominator, numerator < denominator
    {
      let missing = reader.count(
        Int(denominator - numerator), ("sortie sans motif", "sorties sans motif"),
        ("exit without a reason", "exits without a reason"))
      warnings.append(
        reader.say(
          "\(missing) : hors du taux officiel, au dénominateur de la méthode B.",
          "\(missing): outside the official rate, in the denominator of method B."))
    }
    return reader.section(
      2, reader.say("Santé des données", "Data health"),
      note: reader.say(
        "Ce qu’il faut savoir avant de lire les chiffres.", "What to know before reading the figures."),
      [
        reader.facts(pairs, bare: true),
        warnings.isEmpty
          ? .none
          : H.p(.class("warn")) {
            H.strong(text: reader.say("À lire avec réserve. ", "Read with care. "))
            warnings.joined(separator: " ")
          },
      ])
  }
}
