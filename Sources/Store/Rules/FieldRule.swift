public import Impact
internal import Postgres

/// A rule of the field: what a row must keep to, given what else the cooperation is known to do.
///
/// The third layer of checks at import, after the file's (encoding, header, types) and the store's own (keys,
/// references). A broken error refuses the row; a broken warning is told, and the row is taken.
public struct FieldRule: Sendable {
  /// How sure it is that the field keeps to the rule.
  public enum Sureness: String, Hashable, Sendable, CaseIterable {
    /// A law, an official text or the code of an official service says so.
    case official
    /// A press article, a trade network or a practitioner says so.
    case secondary
    /// It follows from what a row means, or from other sourced facts.
    case inference
  }

  /// Its stable name: `cddi-too-short`.
  public let code: String
  /// The entity whose rows it judges.
  public let entity: String
  /// Whether a row that breaks it is refused.
  public let severity: Diagnostic.Severity
  /// The field to look at first.
  public let field: String?
  /// Its name for readers.
  public let title: Localized
  /// A sentence that says what is wrong and what to do; never with a person's data.
  public let message: String
  /// Where it is from.
  public let source: String
  /// How sure it is.
  public let sureness: Sureness
  /// What breaks it.
  let test: Test

  /// How broken rows are found.
  enum Test: Sendable {
    /// A condition over the landed row `s` and what is joined to it, never more than one row each.
    case row(@Sendable (RuleGround) -> SQL, joining: [RuleGround.Join])
    /// A query whose column `source_line` names broken rows; lines that are NULL are passed over.
    case lines(@Sendable (RuleGround) -> SQL)

    /// A condition that needs neither the day nor the cooperation.
    static func row(_ condition: SQL, joining: [RuleGround.Join] = []) -> Test {
      .row({ _ in condition }, joining: joining)
    }
  }

  init(
    _ code: String, of entity: String, _ severity: Diagnostic.Severity, field: String? = nil,
    fr french: String, en english: String, _ message: String, source: String, _ sureness: Sureness,
    breaks test: Test
  ) {
    self.code = code
    self.entity = entity
    self.severity = severity
    self.field = field
    title = Localized(fr: french, en: english)
    self.message = message
    self.source = source
    self.sureness = sureness
    self.test = test
  }

  /// Every rule, by entity and code.
  public static let all: [FieldRule] = [
    dates, pathways, activity, exits, contracts, immersions, passes, suspensions, prolongations, eligibility,
    partners, valuations, counts, targets, sharing,
  ].flatMap { $0 }.sorted { ($0.entity, $0.code) < ($1.entity, $1.code) }
}
