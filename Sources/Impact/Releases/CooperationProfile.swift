/// What readers must know of a cooperation before reading its figures.
public struct CooperationProfile: Hashable, Sendable {
  /// The legal form of the cooperation.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// Joint-venture sociale: a company founded together.
    case jvs
    /// Groupement momentané d'entreprises, conjoint.
    case gmeConjoint = "gme_conjoint"
    /// Groupement momentané d'entreprises, solidaire.
    case gmeSolidaire = "gme_solidaire"
    /// Framework agreement.
    case accordCadre = "accord_cadre"
    /// Subcontracting.
    case sousTraitance = "sous_traitance"
  }

  /// One partner in the cooperation, as dated in its partnership.
  public struct Partner: Hashable, Sendable {
    /// The organisation's name in data.
    public var organisation: String
    /// Its name.
    public var name: String
    /// Its kind: `EI`, `EA`, `ESAT`, `company`, `foundation`.
    public var kind: String
    /// Its role: `founder`, `mandataire`, `member`, `funder`, `client`, `subcontractor`.
    public var role: String
    /// Its share of the capital, 0–1; `nil` when unknown or without object.
    public var capitalShare: Double?
    /// Its votes; `nil` when unknown or without object.
    public var votes: Int?
    /// Its agreed share of the results, 0–1; `nil` when none was agreed.
    public var agreedShare: Double?
    /// The names it bore before, the latest first.
    public var formerNames: [FormerName]

    /// A name and its last day.
    public struct FormerName: Hashable, Sendable {
      /// The name.
      public var name: String
      /// The last day it was borne.
      public var lastDay: Day

      /// A name and its last day.
      public init(name: String, lastDay: Day) {
        self.name = name
        self.lastDay = lastDay
      }
    }

    /// A partner with its role.
    public init(
      organisation: String, name: String, kind: String, role: String, capitalShare: Double?, votes: Int?,
      agreedShare: Double? = nil, formerNames: [FormerName] = []
    ) {
      self.agreedShare = agreedShare
      self.formerNames = formerNames
      self.organisation = organisation
      self.name = name
      self.kind = kind
      self.role = role
      self.capitalShare = capitalShare
      self.votes = votes
    }
  }

  /// What was received for it up to the cut.
  public struct Health: Hashable, Sendable {
    /// Files read.
    public var files: Int
    /// Rows read.
    public var read: Int
    /// Rows recorded, new or revised.
    public var recorded: Int
    /// Rows that said what was known already.
    public var unchanged: Int
    /// Rows refused.
    public var rejected: Int
    /// Rows that arrived after a release had already reported their quarter.
    public var late: Int
    /// Tables of which nothing new was received for the quarter, though something was for each of the two before.
    public var awaited: [String]

    /// A state of reception.
    public init(
      files: Int, read: Int, recorded: Int, unchanged: Int, rejected: Int, late: Int, awaited: [String] = []
    ) {
      self.files = files
      self.read = read
      self.recorded = recorded
      self.unchanged = unchanged
      self.rejected = rejected
      self.late = late
      self.awaited = awaited
    }
  }

  /// Its name in data, also in addresses: `acces-inclusive-tech`.
  public var id: String
  /// Its name.
  public var name: String
  /// Its legal form.
  public var form: Form
  /// The kind of structure that employs: `EI`, `EA`, `ESAT`.
  public var kind: String
  /// What it does.
  public var activity: Localized
  /// Its social mission.
  public var mission: Localized
  /// First day.
  public var startedOn: Day
  /// Last day, when it has ended or its end is known.
  public var endedOn: Day?
  /// Whether its people, hours and money are invented (*données d'exemple*).
  public var isSample: Bool
  /// Its partners, in order of role then name.
  public var partners: [Partner]
  /// What was received for it.
  public var health: Health
  /// First and last quarter it has figures for in this release.
  public var quarters: ClosedRange<Quarter>

  /// A profile with all its parts.
  public init(
    id: String, name: String, form: Form, kind: String, activity: Localized, mission: Localized,
    startedOn: Day, endedOn: Day?, isSample: Bool, partners: [Partner], health: Health,
    quarters: ClosedRange<Quarter>
  ) {
    self.id = id
    self.name = name
    self.form = form
    self.kind = kind
    self.activity = activity
    self.mission = mission
    self.startedOn = startedOn
    self.endedOn = endedOn
    self.isSample = isSample
    self.partners = partners
    self.health = health
    self.quarters = quarters
  }
}
