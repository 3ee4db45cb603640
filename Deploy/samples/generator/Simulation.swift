/// One person's way through a cooperation, as the simulation knows it.
struct Pathway {
  var code = ""
  var participant = ""
  var employer: String
  var start: Day
  var finish: Day
  var weekly: Int
  var frailty: Double
}

/// How a pathway ends.
struct Leaving {
  var pathway: Int
  var motif: Int?
  var group: String
  var next: String?
}

/// One cooperation simulated: its two deliveries, and what later files are made from.
struct Simulation {
  var plan: Plan
  var random: Random
  var early = Delivery()
  var later = Delivery()
  var pathways: [Pathway] = []
  var exits: [Leaving] = []
  /// Hours worked by month, in hundredths.
  var hours: [Month: Int] = [:]
  var hoursByEmployer: [String: [Month: Int]] = [:]
  var lateFollowUpSent = false
  var earlyFollowUpSent = false

  init(_ plan: Plan) {
    self.plan = plan
    random = Random(seed: seed, stream: plan.slug)
  }

  /// Puts a row in the delivery that tells its date, or in the second one when it arrives late.
  mutating func deliver(_ entity: String, _ date: Day, _ row: [Cell]) {
    if date <= firstCut { early.add(entity, row) } else if date <= end { later.add(entity, row) }
  }

  mutating func run() {
    people()
    activity()
    training()
    leave()
    conventions()
    partners()
    economy()
    governance()
    minutes()
  }

  /// Rows that say who cooperates; sent again with each delivery when `again` says so.
  mutating func identity(_ entity: String, again: Bool, _ rows: [[Cell]]) {
    for row in rows {
      early.add(entity, row)
      if again { later.add(entity, row) }
    }
  }
}
