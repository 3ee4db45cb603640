internal import Impact
internal import Yams

/// Reads the frames indicators may be mapped to (`frames.yaml`).
struct FrameReader {
  let file: DefinitionFile

  func read() -> [Frame]? {
    guard let root = file.load(), let entries = file.entries(of: root, in: "the file", required: ["frames"])
    else { return nil }
    var frames: [Frame] = []
    for node in file.items(of: entries["frames"], in: "frames", atMost: 8) {
      guard
        let entries = file.entries(
          of: node, in: "a frame", required: ["name", "label", "source", "codes"]),
        let name = file.text(entries["name"], "the name of a frame"),
        let label = file.localized(entries["label"], "the label of \"\(name)\""),
        let source = file.localized(entries["source"], "the source of \"\(name)\"")
      else { continue }
      if !Frame.names.contains(name) {
        file.report(
          "value", at: entries["name"],
          "a frame cannot be \"\(name)\"; use \(DefinitionFile.list(Frame.names, "or"))")
      }
      if frames.contains(where: { $0.name == name }) {
        file.report("duplicate", at: node, "the frame \"\(name)\" stands twice; keep one")
      }
      frames.append(Frame(name: name, label: label, source: source, codes: codes(entries["codes"], of: name)))
    }
    return frames
  }

  private func codes(_ node: Node?, of frame: String) -> [Frame.Code] {
    var found: [Frame.Code] = []
    for node in file.items(of: node, in: "the codes of \"\(frame)\"", atMost: 1_000) {
      guard let entries = file.entries(of: node, in: "a code of \"\(frame)\"", required: ["code", "label"]),
        let code = file.text(entries["code"], "a code of \"\(frame)\""),
        let label = file.localized(entries["label"], "the label of \"\(code)\"")
      else { continue }
      if found.contains(where: { $0.code == code }) {
        file.report("duplicate", at: node, "the code \"\(code)\" stands twice in \"\(frame)\"; keep one")
      }
      found.append(Frame.Code(code: code, label: label))
    }
    return found
  }
}
