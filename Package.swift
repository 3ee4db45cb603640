// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "jvs",
  products: [.executable(name: "jvs", targets: ["jvs"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries: no build time, Debian packages only.
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // Without pkg-config, which also asks for zlib's development files that only the library itself needs.
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    // Only declarations: the GNU parts of posix_spawn.
    .systemLibrary(name: "CSpawn"),
    // Only declarations: how memory is kept.
    .systemLibrary(name: "CMalloc"),

    // The database driver: knows nothing of impact.
    .target(name: "Postgres", dependencies: ["CLibpq"], swiftSettings: strict),

    // The flow of the data: Capture → Store → Impact → Store → Publication.
    .target(name: "Impact", swiftSettings: strict),
    .target(
      name: "Capture",
      dependencies: ["Impact", "CCrypto", "CZip", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict
    ),
    .target(name: "Store", dependencies: ["CSpawn", "Impact", "Postgres"], swiftSettings: strict),
    .target(name: "Publication", dependencies: ["CXLSXWriter", "Impact"], swiftSettings: strict),

    // The command, the only place that knows them all.
    .executableTarget(
      name: "jvs",
      dependencies: [
        "CMalloc", "Capture", "Impact", "Postgres", "Publication", "Store",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),

    .testTarget(
      name: "ImpactTests", dependencies: ["Impact"], exclude: ["Golden"], swiftSettings: strict),
    // What tests of several targets share: the test database, a schema a test.
    .target(
      name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CaptureTests",
      dependencies: ["Capture", "Impact"],
      exclude: ["Corpus"],
      swiftSettings: strict
    ),
    // The inputs of the fuzzers, read again; Tests/Fuzz/run builds the fuzzers themselves.
    .testTarget(
      name: "FuzzTests",
      dependencies: ["Capture", "Impact"],
      path: "Tests/Fuzz",
      exclude: ["Entry", "README.md", "corpus", "run"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Capture", "Impact", "Postgres", "Store", "TestSupport"],
      exclude: ["Measures/Checks", "Samples/recomputed.csv"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PublicationTests",
      dependencies: ["Impact", "Publication"],
      exclude: ["Snapshots"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "JVSTests",
      dependencies: ["Capture", "Impact", "Postgres", "Publication", "Store", "TestSupport", "jvs"],
      exclude: ["Index"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
