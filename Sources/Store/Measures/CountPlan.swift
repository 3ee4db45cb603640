internal import Impact
internal import Postgres

/// What is counted of one entity so that one reading of it answers every term of the catalogue over it.
///
/// Rows are counted by quarter; every window is made of quarters (`Tally`). Distinct values cannot be added
/// up over quarters, so of each value the set of quarters it was seen in is read; for what stands on a
/// quarter's last day, its comings and goings.
struct CountPlan {
  /// A number kept for each quarter.
  enum Column: Hashable {
    /// Rows that meet these conditions.
    case rows([Condition])
    /// Rows that meet the conditions and have the field.
    case known(String, [Condition])
    /// The sum of a field over them.
    case sum(String, [Condition])
    /// The sum of the field's squares over them.
    case squares(String, [Condition])
  }

  /// Distinct values of a field among rows that meet conditions.
  struct Distinct: Hashable {
    var field: String
    /// The place of the column that counts those rows.
    var rows: Int
  }

  /// Rows followed in time: by the days each was followed, how many ended, and how.
  struct Lives: Hashable {
    var incidence: Measure.Incidence
    /// The field that holds the days.
    var field: String
  }

  /// The numbers asked of parts, by their places.
  struct Asked: Hashable {
    var columns: Set<Int> = []
    var standing: Set<Int> = []
    var distinct: Set<Int> = []
    var lives: Set<Int> = []
  }

  /// The entity.
  let entity: Vocabulary.Entity
  /// The fields broken down by, in order; the whole is field 0, these follow from 1.
  private(set) var fields: [String] = []
  /// Single conditions, each judged once a row.
  private(set) var conditions: [Condition] = []
  /// Numbers by quarter; the first counts every row.
  private(set) var columns: [Column] = [.rows([])]
  /// Conditions under which rows standing at a quarter's end are counted; the first is none.
  private(set) var standing: [[Condition]] = []
  /// Distinct values, in order.
  private(set) var distinct: [Distinct] = []
  /// Windows each of them is asked for.
  private(set) var windows: [[Window]] = []
  /// Life tables, in order.
  private(set) var lives: [Lives] = []
  /// What is asked of the parts of each field, in the order of `fields`: most numbers are asked for by few fields.
  private(set) var asked: [Asked] = []
  /// Whether a term asks for everything since the beginning, so that no row is too old.
  private(set) var reachesBack = false
  /// Quarters a window may reach back before the quarter reported.
  private(set) var reach = 0

  init(_ entity: Vocabulary.Entity) { self.entity = entity }

  /// Where a term's numbers stand in a plan.
  struct Place: Hashable {
    var plan: Int
    var function: Term.Function
    var window: Window
    /// Column of the rows that match; for a stock, its place among the standing.
    var rows: Int
    /// Column of the sum, or place of the distinct.
    var total = 0
    /// Columns of the rows that might match, for all that is known.
    var open: [Int] = []
    /// For a mean: columns of the rows that have the field, and of the squares.
    var known = 0
    var squares = 0
    /// For the cohort of an incidence, place of its life table.
    var lives: Int?
    /// Quarters by which the window ends before the quarter reported.
    var shift = 0
    /// For a term bound to its quarter: its scan for the whole and for each breakdown, and its place in it.
    var scans: [String: ScanPlace] = [:]
  }

  /// A term in a scan.
  struct ScanPlace: Hashable {
    var scan: Int
    var term: Int
  }

  /// Makes room for a term and says where its numbers will be.
  mutating func add(_ term: Term, of indicator: Indicator, as plan: Int) -> Place {
    let (window, breakdowns) = (indicator.reportingWindow, indicator.breakdowns)
    if term.function == .stock || window == .sinceStart { reachesBack = true }
    reach = max(reach, indicator.shift + (window == .quarter ? 0 : 3))
    for field in breakdowns where !fields.contains(field) {
      fields.append(field)
      asked.append(Asked())
    }
    for condition in term.conditions where !conditions.contains(condition) { conditions.append(condition) }
    // In one order, so that the same conditions are counted once.
    let own = conditions.filter(term.conditions.contains)
    if term.function == .stock {
      if standing.isEmpty { standing.append([]) }
      let found = Place(
        plan: plan, function: .stock, window: window, rows: place(of: own, in: &standing),
        shift: indicator.shift)
      ask(breakdowns) { $0.standing.formUnion([0, found.rows]) }
      return found
    }
    var found = Place(
      plan: plan, function: term.function, window: window,
      rows: place(of: .rows(own), in: &columns), shift: indicator.shift)
    for list in entity.opening(term) {
      for condition in list where !conditions.contains(condition) { conditions.append(condition) }
      found.open.append(place(of: .rows(conditions.filter(list.contains)), in: &columns))
    }
    ask(breakdowns) { $0.columns.formUnion([0, found.rows] + found.open) }
    let field = term.field ?? "cooperation_id"
    switch term.function {
    case .count, .stock, .median, .time: break
    case .sum:
      found.total = place(of: .sum(field, own), in: &columns)
      ask(breakdowns) { $0.columns.insert(found.total) }
    case .mean:
      found.total = place(of: .sum(field, own), in: &columns)
      found.known = place(of: .known(field, own), in: &columns)
      found.squares = place(of: .squares(field, own), in: &columns)
      ask(breakdowns) { $0.columns.formUnion([found.total, found.known, found.squares]) }
    case .distinct:
      found.total = place(of: Distinct(field: field, rows: found.rows), in: &distinct)
      if windows.count < distinct.count { windows.append([]) }
      if !windows[found.total].contains(window) { windows[found.total].append(window) }
      ask(breakdowns) { $0.distinct.insert(found.total) }
    }
    return found
  }

  /// Makes room for the life table of an incidence and says its place.
  mutating func add(_ incidence: Measure.Incidence, breakdowns: [String]) -> Int {
    for condition in incidence.terms.flatMap(\.conditions) where !conditions.contains(condition) {
      conditions.append(condition)
    }
    let found = place(
      of: Lives(incidence: incidence, field: incidence.cohort.field ?? entity.date), in: &lives)
    ask(breakdowns) { $0.lives.insert(found) }
    return found
  }

  private mutating func ask(_ breakdowns: [String], _ change: (inout Asked) -> Void) {
    for (index, field) in fields.enumerated() where breakdowns.contains(field) { change(&asked[index]) }
  }

  private func place<Element: Equatable>(of element: Element, in list: inout [Element]) -> Int {
    if let known = list.firstIndex(of: element) { return known }
    list.append(element)
    return list.count - 1
  }
}

/// The plans of a catalogue's indicators, and where each indicator finds its terms.
struct CountPlans {
  /// One a entity, in the order in which indicators first name them.
  private(set) var plans: [CountPlan] = []
  /// The indicators that ask for each plan, by their place.
  private(set) var askers: [[Int]] = []
  /// The terms of each indicator, in the order of `Measure.terms`.
  private(set) var places: [[CountPlan.Place]] = []

  /// Scans for terms that are bound to their quarter, each with its terms.
  private(set) var scans: [(scan: Scan, terms: [Term])] = []
  /// The indicators that ask for each scan, by their place.
  private(set) var scanAskers: [[Int]] = []
  /// The words of definitions.
  let vocabulary: Vocabulary

  /// The plans of definitions; those of derived indicators count nothing.
  init(_ indicators: [Indicator], vocabulary: Vocabulary) throws {
    self.vocabulary = vocabulary
    for (asker, indicator) in indicators.enumerated() {
      places.append(
        try indicator.measure.terms.map { term in
          guard let entity = vocabulary.entity(term.entity) else { throw UnknownEntity(name: term.entity) }
          if term.isBoundToQuarter { return scanned(term, of: indicator, asker: asker) }
          let plan: Int
          if let known = plans.firstIndex(where: { $0.entity.name == term.entity }) {
            plan = known
          } else {
            plan = plans.count
            plans.append(CountPlan(entity))
            askers.append([])
          }
          if askers[plan].last != asker { askers[plan].append(asker) }
          return plans[plan].add(term, of: indicator, as: plan)
        })
      if let incidence = indicator.measure.incidence, places[asker][1].scans.isEmpty {
        places[asker][1].lives = plans[places[asker][1].plan].add(incidence, breakdowns: indicator.breakdowns)
      }
    }
  }

  private mutating func scanned(_ term: Term, of indicator: Indicator, asker: Int) -> CountPlan.Place {
    var place = CountPlan.Place(plan: -1, function: term.function, window: indicator.reportingWindow, rows: 0)
    for field in [String?.none] + indicator.breakdowns.map(Optional.some) {
      let scan = Scan(term, of: indicator, by: field)
      let index: Int
      if let known = scans.firstIndex(where: { $0.scan == scan }) {
        index = known
      } else {
        index = scans.count
        scans.append((scan, []))
        scanAskers.append([])
      }
      if scanAskers[index].last != asker { scanAskers[index].append(asker) }
      let position = scans[index].terms.firstIndex(of: term) ?? scans[index].terms.count
      if position == scans[index].terms.count { scans[index].terms.append(term) }
      place.scans[field ?? ""] = CountPlan.ScanPlace(scan: index, term: position)
    }
    return place
  }
}
