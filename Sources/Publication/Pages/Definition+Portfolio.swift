import Impact

extension Definition {
  /// How the figure of several cooperations is made.
  public var portfolio: String {
    switch indicator.portfolioMethod {
    case .sum:
      say(
        "Sur plusieurs coopérations : la somme de leurs valeurs.",
        "Over several cooperations: the sum of their values.")
    case .distinctPeople:
      say(
        "Sur plusieurs coopérations : chaque personne une fois, là où on peut les reconnaître ; la somme des parts est à côté.",
        "Over several cooperations: each person once, where people can be told apart; the sum of the parts is beside it."
      )
    case .ratioOfSums:
      say(
        "Sur plusieurs coopérations : la somme des numérateurs sur celle des dénominateurs, jamais la moyenne des rapports.",
        "Over several cooperations: the sum of the numerators over that of the denominators, never the mean of the ratios."
      )
    case .pooledMean:
      say(
        "Sur plusieurs coopérations : la moyenne de toutes les durées, chaque moyenne pesant autant que ses lignes.",
        "Over several cooperations: the mean of all durations, each mean weighing as its rows do.")
    case .pooledMedian:
      say(
        "Sur plusieurs coopérations : la médiane de toutes les durées ensemble, avec son propre intervalle ; jamais une moyenne de médianes. Seul le nombre de durées s’additionne.",
        "Over several cooperations: the median of all durations together, with its own interval; never a mean of medians. Only the number of durations adds up."
      )
    case .pooledLifeTable:
      say(
        "Sur plusieurs coopérations : le même estimateur sur une seule table de survie, toutes les personnes suivies ensemble ; jamais une moyenne de probabilités. Seuls s’additionnent les suivis et les événements vus.",
        "Over several cooperations: the same estimator on one life table, all people followed together; never a mean of probabilities. Only people followed and events seen add up."
      )
    case .derived:
      say(
        "Sur plusieurs coopérations : le même calcul sur les chiffres d’ensemble des indicateurs employés.",
        "Over several cooperations: the same arithmetic on the portfolio’s figures of the indicators used.")
    }
  }
}
