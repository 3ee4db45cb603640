import Testing

@testable import Publication

struct MarkupTests {
  private func rendered(_ markup: Markup) -> String { String(decoding: markup.rendered(), as: UTF8.self) }

  @Test func `text cannot become markup`() {
    let text = "<script>alert(\"x\")</script> & 'été'"
    #expect(
      rendered(H.p(text: text))
        == "<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;été&#39;</p>")
  }

  @Test func `the value of an attribute cannot leave its quotes`() {
    #expect(
      rendered(H.a(.href("\" onclick='x' <"), text: "a"))
        == "<a href=\"&quot; onclick=&#39;x&#39; &lt;\">a</a>")
  }

  @Test func `control characters are dropped, tabs and line ends kept`() {
    #expect(rendered(H.code(text: "a\u{0}b\u{1B}c\u{7F}\td\ne\r")) == "<code>abc\td\ne</code>")
  }

  @Test func `void elements have no end and blocks a line each`() {
    let page = H.div {
      H.p { H.strong(text: "a") }
      H.meta(Attribute("charset", "utf-8"))
      H.p(text: "b")
    }
    #expect(
      rendered(page) == "<div>\n<p><strong>a</strong></p>\n<meta charset=\"utf-8\">\n<p>b</p></div>")
  }

  @Test func `nothing is empty and text is not`() {
    #expect(Markup.none.isEmpty)
    #expect(Markup.group([.text(""), .none]).isEmpty)
    #expect(!H.p().isEmpty)
    #expect(!Markup.text("a").isEmpty)
  }
}
