internal import Impact

/// What rows of data say of the things their codes name.
struct Names: Sendable {
  private let cooperations: [String: CooperationProfile]
  private let indicators: [String: Indicator]
  private let isSample: Bool

  init(_ edition: Edition) {
    cooperations = Dictionary(edition.cooperations.map { ($0.id, $0) }) { first, _ in first }
    indicators = Dictionary(edition.catalogue.definitions.map { ($0.id, $0) }) { first, _ in first }
    isSample = edition.isSample
  }

  func cooperation(_ id: String) -> String? { cooperations[id]?.name }

  func indicator(_ id: String) -> Indicator? { indicators[id] }

  /// The nature of a cooperation's data; one that is not described is a sample wherever any is.
  func dataNature(_ cooperation: String) -> String {
    DataNature(isSample: cooperations[cooperation]?.isSample ?? isSample).rawValue
  }
}
