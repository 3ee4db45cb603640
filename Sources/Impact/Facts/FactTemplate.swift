/// What a partner fills in for an entity: its columns explained, their codes with what they mean.
///
///     let template = FactTemplate(of: schema, vocabulary: catalogue.vocabulary)
///     template.columns[2].codes  // capital: Capital, grant: Subvention…
public struct FactTemplate: Hashable, Sendable {
  /// One allowed value.
  public struct Code: Hashable, Sendable {
    /// As it is written in a file: `oui` for yes.
    public var text: String
    /// What it means; `nil` where no definition says it.
    public var meaning: Localized?
  }

  /// One column.
  public struct Column: Hashable, Sendable {
    /// Its name, type and constraints.
    public var field: FactSchema.Field
    /// Whether it is part of what tells one row from another.
    public var isKey: Bool
    /// The entity its values must be known of, if any.
    public var reference: String?
    /// The allowed values in order; empty when any value will do.
    public var codes: [Code]
  }

  /// The entity's name, which is also that of the file and of the sheet.
  public var name: String
  /// What a row is.
  public var title: Localized
  /// Whether each cooperation sends it, and so says with an empty one that there is nothing to say.
  public var isOfCooperation: Bool
  /// The columns in the order of the file.
  public var columns: [Column]

  /// The template of a schema.
  ///
  /// - Parameters:
  ///   - schema: the shape of the file.
  ///   - vocabulary: the words of the definitions, which say what codes mean.
  public init(of schema: FactSchema, vocabulary: Vocabulary) {
    name = schema.name
    title = schema.title
    isOfCooperation = schema.scope == .cooperation
    columns = schema.fields.map { field in
      Column(
        field: field, isKey: schema.key.contains(field.name),
        reference: schema.references.first { $0.fields.contains(field.name) }?.entity,
        codes: FactTemplate.codes(of: field, in: schema, vocabulary))
    }
  }

  /// The columns that tell one row from another.
  public var key: [String] { columns.filter(\.isKey).map(\.field.name) }

  /// What may never stand in a file, for every entity.
  public static let privacy = Localized(
    fr:
      "Jamais de nom, de numéro de sécurité sociale (NIR), d’adresse électronique, de téléphone ni d’adresse : "
      + "les personnes ne sont connues ici que par le code de leur employeur. Une ligne qui en contient est refusée.",
    en:
      "Never a name, a social security number (NIR), an e-mail address, a telephone number or an address: people "
      + "are known here by their employer's code only. A row that holds one is refused.")

  private static func codes(
    of field: FactSchema.Field, in schema: FactSchema, _ vocabulary: Vocabulary
  ) -> [Code] {
    if field.kind == .boolean {
      return [
        Code(text: "oui", meaning: Localized(fr: "oui", en: "yes")),
        Code(text: "non", meaning: Localized(fr: "non", en: "no")),
      ]
    }
    // Of the definitions' fields of that name, the one that has most of these codes.
    let candidates = vocabulary.entities.flatMap(\.fields).filter { $0.name == field.name }
    func shared(_ other: Vocabulary.Field) -> Int { other.values.count { field.allowed.contains($0.code) } }
    let best = candidates.reduce(nil as Vocabulary.Field?) { best, candidate in
      shared(candidate) > best.map(shared) ?? 0 ? candidate : best
    }
    // What is refused of a person is not offered, either.
    let offered = field.allowed.filter {
      !schema.isAboutParticipants || !Sensitivity.personalCodes.contains($0.uppercased())
    }
    return offered.map { code in
      Code(text: code, meaning: best?.values.first { $0.code == code }?.label)
    }
  }
}
