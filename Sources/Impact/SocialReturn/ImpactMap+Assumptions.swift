extension ImpactMap {
  /// A range that one or several outcomes rest on.
  struct Assumption: Hashable, Sendable {
    /// What it is a range of.
    let parameter: Parameter
    /// What it is.
    let estimate: Estimate
    /// The places of the outcomes that rest on it, in the order of the map.
    var places: [Int]
  }

  /// The parameters that have a range or a value to vary from, in the order of the map and of `Parameter`; those that
  /// outcomes share through one source stand once, at the first of them.
  var assumptions: [Assumption] {
    struct Name: Hashable {
      let parameter: Parameter
      let source: String
      let estimate: Estimate
    }
    var found: [Assumption] = []
    var shared: [Name: Int] = [:]
    for (place, outcome) in outcomes.enumerated() {
      for parameter in Parameter.allCases {
        guard let estimate = outcome.estimate(of: parameter) else { continue }
        let name = outcome.sources[parameter].map {
          Name(parameter: parameter, source: $0, estimate: estimate)
        }
        if let index = name.flatMap({ shared[$0] }) {
          found[index].places.append(place)
        } else {
          if let name { shared[name] = found.count }
          found.append(Assumption(parameter: parameter, estimate: estimate, places: [place]))
        }
      }
    }
    return found
  }
}

extension ImpactMap.Outcome {
  /// The range of a parameter; `nil` for those that are of no range: a duration, the discount rate, an unknown quantity.
  func estimate(of parameter: ImpactMap.Parameter) -> Estimate? {
    switch parameter {
    case .quantity: quantity
    case .proxy: proxy
    case .deadweight: deadweight
    case .displacement: displacement
    case .attributionToOthers: attributionToOthers
    case .dropOff: dropOff
    case .duration, .discountRate: nil
    }
  }
}
