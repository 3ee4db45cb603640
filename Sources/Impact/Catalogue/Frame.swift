/// A frame of indicators of others, such as IRIS+ or the targets of the SDGs, with the codes ours may be mapped to.
///
/// Read from `Indicators/frames.yaml`.
public struct Frame: Hashable, Sendable {
  /// The names of frames, in the order they are told.
  public static let names = ["iris", "sdg", "fse", "cids"]

  /// A code with what it stands for.
  public struct Code: Hashable, Sendable {
    /// The code: `PI3527`, `8.5`.
    public var code: String
    /// What it stands for.
    public var label: Localized

    /// A code with what it stands for.
    public init(code: String, label: Localized) {
      self.code = code
      self.label = label
    }
  }

  /// Its name, a key of `mappings:`.
  public var name: String
  /// The name shown to readers.
  public var label: Localized
  /// Where the codes were read.
  public var source: Localized
  /// The codes, in order.
  public var codes: [Code]

  /// A frame with its codes.
  public init(name: String, label: Localized, source: Localized, codes: [Code]) {
    self.name = name
    self.label = label
    self.source = source
    self.codes = codes
  }

  /// What a code stands for; `nil` when it is none of the frame's.
  public func label(of code: String) -> Localized? { codes.first { $0.code == code }?.label }
}
