internal import CZip

/// The entries of a zip archive, all checked by name, method and declared size before any is inflated.
final class ZipArchive {
  struct Entry {
    var index: UInt64
    /// Bytes in the archive.
    var compressed: Int
    var name: String
  }

  let file: String
  let limits: WorkbookLimits
  /// By lower-case name: the names of an archive differ in more than their case.
  private(set) var entries: [String: Entry] = [:]
  /// Bytes inflated of each entry so far; an entry read twice counts once.
  private var inflated: [UInt64: Int] = [:]
  private var total = 0
  private let handle: OpaquePointer
  // The memory libzip reads from, when the archive is not a file.
  private let memory: UnsafeMutableRawPointer?

  /// Opens the archive in `source`, whose last bytes are `tail`.
  init(_ source: any ByteSource, tail: [UInt8], file: String, limits: WorkbookLimits) throws {
    self.file = file
    self.limits = limits
    try ZipArchive.checkCount(in: tail, file: file, limits: limits)
    (handle, memory) = try ZipArchive.open(source, file: file)
    // Should this throw, everything is set already, so the archive is closed below.
    try list()
  }

  deinit {
    zip_discard(handle)
    memory?.deallocate()
  }

  private static func open(
    _ source: any ByteSource, file: String
  ) throws -> (OpaquePointer, UnsafeMutableRawPointer?) {
    func refusal(_ code: Int32) -> CaptureError {
      if code == ZIP_ER_EXISTS { return duplicate(file) }
      return CaptureError(
        file, code: "workbook",
        "the workbook is damaged or incomplete; open it in a spreadsheet, save it again as .xlsx and send it again"
      )
    }
    if let source = source as? FileSource {
      var code: Int32 = 0
      let descriptor = try source.duplicate()
      guard let handle = zip_fdopen(descriptor, ZIP_CHECKCONS, &code) else {
        source.close(descriptor)
        throw refusal(code)
      }
      return (handle, nil)
    }
    try source.rewind()
    var bytes: [UInt8] = []
    while case let piece = try source.read(1 << 20), !piece.isEmpty { bytes += piece }
    // libzip keeps the pointer, so the bytes need a fixed place.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    bytes.withUnsafeBytes {
      memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
    }
    guard let buffer = zip_source_buffer_create(memory, UInt64(bytes.count), 0, nil) else {
      memory.deallocate()
      throw refusal(ZIP_ER_MEMORY)
    }
    var problem = zip_error_t()
    zip_error_init(&problem)
    defer { zip_error_fini(&problem) }
    guard let handle = zip_open_from_source(buffer, ZIP_CHECKCONS | ZIP_RDONLY, &problem) else {
      zip_source_free(buffer)
      memory.deallocate()
      throw refusal(zip_error_code_zip(&problem))
    }
    return (handle, memory)
  }

  /// Refuses an archive that announces too many entries before libzip makes room for them.
  private static func checkCount(in tail: [UInt8], file: String, limits: WorkbookLimits) throws {
    func number(_ at: Int, _ length: Int) -> Int {
      var value = 0
      for i in stride(from: at + length - 1, through: at, by: -1) where i < tail.count {
        value = min(value, Int.max >> 9) << 8 | Int(tail[i])
      }
      return value
    }
    let tooMany = CaptureError(
      file, code: "workbook-size",
      "the workbook is an archive of more than \(limits.entries) parts; save the sheet alone in a new workbook"
    )
    var position = 0
    while position + 4 <= tail.count {
      guard tail[position] == 0x50, tail[position + 1] == 0x4B else {
        position += 1
        continue
      }
      switch (tail[position + 2], tail[position + 3]) {
      case (5, 6):
        if max(number(position + 8, 2), number(position + 10, 2)) > limits.entries { throw tooMany }
      case (6, 6):
        if max(number(position + 24, 8), number(position + 32, 8)) > limits.entries { throw tooMany }
      case (6, 7):
        // Its long directory must be among the bytes looked at here.
        let hasDirectory = (0..<position).contains { start in
          tail[start...].starts(with: [0x50, 0x4B, 6, 6])
        }
        if !hasDirectory { throw tooMany }
      default: break
      }
      position += 1
    }
  }

  private func list() throws {
    let count = zip_get_num_entries(handle, 0)
    guard count <= limits.entries else {
      throw refusal(
        "workbook-size",
        "the workbook is an archive of more than \(limits.entries) parts; save the sheet alone in a new workbook"
      )
    }
    var declared = 0
    for index in 0..<UInt64(max(0, count)) {
      var status = zip_stat_t()
      zip_stat_init(&status)
      guard zip_stat_index(handle, index, 0, &status) == 0, let raw = status.name else {
        throw refusal("workbook", "a part of the workbook has no readable name; save it again as .xlsx")
      }
      let name = String(cString: raw)
      guard ZipArchive.isSafe(name) else {
        throw refusal(
          "workbook-path",
          "a part of the workbook is named as a path outside it; this is no file a spreadsheet saved, do not open it"
        )
      }
      guard status.encryption_method == UInt16(ZIP_EM_NONE) else {
        throw refusal("encrypted", "the workbook is protected by a password; save it without one")
      }
      guard status.comp_method == UInt16(ZIP_CM_STORE) || status.comp_method == UInt16(ZIP_CM_DEFLATE) else {
        throw refusal(
          "workbook", "the workbook is compressed in a way that is not read; save it again as .xlsx")
      }
      guard status.size <= UInt64(limits.entry) else { throw tooLarge() }
      declared += Int(status.size)
      guard declared <= limits.total else { throw tooLarge() }
      let entry = Entry(
        index: index, compressed: Int(min(status.comp_size, UInt64(limits.archive))), name: name)
      guard entries.updateValue(entry, forKey: name.lowercased()) == nil else {
        throw ZipArchive.duplicate(file)
      }
    }
  }

  private static func duplicate(_ file: String) -> CaptureError {
    CaptureError(
      file, code: "workbook-duplicate",
      "the workbook holds two parts of the same name, so readers disagree on what it says; save it again as .xlsx"
    )
  }

  private static func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains(":")
      && !parts.contains("..") && !parts.contains(".")
  }

  func refusal(_ code: String, line: Int? = nil, _ message: String) -> CaptureError {
    CaptureError(file, line: line, code: code, message)
  }

  private func tooLarge() -> CaptureError {
    refusal(
      "workbook-size",
      "the workbook is larger than \(limits.entry >> 20) MiB a part or \(limits.total >> 20) MiB in all once decompressed; save the sheet as CSV UTF-8 or split it"
    )
  }

  /// The entry of that name, whatever its case.
  func entry(_ name: String) -> Entry? { entries[name.lowercased()] }

  /// Begins to inflate an entry.
  func stream(_ entry: Entry) throws -> ZipEntryStream {
    guard let stream = zip_fopen_index(handle, entry.index, 0) else { throw damaged(entry.name) }
    return ZipEntryStream(self, entry, stream)
  }

  /// Notes that `count` bytes of an entry are inflated by now.
  func charge(_ entry: Entry, inflated count: Int) throws {
    let before = inflated[entry.index] ?? 0
    if count > before {
      inflated[entry.index] = count
      total += count - before
    }
    guard count <= limits.entry, total <= limits.total else { throw tooLarge() }
    if count > limits.ratioFreeBytes, count / limits.ratio > entry.compressed {
      throw refusal(
        "workbook-ratio",
        "a part of the workbook is more than \(limits.ratio) times larger than its compressed form, which no table is; send the sheet as CSV UTF-8"
      )
    }
  }

  func damaged(_ part: String, line: Int? = nil) -> CaptureError {
    refusal(
      "workbook", line: line,
      "the part \(part) of the workbook is damaged; open the workbook in a spreadsheet, save it again as .xlsx and send it again"
    )
  }
}

/// The bytes of one entry, inflated piece by piece.
final class ZipEntryStream {
  let archive: ZipArchive
  let entry: ZipArchive.Entry
  private let stream: OpaquePointer
  private var count = 0

  fileprivate init(_ archive: ZipArchive, _ entry: ZipArchive.Entry, _ stream: OpaquePointer) {
    self.archive = archive
    self.entry = entry
    self.stream = stream
  }

  deinit { zip_fclose(stream) }

  /// Fills the buffer; 0 at the end.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let length = zip_fread(stream, buffer.baseAddress, UInt64(buffer.count))
    guard length >= 0 else { throw archive.damaged(entry.name) }
    count += Int(length)
    try archive.charge(entry, inflated: count)
    return Int(length)
  }
}
