public import Impact

/// The files a partner fills in: a template as CSV and as a workbook.
///
/// Both import as they are: their first row is the names of the fields.
public struct TemplateFiles {
  private let template: FactTemplate

  /// The files of a template.
  public init(_ template: FactTemplate) { self.template = template }

  /// The header row, as a French Excel opens it by a double click.
  public var csv: Site.File {
    let header = CSV(template.columns.map(\.field.name), rows: [])
    return Site.File(path: template.name + ".csv", bytes: header.rendered(.excelFrench))
  }

  /// The sheet to fill in, with lists and checks, and a sheet that explains it.
  ///
  /// - Throws: an error that says what the library could not do.
  public func workbook() throws -> Site.File {
    Site.File(path: template.name + ".xlsx", bytes: try TemplateWorkbook(template).bytes())
  }
}
