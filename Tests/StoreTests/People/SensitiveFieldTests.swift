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

  @Test func `identity is the only schema of its scope, and no fact refers to it`() throws {
    let schemas = try Fixture.schemas().schemas
    #expect(schemas.filter { $0.scope == .identity }.map(\.name) == ["identity"])
    #expect(!schemas.contains { schema in schema.references.contains { $0.entity == "identity" } })
  }
}
