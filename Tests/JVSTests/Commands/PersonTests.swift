import Capture
import Foundation
import Postgres
import TestSupport
import Testing

/// `jvs person` as a user meets it, down to the bytes that an erasure leaves on the disk.
@Suite(.serialized) struct PersonTests {
  private static let identities =
    "participant,last_name,first_names,birth_date,contact\nP1,Zazoubert,Éloïse,03/02/1991,06 12 34 56 78\n"
    + "P2,Zigouillard,Paul,1980-05-12,paul@example.fr\n"

  /// A delivery, a key and two identities.
  private func prepare(_ place: Workplace) async throws -> String {
    try await place.succeed("import", place.writeDelivery())
    try await place.succeed("person", "key", "new", "--cooperation", "essai")
    let file = try place.write("secret/identity.csv", Self.identities)
    let outcome = try await place.succeed("person", "import", file, "--cooperation", "essai")
    #expect(outcome.out.hasPrefix("2 row(s) read: 2 identities recorded"))
    return file
  }

  private func mode(_ path: String) throws -> Int {
    try #require(
      FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int, "\(path) has a mode")
  }

  @Test func `an identity file never passes for facts, and is read by its own command only`() async throws {
    try await Workplace.with(.initialised) { place in
      let file = try await prepare(place)
      let refused = try await place.jvs("import", "--cooperation", "essai", file)
      #expect(refused.code == 65)
      #expect(refused.err.contains("jvs person import"))
      #expect(try place.count("SELECT count(*) FROM ops.import WHERE entity = 'identity'") == 0)
      let again = try await place.succeed("person", "import", file, "--cooperation", "essai", "--json")
      let answer = try #require(try again.json() as? [String: Any])
      #expect(answer["unchanged"] as? Int == 2 && answer["refused"] as? Int == 0)
    }
  }

  @Test func `what is wrong in an identity file is said by line, and no cell is ever repeated`() async throws
  {
    try await Workplace.with(.initialised) { place in
      _ = try await prepare(place)
      let file = try place.write(
        "secret/bad.csv",
        "participant,last_name,first_names,birth_date,contact\nP1,Zazoubert,Éloïse,le 3 février,\n"
          + "P2,Zigouillard,Paul,1980-05-12,1 91 02 75 115 005 81\nP3,Zébulon,Jean,1980-05-12,\nP1,123,456,1980-01-01,\n"
      )
      let outcome = try await place.jvs("person", "import", file, "--cooperation", "essai")
      #expect(outcome.code == 65)
      for expected in [":2:4:", ":3:5:", ":4:", ":5:"] { #expect(outcome.err.contains("bad.csv\(expected)")) }
      for secret in ["Zazoubert", "Zigouillard", "Zébulon", "février", "91 02"] {
        #expect(!outcome.err.contains(secret) && !outcome.out.contains(secret))
      }
      // A file without a header: the first person stands in its place, and is not shown either.
      let bare = try place.write("secret/bare.csv", "P1,last_nam,Éloïse,1991-02-03\n")
      let refused = try await place.jvs("person", "import", bare, "--cooperation", "essai")
      #expect(refused.code == 65 && !refused.err.contains("last_nam\""))
    }
  }

  @Test func `keys are private files outside the database, and are refused when they are not`() async throws {
    try await Workplace.with(.initialised) { place in
      let file = try await prepare(place)
      let key = place.data + "/keys/essai-pseudonym-1.key"
      #expect(try mode(key) == 0o600 && mode(place.data + "/keys") == 0o700)
      let again = try await place.jvs("person", "key", "new", "--cooperation", "essai")
      #expect(again.code == 65)
      let secret = try String(contentsOfFile: key, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
      let readable = try await place.jvs("person", "import", file, "--cooperation", "essai")
      #expect(readable.code == 65 && readable.err.contains("can be read by other users"))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      try Data((String(repeating: "a", count: 64) + "\n").utf8).write(to: URL(fileURLWithPath: key))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
      let foreign = try await place.jvs("person", "import", file, "--cooperation", "essai")
      #expect(foreign.code == 65 && foreign.err.contains("another key"))
      try FileManager.default.removeItem(atPath: key)
      let missing = try await place.jvs("person", "import", file, "--cooperation", "essai")
      #expect(missing.code == 65 && missing.err.contains("restore its file"))
      for outcome in [again, readable, foreign, missing] {
        #expect(!outcome.err.contains(secret.prefix(64)) && !outcome.out.contains(secret.prefix(64)))
      }
    }
  }

  @Test func `rotation replaces the key and nobody loses their surrogate`() async throws {
    try await Workplace.with(.initialised) { place in
      let file = try await prepare(place)
      let links: SQL = "SELECT count(DISTINCT person) FROM fact.person_link"
      try await place.succeed(
        "person", "forget", "--cooperation", "essai", "--participant", "P2", "--confirm")
      let outcome = try await place.succeed(
        "person", "key", "rotate", "--cooperation", "essai", "--json")
      let answer = try #require(try outcome.json() as? [String: Any])
      #expect(answer["identities"] as? Int == 1)
      try FileManager.default.removeItem(atPath: place.data + "/keys/essai-pseudonym-1.key")
      let again = try await place.jvs("person", "import", file, "--cooperation", "essai", "--json")
      let reading = try #require(try again.json() as? [String: Any])
      #expect(again.code == 65)
      #expect(reading["unchanged"] as? Int == 1 && reading["suppressed"] as? Int == 1)
      #expect(try place.count(links) == 2)
    }
  }

  @Test func `the right of access gives everything, to its owner only`() async throws {
    try await Workplace.with(.initialised) { place in
      _ = try await prepare(place)
      try await place.succeed("release", "--quarter", "2026T1")
      let answer = place.folder + "/answer"
      try await place.succeed(
        "person", "export", "--cooperation", "essai", "--participant", "P1", "--to", answer)
      let page = answer + "/essai-P1.html"
      let file = answer + "/essai-P1.json"
      #expect(try mode(page) == 0o600 && mode(file) == 0o600 && mode(answer) == 0o700)
      let html = try String(contentsOfFile: page, encoding: .utf8)
      for expected in ["Zazoubert", "Éloïse", "03/02/1991", "31/03/2026", "2026T1-r1", "article 15"] {
        #expect(html.contains(expected), "\(expected)")
      }
      #expect(!html.contains("Zigouillard"))
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) as? [String: Any]
      )
      let facts = try #require(json["facts"] as? [[String: Any]])
      #expect(
        facts.compactMap { $0["entity"] as? String } == [
          "participant", "pathway", "monthly_activity", "exit",
        ])
      let releases = try #require(json["releases"] as? [[String: Any]])
      #expect(releases.first?["facts"] as? Int == 5)
      let again = try await place.jvs(
        "person", "export", "--cooperation", "essai", "--participant", "P1", "--to", answer)
      #expect(again.code == 73)
      let unknown = try await place.jvs(
        "person", "export", "--cooperation", "essai", "--participant", "P9", "--to", answer)
      #expect(unknown.code == 65)
    }
  }

  @Test func `a sweep erases what its dry run said, after notice, and not while it is stopped`() async throws
  {
    try await Workplace.with(.initialised) { place in
      _ = try await prepare(place)
      func sweep(_ day: String, _ option: String...) async throws -> [String: Any] {
        let options = try place.options(for: ["person"])
        let outcome = try await Tool.jvs(
          ["person", "retention", "--json", "--today", day] + option + options)
        try #require(outcome.code == 0, "\(outcome.err)")
        return try #require(try outcome.json() as? [String: Any])
      }
      func codes(_ answer: [String: Any], _ stage: String) -> [String] {
        (answer["persons"] as? [[String: Any]] ?? []).filter { $0["stage"] as? String == stage }
          .compactMap { $0["participant"] as? String }
      }
      // P1 left on 31 March 2026; P2 last worked in that month too.
      #expect(codes(try await sweep("2028-02-28"), "to-notify") == [])
      #expect(codes(try await sweep("2028-03-05", "--notify"), "to-notify") == ["P1", "P2"])
      #expect(codes(try await sweep("2028-03-31"), "due") == [])
      try await place.succeed(
        "person", "hold", "--cooperation", "essai", "--participant", "P2", "--until", "2031-12-31",
        "--reason",
        "FSE+")
      let dry = try await sweep("2028-04-05")
      #expect(codes(dry, "due") == ["P1"] && codes(dry, "held") == ["P2"])
      #expect(try place.count("SELECT count(*) FROM identity.person") == 2)
      try await place.succeed("person", "retention", "--suspend")
      #expect(try await sweep("2028-04-05", "--confirm")["erased"] as? Int == 0)
      try await place.succeed("person", "retention", "--resume")
      #expect(try await sweep("2028-04-05", "--confirm")["erased"] as? Int == 1)
      #expect(try place.count("SELECT count(*) FROM identity.person WHERE participant = 'P2'") == 1)
      #expect(try await sweep("2028-04-05", "--confirm")["erased"] as? Int == 0)
    }
  }

  @Test func `a night gives notice and leaves a list of codes; it erases only where that is asked for`()
    async throws
  {
    try await Workplace.with(.initialised) { place in
      _ = try await prepare(place)
      func night(_ day: String, _ options: String...) async throws -> String {
        let options =
          try ["nightly", "--site", place.site, "--today", day, "--json"] + options
          + place.options(for: ["nightly"])
        let outcome = try await Tool.jvs(options)
        try #require(outcome.code == 0, "\(outcome.err)")
        let steps = try #require(try (outcome.json() as? [String: Any])?["steps"] as? [String: String])
        return try #require(steps["retention"])
      }
      #expect(try await night("2027-03-05") == "no identity is due")
      #expect(try await night("2028-03-05").hasPrefix("notice given for 2, 0 due"))
      let list = try String(contentsOfFile: place.data + "/retention/2028-03-05.report.txt", encoding: .utf8)
      #expect(list.contains("essai P1: last contact 2026-03-31, to be erased from 2028-04-01"))
      #expect(!list.contains("Zazoubert"))
      #expect(try mode(place.data + "/retention/2028-03-05.report.txt") == 0o600)
      #expect(try await night("2028-04-05").hasPrefix("notice given for 0, 2 due"))
      #expect(try place.count("SELECT count(*) FROM identity.person") == 2)
      #expect(try await night("2028-04-06", "--retention", "erase").contains("2 identities erased"))
      #expect(try place.count("SELECT count(*) FROM identity.person") == 0)
      #expect(try await night("2028-04-07", "--retention", "erase") == "no identity is due")
    }
  }

  @Test func `after a restore the journal erases again`() async throws {
    try await Workplace.with(.initialised) { place in
      let file = try await prepare(place)
      let backup = place.database + "_backup"
      try TestDatabase.connect().execute(
        "CREATE DATABASE \(identifier: backup) TEMPLATE \(identifier: place.database)")
      defer { _ = try? TestDatabase.connect().execute("DROP DATABASE \(identifier: backup) WITH (FORCE)") }
      try await place.succeed(
        "person", "forget", "--cooperation", "essai", "--participant", "P1", "--confirm")
      let restored = Workplace(database: backup, folder: place.folder)
      #expect(try restored.count("SELECT count(*) FROM identity.person") == 2)
      let dry = try await restored.succeed("person", "forget", "--replay")
      #expect(dry.out.contains("Would be erased: 1 identity"))
      #expect(try restored.count("SELECT count(*) FROM identity.person") == 2)
      try await restored.succeed("person", "forget", "--replay", "--confirm")
      #expect(try restored.count("SELECT count(*) FROM identity.person WHERE participant = 'P1'") == 0)
      #expect(try restored.count("SELECT count(*) FROM identity.person WHERE participant = 'P2'") == 1)
      let back = try await restored.jvs("person", "import", file, "--cooperation", "essai")
      #expect(back.code == 65 && back.err.contains("1 row(s) of people who were forgotten"))
      // A line that a crash cut short is said and passed over; else nothing is left to do.
      let journal = place.data + "/keys/erasures.journal"
      let text = try String(contentsOfFile: journal, encoding: .utf8)
      #expect(!text.contains("Zazoubert"))
      #expect(try mode(journal) == 0o600)
      try Data((text + "{\"cooperation\":\"es").utf8).write(to: URL(fileURLWithPath: journal))
      let again = try await restored.succeed("person", "forget", "--replay", "--confirm")
      #expect(again.out.contains("Erased: 0 identity") && again.err.contains("1 line(s) of the journal"))
    }
  }

  @Test func `cooperations of one controller share a domain, and a person of both counts once`() async throws
  {
    try await Workplace.with(.initialised) { place in
      let file = try await prepare(place)
      let delivery = try place.writeDelivery(to: "files/autre")
      try place.write(
        "files/autre/cooperation.csv",
        String(contentsOfFile: delivery + "/cooperation.csv", encoding: .utf8).replacing(
          "essai,", with: "autre,"))
      try await place.succeed("import", delivery)
      let apart = try await place.jvs("person", "import", file, "--cooperation", "autre")
      #expect(apart.code == 65 && apart.err.contains("has no key yet"))
      try await place.succeed("person", "domain", "--cooperation", "essai", "--name", "ares")
      try await place.succeed("person", "domain", "--cooperation", "autre", "--name", "ares")
      let shared = try await place.succeed("person", "import", file, "--cooperation", "autre")
      #expect(shared.out.contains("2 person(s) already known from another code"))
      let count = try await place.succeed("person", "count", "--quarter", "2026T1", "--json")
      let answer = try #require(try count.json() as? [String: Any])
      #expect(answer["people"] as? Int == 2 && answer["sumOfParts"] as? Int == 4)
      #expect(answer["countedTwice"] as? Int == 2 && answer["unlinked"] as? Int == 0)
      // Erasing in one place says where else the person is still named.
      let forgotten = try await place.succeed(
        "person", "forget", "--cooperation", "essai", "--participant", "P1", "--confirm")
      #expect(forgotten.out.contains("still named under autre P1"))
    }
  }

  @Test func `every use is logged, and no name ever`() async throws {
    try await Workplace.with(.initialised) { place in
      _ = try await prepare(place)
      try await place.succeed("person", "forget", "--cooperation", "essai", "--participant", "P1")
      try await place.succeed(
        "person", "forget", "--cooperation", "essai", "--participant", "P1", "--confirm")
      let log = try await place.succeed("person", "log", "--json")
      let entries = try #require(try log.json() as? [[String: Any]])
      #expect(
        entries.compactMap { $0["action"] as? String } == ["key", "import", "forget", "forget", "log"])
      #expect(entries.compactMap { $0["isDryRun"] as? Bool } == [false, false, true, false, false])
      #expect(!log.out.contains("Zazoubert") && !log.out.contains("P1"))
    }
  }
}
