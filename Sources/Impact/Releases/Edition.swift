/// A release as one audience may see it: the only thing the publication knows.
///
/// Masked figures are already absent (`too-few`) here, so that a renderer cannot leak what it was never
/// given.
public struct Edition: Sendable {
  /// Who reads the edition, and how small a number of people it may see.
  public struct Audience: Hashable, Sendable {
    /// Stable name: `internal`, `funder`.
    public var id: String
    /// The name shown on pages.
    public var label: Localized
    /// Least number of people behind a published count; 1 masks nothing.
    public var threshold: Int

    /// An audience with its threshold.
    public init(id: String, label: Localized, threshold: Int) {
      self.id = id
      self.label = label
      self.threshold = threshold
    }
  }

  /// The release.
  public var release: Release
  /// Who reads it.
  public var audience: Audience
  /// The definitions in force.
  public var catalogue: Catalogue
  /// The cooperations, in order of name.
  public var cooperations: [CooperationProfile]
  /// Their figures.
  public var figures: FigureTable
  /// Their scores.
  public var scores: [Score]
  /// What earlier versions of the scorecard say of the same quarters.
  public var earlierScores: [Score]
  /// Their targets, for every quarter that has one.
  public var targets: [Target]
  /// What the previous release said otherwise.
  public var restatements: [Restatement]
  /// How far the review of each quarter had come when the release was made; those not here are provisional.
  public var periods: [PeriodStatus]
  /// What reviews said; empty for audiences that see masked figures, since texts mask nothing.
  public var commentaries: [Commentary]
  /// What reviews decided and had not closed at the cut; empty for the same audiences.
  public var decisions: [Decision]
  /// Indicators counted month by month; empty for audiences that see masked figures, since months are smaller still.
  public var months: [MonthlySeries]
  /// The people behind rates that are compared, by indicator; empty for the same audiences.
  public var populations: [String: Fairness.Population]
  /// People counted once over all the cooperations, by indicator, for each of its terms, at the release's quarter; empty
  /// for the same audiences.
  public var people: [String: [PortfolioFigure.People?]]
  /// The rows of all the cooperations that show a value, by indicator, where theirs do not tell the portfolio's, at the
  /// release's quarter; for the same audiences only of ``PortfolioFigure/Pool/leastCooperations`` or more.
  public var pools: [String: PortfolioFigure.Pool]

  /// What partners promised and delivered, over the last quarters of each cooperation; for audiences that see
  /// masked figures without what is counted in people, which no mask was made for.
  public var pledges: [Pledge]
  /// What partners owed or had delivered ahead when those quarters began, where anything had been promised; for the same
  /// audiences without what is counted in people.
  public var openings: [OpeningBalance]
  /// The social returns of each year, masked whole where they rest on a figure that is.
  public var returns: [YearReturn]
  /// How cooperations share their results among partners, for those that declared it.
  public var agreements: [SharingAgreement]

  /// An edition with all its parts.
  public init(
    release: Release, audience: Audience, catalogue: Catalogue, cooperations: [CooperationProfile],
    figures: FigureTable, scores: [Score], earlierScores: [Score] = [], targets: [Target],
    restatements: [Restatement], periods: [PeriodStatus] = [], commentaries: [Commentary] = [],
    decisions: [Decision] = [], pledges: [Pledge] = [], openings: [OpeningBalance] = [],
    months: [MonthlySeries] = [],
    populations: [String: Fairness.Population] = [:], people: [String: [PortfolioFigure.People?]] = [:],
    pools: [String: PortfolioFigure.Pool] = [:],
    returns: [YearReturn] = [], agreements: [SharingAgreement] = []
  ) {
    self.returns = returns
    self.agreements = agreements
    self.pledges = pledges
    self.openings = openings
    self.release = release
    self.audience = audience
    self.catalogue = catalogue
    self.cooperations = cooperations
    self.figures = figures
    self.scores = scores
    self.earlierScores = earlierScores
    self.targets = targets
    self.restatements = restatements
    self.periods = periods
    self.commentaries = commentaries
    self.decisions = decisions
    self.months = months
    self.populations = populations
    self.people = people
    self.pools = pools
  }

  /// Whether any cooperation shown has invented data: then every page and file must say so.
  public var isSample: Bool { cooperations.contains { $0.isSample } }

  /// The target of an indicator for a cooperation and quarter.
  public func target(_ indicator: String, _ cooperation: String, _ quarter: Quarter) -> Target? {
    targets.first { $0.indicator == indicator && $0.cooperation == cooperation && $0.quarter == quarter }
  }

  /// How far the review of a quarter had come.
  public func period(_ cooperation: String, _ quarter: Quarter) -> PeriodStatus {
    periods.first { $0.cooperation == cooperation && $0.quarter == quarter }
      ?? PeriodStatus(cooperation: cooperation, quarter: quarter, state: .provisional)
  }
}
