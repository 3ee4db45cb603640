/// A straight line between two months.
func line(_ from: (Month, Double), _ to: (Month, Double)) -> (Month) -> Double {
  { current in
    let place = Double(current - from.0) / Double(to.0 - from.0)
    return from.1 + (to.1 - from.1) * min(1, max(0, place))
  }
}

let start2023 = month(2023, 1)
let last2026 = month(2026, 9)
let half = [(20, 0.15), (24, 0.2), (26, 0.3), (28, 0.15), (30, 0.1), (35, 0.1)]

func yearly(_ names: [(String, Int)], from: String, decided: Day, reason: String, _ decision: String)
  -> [Objective]
{
  names.map {
    Objective(
      indicator: $0.0, from: from, to: nil, value: $0.1, decided: decided, reason: reason, decision: decision)
  }
}
