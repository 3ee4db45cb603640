/// Whether figures tell of real people or of invented ones, as every row of every file says.
enum DataNature: String, Sendable {
  case sample = "données d'exemple"
  case real = "données réelles"

  init(isSample: Bool) { self = isSample ? .sample : .real }
}
