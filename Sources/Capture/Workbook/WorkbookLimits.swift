/// What a workbook may cost before it is refused.
///
/// A few kilobytes of zip can stand for gigabytes, so every bound is held against the bytes as they are
/// inflated, never against the sizes the archive declares.
public struct WorkbookLimits: Hashable, Sendable {
  /// Largest archive, in bytes.
  public var archive = 512 << 20
  /// Most entries of the archive.
  public var entries = 1_000
  /// Largest entry once inflated, in bytes.
  public var entry = 256 << 20
  /// All entries together once inflated, in bytes.
  public var total = 1 << 30
  /// How many times larger than its compressed form an entry may be, beyond ``ratioFreeBytes``.
  public var ratio = 100
  /// Inflated bytes of an entry that are not held against ``ratio``: a small text may be very regular.
  public var ratioFreeBytes = 1 << 20
  /// All shared texts together, in bytes of UTF-8.
  public var sharedText = 64 << 20
  /// Most shared texts.
  public var sharedTexts = 4_000_000
  /// Most sheets.
  public var sheets = 200
  /// Most cell formats.
  public var formats = 65_536

  /// The usual limits.
  public init() {}
}
