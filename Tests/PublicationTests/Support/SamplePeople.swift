import Impact

/// The people behind the rates that are compared: told apart by two features in one cooperation, by one in the next, and by
/// none in the last, whose people are like nobody's.
enum SamplePeople {
  static func populations(of table: FigureTable) -> [String: Fairness.Population] {
    var found: [String: Fairness.Population] = [:]
    for indicator in SampleCatalogue.catalogue.indicators where indicator.isCompared {
      let groups = [SampleEdition.canal, SampleEdition.jardins, SampleEdition.recyclerie].flatMap {
        cooperation in
        people(behind: table.figure(indicator.id, cooperation, SampleEdition.last)?.value, cooperation)
      }
      found[indicator.id] = Fairness.Population(features: ["registration", "rsa", "sex"], groups: groups)
    }
    return found
  }

  private static func people(behind value: Figure.Value?, _ cooperation: String) -> [Fairness.Group] {
    guard let trials = value?.denominator, let events = value?.numerator else { return [] }
    var groups: [Fairness.Group] = []
    for person in 0..<Int(trials) {
      let values = values(of: person, cooperation)
      let counts = person < Int(events) ? 1 : 0
      if let known = groups.firstIndex(where: { $0.values == values }) {
        groups[known].people += 1
        groups[known].events += counts
      } else {
        groups.append(Fairness.Group(cooperation: cooperation, values: values, events: counts, people: 1))
      }
    }
    return groups
  }

  private static func values(of person: Int, _ cooperation: String) -> [String] {
    let registration = person.isMultiple(of: 2) ? "under_6" : "24_plus"
    let rsa = person / 2 % 2 == 0 ? "true" : "false"
    switch cooperation {
    // Of a few nobody knows whether they were registered, as of nobody elsewhere.
    case SampleEdition.canal:
      return [person < 2 ? "unknown" : registration, rsa, person % 3 == 0 ? "M" : "F"]
    // Of a third nobody knows whether they have RSA.
    case SampleEdition.jardins: return [registration, person % 3 == 0 ? "unknown" : rsa, "M"]
    default: return ["none", rsa, "F"]
    }
  }
}
