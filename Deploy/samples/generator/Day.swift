/// Days since 1970-01-01.
typealias Day = Int

func day(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> Day {
  let shifted = month <= 2 ? year - 1 : year
  let era = shifted / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

func civil(_ day: Day) -> (year: Int, month: Int, day: Int) {
  let shifted = day + 719_468
  let era = shifted / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let index = (5 * dayOfYear + 2) / 153
  let month = index < 10 ? index + 3 : index - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
}

/// Months since year 0.
typealias Month = Int

func month(_ year: Int, _ number: Int) -> Month { year * 12 + number - 1 }
func month(of day: Day) -> Month { month(civil(day).year, civil(day).month) }
func firstDay(_ month: Month) -> Day { day(month / 12, month % 12 + 1, 1) }
func lastDay(_ month: Month) -> Day { firstDay(month + 1) - 1 }
func quarter(_ month: Month) -> String { "\(month / 12)T\(month % 12 / 3 + 1)" }
func adding(months count: Int, to day: Day) -> Day {
  let target = month(of: day) + count
  return min(firstDay(target) + civil(day).day - 1, lastDay(target))
}
/// 0 for Monday.
func weekday(_ day: Day) -> Int { (day + 3) % 7 }
func workdays(_ from: Day, _ to: Day) -> Int {
  from > to ? 0 : (from...to).reduce(0) { $0 + (weekday($1) < 5 ? 1 : 0) }
}
