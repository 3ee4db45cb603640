public import Impact

extension SchemaSet {
  /// The shapes of the files partners send, in the order of their import.
  public var partnerSchemas: [FactSchema] { schemas.filter { $0.scope == .cooperation } }

  /// The partners' entity a person means: by its name, its plural or its title in either language.
  public func schema(meantBy text: String) -> FactSchema? {
    let wanted = SchemaSet.folded(text)
    let forms = [wanted] + SchemaSet.singulars(of: wanted)
    return partnerSchemas.first { forms.contains($0.name) }
      ?? partnerSchemas.first { schema in
        [schema.title.french, schema.title.english].map(SchemaSet.folded).contains { forms.contains($0) }
      }
  }

  /// The partners' entity whose name is nearest to a misspelt one, when any is near.
  public func schema(nearestTo text: String) -> FactSchema? {
    let wanted = SchemaSet.folded(text)
    let names = partnerSchemas.map(\.name)
    let near =
      NearestName.nearest(to: wanted, among: names)
      ?? SchemaSet.singulars(of: wanted).lazy.compactMap { NearestName.nearest(to: $0, among: names) }.first
    return near.flatMap(schema(named:))
  }

  private static func folded(_ text: String) -> String {
    String(text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }

  private static func singulars(of name: String) -> [String] {
    guard name.hasSuffix("s") else { return [] }
    return [String(name.dropLast())] + (name.hasSuffix("ies") ? [String(name.dropLast(3)) + "y"] : [])
  }
}
