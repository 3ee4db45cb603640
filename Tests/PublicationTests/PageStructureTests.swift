import Impact
import Testing

@testable import Publication

/// What must hold for every page, whatever it says.
struct PageStructureTests {
  private static let files = Site(SampleEdition.whole).files
  private static let pages = files.filter { $0.path.hasSuffix(".html") }

  /// Each page, read once.
  private static let read: [(path: String, page: PageReader)] =
    (try? pages.map { ($0.path, try PageReader($0.bytes)) }) ?? []

  @Test func `every page is well formed, with one main heading and no id twice`() throws {
    for page in Self.pages {
      let read = try PageReader(page.bytes)
      #expect(read.all("h1").count == 1, "\(page.path)")
      let ids = read.elements.compactMap { $0.attributes["id"] }
      let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys
      #expect(twice.isEmpty, "\(page.path): \(twice.sorted())")
      for name in ["header", "nav", "main", "footer"] {
        #expect(!read.all(name).isEmpty, "\(page.path) has no \(name)")
      }
    }
  }

  @Test func `every reference leads to an id of its page`() {
    for (path, read) in Self.read {
      let ids = Set(read.elements.compactMap { $0.attributes["id"] })
      for element in read.elements {
        for name in ["aria-labelledby", "aria-describedby"] {
          for id in element.attributes[name]?.split(separator: " ") ?? [] {
            #expect(ids.contains(String(id)), "\(path): <\(element.name) \(name)=\(id)>")
          }
        }
      }
    }
  }

  @Test func `every link leads to a file of the site, and to a place in it`() {
    let read = Dictionary(uniqueKeysWithValues: Self.read)
    let known = Set(Self.files.map(\.path)).union(["manifest.json"])
    for (path, page) in read {
      for element in page.all("a") + page.all("link") {
        guard let href = element.attributes["href"], href != "data:," else { continue }
        #expect(!href.contains("://") && !href.hasPrefix("/"), "\(path) leads out: \(href)")
        let parts = href.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
          String.init)
        let target = parts[0].isEmpty ? path : resolved(parts[0], from: path)
        #expect(known.contains(target), "\(path) leads nowhere: \(href)")
        if parts.count > 1, let there = read[target] {
          let ids = there.elements.compactMap { $0.attributes["id"] }
          #expect(ids.contains(parts[1]), "\(path) leads to no place: \(href)")
        }
      }
    }
  }

  private func resolved(_ link: String, from path: String) -> String {
    var folders = path.split(separator: "/").dropLast().map(String.init)
    for step in link.split(separator: "/") {
      if step == ".." { _ = folders.popLast() } else { folders.append(String(step)) }
    }
    return folders.joined(separator: "/")
  }

  @Test func `every chart has a title and every main chart a description with numbers`() {
    for (path, read) in Self.read {
      for drawing in read.all("svg") where drawing.attributes["role"] == "img" {
        #expect(drawing.attributes["aria-labelledby"] != nil, "\(path)")
      }
    }
    for page in Self.pages {
      let text = String(decoding: page.bytes, as: UTF8.self)
      for chart in text.split(separator: "<svg role=\"img\"").dropFirst() {
        let inside = chart.prefix(2000)
        #expect(inside.contains("<title") && inside.contains("<desc"), "\(page.path): \(inside.prefix(120))")
      }
    }
  }

  @Test func `no page asks for anything from anywhere`() throws {
    for page in Self.pages {
      let read = try PageReader(page.bytes)
      for name in ["script", "iframe", "img", "form", "object"] {
        #expect(read.all(name).isEmpty, "\(page.path) has a \(name)")
      }
      let text = String(decoding: page.bytes, as: UTF8.self)
      #expect(
        !text.contains("@import") && !text.contains("http:") && !text.contains("https:"), "\(page.path)")
      #expect(text.contains("default-src &#39;none&#39;"), "\(page.path)")
    }
  }

  @Test func `no word of the machine reaches a reader`() {
    for (path, read) in Self.read {
      let words = Set(read.text.split { !$0.isLetter && $0 != "-" })
      for word in ["NaN", "nil", "inf", "Optional", "not-collected", "no-denominator", "too-few", "Infinity"]
      {
        #expect(!words.contains(Substring(word)), "\(path) says \(word)")
      }
    }
  }

  @Test func `every page of samples says so, and no page of real data does`() {
    for (path, read) in Self.read {
      let banner = read.all("header").first.map(read.text) ?? ""
      #expect(banner.contains(path.hasPrefix("fr/") ? "Données d’exemple" : "Sample data"), "\(path)")
    }
    for page in Site(SampleEdition.real).files where page.path.hasSuffix(".html") {
      let text = String(decoding: page.bytes, as: UTF8.self)
      #expect(!text.contains("exemple.") && !text.contains("Sample data"), "\(page.path)")
    }
  }

  @Test func `both languages mirror each other`() {
    let french = Self.pages.filter { $0.path.hasPrefix("fr/") }.map { $0.path.dropFirst(3) }
    let english = Self.pages.filter { $0.path.hasPrefix("en/") }.map { $0.path.dropFirst(3) }
    #expect(french == english)
    for (path, read) in Self.read {
      let language = String(path.prefix(2))
      #expect(read.all("html").first?.attributes["lang"] == language)
      let other = read.all("a").first { $0.attributes["hreflang"] != nil }
      let mirror = (language == "fr" ? "en" : "fr") + path.dropFirst(2)
      #expect(other.flatMap { $0.attributes["href"] }.map { resolved($0, from: path) } == mirror)
    }
  }

  @Test func `a page speaks one language`() {
    for (path, read) in Self.read {
      let text = read.text
      let foreign =
        path.hasPrefix("fr/")
        ? [
          "Source:", "Target ", "usual variation", "Status", "not set", "provisional", "Download",
          "Cooperation",
        ]
        : ["Objectif", "habituel", "État", "non fixé", "provisoire", "Télécharger", "Coopération", "moyenne"]
      for word in foreign { #expect(!text.contains(word), "\(path) says “\(word)”") }
    }
  }

  @Test func `a page weighs at most 150 kB`() {
    for page in Self.pages { #expect(page.bytes.count <= 150_000, "\(page.path): \(page.bytes.count)") }
  }

  @Test func `the same edition gives the same bytes`() {
    #expect(Site(SampleEdition.whole).files == Self.files)
  }

  @Test func `an edition without cooperations is still a site`() throws {
    for page in Site(SampleEdition.empty).files where page.path.hasSuffix(".html") {
      _ = try PageReader(page.bytes)
    }
  }
}
