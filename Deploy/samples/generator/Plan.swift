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
}

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
