internal import Impact
internal import Yams

extension IndicatorReader {
  /// The codes of the same idea in other frames, or why there are none.
  func mappings(_ node: Node?) -> (codes: [String: String], none: Localized?) {
    let names = frames?.map(\.name) ?? Frame.names
    guard let node,
      let entries = file.entries(of: node, in: "mappings", required: [], optional: names + ["none"])
    else { return ([:], nil) }
    if entries.isEmpty {
      file.report(
        "missing", at: node, "mappings is empty; name a code, or write none with the reason in fr and en")
    }
    if let none = entries["none"] {
      if entries.count > 1 {
        file.report("value", at: none, "mappings names a code and says there is none; keep one")
      }
      return ([:], file.localized(none, "the reason for no mapping"))
    }
    var found: [String: String] = [:]
    for (name, node) in entries.sorted(by: { $0.key < $1.key }) {
      guard let code = file.text(node, "the code of \(name)") else { continue }
      found[name] = code
      guard let frame = frames?.first(where: { $0.name == name }), frame.label(of: code) == nil, !isKept
      else {
        continue
      }
      file.report(
        "value", at: node,
        "frames.yaml has no code \"\(code)\" of \(name)\(NearestName.hint(for: code, among: frame.codes.map(\.code)))"
      )
    }
    return (found, nil)
  }
}
