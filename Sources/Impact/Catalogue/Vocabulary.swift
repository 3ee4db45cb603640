/// The words a definition may use: entities, their fields, and the date each row is counted at.
public struct Vocabulary: Hashable, Sendable {
  /// One kind of fact as indicators see it.
  public struct Entity: Hashable, Sendable {
    /// Its name, which is also the name of its view in the `measure` schema.
    public var name: String
    /// The name shown to readers.
    public var label: Localized
    /// The date field a row is counted at.
    public var date: String
    /// For entities that last: the field of the last day, `nil` when still running.
    public var until: String?
    /// Its fields by name.
    public var fields: [Field]
    /// Which rows it has and how each is made; `nil` when they are those of one file as they were sent.
    public var definition: Localized?
    /// The files its rows are made from, the one that makes a row first.
    public var files: [String]
    /// Rows of other entities that go into one of its own.
    public var inputs: [Input]
    /// By field that tells things apart, such as `participant`, the fields that have one value for each of them.
    public var fixed: [String: [String]]

    /// An entity with its fields.
    public init(
      name: String, label: Localized, date: String, until: String?, fields: [Field],
      definition: Localized? = nil, files: [String] = [], inputs: [Input] = [],
      fixed: [String: [String]] = [:]
    ) {
      self.name = name
      self.label = label
      self.date = date
      self.until = until
      self.fields = fields
      self.definition = definition
      self.files = files
      self.inputs = inputs
      self.fixed = fixed
    }

    /// The field of that name.
    public func field(_ name: String) -> Field? { fields.first { $0.name == name } }
  }

  /// Rows of another entity that go into a row of this one.
  public struct Input: Hashable, Sendable {
    /// Which of them by their date, seen from the date of the row.
    public enum Span: String, Hashable, Sendable, CaseIterable {
      /// Whatever their date.
      case always
      /// Those of the same day; months and quarters are dated by their first.
      case day
      /// Those of the same quarter.
      case quarter
      /// Those of the same calendar year.
      case year
      /// Those of the same calendar year, up to the row's date.
      case yearToDate = "year-to-date"
    }

    /// The other entity.
    public var entity: String
    /// Its fields, and the field of this entity each must equal.
    public var match: [String: String]
    /// Which of them by their date.
    public var span: Span
    /// The fields of this entity they decide; all when empty.
    public var decides: [String]

    /// Rows of another entity that go into a row of this one.
    public init(entity: String, match: [String: String], span: Span, decides: [String] = []) {
      self.entity = entity
      self.match = match
      self.span = span
      self.decides = decides
    }
  }

  /// A reference table a field is computed with.
  public struct Table: Hashable, Sendable {
    /// Its name: `reference/<name>.csv`.
    public var name: String
    /// The rows used, by the value of a column; all when empty.
    public var only: [String: String]

    /// A table, or some rows of it.
    public init(name: String, only: [String: String] = [:]) {
      self.name = name
      self.only = only
    }
  }

  /// Why a yes-or-no field is not yes.
  public struct Reason: Hashable, Sendable {
    /// What holds then.
    public var conditions: [Condition]
    /// The reason in words.
    public var label: Localized

    /// A reason with what holds then.
    public init(conditions: [Condition], label: Localized) {
      self.conditions = conditions
      self.label = label
    }
  }

  /// One property of an entity.
  public struct Field: Hashable, Sendable {
    /// The type of a field's values.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// One of a closed list of codes.
      case category
      /// An open code, such as a partner's or a pathway's.
      case code
      /// Yes, no or unknown.
      case boolean
      /// A number.
      case number
      /// A day.
      case date
    }
    /// Its name, a column of the entity's view.
    public var name: String
    /// The type of its values.
    public var kind: Kind
    /// The allowed values of a category with their labels, in order.
    public var values: [(code: String, label: Localized)]
    /// The name shown to readers.
    public var label: Localized

    /// How it is computed; `nil` when it is a column of a file as it was sent.
    public var definition: Localized?
    /// The reference tables it is computed with.
    public var tables: [Table]
    /// For a yes-or-no field, why it is not yes: of a row the first that holds.
    public var reasons: [Reason]

    /// A field with its values.
    public init(
      name: String, kind: Kind, label: Localized, values: [(code: String, label: Localized)] = [],
      definition: Localized? = nil, tables: [Table] = [], reasons: [Reason] = []
    ) {
      self.name = name
      self.kind = kind
      self.label = label
      self.values = values
      self.definition = definition
      self.tables = tables
      self.reasons = reasons
    }

    /// Fields with the same name, kind, label, definition and values are the same.
    public static func == (left: Field, right: Field) -> Bool {
      left.name == right.name && left.kind == right.kind && left.label == right.label
        && left.definition == right.definition && left.tables == right.tables && left.reasons == right.reasons
        && left.values.elementsEqual(right.values) { $0.code == $1.code && $0.label == $1.label }
    }
    /// Hashes the name and the kind.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(kind)
    }
  }

  /// The entities in the order of `facts.yaml`.
  public var entities: [Entity]

  /// The words of these entities.
  public init(entities: [Entity]) { self.entities = entities }

  /// The entity of that name.
  public func entity(_ name: String) -> Entity? { entities.first { $0.name == name } }
}
