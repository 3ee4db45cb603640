import Testing

@testable import Impact

@Suite struct `Where a polynomial is nought` {
  /// The polynomial that is 0 at these places and nowhere else.
  private static func polynomial(_ roots: [Double]) -> Polynomial {
    roots.reduce(Polynomial(coefficients: [1])) { product, root in
      var next = [Double](repeating: 0, count: product.coefficients.count + 1)
      for (power, factor) in product.coefficients.enumerated() {
        next[power] -= factor * root
        next[power + 1] += factor
      }
      return Polynomial(coefficients: next)
    }
  }

  @Test func `between two ends, at the ends themselves, and where it only touches`() {
    let two = Self.polynomial([0.3, 0.7])
    #expect(two.roots(from: 0, to: 1).count == 2 && two.roots(from: 0.4, to: 0.6).isEmpty)
    expectEqual(two.roots(from: 0, to: 1).first, 0.3)
    expectEqual(two.roots(from: 0, to: 1).last, 0.7)
    #expect(Polynomial(coefficients: [0, 3]).roots(from: 0, to: 1) == [0])
    #expect(Polynomial(coefficients: [-1, 1]).roots(from: 0, to: 1) == [1])
    #expect(Self.polynomial([0.5, 0.5]).roots(from: 0, to: 1) == [0.5])
    #expect(Polynomial(coefficients: [2]).roots(from: 0, to: 1).isEmpty)
    #expect(Polynomial(coefficients: [1, 2, 3]).roots(from: 0, to: 1).isEmpty)
  }

  @Test func `every place of polynomials made from theirs is found, in order`() {
    var generator = SeededGenerator(seed: 5)
    var found = 0
    for _ in 0..<300 {
      let count = 1 + Int(generator.unit() * 6)
      // Places a twentieth apart at least, some of them outside.
      let roots = (0..<count).map { 0.05 + 0.25 * (Double($0) + 0.6 * generator.unit()) }
      let inside = roots.filter { $0 <= 1 }
      let places = Self.polynomial(roots).roots(from: 0, to: 1)
      #expect(places.count == inside.count, "\(roots)")
      for (place, root) in zip(places, inside) { #expect(abs(place - root) < 1e-9, "\(roots)") }
      found += places.count
    }
    #expect(found > 500)
  }

  @Test func `with many years the recursion ends and finds what a fine grid finds`() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<20 {
      let one = Polynomial(coefficients: (0..<99).map { _ in generator.unit() - 0.5 })
      let places = one.roots(from: 0.5, to: 1)
      let values = (0...4000).map { one.value(at: 0.5 + 0.5 * Double($0) / 4000) }
      let crossings = zip(values, values.dropFirst()).count { ($0 > 0) != ($1 > 0) }
      #expect(places.count >= crossings)
      for place in places { #expect(abs(one.value(at: place)) < 1e-9) }
    }
  }
}
