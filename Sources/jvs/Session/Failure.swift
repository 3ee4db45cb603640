import ArgumentParser
import Capture
import Foundation
import Postgres
import Store

/// An end of the command that is not "done", with the code that says which kind.
struct Failure: Error, CustomStringConvertible {
  /// Exit codes, after sysexits.h.
  enum Code: Int32 {
    case usage = 64
    case dataRefused = 65
    case databaseUnavailable = 69
    case defect = 70
    case cannotWrite = 73
    case tryLater = 75
    case notPermitted = 77
    case interrupted = 130
    case terminated = 143
  }

  var code: Code
  var description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// The failure an error amounts to.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as CaptureError: self.init(.dataRefused, "\(error)")
    case let error as Archive.Refusal: self.init(.dataRefused, "\(error)")
    case let error as Archive.Held: self.init(.dataRefused, "\(error)")
    case let error as Archive.NoSuchText: self.init(.dataRefused, "\(error)")
    case let error as PseudonymKey.Failure:
      switch error {
      case .exists, .unwritable: self.init(.cannotWrite, "\(error)")
      default: self.init(.dataRefused, "\(error)")
      }
    case let error as Archive.Unexplained: self.init(.dataRefused, "\(error)")
    case let error as Access.Refusal: self.init(.dataRefused, "\(error)")
    case let error as Archive.KeyReplaced: self.init(.tryLater, "\(error)")
    case let error as Archive.ReviewRefusal: self.init(.dataRefused, "\(error)")
    case let error as Archive.Busy: self.init(.tryLater, "\(error)")
    case let error as Migrator.Failure: self.init(.databaseUnavailable, "\(error)")
    case let error as ClusterError:
      self.init(
        error.kind == .busy
          ? .tryLater
          : error.kind == .diskFull || error.kind == .permission
            ? .cannotWrite : .databaseUnavailable, error.description)
    case let error as PostgresError:
      switch error.origin {
      case .connection, .timeout:
        self.init(.databaseUnavailable, "the database does not answer: \(error.message); run jvs doctor")
      case .server where error.state == .insufficientPrivilege:
        self.init(
          .notPermitted,
          "the database does not let this login do that: \(error.message); jvs db grant gives a login its role"
        )
      case .server where error.isTransient:
        self.init(.tryLater, "the database refused for now: \(error); try again later")
      case .server, .decoding, .usage:
        self.init(
          .defect, "the database refused a statement of jvs: \(error); this is a defect, please report it")
      }
    case let error as CocoaError:
      self.init(.cannotWrite, "\(error.localizedDescription)")
    default: self.init(.defect, "\(error)")
    }
  }
}

/// Runs a command's work; an error becomes one line on standard error and its exit code.
///
/// `isRetried` says that something runs the command again by itself: then a signal ends it with 75.
func reportingFailure<R>(isRetried: Bool = false, _ work: () throws -> R) throws -> R {
  do {
    return try work()
  } catch let error as ExitCode {
    throw error
  } catch let error as ValidationError {
    throw error
  } catch {
    let failure = Interruption.failure(behind: error, isRetried: isRetried) ?? Failure(error)
    Console.sayError(failure.description)
    throw ExitCode(failure.code.rawValue)
  }
}
