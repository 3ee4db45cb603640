import ArgumentParser

@main
struct JVS: ParsableCommand {}
