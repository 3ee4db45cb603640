public import Impact

/// A person's file as a page they can read and print, in French.
///
/// It is given to that person and to nobody else; nothing else of Publication ever sees an identity.
public struct PersonPage {
  /// What is shown.
  public let file: PersonFile

  /// The page of a person's file.
  public init(_ file: PersonFile) { self.file = file }

  /// The bytes of the page, UTF-8.
  public var page: [UInt8] {
    Markup.group([
      .raw("<!DOCTYPE html>"),
      H.html(.lang("fr")) {
        H.head {
          H.meta(Attribute("charset", "utf-8"))
          H.meta(
            Attribute("http-equiv", "Content-Security-Policy"),
            Attribute("content", "default-src 'none'; style-src 'unsafe-inline'"))
          H.meta(Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
          H.title(text: "Mes données – \(file.participant)")
          H.style(content: [.raw(PersonPage.style)])
        }
        H.body {
          H.main(content: [head] + identities + sections + [releases, rights])
        }
      },
      .raw("\n"),
    ]).rendered()
  }

  private static let style: StaticString = """
    body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}\
    table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:.85rem}\
    th,td{border:1px solid #999;padding:.25rem .4rem;text-align:left;vertical-align:top}\
    caption{text-align:left;font-weight:bold;padding:.25rem 0}dt{font-weight:bold}
    """

  private var head: Markup {
    .group([
      H.h1(text: "Les données conservées à votre sujet"),
      H.p(
        text:
          "Document établi le \(day(file.day.description)) en réponse à une demande d’accès (article 15 du RGPD), "
          + "pour la personne connue sous le code « \(file.participant) » de la coopération « \(file.cooperation) »."
      ),
    ])
  }

  private var identities: [Markup] {
    guard !file.identities.isEmpty else {
      return [
        H.h2(text: "Identité"),
        H.p(
          text: "Aucune identité n’est conservée : les données ci-dessous ne sont connues que par un code."),
      ]
    }
    return [H.h2(text: "Identité")]
      + file.identities.map { kept in
        var rows = [
          ("Coopération", kept.cooperation), ("Code", kept.identity.participant),
          ("Nom de naissance", kept.identity.lastName), ("Prénoms", kept.identity.firstNames),
          ("Date de naissance", day(kept.identity.birthDate.description)),
          ("Contact", kept.identity.contact ?? "non renseigné"),
          ("Numéro de PASS IAE", kept.identity.passIAENumber ?? "non renseigné"),
          ("Enregistrée le", day(kept.registeredOn)),
        ]
        if let until = kept.heldUntil {
          rows.append(("Conservation obligatoire jusqu’au", "\(day(until)) (\(kept.heldBecause ?? ""))"))
        }
        return H.dl(
          content: rows.map { name, value in .group([H.dt(text: name), H.dd(content: [H.bdi(text: value)])]) }
        )
      }
  }

  private var sections: [Markup] {
    [
      H.h2(text: "Faits"),
      H.p(
        text:
          "Chaque ligne est une version d’un fait. Une ligne remplacée a été corrigée ou retirée à la date indiquée."
      ),
    ]
      + file.sections.map { section in
        H.table {
          H.caption(
            text: "\(section.schema.title[.french]) – \(section.cooperation), code \(section.participant)")
          H.thead {
            H.tr(
              content: (section.schema.fields.map { $0.title[.french] } + [
                "Reçu le", "Remplacé le", "Fichier",
              ]).map {
                H.th(.scope("col"), text: $0)
              })
          }
          H.tbody(
            content: section.rows.map { row in
              let values = zip(row.values, section.schema.fields).map { value, field in
                value.map { field.kind == .date || field.kind == .yearmonth ? day($0) : word($0, field.kind) }
                  ?? ""
              }
              let cells =
                values + [
                  day(row.recordedOn), row.replacedOn.map(day) ?? "", "\(row.file), ligne \(row.line)",
                ]
              return H.tr(content: cells.map { cell in H.td(content: [H.bdi(text: cell)]) })
            })
        }
      }
  }

  private var releases: Markup {
    .group([
      H.h2(text: "Livraisons"),
      H.p(
        text: file.releases.isEmpty
          ? "Aucune livraison de chiffres n’a compté ces faits."
          : "Ces livraisons de chiffres ont compté ces faits parmi d’autres ; aucune ne nomme ni ne montre une personne."
      ),
      H.ul(
        content: file.releases.map { counted in
          H.li(
            text: "\(counted.release) : \(counted.facts) fait\(counted.facts > 1 ? "s" : "") parmi d’autres")
        }),
    ])
  }

  private var rights: Markup {
    .group([
      H.h2(text: "Vos droits"),
      H.p(
        text: "Les faits viennent des fichiers de votre employeur. L’identité est effacée "
          + "\(file.retentionMonths) mois après le dernier contact, sauf obligation légale de la garder. Vous pouvez demander "
          + "la rectification, l’effacement ou la limitation de ces données, ou vous opposer à leur traitement, auprès de "
          + "votre employeur ou du responsable de traitement, puis saisir la CNIL (cnil.fr)."),
    ])
  }

  /// `2026-10-16` as `16/10/2026`; anything else as it is.
  private func day(_ text: String) -> String {
    let parts = text.split(separator: "-")
    return parts.count == 3 ? "\(parts[2])/\(parts[1])/\(parts[0])" : text
  }

  private func word(_ text: String, _ kind: FactSchema.Kind) -> String {
    guard kind == .boolean else { return text }
    return text == "true" || text == "t" ? "oui" : "non"
  }
}
