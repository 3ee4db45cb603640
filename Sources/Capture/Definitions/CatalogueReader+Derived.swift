internal import Impact
internal import Yams

extension CatalogueReader {
  /// Holds every expression against the catalogue, and gives each derived indicator the window of those it names.
  ///
  /// - Parameters:
  ///   - drafts: the newest versions.
  ///   - earlier: the earlier ones.
  ///   - parameters: the parameters, `nil` when their table is refused.
  ///   - isWhole: whether every listed indicator could be read; otherwise a missing name proves nothing.
  func checkExpressions(
    of drafts: inout [IndicatorReader.Draft], _ earlier: inout [IndicatorReader.Draft],
    parameters: [Parameter]?, isWhole: Bool
  ) {
    let names = drafts.map(\.indicator.id)
    func hasWrongName(_ draft: IndicatorReader.Draft) -> Bool {
      guard isWhole, let expression = draft.indicator.measure.expression else { return false }
      return expression.indicators.contains { !names.contains($0) }
    }
    // An example that lacks what an expression names by mistake is no second mistake.
    for index in drafts.indices where hasWrongName(drafts[index]) { drafts[index].forgetExample() }
    for index in earlier.indices where hasWrongName(earlier[index]) { earlier[index].forgetExample() }
    for draft in drafts + earlier {
      guard let expression = draft.indicator.measure.expression else { continue }
      for name in expression.indicators where isWhole && !names.contains(name) {
        let isDifference = name.split(separator: "-").count > 1
        draft.report(
          "indicator", named: name,
          "there is no indicator \"\(name)\"\(NearestName.hint(for: name, among: names))"
            + (isDifference ? "; to subtract, put spaces around the minus" : ""))
      }
      for name in expression.parameters {
        guard let parameters, !parameters.contains(where: { $0.name == name }) else { continue }
        draft.report(
          "parameter", named: name,
          "reference/parameter.csv has no parameter \"\(name)\"\(NearestName.hint(for: name, among: parameters.map(\.name)))"
        )
      }
    }
    let catalogue = Catalogue(
      version: "", dimensions: [], indicators: drafts.map(\.indicator), vocabulary: Vocabulary(entities: []),
      scorecard: Scorecard(version: 1, minimumData: 0, minimumCount: 0, parts: []), digest: "",
      earlier: earlier.map(\.indicator))
    let (order, circular) = catalogue.derivationOrder()
    reportCircles(among: circular, &drafts, &earlier)
    for definition in order {
      if let index = drafts.firstIndex(where: { $0.indicator.id == definition.id }) {
        giveWindow(to: &drafts[index], from: drafts)
      } else if let index = earlier.firstIndex(where: { $0.indicator.id == definition.id }) {
        giveWindow(to: &earlier[index], from: drafts)
      }
    }
    // In the same order, so that what chance does to those it names is known before.
    for definition in order {
      let versions = Dictionary(grouping: (drafts + earlier).map(\.indicator), by: \.name)
      if let index = drafts.firstIndex(where: { $0.indicator.id == definition.id }) {
        judge(&drafts[index], versions)
      } else if let index = earlier.firstIndex(where: { $0.indicator.id == definition.id }) {
        judge(&earlier[index], versions)
      }
    }
  }

  private func judge(_ draft: inout IndicatorReader.Draft, _ versions: [String: [Indicator]]) {
    draft.indicator.derivedChance = draft.indicator.chance { versions[$0] ?? [] }
  }

  /// Reports each circle once, at the first of its definitions, whatever else is derived from it.
  private func reportCircles(
    among circular: [Indicator], _ drafts: inout [IndicatorReader.Draft],
    _ earlier: inout [IndicatorReader.Draft]
  ) {
    var told: Set<String> = []
    for definition in circular where !told.contains(definition.id) {
      // Each of them names another one of them: walking on, one comes back to a definition seen.
      var path: [Indicator] = [definition]
      while let last = path.last {
        let next = circular.first { other in
          !told.contains(other.id) && last.measure.expression?.indicators.contains(other.name) == true
            && !path.dropLast().contains { $0.name == other.name && $0.id != other.id }
        }
        guard let next else {
          path = []
          break
        }
        if let start = path.firstIndex(where: { $0.name == next.name }) {
          path.removeFirst(start)
          break
        }
        path.append(next)
      }
      told.formUnion(path.map(\.id))
      told.insert(definition.id)
      guard let first = path.first else { continue }
      let names = (path.dropFirst() + [first]).map(\.name)
      for index in drafts.indices where path.contains(where: { $0.id == drafts[index].indicator.id }) {
        drafts[index].forgetExample()
      }
      for index in earlier.indices where path.contains(where: { $0.id == earlier[index].indicator.id }) {
        earlier[index].forgetExample()
      }
      (drafts + earlier).first { $0.indicator.id == first.id }?.report(
        "circular", named: names[0],
        "\"\(first.name)\" is derived from itself, through \(DefinitionFile.list(names.map { "\"\($0)\"" })); break the circle"
      )
    }
  }

  /// A derived indicator looks at the window of what it names, which must be one window.
  ///
  /// A stock is a state, not a stretch of time: it goes with any window.
  private func giveWindow(to draft: inout IndicatorReader.Draft, from drafts: [IndicatorReader.Draft]) {
    let named = (draft.indicator.measure.expression?.indicators ?? []).compactMap { name in
      drafts.first { $0.indicator.id == name }?.indicator
    }
    let flows = named.filter { $0.measure.kind != "stock" }
    guard let first = flows.first else { return }
    for other in flows.dropFirst() where other.window != first.window || other.shift != first.shift {
      draft.report(
        "window", named: other.id,
        "\"\(other.id)\" looks at \(CatalogueReader.words(other)), \"\(first.id)\" at \(CatalogueReader.words(first)); an expression takes indicators of one window"
      )
      return
    }
    if let node = draft.entries["window"], draft.indicator.window != first.window {
      draft.file.report(
        "value", at: node,
        "what this is derived from looks at \(CatalogueReader.words(first)); write window: \(first.window.rawValue), or nothing"
      )
    }
    draft.indicator.window = first.window
    draft.indicator.shift = first.shift
  }

  private static func words(_ indicator: Indicator) -> String {
    indicator.window.rawValue + (indicator.shift > 0 ? ", \(indicator.shift * 3) months earlier" : "")
  }
}
