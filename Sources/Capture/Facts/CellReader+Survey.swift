internal import Impact

extension CellReader {
  /// What one pass over a cell's bytes tells.
  struct Survey {
    var digits = 0
    var hasAt = false
    var hasControls = false
    var hasForeign = false

    init(_ cell: Span<UInt8>) {
      for i in 0..<cell.count {
        let byte = cell[i]
        if byte &- 0x30 <= 9 {
          digits += 1
        } else if byte >= 0x80 {
          hasForeign = true
        } else if byte < 0x20 {
          if byte != 0x09, byte != 0x0A, byte != 0x0D { hasControls = true }
        } else if byte == 0x40 {
          hasAt = true
        } else if byte == 0x7F {
          hasControls = true
        }
      }
    }

    func personal(_ cell: Span<UInt8>) -> PersonalData.Kind? {
      digits >= 10 || hasAt ? PersonalData.kind(in: cell) : nil
    }
  }
}
