/// Writes zip archives byte by byte, so that tests can write those no library would.
struct ZipBytes {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private(set) var count = 0
  /// What the end of the archive says of the number of entries, when it lies.
  var declaredCount: Int?

  /// Adds an entry; what is declared may differ from what is there.
  mutating func add(
    _ name: String, _ contents: [UInt8], deflated: (data: [UInt8], size: Int, checksum: UInt32)? = nil,
    declaredSize: Int? = nil, flags: UInt16 = 0, method: UInt16? = nil, localName: String? = nil
  ) {
    let data = deflated?.data ?? contents
    let size = declaredSize ?? deflated?.size ?? contents.count
    let checksum = deflated?.checksum ?? ZipBytes.checksum(contents)
    let offset = bytes.count
    func common(_ name: [UInt8]) -> [UInt8] {
      ZipBytes.number(20, 2) + ZipBytes.number(Int(flags), 2)
        + ZipBytes.number(Int(method ?? (deflated == nil ? 0 : 8)), 2) + ZipBytes.number(0x5A21_0000, 4)
        + ZipBytes.number(Int(checksum), 4) + ZipBytes.number(data.count, 4) + ZipBytes.number(size, 4)
        + ZipBytes.number(name.count, 2) + ZipBytes.number(0, 2)
    }
    let local = Array((localName ?? name).utf8)
    bytes += [0x50, 0x4B, 3, 4] + common(local) + local + data
    let central = Array(name.utf8)
    directory += [0x50, 0x4B, 1, 2] + ZipBytes.number(20, 2) + common(central) + ZipBytes.number(0, 10)
    directory += ZipBytes.number(offset, 4) + central
    count += 1
  }

  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// The whole archive.
  var archive: [UInt8] {
    let count = ZipBytes.number(declaredCount ?? count, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6] + ZipBytes.number(0, 4) + count + count
      + ZipBytes.number(directory.count, 4) + ZipBytes.number(bytes.count, 4) + ZipBytes.number(0, 2)
  }

  private static func number(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }

  /// A deflate stream of about `size` spaces, a thousandth of it long: one block whose commonest symbol,
  /// "the last 258 bytes again", takes two bits, both zero.
  static func bomb(_ size: Int, after prefix: [UInt8] = []) -> (data: [UInt8], size: Int, checksum: UInt32) {
    var data: [UInt8] = []
    var pending = 0
    var length = 0
    func flush() {
      while length >= 8 {
        data.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        length -= 8
      }
    }
    func put(_ value: Int, _ bits: Int) {
      pending |= value << length
      length += bits
      flush()
    }
    if !prefix.isEmpty {
      put(0, 3)
      length = (length + 7) / 8 * 8
      flush()
      data += number(prefix.count, 2) + number(~prefix.count, 2) + prefix
    }
    // A last block with codes of its own: 286 lengths of literals, one of a distance.
    put(1, 1)
    put(2, 2)
    put(29, 5)
    put(0, 5)
    // Lengths of the code of code lengths, in their own order: 18, …, 2, …, 1 are used.
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    put(order.count - 4, 4)
    for symbol in order { put(symbol == 18 ? 1 : symbol == 1 || symbol == 2 ? 2 : 0, 3) }
    // Codes: 18 is 0, 1 is 10, 2 is 11 (first bit first).
    func zeros(_ count: Int) {
      put(0, 1)
      put(count - 11, 7)
    }
    zeros(32)
    put(0b11, 2)  // the space: two bits
    zeros(138)
    zeros(85)
    put(0b11, 2)  // the end of the block: two bits
    zeros(28)
    put(0b01, 2)  // 258 bytes again: one bit
    put(0b01, 2)  // distance 1: one bit
    // Codes: "again" is 0, the space 10, the end 11.
    put(0b01, 2)
    let repeats = size / 258 / 4 * 4
    length = (length + 7) / 8 * 8  // zero bits are "again" too; at most three more
    flush()
    data += Array(repeating: 0, count: repeats / 4)
    put(0b11, 2)
    length = 8
    flush()
    return (data, min(size, 0xFFFF_FFFF), 0)
  }
}
