internal import Impact

/// Where every number of the model was read, and what is switched off.
struct SocialReturnSources {
  let page: SocialReturnPage

  private var reader: Reader { page.reader }
  private var model: SocialReturnModel { page.model }

  var markup: Markup {
    reader.section(
      5, id: "sources", reader.say("Sources", "Sources"),
      note: reader.say(
        "Aucune valeur ne compte sans sa source ici. D’un auteur à l’autre, les chiffres vont du simple au double.",
        "No value counts without its source here. From one author to another, figures differ by a factor of two."
      ), [proxies, sources])
  }

  private var proxies: Markup {
    let year = page.shown?.year
    return reader.table(
      caption: reader.say("Valeurs monétaires", "Values in euros"),
      head: [
        reader.say("Valeur", "Value"), reader.say("Compte", "Counts"), reader.say("Nature", "Kind"),
        reader.say("Source", "Source"),
        year.map { reader.say("En \($0)", "In \($0)") } ?? reader.say("Dernière", "Latest"),
      ],
      rows: model.proxies.map { proxy in
        let source = model.source(proxy.source)
        return [
          .text(proxy.label[reader.language]),
          proxy.isEnabled
            ? .text(reader.say("oui", "yes")) : H.span(.class("none"), text: reader.say("non", "no")),
          .text(source.map { reader.words($0.kind) } ?? ""),
          H.a(.href("#source-\(proxy.source)"), text: source.map { date($0.date) } ?? proxy.source),
          reader.worth(proxy, in: year),
        ]
      }, text: 3)
  }

  /// A date of a source as it is written here; a year alone stays as it is.
  private func date(_ text: String) -> String { Day(text).map(reader.numbers.day) ?? text }

  /// For what a source is named, in the order of the model.
  private func uses(_ source: String) -> [String] {
    var found: [String] = []
    func add(_ sourced: SocialReturnModel.Sourced, _ parameter: ImpactMap.Parameter) {
      let name = reader.words(parameter)
      if sourced.source == source, !found.contains(name) { found.append(name) }
    }
    add(model.discountRate, .discountRate)
    if model.proxies.contains(where: { $0.source == source }) { found.append(reader.words(.proxy)) }
    for outcome in model.outcomes {
      add(outcome.deadweight, .deadweight)
      add(outcome.displacement, .displacement)
      add(outcome.attributionToOthers, .attributionToOthers)
      add(outcome.dropOff, .dropOff)
    }
    return found
  }

  private var sources: Markup {
    reader.table(
      caption: reader.say("Ce qui a été lu, et où", "What was read, and where"),
      head: [
        reader.say("Source", "Source"), reader.say("Nature", "Kind"), reader.say("Date", "Date"),
        reader.say("Sûreté", "Sureness"), reader.say("Sert à", "Used for"),
      ],
      rows: model.sources.map { source in
        [
          H.span(.id("source-\(source.id)"), text: source.title[reader.language]),
          .text(reader.words(source.kind)), .text(date(source.date)), .text(reader.words(source.sureness)),
          .text(reader.list(uses(source.id))),
        ]
      }, numbers: false, fold: .sentences)
  }
}
