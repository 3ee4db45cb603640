import Capture
import Foundation
import Publication
import Testing

@testable import jvs

/// The site is the old one or the new one whatever fails at whatever step.
@Suite struct SiteFolderTests {
  private struct Fault: Error {}

  private final class Steps {
    var taken = 0
  }

  private typealias Content = (name: String, files: [Site.File], pointer: [Site.File])

  private static var old: Content { release("2026T2-r1") }
  private static var new: Content { release("2026T3-r1") }

  private static func release(_ name: String) -> Content {
    let pages = ["index.html", "pages/a.html", "data/figures.csv"].map {
      Site.File(path: $0, bytes: Array("\($0) of \(name)\n".utf8))
    }
    let lines = pages.map { "{\"path\":\"\($0.path)\",\"sha256\":\"\(Fingerprint(of: $0.bytes).hex)\"}" }
    let manifest = Site.File(
      path: "manifest.json", bytes: Array("{\"files\":[\(lines.joined(separator: ","))]}".utf8))
    let pointer = ["index.html", "latest.json"].map {
      Site.File(path: $0, bytes: Array("\"releases/\(name)\"\n".utf8))
    }
    return (name, pages + [manifest], pointer)
  }

  private func withSite(_ work: (SiteTree) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "jvs-site-\(UInt64.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try work(SiteTree(path: path))
  }

  @discardableResult
  private func publish(
    _ release: Content, to tree: SiteTree,
    failingAt step: Int? = nil, mayPublish: () throws -> Bool = { true }
  ) throws -> Bool {
    var folder = SiteFolder(tree.path)
    let steps = Steps()
    folder.checkpoint = { _ in
      steps.taken += 1
      if steps.taken == step { throw Fault() }
    }
    return try folder.publish(
      release.files, as: release.name, pointer: release.pointer, mayPublish: mayPublish)
  }

  @Test func `a fault at any step leaves the old site or the new one`() throws {
    var step = 0
    var isDone = false
    while !isDone {
      step += 1
      try withSite { tree in
        try publish(SiteFolderTests.old, to: tree)
        do {
          try publish(SiteFolderTests.new, to: tree, failingAt: step)
          isDone = true
        } catch is Fault {
          try tree.verify()
        }
        try publish(SiteFolderTests.new, to: tree)
        try tree.verify()
        #expect(try tree.current() == SiteFolderTests.new.name)
        #expect(tree.leftovers == [])
      }
    }
    #expect(step > 6, "a step a file, one for the rename, one a pointer")
  }

  @Test func `a fault in the first publication leaves no site, and the next one makes it`() throws {
    for step in 1...7 {
      try withSite { tree in
        #expect(throws: Fault.self) { try publish(SiteFolderTests.old, to: tree, failingAt: step) }
        if FileManager.default.fileExists(atPath: tree.path + "/index.html") { _ = try tree.current() }
        #expect(try publish(SiteFolderTests.old, to: tree))
        try tree.verify()
      }
    }
  }

  @Test func `publishing again writes nothing`() throws {
    try withSite { tree in
      #expect(try publish(SiteFolderTests.old, to: tree))
      let before = try Workplace.snapshot(tree.path)
      #expect(try !publish(SiteFolderTests.old, to: tree))
      #expect(try Workplace.snapshot(tree.path) == before)
    }
  }

  @Test func `a leftover link is removed and never followed`() throws {
    try withSite { tree in
      try publish(SiteFolderTests.old, to: tree)
      let precious = tree.path + "-precious"
      defer { try? FileManager.default.removeItem(atPath: precious) }
      try FileManager.default.createDirectory(atPath: precious, withIntermediateDirectories: true)
      try Data("kept".utf8).write(to: URL(fileURLWithPath: precious + "/kept.txt"))
      for link in ["/.tmp-1", "/releases/.tmp-1", "/releases/.tmp-\(getpid())"] {
        try FileManager.default.createSymbolicLink(
          atPath: tree.path + link, withDestinationPath: precious)
      }
      try publish(SiteFolderTests.new, to: tree)
      #expect(tree.leftovers == [])
      #expect(try FileManager.default.contentsOfDirectory(atPath: precious) == ["kept.txt"])
      try tree.verify()
    }
  }

  @Test func `a site that cannot be written is said to be, with code 73`() throws {
    try withSite { tree in
      try Data().write(to: URL(fileURLWithPath: tree.path))
      let failure = #expect(throws: Failure.self) {
        try publish(SiteFolderTests.old, to: SiteTree(path: tree.path + "/site"))
      }
      #expect(failure?.code == .cannotWrite)
    }
  }

  @Test func `a second publisher is asked to try later`() throws {
    try withSite { tree in
      try publish(SiteFolderTests.old, to: tree)
      let held = try FolderLock(tree.path + "/.lock")
      let failure = #expect(throws: Failure.self) { try publish(SiteFolderTests.new, to: tree) }
      #expect(failure?.code == .tryLater)
      held.release()
      #expect(try publish(SiteFolderTests.new, to: tree))
    }
  }

  @Test func `a run that lost its lock leaves the old site`() throws {
    try withSite { tree in
      try publish(SiteFolderTests.old, to: tree)
      let failure = #expect(throws: Failure.self) {
        try publish(SiteFolderTests.new, to: tree, mayPublish: { false })
      }
      #expect(failure?.code == .tryLater)
      #expect(try tree.current() == SiteFolderTests.old.name)
      try tree.verify()
    }
  }
}
