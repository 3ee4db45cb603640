internal import CLibpq

/// A message of the server that is no error, as of `RAISE NOTICE` or `DROP … IF EXISTS`.
public struct Notice: Sendable, Equatable {
  /// NOTICE, WARNING, INFO…, never translated.
  public var severity: String
  /// The code, `00000` for most notices.
  public var state: SQLState?
  /// The message itself.
  public var message: String

  init(result: OpaquePointer) {
    func field(_ code: Unicode.Scalar) -> String? {
      PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }
    severity = field("V") ?? field("S") ?? "NOTICE"
    state = field("C").map(SQLState.init(rawValue:))
    message = field("M") ?? String(cString: PQresultErrorMessage(result)).trimmed
  }
}

/// Takes the notices of one connection; without it libpq would print them on stderr.
final class NoticeBox {
  static let kept = 100
  var handler: ((Notice) -> Void)?
  var notices: [Notice] = []

  func install(on handle: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()  // the connection outlives its handle
    PQsetNoticeReceiver(
      handle,
      { context, result in
        guard let context, let result else { return }
        Unmanaged<NoticeBox>.fromOpaque(context).takeUnretainedValue().receive(Notice(result: result))
      },
      context
    )
  }

  private func receive(_ notice: Notice) {
    if let handler { return handler(notice) }
    if notices.count == Self.kept { notices.removeFirst() }
    notices.append(notice)
  }
}
