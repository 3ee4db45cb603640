/// The shape of one import file and of the table that keeps it: a Table Schema (Frictionless) read from
/// `Indicators/schemas/<name>.json`.
public struct FactSchema: Hashable, Sendable {
  /// The type of a field's values.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Text.
    case string
    /// A whole number.
    case integer
    /// A decimal number, kept exactly.
    case number
    /// Yes or no.
    case boolean
    /// A day.
    case date
    /// A month; kept as its first day.
    case yearmonth
  }

  /// One column.
  public struct Field: Hashable, Sendable {
    /// The column's name in the file and in the table.
    public var name: String
    /// The type of its values.
    public var kind: Kind
    /// What it means.
    public var title: Localized
    /// Whether a row must have it.
    public var isRequired: Bool
    /// The allowed codes; empty means any.
    public var allowed: [String]
    /// Least value of a number or first day of a date, as text.
    public var minimum: String?
    /// Greatest value of a number or last day of a date, as text.
    public var maximum: String?
    /// A regular expression the whole text must match.
    public var pattern: String?
    /// Longest text, in characters.
    public var maximumLength: Int?

    /// A column with its constraints.
    public init(
      name: String, kind: Kind, title: Localized, isRequired: Bool = false, allowed: [String] = [],
      minimum: String? = nil, maximum: String? = nil, pattern: String? = nil, maximumLength: Int? = nil
    ) {
      self.name = name
      self.kind = kind
      self.title = title
      self.isRequired = isRequired
      self.allowed = allowed
      self.minimum = minimum
      self.maximum = maximum
      self.pattern = pattern
      self.maximumLength = maximumLength
    }

    /// Whether anything may be written in it: text with neither a list of values nor a pattern, and not the
    /// name of an organisation.
    public var isFreeText: Bool {
      kind == .string && allowed.isEmpty && pattern == nil && !Sensitivity.organisationFields.contains(name)
    }
  }

  /// Fields whose values must exist as the key of another entity of the same cooperation.
  public struct Reference: Hashable, Sendable {
    /// The fields of this entity.
    public var fields: [String]
    /// The entity they point to.
    public var entity: String
    /// The fields there, in the same order.
    public var targetFields: [String]

    /// A reference between entities.
    public init(fields: [String], entity: String, targetFields: [String]) {
      self.fields = fields
      self.entity = entity
      self.targetFields = targetFields
    }
  }

  /// Where a table lives.
  public enum Scope: String, Hashable, Sendable {
    /// A cooperation's facts: the schema `fact`, keyed by cooperation.
    case cooperation
    /// Parameters shared by all: the schema `reference`.
    case reference
    /// Who people are: the schema `identity`, reached by `jvs person` alone.
    case identity
  }

  /// The entity's name: `monthly_activity`; also the file's and the table's.
  public var name: String
  /// What a row is.
  public var title: Localized
  /// Where the table lives.
  public var scope: Scope
  /// The columns in order.
  public var fields: [Field]
  /// The fields that tell one row from another (within a cooperation).
  public var key: [String]
  /// What the row points to.
  public var references: [Reference]

  /// A schema with all its parts.
  public init(
    name: String, title: Localized, scope: Scope, fields: [Field], key: [String], references: [Reference]
  ) {
    self.name = name
    self.title = title
    self.scope = scope
    self.fields = fields
    self.key = key
    self.references = references
  }

  /// The field of that name.
  public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  /// Whether its rows are about one participant each.
  public var isAboutParticipants: Bool {
    scope == .cooperation && (field("participant") != nil || field("pathway") != nil)
  }

  /// The fields anything may be written in, but for those of the key.
  public var freeText: [Field] { fields.filter { $0.isFreeText && !key.contains($0.name) } }
}
