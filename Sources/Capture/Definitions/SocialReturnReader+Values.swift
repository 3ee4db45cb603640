internal import Impact
internal import Yams

/// Which figures quantities are, and what proxies are worth.
extension SocialReturnReader {
  // MARK: Quantities

  /// A figure that adds up to a year's number: counted or summed, over a window that ends with the quarter.
  func quantity(_ node: Node?, _ what: String) -> Model.Quantity? {
    guard let node,
      let entries = file.entries(of: node, in: what, required: ["indicator"], optional: ["part"]),
      let id = file.text(entries["indicator"], "the indicator of \(what)")
    else { return nil }
    guard let indicator = indicators.first(where: { $0.id == id }) else {
      if !listed.contains(id) {
        file.report(
          "indicator", at: entries["indicator"],
          "there is no indicator \"\(id)\"\(NearestName.hint(for: id, among: indicators.map(\.id)))")
      }
      return nil
    }
    if let reason = SocialReturnReader.reason(against: indicator) {
      file.report("quantity", at: entries["indicator"], "\"\(id)\" \(reason)")
    }
    guard let place = entries["part"] else { return Model.Quantity(indicator: id) }
    return part(place, of: indicator, what).map { Model.Quantity(indicator: id, part: $0) }
  }

  /// Why an indicator's figures do not add up to a year.
  private static func reason(against indicator: Indicator) -> String? {
    guard indicator.shift == 0 else {
      return "looks at a shifted window, which is not the year; name an indicator without shift"
    }
    switch (indicator.measure, indicator.window) {
    case (.count, .quarter), (.sum, .quarter), (.count, .rollingYear), (.sum, .rollingYear),
      (.distinct, .rollingYear), (.count, .yearToDate), (.sum, .yearToDate), (.distinct, .yearToDate):
      return nil
    case (.distinct, _):
      return
        "counts distinct things by quarter, and the same may come again; name one over the rolling year"
    case (.count, _), (.sum, _):
      return "looks further back than the year; name an indicator of the quarter or of the rolling year"
    default:
      return "is no number of times: name an indicator that counts or sums, not a \(indicator.measure.kind)"
    }
  }

  private func part(_ node: Node, of indicator: Indicator, _ what: String) -> Figure.Part? {
    guard let entries = file.entries(of: node, in: "the part of \(what)", required: ["field", "value"]),
      let field = file.text(entries["field"], "the field"),
      let value = file.text(entries["value"], "the value")
    else { return nil }
    guard indicator.breakdowns.contains(field) else {
      file.report(
        "part", at: entries["field"],
        "\"\(indicator.id)\" is not broken down by \"\(field)\"\(NearestName.hint(for: field, among: indicator.breakdowns))"
      )
      return nil
    }
    let fields = indicator.measure.terms.compactMap { vocabulary?.entity($0.entity)?.field(field) }
    let known = fields.flatMap { $0.kind == .boolean ? ["true", "false"] : $0.values.map(\.code) }
    guard known.isEmpty || known.contains(value) else {
      file.report(
        "part", at: entries["value"],
        "\"\(field)\" cannot be \"\(value)\"\(NearestName.hint(for: value, among: known))")
      return nil
    }
    return Figure.Part(field: field, value: value)
  }

  // MARK: Proxies

  func proxies(
    _ node: Node?, _ sources: [Model.Source], _ sourceNames: [Name], _ used: inout Set<String>
  ) -> (read: [Model.Proxy], listed: [Name]) {
    var read: [Model.Proxy] = []
    var names: [Name] = []
    for node in file.items(of: node, in: "proxies") {
      guard
        let entries = file.entries(
          of: node, in: "a proxy", required: ["id", "enabled", "label", "per", "source"],
          optional: ["values", "parameter"]), let id = identifier(entries["id"], "the id of a proxy", &names)
      else { continue }
      let isEnabled = file.boolean(entries["enabled"], "enabled of \"\(id)\"")
      let label = file.localized(entries["label"], "the label of \"\(id)\"")
      let per = file.localized(entries["per"], "per of \"\(id)\"")
      let source = reference(entries["source"], "source", among: sourceNames)
      if let source {
        used.insert(source)
        if sources.first(where: { $0.id == source })?.kind == .assumption {
          file.report(
            "source", at: entries["source"],
            "what \"\(id)\" is worth cannot be assumed; name a law, an evaluation or what advocates say")
        }
      }
      let values: [Model.Proxy.Dated]
      switch (entries["values"], entries["parameter"]) {
      case (let node?, nil): values = dated(node, id)
      case (nil, let node?): values = multiples(node, id)
      default:
        file.report(
          "missing", at: node, "\"\(id)\" has either values or a parameter; write one of the two")
        continue
      }
      guard let isEnabled, let label, let per, let source, !values.isEmpty else { continue }
      read.append(
        Model.Proxy(
          id: id, isEnabled: isEnabled, label: label, per: per, values: values, source: source))
    }
    return (read, names)
  }

  private func dated(_ node: Node, _ id: String) -> [Model.Proxy.Dated] {
    var values: [Model.Proxy.Dated] = []
    let nodes = file.items(of: node, in: "the values of \"\(id)\"")
    for node in nodes {
      guard
        let entries = file.entries(
          of: node, in: "a value of \"\(id)\"", required: ["from", "central"], optional: ["low", "high"]),
        let from = day(entries["from"], "from of \"\(id)\"")
      else { continue }
      let isRangeKnown = entries["low"] != nil || entries["high"] != nil
      if isRangeKnown, entries["low"] == nil || entries["high"] == nil {
        file.report(
          "missing", at: node,
          "a value of \"\(id)\" has one end of a range; write low and high, or neither where no source gives a range"
        )
        continue
      }
      let found =
        isRangeKnown
        ? estimate(entries, at: node, "a value of \"\(id)\"")
        : file.decimal(entries["central"], "central of a value of \"\(id)\"").map { Estimate($0) }
      guard let found else { continue }
      if let last = values.last, last.from >= from {
        file.report(
          "order", at: entries["from"], "the values of \"\(id)\" go from the oldest to the newest; sort them")
      }
      values.append(Model.Proxy.Dated(from: from, estimate: found, isRangeKnown: isRangeKnown))
    }
    if nodes.isEmpty { file.report("missing", at: node, "\"\(id)\" has no value; add one") }
    return values
  }

  /// The values of a parameter, each so many times.
  private func multiples(_ node: Node, _ id: String) -> [Model.Proxy.Dated] {
    guard
      let entries = file.entries(of: node, in: "the parameter of \"\(id)\"", required: ["name", "times"]),
      let name = file.text(entries["name"], "the name of the parameter"),
      let times = file.decimal(entries["times"], "times")
    else { return [] }
    // A table that cannot be read has told so.
    guard let parameters else { return [] }
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      file.report(
        "parameter", at: entries["name"],
        "there is no parameter \"\(name)\"\(NearestName.hint(for: name, among: parameters.map(\.name)))")
      return []
    }
    return parameter.values.map {
      Model.Proxy.Dated(from: $0.validFrom, estimate: Estimate($0.number * times))
    }
  }
}
