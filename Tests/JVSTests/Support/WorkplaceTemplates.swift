import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// What workplaces are copied from: each made once a process, by the commands themselves.
actor WorkplaceTemplates {
  static let shared = WorkplaceTemplates()
  private var making: [Workplace.Start: Task<Workplace, any Error>] = [:]
  private static let folder = NSTemporaryDirectory() + "jvs-templates-\(getpid())"

  /// The template of a start.
  func template(_ start: Workplace.Start) async throws -> Workplace {
    let task = making[start] ?? Task { try await WorkplaceTemplates.make(start) }
    making[start] = task
    return try await task.value
  }

  private static func make(_ start: Workplace.Start) async throws -> Workplace {
    let name = "jvs_\(start)_\(getpid())"
    let folder = WorkplaceTemplates.folder + "/\(start)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: WorkplaceTemplates.folder) }
    let admin = try TestDatabase.connect()
    try admin.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    let place = Workplace(database: name, folder: folder)
    if start == .initialised {
      try admin.execute("CREATE DATABASE \(identifier: name)")
      try await place.initialise()
      return place
    }
    let initialised = try await shared.template(.initialised)
    try admin.execute(
      "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: initialised.database)")
    try FileManager.default.copyItem(atPath: initialised.data, toPath: place.data)
    try place.connection().run(script: "CALL access.protect_database()")
    if start == .small {
      try await place.succeed("import", place.writeDelivery(), "--quiet")
      for quarter in ["2026T2", "2026T3"] { try await place.succeed("release", "--quarter", quarter) }
    } else {
      try await place.deliverSamples()
    }
    return place
  }
}

extension Workplace {
  /// Imports the sample deliveries and releases both quarters.
  fileprivate func deliverSamples() async throws {
    for quarter in ["2026T2", "2026T3"] {
      for cooperation in ["acces-inclusive-tech", "gme-plaine-commune", "lemon-aide", "recygo"] {
        let outcome = try await jvs(
          "import", "\(Tool.root)/Deploy/samples/\(cooperation)/\(quarter)", "--rejects", folder + "/rejects")
        // The second delivery of recygo holds four rows that must be refused.
        try #require(outcome.code == (cooperation == "recygo" && quarter == "2026T3" ? 65 : 0))
      }
      try await succeed("release", "--quarter", quarter)
    }
  }
}
