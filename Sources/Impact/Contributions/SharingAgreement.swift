/// How the partners of a cooperation agreed to share its results among themselves, as they declared it.
public struct SharingAgreement: Hashable, Sendable {
  /// The value of one group of partners, as they signed it.
  public struct CoalitionValue: Hashable, Sendable {
    /// The partners of the group.
    public var members: Set<String>
    /// What they would achieve without the others, in the unit of the table.
    public var value: Double

    /// A group with its value.
    public init(members: Set<String>, value: Double) {
      self.members = members
      self.value = value
    }
  }

  /// A coalition table as it was signed, whole or not.
  public struct SignedTable: Hashable, Sendable {
    /// The day it was signed.
    public var signedOn: Day
    /// The number of the document signed; `nil` when nobody said.
    public var document: String?
    /// The groups it values.
    public var values: [CoalitionValue]

    /// A table with its day.
    public init(signedOn: Day, document: String?, values: [CoalitionValue]) {
      self.signedOn = signedOn
      self.document = document
      self.values = values
    }
  }

  /// The cooperation's name in data.
  public var cooperation: String
  /// The rule.
  public var rule: Sharing.Rule
  /// The first day it holds.
  public var startedOn: Day
  /// The day it was decided.
  public var decidedOn: Day
  /// The number of the document that decided it; `nil` when nobody said.
  public var document: String?
  /// The last coalition table signed; `nil` when there is none.
  public var table: SignedTable?

  /// An agreement with all its parts.
  public init(
    cooperation: String, rule: Sharing.Rule, startedOn: Day, decidedOn: Day, document: String?,
    table: SignedTable? = nil
  ) {
    self.cooperation = cooperation
    self.rule = rule
    self.startedOn = startedOn
    self.decidedOn = decidedOn
    self.document = document
    self.table = table
  }

  /// Roles of those who share a cooperation's results: they decide; clients, funders and subcontractors do not.
  public static let sharingRoles: Set<String> = ["founder", "mandataire", "member"]

  /// Why the agreement gives no shares.
  public enum Fault: Error, Hashable, Sendable {
    /// The rule cannot be applied.
    case sharing(Sharing.Fault)
    /// The coalition table is not whole.
    case table(CoalitionTable.Fault)
    /// The rule needs a coalition table, and none is signed.
    case noTable
    /// The rule needs agreed shares, and none is declared.
    case noAgreedShare
  }

  /// The shares the agreement gives.
  ///
  /// - Parameters:
  ///   - partners: the partners in place.
  ///   - contributions: euros each organisation put in, for the rule by valued contribution.
  /// - Returns: the shares; they sum to 1, and to 1000 in thousandths.
  /// - Throws: why there are none.
  public func sharing(
    among partners: [CooperationProfile.Partner], contributions: [String: Double]
  ) throws(Fault) -> Sharing {
    switch rule {
    case .valuedContribution:
      guard !contributions.isEmpty else { throw .sharing(.nothingValued) }
      do { return try Sharing.byValue(contributions) } catch { throw .sharing(error) }
    case .equal:
      let sharing = Set(
        partners.filter { SharingAgreement.sharingRoles.contains($0.role) }.map(\.organisation))
      do { return try Sharing.equally(sharing.sorted()) } catch { throw .sharing(error) }
    case .agreed:
      var percents: [String: Double] = [:]
      for partner in partners {
        if let share = partner.agreedShare {
          percents[partner.organisation] = max(percents[partner.organisation] ?? 0, share * 100)
        }
      }
      guard !percents.isEmpty else { throw .noAgreedShare }
      do { return try Sharing.agreed(percents) } catch { throw .sharing(error) }
    case .shapley:
      guard let signed = table else { throw .noTable }
      let values = Dictionary(signed.values.map { ($0.members, $0.value) }) { first, _ in first }
      let table: CoalitionTable
      do { table = try CoalitionTable(values) } catch { throw .table(error) }
      do { return try Sharing.byShapley(table) } catch { throw .sharing(error) }
    }
  }
}
