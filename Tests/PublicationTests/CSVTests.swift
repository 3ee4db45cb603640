import Testing

@testable import Publication

struct CSVTests {
  @Test func `quotes stand only where a value would be misread`() {
    let table = CSV(
      ["a", "b"],
      rows: [
        [.text("plain é"), .text("one, two")], [.text("say \"hi\""), .text("two\nlines")],
        [.text(nil), .text("a;b")], [.integer(3), .number(nil)],
      ])
    #expect(
      String(decoding: table.rendered(), as: UTF8.self)
        == "a,b\r\nplain é,\"one, two\"\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n,a;b\r\n3,\r\n")
  }

  @Test func `a French Excel gets a mark, semicolons and decimal commas`() {
    let table = CSV(
      ["a", "b"], rows: [[.number(-1234.5), .text("x;y")], [.integer(7), .text("1.5, or 2")]])
    let bytes = table.rendered(.excelFrench)
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      String(decoding: bytes.dropFirst(3), as: UTF8.self) == "a;b\r\n-1234,5;\"x;y\"\r\n7;1.5, or 2\r\n")
  }

  @Test(arguments: [
    "=1+1", "+33 1", "-5", "@SUM(A1)", "\tx", "\rx", "\r\nx", "＝1", "＋1", "－1", "＠x", "=\u{301}1", "=",
  ])
  func `a text that would run as a formula gets one apostrophe`(text: String) {
    #expect(CSV.guarded(text) == "'" + text)
  }

  @Test(arguments: ["", "a=1", " =1", "'=1", "1-2", "−5", "été", "\n=1"])
  func `any other text is left as it is`(text: String) {
    #expect(CSV.guarded(text) == text)
  }

  @Test func `a negative number stays a number`() {
    let table = CSV(["a"], rows: [[.number(-5.2)], [.integer(-3)], [.text("-5.2")]])
    #expect(String(decoding: table.rendered(), as: UTF8.self) == "a\r\n-5.2\r\n-3\r\n'-5.2\r\n")
  }
}
