// Writes the sample deliveries of four cooperations: the same bytes every time, from one seed.
//
//     swiftc -O -swift-version 6 generator/*.swift -o generate && ./generate OUTPUT-FOLDER
//
// What is fact and what is invented is said in README.md of the samples. No clock, no library of random
// numbers, no locale: a generator of its own, integer arithmetic for dates, and numbers kept in hundredths.

import Foundation

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: generate OUTPUT-FOLDER\n".utf8))
  exit(64)
}
let output = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
for plan in [Plan.acces, .gme, .lemon, .recygo] {
  let simulation = simulated(plan)
  let folder = output.appendingPathComponent(plan.slug)
  try simulation.early.write(to: folder.appendingPathComponent("2026T2"), plan.dialect)
  try simulation.later.write(to: folder.appendingPathComponent("2026T3"), plan.dialect)
}
