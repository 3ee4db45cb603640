/// Everything kept about one person, for that person (right of access, article 15 GDPR).
public struct PersonFile: Hashable, Sendable {
  /// One revision of one fact.
  public struct Row: Hashable, Sendable {
    /// The values in the order of the section's fields; `nil` where nothing is known.
    public var values: [String?]
    /// The day it was recorded.
    public var recordedOn: String
    /// The day it was corrected or withdrawn; `nil` while it stands.
    public var replacedOn: String?
    /// The file it came from.
    public var file: String
    /// The line there.
    public var line: Int

    /// A revision.
    public init(values: [String?], recordedOn: String, replacedOn: String?, file: String, line: Int) {
      self.values = values
      self.recordedOn = recordedOn
      self.replacedOn = replacedOn
      self.file = file
      self.line = line
    }
  }

  /// The facts of one kind.
  public struct Section: Hashable, Sendable {
    /// The cooperation.
    public var cooperation: String
    /// The person's code there.
    public var participant: String
    /// The entity and its fields.
    public var schema: FactSchema
    /// Every revision, in the order recorded.
    public var rows: [Row]

    /// The facts of one kind.
    public init(cooperation: String, participant: String, schema: FactSchema, rows: [Row]) {
      self.cooperation = cooperation
      self.participant = participant
      self.schema = schema
      self.rows = rows
    }
  }

  /// An identity as it is kept.
  public struct Identity: Hashable, Sendable {
    /// The cooperation that recorded it.
    public var cooperation: String
    /// Who it is.
    public var identity: PersonIdentity
    /// The day it was recorded.
    public var registeredOn: String
    /// The last day of a legal hold.
    public var heldUntil: String?
    /// Why it is held.
    public var heldBecause: String?

    /// An identity as it is kept.
    public init(
      cooperation: String, identity: PersonIdentity, registeredOn: String, heldUntil: String?,
      heldBecause: String?
    ) {
      self.cooperation = cooperation
      self.identity = identity
      self.registeredOn = registeredOn
      self.heldUntil = heldUntil
      self.heldBecause = heldBecause
    }
  }

  /// A release that counted the person: only as one among others.
  public struct Counted: Hashable, Sendable {
    /// The release.
    public var release: String
    /// How many of the person's facts stood when it was made.
    public var facts: Int

    /// A release that counted the person.
    public init(release: String, facts: Int) {
      self.release = release
      self.facts = facts
    }
  }

  /// The cooperation that was asked.
  public var cooperation: String
  /// The person's code there.
  public var participant: String
  /// The day the file was made.
  public var day: Day
  /// The surrogate; `nil` when no identity was ever recorded.
  public var person: String?
  /// The identities, one a cooperation of the domain.
  public var identities: [Identity]
  /// The facts.
  public var sections: [Section]
  /// The releases.
  public var releases: [Counted]
  /// Months an identity is kept after the last contact.
  public var retentionMonths: Int

  /// A person's file with all its parts.
  public init(
    cooperation: String, participant: String, day: Day, person: String?, identities: [Identity],
    sections: [Section], releases: [Counted], retentionMonths: Int
  ) {
    self.cooperation = cooperation
    self.participant = participant
    self.day = day
    self.person = person
    self.identities = identities
    self.sections = sections
    self.releases = releases
    self.retentionMonths = retentionMonths
  }

  /// Whether nothing at all is kept.
  public var isEmpty: Bool { identities.isEmpty && sections.isEmpty }
}
