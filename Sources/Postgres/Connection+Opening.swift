internal import CLibpq

extension Connection {
  /// What every session must speak; also set afterwards where something overrode it.
  private static let settings: [(name: String, value: String)] = [
    ("DateStyle", "ISO"), ("TimeZone", "UTC"), ("IntervalStyle", "iso_8601"),
    ("extra_float_digits", "1"), ("bytea_output", "hex"), ("standard_conforming_strings", "on"),
  ]
  private static let options = settings.map { "-c \($0.name)=\($0.value)" }.joined(separator: " ")

  static func open(_ parameters: Parameters, until limit: ContinuousClock.Instant) throws -> OpaquePointer {
    guard parameters.pairs.allSatisfy({ !$0.keyword.holdsNUL && !$0.value.holdsNUL }) else {
      throw PostgresError(.usage, "a connection parameter holds the character U+0000")
    }
    // Keyword arrays, not a conninfo string: nothing to quote, nothing to leak in a log.
    // libpq takes the last value of a keyword, so defaults come first and what must hold comes last.
    let pairs =
      [("application_name", "jvs"), ("options", options)]
      + parameters.pairs.map { ($0.keyword, $0.value) } + [("client_encoding", "UTF8")]
    let opened = withCStrings(pairs.map { Optional($0.0) } + [nil]) { keywords in
      withCStrings(pairs.map { Optional($0.1) } + [nil]) { values in
        PQconnectStartParams(keywords, values, 1)
      }
    }
    guard let handle = opened else {
      throw PostgresError(.connection, "libpq could not allocate a connection")
    }
    do {
      // The verbose text is the only place where libpq gives the code of a refused connection.
      PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
      try poll(handle, parameters, until: limit)
      PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
      return handle
    } catch {
      PQfinish(handle)
      throw error
    }
  }

  private static func poll(
    _ handle: OpaquePointer, _ parameters: Parameters, until limit: ContinuousClock.Instant
  ) throws {
    guard PQstatus(handle) != CONNECTION_BAD else {
      throw PostgresError(connecting: String(cString: PQerrorMessage(handle)).trimmed)
    }
    var isReading = false  // libpq: as if the last answer had been PGRES_POLLING_WRITING
    while true {
      // The socket may change from one call of PQconnectPoll to the next.
      guard try Socket(PQsocket(handle)).wait(reading: isReading, writing: !isReading, until: limit) != nil
      else {
        throw PostgresError(.timeout, "the server did not accept the connection in time (\(parameters))")
      }
      switch PQconnectPoll(handle) {
      case PGRES_POLLING_OK: return
      case PGRES_POLLING_READING: isReading = true
      case PGRES_POLLING_WRITING: isReading = false
      default: throw PostgresError(connecting: String(cString: PQerrorMessage(handle)).trimmed)
      }
    }
  }

  /// Sets again what PGDATESTYLE, PGTZ or the caller's own options overrode, and checks that it holds.
  func settleSession(within limit: Duration) throws {
    let ownOptions = PQoptions(handle).map { String(cString: $0) } == Self.options
    let differing = Self.settings.filter { setting in
      guard let reported = parameterStatus(setting.name) else { return !ownOptions }
      return !Self.matches(reported, setting.value)
    }
    if !differing.isEmpty {
      let script = differing.map { "SET \($0.name) TO '\($0.value)'" }.joined(separator: "; ")
      try run(script: script, within: limit)
    }
    for (name, value) in Self.settings + [(name: "client_encoding", value: "UTF8")] {
      if let reported = parameterStatus(name), !Self.matches(reported, value) {
        throw PostgresError(.connection, "the server keeps \(name) at \(reported) where \(value) is needed")
      }
    }
  }

  private static func matches(_ reported: String, _ value: String) -> Bool {
    // DateStyle is reported with its order of day and month: "ISO, MDY".
    reported == value || reported.hasPrefix(value + ",")
  }
}
