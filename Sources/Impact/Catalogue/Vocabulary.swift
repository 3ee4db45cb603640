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

    /// An entity with its fields.
    public init(
      name: String, label: Localized, date: String, until: String?, rows: Rows = .linked, fields: [Field]
    ) {
      self.name = name
      self.label = label
      self.date = date
      self.until = until
      self.rows = rows
      self.fields = fields
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

    /// A field with its values.
    public init(name: String, kind: Kind, label: Localized, values: [(code: String, label: Localized)] = []) {
      self.name = name
      self.kind = kind
      self.label = label
      self.values = values
    }

    /// Fields with the same name, kind, label and values are the same.
    public static func == (left: Field, right: Field) -> Bool {
      left.name == right.name && left.kind == right.kind && left.label == right.label
        && left.isAnswerRequired == right.isAnswerRequired
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
