internal import Impact
internal import Yams

extension CatalogueReader {
  /// Holds every definition against its own worked example: one that does not give its answer says something else than
  /// its author meant, and is refused before it makes a figure.
  ///
  /// Nothing is asked of a file that is refused already, nor of any while the words are: what an example gives would
  /// follow from the other mistake.
  ///
  /// - Parameters:
  ///   - drafts: every definition, earlier versions too.
  ///   - vocabulary: the words they use.
  func checkExamples(of drafts: [IndicatorReader.Draft], _ vocabulary: Vocabulary) {
    for draft in drafts where draft.isExampleJudged && draft.file.diagnostics.isEmpty {
      guard let example = draft.indicator.example else {
        draft.file.report(
          "missing", at: (line: 1, column: 1),
          "the indicator lacks its example; write a small case with a known answer")
        continue
      }
      let content = example.content(of: draft.indicator, vocabulary: vocabulary)
      guard let difference = example.difference(from: content) else { continue }
      let place = draft.entries["example"]?.mapping?.first {
        $0.key.scalar?.string == difference.part.rawValue
      }
      draft.file.report(
        "example", at: place?.value,
        "the example does not come out: \(difference); correct the calculation or the example")
    }
  }
}
