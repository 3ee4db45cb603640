import ArgumentParser
import CMalloc

/// The command: it walks the arrows from partners' files to pages.
@main
struct JVS: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "jvs",
    abstract: "Measures the social impact of joint-ventures sociales.",
    discussion: """
      Partners' files become recorded facts, facts become figures, figures become an immutable release, and
      every page and export is rendered from that release.

      A first walk, with the sample cooperations:

        jvs init
        jvs import Deploy/samples
        jvs release --quarter 2026T3
        jvs publish --site site

      Every night, unattended:

        jvs nightly --site /srv/jvs-site

      The database is the one of --database, DATABASE_URL or PGHOST…; without any, jvs keeps a private
      PostgreSQL in its data folder.
      """,
    version: version,
    subcommands: [
      Init.self, DB.self, Import.self, Check.self, Compute.self, ReleaseCommand.self, Publish.self,
      IndicatorsCommand.self, Explain.self, HistoryCommand.self, PeriodCommand.self, TargetsCommand.self,
      ScoreCommand.self, SROICommand.self, AuditCommand.self, Person.self,
      Doctor.self, Nightly.self,
    ])

  static func main() async {
    // Threads that make figures in turns would each keep memory of their own for what another one freed.
    mallopt(M_ARENA_MAX, 2)
    await main(nil)
  }
}
