import StrictJSON
import Testing

/// CPython's shortest digits are the oracle (`Fixtures/make_fixtures.py`).
@Suite struct NumberTextTests {
  @Test("Doubles and floats get the shortest digits and read back to the same bits")
  func shortest() throws {
    let parser = JSONParser(limits: .event)
    let lines = try fixture("numbers.tsv")
    for line in lines {
      let columns = line.split(separator: "\t")
      let bits = try #require(UInt64(columns[1], radix: 16))
      var writer = JSONWriter()
      let isDouble = columns[0] == "64"
      if isDouble {
        writer.number(Double(bitPattern: bits))
      } else {
        writer.number(Float(bitPattern: UInt32(bits)))
      }
      let (digits, exponent) = try #require(decimal(writer.bytes))
      #expect(digits == columns[2] && exponent == Int(columns[3]), "\(line)")
      let read = try #require(try parser.withRoot(of: writer.bytes) { $0.double })
      #expect(isDouble ? read.bitPattern == bits : UInt64(Float(read).bitPattern) == bits, "\(line)")
    }
    #expect(lines.count > 2000)
  }

  @Test(
    "Whole numbers keep a fraction, so that they read back as doubles",
    arguments: [
      (0.0, "0.0"), (-0.0, "-0.0"), (5, "5.0"), (1e15, "1000000000000000.0"), (1e300, "1e+300"),
      (1e-7, "1e-07"),
    ]
  )
  func whole(_ number: Double, _ text: String) {
    var writer = JSONWriter()
    writer.number(number)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  /// Significant digits and the decimal exponent of the last of them.
  private func decimal(_ text: [UInt8]) -> (digits: String, exponent: Int)? {
    let parts = String(decoding: text, as: UTF8.self).lowercased().split(separator: "e")
    guard let mantissa = parts.first else { return nil }
    let halves = mantissa.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = halves.count > 1 ? halves[1] : ""
    var digits = (halves[0] + fraction).drop { $0 == "0" }
    var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - fraction.count
    while digits.last == "0" {
      digits.removeLast()
      exponent += 1
    }
    return (String(digits), exponent)
  }
}
