import Capture
import Testing

@Suite struct `Fingerprints` {
  @Test func `match the published test vectors`() {
    #expect(
      Fingerprint(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Fingerprint(of: Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `do not depend on how the bytes arrive, and a builder can be used again`() {
    let bytes = (0..<1000).map { UInt8($0 % 251) }
    let builder = Fingerprint.Builder()
    for size in [1, 7, 64, 999] {
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + size)
        builder.append(Array(bytes[start..<end]))
        start = end
      }
      #expect(builder.fingerprint() == Fingerprint(of: bytes))
    }
  }
}
