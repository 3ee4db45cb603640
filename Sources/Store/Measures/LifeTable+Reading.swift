internal import Impact

extension LifeTable {
  /// The rows written as `days:people:ended:events:due:missing`, with a blank between two of them.
  static func rows(of bytes: UnsafeBufferPointer<UInt8>) -> [Row] {
    var rows: [Row] = []
    var days = 0
    var people = 0
    var ended = 0
    var events = 0
    var due = 0
    var number = 0
    var place = 0
    func add() {
      rows.append(
        Row(
          days: days, events: events, others: ended - events, censored: people - ended, due: due,
          observed: due - number))
    }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: ":"):
        switch place {
        case 0: days = number
        case 1: people = number
        case 2: ended = number
        case 3: events = number
        default: due = number
        }
        (number, place) = (0, place + 1)
      case UInt8(ascii: " "):
        add()
        (number, place) = (0, 0)
      default: number = number * 10 + Int(byte - 0x30)
      }
    }
    if !bytes.isEmpty { add() }
    return rows
  }
}
