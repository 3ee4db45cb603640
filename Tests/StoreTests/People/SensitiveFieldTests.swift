import Capture
import Impact
import Store
import Testing

/// The project's own definitions keep the rules on sensitive data.
struct SensitiveFieldTests {
  @Test func `no file about participants has a column of health or justice beyond the coarse yes or no`()
    throws
  {
    for schema in try Fixture.schemas().schemas where schema.isAboutParticipants {
      for field in schema.fields where !Sensitivity.healthFields.contains(field.name) {
        #expect(Sensitivity(in: field.name) == nil, "\(schema.name).\(field.name)")
        #expect(
          Set(field.allowed.map { $0.uppercased() }).isDisjoint(with: Sensitivity.personalCodes),
          "\(schema.name).\(field.name)")
      }
      for name in Sensitivity.healthFields {
        if let field = schema.field(name) { #expect(field.kind == .boolean, "\(schema.name).\(name)") }
      }
    }
  }

  @Test func `no indicator is broken down by a person, or by what tells of health or justice`() throws {
    let catalogue = try Fixture.catalogue()
    for indicator in catalogue.indicators {
      for field in indicator.breakdowns {
        #expect(!Sensitivity.leadingFields.contains(field), "\(indicator.id) by \(field)")
        for term in indicator.measure.terms {
          let known = catalogue.vocabulary.entity(term.entity)?.field(field)
          #expect(
            known?.kind != .code || field == "employer" || field == "organisation",
            "\(indicator.id) by \(field)")
          for value in known?.values ?? [] {
            #expect(Sensitivity.parts[value.code] == nil, "\(indicator.id) by \(field)")
            // A number can stand for health or justice; its words cannot hide it.
            for label in [value.label.french, value.label.english] {
              #expect(Sensitivity(in: label) == nil, "\(indicator.id) by \(field): \(label)")
            }
          }
        }
      }
    }
  }

  /// Every count and every part of a breakdown cuts the exits in two; what can be found by adding and subtracting them
  /// are the sets of reasons that no cut divides.
  @Test
  func `no reason for leaving that tells of health, death or justice stands alone, even by subtraction`()
    throws
  {
    let catalogue = try Fixture.catalogue()
    let motifs = try #require(catalogue.vocabulary.entity("exits")?.field("motif")).values.map(\.code)
    let classes = try Self.classes()
    #expect(Set(motifs) == Set(classes.keys))
    var cuts: [Set<String>] = []
    for indicator in catalogue.definitions {
      for term in indicator.measure.terms where term.entity == "exits" {
        for condition in term.conditions {
          switch (condition.field, condition.test) {
          case ("motif", .oneOf(let values)): cuts.append(Set(values))
          case ("motif", .known): break
          case ("motif", _): Issue.record("\(indicator.id) asks of a reason what this test does not know")
          case ("class", .oneOf(let values)):
            cuts.append(Set(motifs.filter { values.contains(classes[$0] ?? "") }))
          default: break
          }
        }
      }
      #expect(!indicator.breakdowns.contains("motif"), "\(indicator.id)")
    }
    cuts += Set(classes.values).map { name in Set(motifs.filter { classes[$0] == name }) }
    #expect(cuts.count > 20)
    let found = Dictionary(grouping: motifs) { motif in cuts.map { $0.contains(motif) } }.values
    let sensitive: Set<String> = ["16", "17", "18"]
    for set in found where !sensitive.isDisjoint(with: set) {
      #expect(sensitive.intersection(set).count > 1 && Set(set).subtracting(sensitive).count > 1, "\(set)")
    }
    #expect(found.contains { !sensitive.isDisjoint(with: $0) })
    // Whatever the reference tables say of a class, the words of a reason are judged as well.
    for value in catalogue.vocabulary.entity("exits")?.field("motif")?.values ?? []
    where Sensitivity(in: value.label.french) != nil {
      #expect(sensitive.contains(value.code), "\(value.code)")
    }
  }

  /// The class of each reason for leaving.
  private static func classes() throws -> [String: String] {
    let schema = try #require(try Fixture.schemas().schema(named: "exit_motif"))
    let code = try #require(schema.fields.firstIndex { $0.name == "code" })
    let kind = try #require(schema.fields.firstIndex { $0.name == "class" })
    var found: [String: String] = [:]
    _ = try FactFile(path: Fixture.root + "/Indicators/reference/exit_motif.csv", schema: schema).read {
      row in
      if let name = row.values[code] { found[name] = row.values[kind] }
    }
    return found
  }

  @Test func `what the reference tables call sensitive is known here too`() throws {
    func sensitive(_ entity: String) throws -> Set<String> {
      let schema = try #require(try Fixture.schemas().schema(named: entity))
      let code = try #require(schema.fields.firstIndex { $0.name == "code" })
      let mark = try #require(schema.fields.firstIndex { $0.name == "sensitive" })
      var found: Set<String> = []
      _ = try FactFile(path: Fixture.root + "/Indicators/reference/\(entity).csv", schema: schema).read {
        row in
        if row.values[mark] == "t" { found.insert(row.values[code] ?? "") }
      }
      return found
    }
    #expect(try sensitive("criterion") == Sensitivity.personalCodes)
    let barriers = try sensitive("barrier")
    #expect(!barriers.isEmpty && barriers.isSubset(of: Set(Sensitivity.parts.keys)))
  }

  @Test func `no barrier of health or justice and no criterion of detention is recorded of a person`() throws
  {
    for schema in try Fixture.schemas().schemas where schema.isAboutParticipants {
      for field in schema.fields where !Sensitivity.healthFields.contains(field.name) {
        for value in field.allowed {
          #expect(Sensitivity.parts[value] == nil, "\(schema.name).\(field.name)")
        }
      }
    }
  }

  @Test func `an indicator that may tell of health or justice is not published, nor what is derived from it`()
    throws
  {
    var catalogue = try Fixture.catalogue()
    let hidden = Set(catalogue.definitions.map(\.name)).subtracting(
      catalogue.published.definitions.map(\.name))
    #expect(hidden == ["counted-barriers", "counted-barriers-accompaniment-rate"])
    let place = try #require(catalogue.indicators.firstIndex { $0.measure.expression != nil })
    let count = try #require(catalogue.indicator("counted-barriers"))
    catalogue.indicators[place].measure = .derived(
      try Measure.Expression.read("counted-barriers / counted-barriers").expression)
    #expect(count.measure.expression == nil)
    #expect(!catalogue.published.indicators.contains { $0.id == catalogue.indicators[place].id })
  }

  @Test func `identity is the only schema of its scope, and no fact refers to it`() throws {
    let schemas = try Fixture.schemas().schemas
    #expect(schemas.filter { $0.scope == .identity }.map(\.name) == ["identity"])
    #expect(!schemas.contains { schema in schema.references.contains { $0.entity == "identity" } })
  }
}
