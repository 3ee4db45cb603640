internal import Impact

extension SocialReturnPage {
  fileprivate func names(_ outcomes: [String]) -> String {
    outcomes.map { model.outcome($0)?.label[reader.language] ?? $0 }
      .joined(separator: reader.say(" ; ", "; "))
  }

  func label(_ swing: ImpactMap.Swing, _ map: ImpactMap) -> String {
    let name = reader.words(swing.parameter)
    let all = reader.say(", tous les changements", ", all changes")
    return switch swing.outcomes.count {
    case 0 where swing.parameter == .discountRate: name
    case 0: name + reader.say(" ± 10 points", " ± 10 points") + all
    case map.outcomes.count where map.outcomes.count > 1: name + all
    default: name + " – " + names(swing.outcomes)
    }
  }
}

/// The value at which a euro put in brings a euro: of the parameter that moves the result most, and where it has none, of
/// the next one that has.
struct SocialReturnBreakEven {
  let page: SocialReturnPage
  let map: ImpactMap

  private var reader: Reader { page.reader }

  var words: String {
    let found = map.breakEvens
    let without = found.filter { $0.breakEven == nil }.map(\.swing)
    guard let widest = without.first else {
      return found.last.map { one in
        let words = sentence(one)
        return words.prefix(1).uppercased() + words.dropFirst()
      } ?? none
    }
    guard let last = found.last, last.breakEven != nil else { return none }
    let total = map.swings.count { $0.span > 0 }
    let others = without.count - 1
    return [
      refusal(widest),
      others > 0
        ? reader.say(
          others == 1
            ? "Le suivant par son poids n’en a pas non plus."
            : "Les \(others) suivants par leur poids n’en ont pas non plus.",
          others == 1 ? "Nor has the next by weight." : "Nor have the \(others) next by weight.") : "",
      reader.say(
        "Le premier qui en a une, n° \(found.count) sur \(total) par son poids : \(sentence(last))",
        "The first that has one, number \(found.count) of \(total) by weight: \(sentence(last))"),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var none: String {
    reader.say(
      "Aucune valeur possible d’un seul paramètre ne fait qu’un euro mis rende un euro.",
      "No possible value of a single parameter makes a euro put in give back a euro.")
  }

  /// Why the parameter that weighs most has no break-even.
  private func refusal(_ swing: ImpactMap.Swing) -> String {
    let name = page.label(swing, map)
    return switch swing.parameter {
    case .duration:
      reader.say(
        "« \(name) » : des années entières, aucune valeur d’équilibre n’en est cherchée.",
        "“\(name)”: whole years, no break-even is sought.")
    case .discountRate:
      reader.say(
        "« \(name) » : il n’est pas au choix de la coopération, aucune valeur d’équilibre n’en est cherchée.",
        "“\(name)”: not the cooperation’s to choose, no break-even is sought.")
    default:
      reader.say(
        "« \(name) » : aucune valeur possible ne fait qu’un euro mis rende un euro.",
        "“\(name)”: no possible value makes a euro put in give back a euro.")
    }
  }

  private func sentence(_ one: (swing: ImpactMap.Swing, breakEven: ImpactMap.BreakEven?)) -> String {
    guard let found = one.breakEven else { return none }
    guard !found.outcomes.isEmpty else {
      let points = reader.numbers.short(found.value.magnitude * 100, decimals: 1)
      return reader.say(
        "un euro mis rendrait un euro si le poids mort de tous les changements avait \(points) points de \(found.value < 0 ? "moins" : "plus").",
        "a euro put in would give back a euro if the deadweight of all changes were \(points) points \(found.value < 0 ? "lower" : "higher")."
      )
    }
    let isOfAll = found.outcomes.count == map.outcomes.count && map.outcomes.count > 1
    let name = isOfAll ? reader.say("tous les changements", "all changes") : page.names(found.outcomes)
    let parameter = reader.words(found.parameter)
    func value(_ number: Double) -> String { reader.value(number, of: found.parameter) }
    let isOutside = !(one.swing.ends.low...one.swing.ends.high).contains(found.value)
    let (low, high) = (value(one.swing.ends.low), value(one.swing.ends.high))
    let range = reader.say(
      ", hors de sa fourchette (de \(low) à \(high))", ", outside its range (\(low) to \(high))")
    return reader.say(
      "un euro mis rendrait un euro si, pour « \(name) », le paramètre « \(parameter) » valait \(value(found.value)) au lieu de \(value(found.current))\(isOutside ? range : "").",
      "a euro put in would give back a euro if, for “\(name)”, the \(parameter) were \(value(found.value)) instead of \(value(found.current))\(isOutside ? range : "")."
    )
  }
}
