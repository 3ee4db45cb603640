internal import Impact

extension CatalogueReader {
  /// A rate is not compared by what it counts: whoever reaches more would be held to those who reached as much.
  ///
  /// - Parameters:
  ///   - drafts: the definitions read, with every version.
  ///   - vocabulary: the words they use.
  func checkComparisons(of drafts: [IndicatorReader.Draft], _ vocabulary: Vocabulary) {
    for draft in drafts where draft.indicator.isCompared {
      for term in draft.indicator.measure.terms {
        let features = vocabulary.entity(term.entity)?.comparedBy ?? []
        for name in Set(term.conditions.map(\.field)).sorted() where features.contains(name) {
          draft.file.report(
            "field",
            "this rate is compared between cooperations and counts by \"\(name)\", which also tells people apart; "
              + "remove \"\(name)\" from compared_by of \"\(term.entity)\" in facts.yaml")
        }
      }
    }
  }
}
