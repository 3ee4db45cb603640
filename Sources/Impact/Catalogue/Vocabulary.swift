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
    /// What a row of it is to another, and so whether chance is told by counting rows.
    public var rows: Rows
    /// Its fields by name.
    public var fields: [Field]
    /// Which rows it has and how each is made; `nil` when they are those of one file as they were sent.
    public var definition: Localized?
    /// The files its rows are made from, the one that makes a row first.
    public var files: [String]
    /// The files without which no row says nothing: it means that none happened once all of them have been sent.
    public var toldIn: [String]
    /// Rows of other entities that go into one of its own.
    public var inputs: [Input]
    /// By field that tells things apart, such as `participant`, the fields that have one value for each of them.
    public var fixed: [String: [String]]
    /// The fields by which people are told apart when their rates are compared, the most telling first; none where rates
    /// are not compared.
    public var comparedBy: [String]

    /// An entity with its fields; what tells of its rows is the first of its files, unless said otherwise.
    public init(
      name: String, label: Localized, date: String, until: String?, rows: Rows = .linked, fields: [Field],
      definition: Localized? = nil, files: [String] = [], toldIn: [String]? = nil, inputs: [Input] = [],
      fixed: [String: [String]] = [:], comparedBy: [String] = []
    ) {
      self.name = name
      self.label = label
      self.date = date
      self.until = until
      self.rows = rows
      self.fields = fields
      self.definition = definition
      self.files = files
      self.toldIn = toldIn ?? Array(files.prefix(1))
      self.inputs = inputs
      self.fixed = fixed
      self.comparedBy = comparedBy
    }

    /// The field of that name.
    public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// The conditions of which any row that meets all makes a term unknown: the row would count, or not, by the answer to a
    /// question that cannot be left open, and the answer is not known.
    ///
    /// - Parameter term: a term over the entity.
    /// - Returns: a list for each such question that the term asks.
    public func opening(_ term: Term) -> [[Condition]] {
      let closed = Set(term.conditions.map(\.field).filter { field($0)?.isAnswerRequired ?? false })
      return closed.sorted().map { name in
        [Condition(name, .known(false))] + term.conditions.filter { !closed.contains($0.field) }
      }
    }
  }

  /// What the rows of an entity are to each other.
  ///
  /// The laws behind Wilson's and Byar's intervals hold for what befalls people independently; of twelve months of three
  /// people they would make thirty-six independent things.
  public enum Rows: String, Hashable, Sendable, CaseIterable {
    /// Events of one kind that happen to people independently, as a rule one a person in a year: their number varies as a
    /// Poisson count does, a share of them as a binomial one.
    case events
    /// One row a person at one date or one horizon: their number is a full count, a share of them varies as a binomial one.
    case people
    /// Several rows of one person, structure or partner: how much they vary by chance cannot be had from their number.
    case linked
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
    /// Whether a row whose answer is not known makes unknown what is counted by it, instead of being left out: a total of
    /// the others would pass for the whole.
    public var isAnswerRequired = false

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
        && left.isAnswerRequired == right.isAnswerRequired
        && left.definition == right.definition && left.tables == right.tables && left.reasons == right.reasons
        && left.values.elementsEqual(right.values) { $0.code == $1.code && $0.label == $1.label }
    }
    /// Hashes the name and the kind.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(kind)
    }
  }

  /// What an unknown answer does to a total that asks for it, where it is not just left out: written `unknown:` of a field.
  public enum Unknown: String, Hashable, Sendable, CaseIterable {
    /// The total is unknown.
    case notCollected = "not-collected"
  }

  /// The entities in the order of `facts.yaml`.
  public var entities: [Entity]

  /// The words of these entities.
  public init(entities: [Entity]) { self.entities = entities }

  /// The entity of that name.
  public func entity(_ name: String) -> Entity? { entities.first { $0.name == name } }
}
