internal import Impact

/// The page above the releases: leads to the current one, in the reader's language.
///
/// It holds its own few rules of style, because it outlives the releases it points to.
struct EntryPage {
  let folder: String
  let release: Release
  let isSample: Bool

  var markup: Markup {
    .group([
      .raw("<!DOCTYPE html>"),
      H.html(.lang("fr")) {
        head
        H.body {
          if isSample { notice }
          H.main {
            H.h1 {
              "Impact des JVS "
              H.span(.lang("en"), text: "JVS impact")
            }
            entry(.french)
            entry(.english)
          }
        }
      },
      .raw("\n"),
    ])
  }

  private var head: Markup {
    H.head {
      H.meta(Attribute("charset", "utf-8"))
      H.meta(
        Attribute("http-equiv", "Content-Security-Policy"),
        Attribute(
          "content",
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'")
      )
      H.meta(Attribute("http-equiv", "refresh"), Attribute("content", "0; url=" + target(.french)))
      H.meta(Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
      H.meta(Attribute("name", "color-scheme"), Attribute("content", "light dark"))
      H.title(text: "Impact des JVS – livraison \(release.id)")
      H.link(Attribute("rel", "icon"), .href("data:,"))
      H.style(content: [.raw(EntryPage.style)])
    }
  }

  private var notice: Markup {
    H.header {
      H.p {
        H.strong(text: "Données d’exemple")
        " / "
        H.strong(.lang("en"), text: "Sample data")
      }
    }
  }

  private func entry(_ language: Language) -> Markup {
    let numbers = Numbers(language: language)
    let cut = numbers.day(release.cut)
    let quarter = numbers.quarter(release.quarter)
    let isFrench = language == .french
    return H.section(.lang(language.rawValue)) {
      H.p(
        text: isFrench
          ? "\(quarter), livraison \(release.id), données arrêtées au \(cut)."
          : "\(quarter), release \(release.id), data cut on \(cut).")
      H.p {
        H.a(
          .href(target(language)), Attribute("hreflang", language.rawValue),
          text: isFrench ? "Lire les résultats en français" : "Read the results in English")
      }
    }
  }

  private func target(_ language: Language) -> String {
    "releases/\(folder)/\(language.rawValue)/index.html"
  }

  private static let style: StaticString = """
    :root{color-scheme:light dark;--paper:#fcfbf8;--wash:#f3f1eb;--ink:#18212b;--soft:#4d5966;--rule:#d6d2c7;\
    --link:#0e4f8a}
    @media (prefers-color-scheme:dark){:root{--paper:#14181d;--wash:#1c2229;--ink:#ebe8e1;--soft:#b0b8c0;\
    --rule:#39414a;--link:#93c3ef}}
    body{margin:0;border-top:4px solid var(--ink);background:var(--paper);color:var(--ink);\
    font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
    header{background:var(--wash);border-bottom:1px solid var(--rule);padding:.5rem clamp(1rem,3vw,2rem)}
    header p{margin:0;font-size:.875rem}
    main{max-width:40rem;padding:2rem clamp(1rem,3vw,2rem)}
    h1{margin:0 0 1.5rem;font-size:2rem;line-height:1.22;letter-spacing:-.015em}
    h1 span{display:block;color:var(--soft);font-size:1.3125rem;font-weight:400}
    section{border-top:1px solid var(--rule);padding:1rem 0}
    section p{margin:0}
    a{display:inline-block;padding:.3rem 0;color:var(--link);text-underline-offset:.16em}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}

    """
}
