import Foundation

/// What the command says: results on standard output, everything else on standard error.
struct Console {
  var isQuiet = false
  var isVerbose = false
  var isJSON = false

  /// A result for the reader; left out in JSON, where `answer` speaks.
  func say(_ text: String) throws {
    guard !isQuiet, !isJSON else { return }
    try Console.write(text + "\n", to: .standardOutput)
  }

  /// A step, said only when asked for.
  func detail(_ text: String) {
    guard isVerbose else { return }
    try? Console.write(text + "\n", to: .standardError)
  }

  /// A remark beside the results.
  func remark(_ text: String) {
    guard !isQuiet else { return }
    try? Console.write(text + "\n", to: .standardError)
  }

  /// What was refused: an error, said whatever was asked for.
  func refusal(_ text: String) {
    try? Console.write(text + "\n", to: .standardError)
  }

  /// A result for a machine, on one line.
  func answer(_ value: some Encodable) throws {
    guard isJSON else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try Console.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n", to: .standardOutput)
  }

  /// An error, said whatever was asked for.
  static func sayError(_ text: String) {
    try? write("jvs: \(text)\n", to: .standardError)
  }

  private static func write(_ text: String, to handle: FileHandle) throws {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      // A full disk or a closed pipe behind standard output must not pass for success.
      throw Failure(.cannotWrite, "the output could not be written: \(error.localizedDescription)")
    }
  }
}
