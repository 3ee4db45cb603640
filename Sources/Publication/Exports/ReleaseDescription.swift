internal import Impact

/// What a program must know to read the tables: the release, its catalogue and its cooperations.
struct ReleaseDescription {
  let json: JSON

  init(_ edition: Edition) {
    json = .object(
      ReleaseDescription.members(of: edition) + [
        ("previous", .text(edition.release.previous)),
        ("next_due", .string(edition.release.nextDue.description)),
        ("dimensions", .array(edition.catalogue.dimensions.map(ReleaseDescription.dimension))),
        ("indicators", .array(edition.catalogue.indicators.map(ReleaseDescription.indicator))),
        ("cooperations", .array(edition.cooperations.map(ReleaseDescription.cooperation))),
        ("periods", .array(edition.periods.map(ReleaseDescription.period))),
      ])
  }

  /// What identifies the release, also at the head of its manifest.
  static func members(of edition: Edition) -> [(name: String, value: JSON)] {
    let release = edition.release
    return [
      ("release", .string(release.id)),
      ("quarter", .string(release.quarter.description)),
      ("cut", .string(release.cut.description)),
      ("batch", .integer(release.batch)),
      (
        "audience",
        .object([
          ("id", .string(edition.audience.id)),
          ("label", text(edition.audience.label)),
          ("threshold", .integer(edition.audience.threshold)),
        ])
      ),
      (
        "catalogue",
        .object([
          ("version", .string(release.catalogueVersion)), ("digest", .string(release.catalogueDigest)),
        ])
      ),
      ("software_version", .string(release.softwareVersion)),
      ("release_digest", .text(release.digest)),
      ("data_nature", .string(DataNature(isSample: edition.isSample).rawValue)),
    ]
  }

  private static func text(_ text: Localized) -> JSON {
    .object([("fr", .string(text.french)), ("en", .string(text.english))])
  }

  private static func dimension(_ dimension: Catalogue.Dimension) -> JSON {
    .object([
      ("id", .string(dimension.id)), ("label", text(dimension.label)),
      ("description", text(dimension.description)),
    ])
  }

  private static func indicator(_ indicator: Indicator) -> JSON {
    .object([
      ("id", .string(indicator.id)),
      ("version", .integer(indicator.version)),
      ("dimension", .string(indicator.dimension)),
      ("label", text(indicator.label)),
      ("question", text(indicator.question)),
      ("unit", .string(indicator.unit.rawValue)),
      ("kind", .string(indicator.measure.kind)),
      ("window", .string(indicator.window.rawValue)),
      ("direction", .string(indicator.direction.rawValue)),
      ("breakdowns", .array(indicator.breakdowns.map(JSON.string))),
      ("applies_to", .array(indicator.appliesTo.map(JSON.string))),
      ("applies_to_forms", .array(indicator.appliesToForms.map(JSON.string))),
      ("interval_method", .text(indicator.intervalMethod?.rawValue)),
      // Why none of its figures has one; what a single figure lacks is told beside it.
      ("interval_absence", .text(indicator.intervalAbsence?.rawValue)),
      ("portfolio_method", .string(indicator.portfolioMethod.rawValue)),
      ("shift_months", .integer(indicator.shift * 3)),
      ("expression", .text(indicator.measure.expression?.description)),
      ("valid_from", .text(indicator.validFrom?.description)),
      ("valid_to", .text(indicator.validTo?.description)),
      ("restated", indicator.restated.map(text) ?? .null),
      ("source", text(indicator.source)),
      ("limits", text(indicator.limits)),
      // A dictionary has no order of its own.
      (
        "mappings", .object(indicator.mappings.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      ),
    ])
  }

  private static func cooperation(_ profile: CooperationProfile) -> JSON {
    .object([
      ("id", .string(profile.id)),
      ("name", .string(profile.name)),
      ("form", .string(profile.form.rawValue)),
      ("kind", .string(profile.kind)),
      ("activity", text(profile.activity)),
      ("mission", text(profile.mission)),
      ("started_on", .string(profile.startedOn.description)),
      ("ended_on", .text(profile.endedOn?.description)),
      ("first_quarter", .string(profile.quarters.lowerBound.description)),
      ("last_quarter", .string(profile.quarters.upperBound.description)),
      ("data_nature", .string(DataNature(isSample: profile.isSample).rawValue)),
      ("partners", .array(profile.partners.map(partner))),
    ])
  }

  /// A quarter somebody has signed; all others are provisional.
  private static func period(_ period: PeriodStatus) -> JSON {
    func signature(_ signed: PeriodStatus.Signature?) -> JSON {
      signed.map { .object([("name", .string($0.name)), ("day", .string($0.day.description))]) } ?? .null
    }
    return .object([
      ("cooperation", .string(period.cooperation)), ("quarter", .string(period.quarter.description)),
      ("state", .string(period.state.rawValue)), ("submitted", signature(period.submitted)),
      ("validated", signature(period.validated)), ("closed", signature(period.closed)),
    ])
  }

  private static func partner(_ partner: CooperationProfile.Partner) -> JSON {
    .object([
      ("organisation", .string(partner.organisation)),
      ("name", .string(partner.name)),
      ("kind", .string(partner.kind)),
      ("role", .string(partner.role)),
      ("capital_share", partner.capitalShare.map(JSON.number) ?? .null),
      ("votes", partner.votes.map(JSON.integer) ?? .null),
    ])
  }
}
