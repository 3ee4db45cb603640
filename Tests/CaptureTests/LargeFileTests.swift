import Foundation
import Testing

@testable import Capture

/// Files made when they are needed and removed with their folder: each far larger than what reading it may
/// cost.
@Suite(.serialized) struct `A large hostile file` {
  /// Most memory the command may hold for any file, in MiB.
  private let limit = 200

  private func check(
    _ name: String, _ write: (FileHandle) throws -> Void, says words: [String], code: Int32 = 65
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(name, "")
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try write(handle)
    try handle.close()
    let run = try MeasuredRun(checking: path)
    #expect(run.code == code, "\(run.said.prefix(500))")
    for word in words { #expect(run.said.contains(word), "\(run.said.prefix(500))") }
    #expect(run.peak < limit, "\(name): \(run.peak) MiB")
  }

  private func repeated(_ text: String, _ megabytes: Int, _ handle: FileHandle) throws {
    let piece = Data(String(repeating: text, count: (1 << 20) / text.utf8.count).utf8)
    for _ in 0..<megabytes { try handle.write(contentsOf: piece) }
  }

  @Test func `of one field is refused where it begins`() throws {
    try check(
      "exit.csv",
      { handle in
        try handle.write(contentsOf: Data("pathway;exited_on;motif\np;2026-01-01;".utf8))
        try repeated("x", 100, handle)
      }, says: ["exit.csv:2:3: this field is longer than 64 KiB"])
  }

  @Test func `of one quoted field, or of one opened and never closed, is refused where it opens`() throws {
    for end in ["\"\n", ""] {
      try check(
        "exit.csv",
        { handle in
          try handle.write(contentsOf: Data("pathway;exited_on;motif\np;2026-01-01;\"".utf8))
          try repeated("x\n", 100, handle)
          try handle.write(contentsOf: Data(end.utf8))
        }, says: ["exit.csv:2:3: the quoted field that begins here is longer than 64 KiB"])
    }
  }

  @Test func `of one header, or of columns without end, is refused`() throws {
    try check(
      "exit.csv", { try repeated("x", 100, $0) }, says: ["exit.csv:1:1: this field is longer than 64 KiB"])
    try check(
      "exit.csv", { try repeated("x;", 100, $0) }, says: ["exit.csv:1: this row is longer than 1 MiB"])
    try check("exit.csv", { try repeated(";", 100, $0) }, says: ["exit.csv:1: this row is longer than 1 MiB"])
  }

  @Test func `of blank lines, of quotes or of zeros is refused or empty`() throws {
    try check("exit.csv", { try repeated("\n", 20, $0) }, says: ["holds no line"])
    try check("exit.csv", { try repeated("\"", 20, $0) }, says: ["exit.csv:1:1: the quoted field"])
    try check("exit.csv", { try repeated("\0", 20, $0) }, says: ["NUL"])
  }

  @Test func `of refused rows keeps a thousand remarks and counts the others`() throws {
    try check(
      "exit.csv",
      { handle in
        try handle.write(contentsOf: Data("pathway;exited_on;motif\n".utf8))
        try repeated("p;hier;x;y;z\n", 30, handle)
      }, says: ["exit.csv:2: this line has 5 fields"])
  }

  @Test func `that is a zip bomb is refused whatever sizes it declares`() throws {
    let start = Array("<worksheet><sheetData>".utf8)
    for (declared, words) in [(nil, "larger than 256 MiB"), (1_000, "larger than 256 MiB")]
      as [(Int?, String)]
    {
      var zip = ZipBytes()
      for part in WorkbookBytes([["pathway"], ["p"]]).texts() {
        if part.name.hasPrefix("xl/worksheets/") {
          let bomb = ZipBytes.bomb(3 << 30, after: start)
          #expect(bomb.data.count < 4 << 20)
          zip.add(part.name, [], deflated: bomb, declaredSize: declared ?? bomb.size)
        } else {
          zip.add(part.name, part.text)
        }
      }
      try check("exit.xlsx", { try $0.write(contentsOf: Data(zip.archive)) }, says: [words])
    }
  }

  @Test func `that is a workbook of repeated texts is refused or read in little memory`() throws {
    // A hundred thousand cells that all refer to one text of 32 KiB: the file is small, the table is not.
    let text = String(repeating: "x", count: 32_000)
    var workbook = WorkbookBytes([["pathway", "exited_on", "motif"], [.shared(text)]])
    let rows = (0..<100_000).map { _ in "<row><c t=\"s\"><v>3</v></c><c t=\"s\"><v>3</v></c></row>" }.joined()
    workbook.sheets[0].data =
      "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>" + rows
    workbook.parts = [
      (
        "xl/sharedStrings.xml",
        "<sst><si><t>pathway</t></si><si><t>exited_on</t></si><si><t>motif</t></si><si><t>\(text)</t></si></sst>"
      )
    ]
    let bytes = workbook.bytes
    #expect(bytes.count < 8 << 20)
    try check(
      "exit.xlsx", { try $0.write(contentsOf: Data(bytes)) },
      says: ["exit.xlsx:", "the texts of the sheet are larger than 1024 MiB"])
  }

  @Test func `that is a workbook of texts without end is refused`() throws {
    var workbook = WorkbookBytes([["pathway"], ["p"]])
    workbook.parts = [
      (
        "xl/sharedStrings.xml",
        "<sst>"
          + String(
            repeating: "<si><t>\(String(repeating: "0123456789", count: 3_000))</t></si>", count: 2_400)
          + "</sst>"
      )
    ]
    let bytes = workbook.bytes
    try check(
      "exit.xlsx", { try $0.write(contentsOf: Data(bytes)) }, says: ["texts of the workbook are larger"])
  }
}
