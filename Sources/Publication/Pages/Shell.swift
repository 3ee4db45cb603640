internal import Impact

/// What stands around the matter of every page.
struct Shell {
  /// The rooms of the site, as the navigation names them.
  enum Room { case portfolio, cooperations, indicators, method }

  let reader: Reader
  let room: Room
  let title: String
  let description: String
  /// The way here after the home page: names with their links, the last without.
  var trail: [(name: String, link: String?)] = []
  /// What a printed page says at its head.
  var runningTitle: String

  /// The whole page.
  func page(_ content: [Markup]) -> [UInt8] {
    let release = reader.edition.release
    let sample = reader.say("données d’exemple", "sample data")
    let properties =
      "--run-left:'\(quoted(runningTitle))';--run-right:'\(release.id)\(reader.edition.isSample ? " – \(sample)" : "")';"
      + "--run-foot:'\(quoted(reader.say("Données arrêtées au ", "Data cut on ") + reader.numbers.day(release.cut)))'"
    let page = H.html(.lang(reader.language.rawValue), .style(properties)) {
      H.head {
        H.meta(Attribute("charset", "utf-8"))
        H.meta(Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
        H.meta(
          Attribute("http-equiv", "Content-Security-Policy"),
          Attribute(
            "content",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
          ))
        H.meta(Attribute("name", "referrer"), Attribute("content", "no-referrer"))
        H.title(text: title)
        H.meta(Attribute("name", "description"), Attribute("content", description))
        H.meta(Attribute("name", "color-scheme"), Attribute("content", "light dark"))
        H.link(Attribute("rel", "icon"), .href("data:,"))
        H.link(
          Attribute("rel", "alternate"), Attribute("hreflang", reader.language == .french ? "en" : "fr"),
          .href(reader.otherLanguage))
        H.style { Markup.styleSheet }
      }
      H.body {
        H.a(.class("skip"), .href("#contenu"), text: reader.say("Aller au contenu", "Skip to content"))
        Shell.symbols
        header
        breadcrumb
        H.main(.id("contenu"), Attribute("tabindex", "-1")) { H.div(.class("wrap"), content: content) }
        footer
      }
    }
    var bytes = Array("<!DOCTYPE html>\n".utf8)
    bytes += page.rendered()
    bytes.append(0x0A)
    return bytes
  }

  private func quoted(_ text: String) -> String { text.filter { $0 != "'" && $0 != "\\" && $0 != "\n" } }

  private var header: Markup {
    let rooms: [(Room, String, String)] = [
      (.portfolio, reader.say("Portefeuille", "Portfolio"), "index.html"),
      (.cooperations, reader.say("Coopérations", "Cooperations"), "index.html#s1"),
      (.indicators, reader.say("Indicateurs", "Indicators"), "indicators/index.html"),
      (.method, reader.say("Méthode", "Method"), "method.html"),
    ]
    return H.header(.class("top")) {
      H.div(.class("wrap")) {
        H.a(
          .class("home"), .href(reader.page("index.html")), text: reader.say("Impact des JVS", "JVS impact"))
        H.nav(.label(reader.say("Navigation principale", "Main navigation"))) {
          H.ul {
            for (room, name, target) in rooms {
              H.li {
                H.a(
                  .href(reader.page(target)), room == self.room ? Attribute("aria-current", "true") : nil,
                  text: name)
              }
            }
          }
        }
        H.a(
          .class("lang"), .href(reader.otherLanguage),
          Attribute("hreflang", reader.language == .french ? "en" : "fr"),
          .lang(reader.language == .french ? "en" : "fr"),
          text: reader.language == .french ? "English" : "Français")
      }
      if reader.edition.isSample {
        H.div(.class("notice")) {
          H.div(.class("wrap")) {
            H.p {
              H.strong(text: reader.say("Données d’exemple.", "Sample data."))
              reader.say(
                " Les organisations existent ; les personnes, les heures, les sorties et l’argent sont inventés.",
                " The organisations exist; people, hours, exits and money are invented.")
            }
          }
        }
      }
    }
  }

  private var breadcrumb: Markup {
    guard !trail.isEmpty else { return .none }
    return H.div(.class("wrap")) {
      H.nav(.class("crumb"), .label(reader.say("Fil d’Ariane", "Breadcrumb"))) {
        H.ol {
          H.li { H.a(.href(reader.page("index.html")), text: reader.say("Portefeuille", "Portfolio")) }
          for step in trail {
            H.li {
              if let link = step.link {
                H.a(.href(reader.page(link)), text: step.name)
              } else {
                H.span(Attribute("aria-current", "page"), text: step.name)
              }
            }
          }
        }
      }
    }
  }

  private var footer: Markup {
    let edition = reader.edition
    let release = edition.release
    return H.footer(.class("foot")) {
      H.div(.class("wrap")) {
        if edition.isSample {
          H.p {
            H.strong(text: reader.say("Données d’exemple.", "Sample data."))
            reader.say(
              " Chiffres fictifs, sans rapport avec les résultats réels des organisations nommées.",
              " Invented figures, unrelated to the real results of the organisations named.")
          }
        }
        H.p(
          text: reader.say(
            "Livraison \(release.id), édition « \(edition.audience.label.french) », données arrêtées au \(reader.numbers.day(release.cut)), lot \(release.batch), catalogue \(release.catalogueVersion) (\(release.catalogueDigest.prefix(12))), jvs \(release.softwareVersion).",
            "Release \(release.id), “\(edition.audience.label.english)” edition, data cut on \(reader.numbers.day(release.cut)), batch \(release.batch), catalogue \(release.catalogueVersion) (\(release.catalogueDigest.prefix(12))), jvs \(release.softwareVersion)."
          ))
        if let digest = release.digest {
          H.p {
            reader.say("Empreinte de la livraison : ", "Digest of the release: ")
            H.code(text: digest)
            "."
          }
        }
        H.p(
          text: reader.say(
            "Prochaine livraison attendue avant le \(reader.numbers.day(release.nextDue)) ; passé ce jour, cette page est en retard.",
            "Next release expected before \(reader.numbers.day(release.nextDue)); after that day this page is late."
          ))
        H.ul {
          H.li {
            H.a(
              .href(reader.data("figures.csv")),
              text: reader.say("Tous les chiffres (CSV)", "All figures (CSV)"))
          }
          H.li {
            H.a(
              .href(reader.data("../manifest.json")),
              text: reader.say("Empreintes des fichiers (JSON)", "File digests (JSON)"))
          }
          H.li {
            H.a(
              .href(reader.page("method.html#verifier")),
              text: reader.say("Vérifier cette livraison", "Check this release"))
          }
        }
      }
    }
  }

  /// Patterns and status shapes, defined once a page.
  private static let symbols = S.svg(
    .class("defs"), .hidden, Attribute("focusable", "false"), Attribute("width", "0"),
    Attribute("height", "0")
  ) {
    S.defs {
      S.pattern(
        .id("hatch"), Attribute("width", "6"), Attribute("height", "6"),
        Attribute("patternUnits", "userSpaceOnUse"),
        Attribute("patternTransform", "rotate(45)")
      ) { S.path(.class("hl"), Attribute("d", "M0 0V6")) }
      S.pattern(
        .id("dots"), Attribute("width", "6"), Attribute("height", "6"),
        Attribute("patternUnits", "userSpaceOnUse")
      ) {
        S.rect(.class("db"), Attribute("width", "6"), Attribute("height", "6"))
        S.circle(.class("dt"), Attribute("cx", "1.5"), Attribute("cy", "1.5"), Attribute("r", "1"))
        S.circle(.class("dt"), Attribute("cx", "4.5"), Attribute("cy", "4.5"), Attribute("r", "1"))
      }
      S.polygon(.id("t-up"), Attribute("points", "0,-5.6 5.4,3.4 -5.4,3.4"))
      S.polygon(.id("t-down"), Attribute("points", "0,5.6 5.4,-3.4 -5.4,-3.4"))
      for (name, shape) in [
        ("i-down", filled("M.4 1.6h11.2L6 11.4z")), ("i-up", filled("M.4 10.4h11.2L6 .6z")),
        ("i-dot", filled("M6 1.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8z")),
        ("i-few", stroked("M6 1.2 10.8 6 6 10.8 1.2 6z", 1.7)),
        ("i-yes", stroked("M1 6.6 4.5 10.2 11 2", 2.1)),
        ("i-no", stroked("M1.6 1.6l8.8 8.8M10.4 1.6l-8.8 8.8", 2.1)),
        ("i-maybe", stroked("M.8 7.4C2.4 3.6 4.4 4 6 6s3.6 2.4 5.2-1.4", 2.1)),
      ] {
        S.symbol(.id(name), Attribute("viewBox", "0 0 12 12")) { shape }
      }
    }
  }

  private static func filled(_ path: String) -> Markup {
    S.path(Attribute("fill", "currentColor"), Attribute("d", path))
  }

  private static func stroked(_ path: String, _ width: Double) -> Markup {
    S.path(
      Attribute("fill", "none"), Attribute("stroke", "currentColor"), Attribute("stroke-width", "\(width)"),
      Attribute("d", path))
  }
}
