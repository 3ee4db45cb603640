/// The Technology Achievement Index of 23 countries: table A.2 of the OECD/JRC handbook (2008, page 152), goalposts
/// of Saisana, Saltelli and Tarantola (2005, table 1), weights of table 22, ranks of tables 23, 38 and 41.
enum TechnologyAchievement {
  static let indicators = [
    "patents", "royalties", "internet", "exports", "telephones_log", "electricity_log", "schooling",
    "university",
  ]
  static let goalposts: [(worst: Double, best: Double)] = [
    (0, 994),
    (0, 272.6),
    (0, 232.4),
    (0, 80.8),
    (0, 2.954724790979063),
    (1.3424226808222062, 3.843170464519898),
    (0.8, 12),
    (0.1, 27.4),
  ]
  /// Equal weights, factor analysis, budget allocation and analytic hierarchy, as printed with two digits.
  static let weights: [String: [Double]] = [
    "EW": [0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125],
    "FA": [0.17, 0.15, 0.11, 0.06, 0.08, 0.13, 0.13, 0.17],
    "BAP": [0.11, 0.11, 0.11, 0.18, 0.1, 0.06, 0.15, 0.18],
    "AHP": [0.09, 0.1, 0.07, 0.21, 0.05, 0.06, 0.18, 0.25],
  ]
  /// Country; the eight indicators, telephones and electricity as logarithms; ranks by equal weights, factor
  /// analysis, budget allocation, analytic hierarchy, six indicators and the geometric mean of the raw values.
  static let countries: [(name: String, values: [Double], ranks: [Int])] = [
    ("Finland", [187, 125.6, 200.2, 50.7, 3.08, 4.15, 10, 27.4], [1, 1, 1, 1, 1, 2]),
    ("United States", [289, 130, 179.1, 66.2, 3, 4.07, 12, 13.9], [2, 2, 2, 3, 2, 1]),
    ("Sweden", [271, 156.6, 125.8, 59.7, 3.1, 4.14, 11.4, 15.3], [3, 3, 3, 4, 3, 3]),
    ("Japan", [994, 64.6, 49, 80.8, 3, 3.86, 9.5, 10], [4, 4, 5, 5, 4, 4]),
    ("Korea, Rep. of", [779, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2], [5, 5, 4, 2, 5, 16]),
    ("Netherlands", [189, 151.2, 136, 50.9, 3.02, 3.77, 9.4, 9.5], [6, 6, 8, 11, 6, 5]),
    ("United Kingdom", [82, 134, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9], [7, 8, 7, 7, 7, 6]),
    ("Canada", [31, 38.6, 108, 48.7, 2.94, 4.18, 11.6, 14.2], [9, 10, 10, 10, 9, 13]),
    ("Australia", [75, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3], [10, 7, 11, 9, 10, 14]),
    ("Singapore", [8, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2], [8, 11, 6, 6, 8, 18]),
    ("Germany", [235, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4], [11, 12, 9, 8, 11, 8]),
    ("Norway", [103, 20.2, 193.6, 19, 3.12, 4.39, 11.9, 11.2], [12, 9, 13, 16, 12, 11]),
    ("Ireland", [106, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3], [13, 14, 12, 12, 13, 7]),
    ("Belgium", [72, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6], [14, 15, 14, 13, 14, 9]),
    ("New Zealand", [103, 13, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1], [15, 13, 17, 18, 15, 17]),
    ("Austria", [165, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6], [16, 16, 15, 15, 16, 12]),
    ("France", [205, 33.6, 36.4, 58.9, 2.97, 3.8, 7.9, 12.6], [17, 17, 16, 14, 17, 10]),
    ("Israel", [74, 43.6, 43.2, 45, 2.96, 3.74, 9.6, 11], [18, 18, 18, 17, 18, 15]),
    ("Spain", [42, 8.6, 21, 53.4, 2.86, 3.62, 7.3, 15.6], [19, 19, 19, 19, 19, 19]),
    ("Italy", [13, 9.8, 30.4, 51, 3, 3.65, 7.2, 13], [20, 20, 21, 21, 22, 21]),
    ("Czech Republic", [28, 4.2, 25, 51.7, 2.75, 3.68, 9.5, 8.2], [21, 21, 22, 22, 21, 23]),
    ("Hungary", [26, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7], [22, 23, 20, 20, 20, 22]),
    ("Slovenia", [105, 4, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6], [23, 22, 23, 23, 23, 20]),
  ]
}
