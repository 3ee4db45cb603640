/// An organisation that employs people on pathways, with the posts it fills.
struct Employer {
  var organisation: String
  var posts: Int
}

/// What a partner promises each quarter, and how it usually delivers.
struct Promise {
  var organisation: String
  var kind: String
  var unit: String
  var method: String
  var quantity: Double
  /// Value of one unit in euros; `nil` when not valued.
  var price: Double?
  var growth = 0.0
  var parts = 1
  var evidence: String?
  /// Hours one person gives at a time; `nil` where nobody counts people.
  var hoursEach: Double?
  /// What one unit costs on the market, in euros; `nil` where nobody says.
  var marketPrice: Double?
  /// The share of the hours given by somebody who costs so much an hour, from a month on.
  var costly: (from: Month, share: Double, hourly: Double)?

  /// How many people give a quantity, in hundredths of its unit.
  func people(giving quantity: Int) -> Cell {
    hoursEach.map { .integer(max(1, Int((Double(quantity) / 100 / $0).rounded(.up)))) } ?? .empty
  }

  /// The value of a quantity under the ceiling of sponsored time, in hundredths; only sponsored time has one.
  func cappedValue(of quantity: Int, on date: Day) -> Cell {
    guard kind == "skills_sponsorship", let price else { return .empty }
    var value = Double(quantity) * price
    if let costly, month(of: date) >= costly.from {
      let ceiling = 3 * (annualCeilings.last { $0.0 <= date }?.1 ?? annualCeilings[0].1) / 1607
      value -= Double(quantity) * costly.share * max(0, costly.hourly - ceiling)
    }
    return .hundredths(Int(value + 0.5))
  }

  /// What a quantity costs on the market, in hundredths.
  func marketValue(of quantity: Int) -> Cell {
    marketPrice.map { .hundredths(Int(Double(quantity) * $0 + 0.5)) } ?? .empty
  }
}

/// The annual ceiling of social security (plafond annuel de la sécurité sociale), in euros, from each day on.
let annualCeilings: [(Day, Double)] = [
  (day(2023, 1, 1), 43_992), (day(2024, 1, 1), 46_368), (day(2025, 1, 1), 47_100), (day(2026, 1, 1), 48_060),
]

/// A quarter in which a partner delivered little, or late.
struct Shortfall {
  var organisation: String
  var kind: String
  var quarter: String
  /// Share of the promise delivered in the quarter itself.
  var share: Double
  /// Whether the rest came the quarter after.
  var caughtUp: Bool
}

struct Objective {
  var indicator: String
  var from: String
  var to: String?
  var value: Int
  var decided: Day
  var reason: String
  var decision: String
  var kind: String?
  /// In hundredths.
  var baseline: Int?
}

struct Plan {
  var slug: String
  var prefix: String
  /// Whose direction decides, as it is said after “Direction”: `d’Acces`.
  var director: String
  var dialect: Dialect
  var first: Month
  var last: Month
  var employers: [Employer]
  /// Whether people were already there on the first day.
  var running = true
  /// Length of a pathway in months, with weights.
  var lengths: [(Int, Double)]
  var weeklyHours: [(Int, Double)]
  var women: Double
  var rsa: Double
  var rqth: Double
  var qpv: Double
  var longUnemployed: Double
  var unknown: Double
  /// Share of examined exits that are dynamic, by month.
  var dynamic: (Month) -> Double
  /// Share of planned hours lost in absences, by month.
  var absence: (Month) -> Double
  /// Share of usual hours worked, by month (an epidemic, a strike).
  var work: (Month) -> Double = { _ in 1 }
  var undocumented: Double
  /// Partner that hires, and how often when an exit leads to a job.
  var bridge: (organisation: String, share: Double)
  var trainings: [(topic: String, hours: ClosedRange<Int>, share: Double, provider: String?)]
  var realisation: [Double]
  var promises: [Promise]
  var shortfalls: [Shortfall]
  /// Monthly turnover in euros at the start, and its growth a year.
  var turnover: Double
  var turnoverGrowth: Double
  var subsidy: Double
  /// Tonnes a month by material at the start, and their growth a year.
  var materials: [(name: String, tonnes: Double, growth: Double)] = []
  var markets: [(code: String, client: String, from: Day, to: Day, committed: Int, share: Double)] = []
  var meetings: [Int]
  var objectives: [Objective]
  var followUpRate: Double
}

let seasons = [0.93, 0.92, 0.97, 0.90, 0.84, 0.94, 0.88, 0.66, 0.95, 0.96, 0.90, 0.80]

/// Base amounts of the aide au poste for an EI, euros per full-time equivalent and year.
let aidAmounts: [(Day, Double)] = [
  (day(2015, 1, 1), 10_080), (day(2018, 1, 1), 10_363), (day(2019, 1, 1), 10_520),
  (day(2021, 10, 1), 10_988), (day(2022, 1, 1), 11_087), (day(2022, 5, 1), 11_381),
  (day(2022, 8, 1), 11_609), (day(2023, 5, 1), 12_081), (day(2024, 11, 1), 12_459),
  (day(2025, 1, 1), 13_304),
]

/// The day up to which the first delivery tells; the second tells up to `end`.
let firstCut = day(2026, 6, 30)
let end = day(2026, 9, 30)
