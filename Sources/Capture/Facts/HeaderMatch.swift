internal import Impact

/// Which field of a schema each column of a file is.
///
/// A column is a field when it bears its name, or its title in French or English as templates show it;
/// case, accents, spaces and punctuation do not matter in a title.
struct HeaderMatch {
  /// For each column the index of its field, `nil` where there is none.
  let fields: [Int?]

  /// - Throws: ``CaptureError`` when two columns are the same field.
  init(_ header: [String], _ schema: FactSchema, file: String, line: Int) throws {
    let names = schema.fields.map(\.name)
    var titles: [String: Int?] = [:]
    for (index, field) in schema.fields.enumerated() {
      for title in Set([field.title.french, field.title.english].map(NearestName.folded)) {
        // A title of two fields tells nothing.
        titles[title] = titles.keys.contains(title) ? .some(nil) : index
      }
    }
    fields = header.map { name in
      // A column for remarks is no field, whatever the rest of its name says.
      if FactFile.isRemark(column: name) { return nil }
      return names.firstIndex(of: name.lowercased()) ?? titles[NearestName.folded(name)] ?? nil
    }
    var columns: [Int: Int] = [:]
    for (column, field) in fields.enumerated() {
      guard let field else { continue }
      if let first = columns.updateValue(column, forKey: field) {
        throw CaptureError(
          file, line: line, column: column + 1, field: header[column], code: "header",
          "the columns \"\(header[first])\" and \"\(header[column])\" (\(first + 1) and \(column + 1)) are both \"\(names[field])\"; keep one"
        )
      }
    }
  }
}
