internal import Impact
internal import Yams

/// Reads `sroi.yaml` and checks it against the catalogue's indicators, parameters and vocabulary.
struct SocialReturnReader {
  let file: DefinitionFile
  let indicators: [Indicator]
  /// Names of every indicator listed, also of those whose file is refused.
  let listed: Set<String>
  /// `nil` when they cannot be read.
  let parameters: [Parameter]?
  let vocabulary: Vocabulary?

  typealias Model = SocialReturnModel

  func read() -> Model? {
    guard let root = file.load(),
      let entries = file.entries(
        of: root, in: "the social return",
        required: ["version", "discount_rate", "inputs", "sources", "proxies", "outcomes"])
    else { return nil }
    let version = file.integer(entries["version"], "the version", atLeast: 1)
    let (sources, names) = sources(entries["sources"])
    var used: Set<String> = []
    let rate = share(entries["discount_rate"], "the discount rate", names, &used)
    let (kinds, figures) = inputs(entries["inputs"])
    let proxies = proxies(entries["proxies"], sources, names, &used)
    let outcomes = outcomes(entries["outcomes"], proxies.listed, names, &used)
    for name in names where !used.contains(name.id) {
      file.report("unused", at: name.node, "no number names the source \"\(name.id)\"; use it or remove it")
    }
    guard let version, let rate else { return nil }
    return Model(
      version: version, discountRate: rate, contributionKinds: kinds, inputs: figures, sources: sources,
      proxies: proxies.read, outcomes: outcomes)
  }

  // MARK: Sources

  /// A name with its place, also of a part whose rest is refused.
  typealias Name = (id: String, node: Node)

  private func sources(_ node: Node?) -> (read: [Model.Source], names: [Name]) {
    var read: [Model.Source] = []
    var names: [Name] = []
    for node in file.items(of: node, in: "sources") {
      guard
        let entries = file.entries(
          of: node, in: "a source", required: ["id", "kind", "sureness", "date", "title"]),
        let id = identifier(entries["id"], "the id of a source", &names)
      else { continue }
      let kind = file.choice(entries["kind"], "the kind of \"\(id)\"", Model.SourceKind.self)
      let sureness = file.choice(entries["sureness"], "the sureness of \"\(id)\"", Parameter.Sureness.self)
      let date = date(entries["date"], "the date of \"\(id)\"")
      let title = file.localized(entries["title"], "the title of \"\(id)\"")
      guard let kind, let sureness, let date, let title else { continue }
      read.append(Model.Source(id: id, kind: kind, sureness: sureness, date: date, title: title))
    }
    return (read, names)
  }

  // MARK: What is put in

  private func inputs(_ node: Node?) -> (kinds: [String], figures: [Model.Quantity]) {
    guard let node,
      let entries = file.entries(of: node, in: "inputs", required: ["contributions", "indicators"])
    else { return ([], []) }
    let known = vocabulary?.entity("contributions")?.field("kind")?.values.map(\.code) ?? []
    var kinds: [String] = []
    for node in file.items(of: entries["contributions"], in: "contributions") {
      guard let kind = file.text(node, "a kind of contribution") else { continue }
      if kinds.contains(kind) {
        file.report("duplicate", at: node, "the kind \"\(kind)\" stands twice; keep one")
      } else if vocabulary != nil, !known.contains(kind) {
        file.report(
          "value", at: node,
          "there is no kind of contribution \"\(kind)\"\(NearestName.hint(for: kind, among: known))")
      }
      kinds.append(kind)
    }
    var figures: [Model.Quantity] = []
    for node in file.items(of: entries["indicators"], in: "the indicators of inputs") {
      guard let found = quantity(node, "an input") else { continue }
      if figures.contains(where: { $0.indicator == found.indicator }) {
        file.report("duplicate", at: node, "\"\(found.indicator)\" is put in twice; keep one")
      }
      if let unit = indicators.first(where: { $0.id == found.indicator })?.unit, unit != .euro {
        file.report("unit", at: node, "\"\(found.indicator)\" is not in euros, so it cannot be put in")
      }
      figures.append(found)
    }
    if kinds.isEmpty, figures.isEmpty, file.diagnostics.isEmpty {
      file.report("missing", at: node, "nothing is put in; list contributions or indicators")
    }
    return (kinds, figures)
  }

  // MARK: Outcomes

  private func outcomes(
    _ node: Node?, _ proxies: [Name], _ sources: [Name], _ used: inout Set<String>
  ) -> [Model.Outcome] {
    var read: [Model.Outcome] = []
    var names: [Name] = []
    for node in file.items(of: node, in: "outcomes") {
      guard
        let entries = file.entries(
          of: node, in: "an outcome",
          required: [
            "id", "label", "stakeholder", "quantity", "proxy", "deadweight", "displacement",
            "attribution_to_others", "drop_off", "first_year", "duration",
          ]), let id = identifier(entries["id"], "the id of an outcome", &names)
      else { continue }
      let label = file.localized(entries["label"], "the label of \"\(id)\"")
      let stakeholder = file.localized(entries["stakeholder"], "the stakeholder of \"\(id)\"")
      let quantity = quantity(entries["quantity"], "the quantity of \"\(id)\"")
      let proxy = reference(entries["proxy"], "proxy", among: proxies)
      let shares = ["deadweight", "displacement", "attribution_to_others", "drop_off"].map { key in
        share(entries[key], "the \(key) of \"\(id)\"", sources, &used)
      }
      let firstYear = years(entries["first_year"], "the first_year of \"\(id)\"")
      let duration = years(entries["duration"], "the duration of \"\(id)\"")
      guard let label, let stakeholder, let quantity, let proxy, let deadweight = shares[0],
        let displacement = shares[1], let attribution = shares[2], let dropOff = shares[3], let firstYear,
        let duration
      else { continue }
      read.append(
        Model.Outcome(
          id: id, label: label, stakeholder: stakeholder, quantity: quantity, proxy: proxy,
          deadweight: deadweight, displacement: displacement, attributionToOthers: attribution,
          dropOff: dropOff, firstYear: firstYear, duration: duration))
    }
    if let node, names.isEmpty, file.items(of: node, in: "outcomes").isEmpty {
      file.report("missing", at: node, "there is no outcome; add one")
    }
    return read
  }

  private func years(_ node: Node?, _ what: String) -> Int? {
    guard let number = file.integer(node, what, atLeast: 1) else { return nil }
    guard number <= ImpactMap.horizon else {
      file.report("value", at: node, "\(what) is at most \(ImpactMap.horizon) years; correct it")
      return nil
    }
    return number
  }

  // MARK: Parts

  func identifier(_ node: Node?, _ what: String, _ names: inout [Name]) -> String? {
    guard let node, let id = CatalogueReader.identifier(node, what, file) else { return nil }
    guard !names.contains(where: { $0.id == id }) else {
      file.report("duplicate", at: node, "\"\(id)\" stands twice; keep one")
      return nil
    }
    names.append((id, node))
    return id
  }

  func reference(_ node: Node?, _ what: String, among names: [Name]) -> String? {
    guard let node, let id = file.text(node, "the \(what)") else { return nil }
    guard names.contains(where: { $0.id == id }) else {
      file.report(
        "reference", at: node,
        "there is no \(what) \"\(id)\"\(NearestName.hint(for: id, among: names.map(\.id)))")
      return nil
    }
    return id
  }

  /// A year, a month or a day.
  private func date(_ node: Node?, _ what: String) -> String? {
    guard let node, let text = file.text(node, what) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 3, Day(text + ["-01-01", "-01", ""][max(0, min(2, parts.count - 1))]) != nil else {
      file.report("type", at: node, "\(what) is a year, a month or a day such as 2025-04-01; correct it")
      return nil
    }
    return text
  }

  func day(_ node: Node?, _ what: String) -> Day? {
    guard let node, let text = file.text(node, what) else { return nil }
    guard let day = Day(text) else {
      file.report("type", at: node, "\(what) is a day such as 2025-04-01; correct it")
      return nil
    }
    return day
  }

  /// Low, central and high of a number.
  func estimate(_ entries: [String: Node], at node: Node, _ what: String) -> Estimate? {
    let numbers = ["low", "central", "high"].map { file.decimal(entries[$0], "\($0) of \(what)") }
    guard let low = numbers[0], let central = numbers[1], let high = numbers[2] else { return nil }
    guard let estimate = Estimate(low: low, central: central, high: high) else {
      file.report("order", at: node, "low, central and high of \(what) must be in that order; correct them")
      return nil
    }
    return estimate
  }

  private func share(
    _ node: Node?, _ what: String, _ sources: [Name], _ used: inout Set<String>
  ) -> Model.Sourced? {
    guard let node,
      let entries = file.entries(of: node, in: what, required: ["low", "central", "high", "source"])
    else { return nil }
    let source = reference(entries["source"], "source", among: sources)
    if let source { used.insert(source) }
    guard let estimate = estimate(entries, at: node, what) else { return nil }
    guard estimate.low >= 0, estimate.high <= 1 else {
      file.report("value", at: node, "\(what) is a share between 0 and 1; correct it")
      return nil
    }
    return source.map { Model.Sourced(estimate, source: $0) }
  }
}
