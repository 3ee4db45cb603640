/// Bytes in memory of their own, appended to and looked at a million times over.
///
/// An array in its place is retained and released for every cell of a file, a third of what reading a large file
/// then costs (Tests/Benchmarks). What is read of a buffer is read through ``bytes`` and its span, which keeps
/// bounds.
struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 256) {
    self.capacity = max(capacity, 16)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// The bytes, valid until the buffer changes.
  @inline(__always) var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: count)
  }

  var isEmpty: Bool { count == 0 }

  @inline(__always) mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  @inline(__always) mutating func append(_ more: Span<UInt8>) {
    more.withUnsafeBufferPointer { append($0) }
  }

  mutating func append(_ more: [UInt8]) { more.withUnsafeBufferPointer { append($0) } }

  @inline(__always) mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
    guard let source = more.baseAddress else { return }
    if capacity - count < more.count { grow(by: more.count) }
    (start + count).update(from: source, count: more.count)
    count += more.count
  }

  /// Forgets the bytes and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Forgets the first bytes.
  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count)
    guard number > 0 else { return }
    count -= number
    start.update(from: start + number, count: count)
  }

  /// Forgets the last bytes.
  mutating func truncate(to number: Int) {
    precondition(number >= 0 && number <= count)
    count = number
  }

  @inline(never) private mutating func grow(by number: Int) {
    capacity = max(capacity * 2, count + number)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}
