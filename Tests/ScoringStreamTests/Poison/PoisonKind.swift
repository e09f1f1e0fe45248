import CreditEvents
import KafkaClient
import TestSupport

/// A record as it is published, and what must become of it.
struct TestRecord: Sendable {
  var key: [UInt8]?
  var value: [UInt8]?
  var headers = RecordHeaders()
  var timestamp: Int64?
  /// The class of its dead letter; nil: it is decided.
  var expected: RejectionClass?

  /// An application that can be decided.
  static func application(_ id: Int) -> TestRecord {
    let text = "{\"id\":\(id),\"income\":\(id).5,\"job\":\"Laborers\",\"owns_car\":\"Y\"}"
    return TestRecord(key: Array("\(id)".utf8), value: Array(text.utf8), timestamp: 1_700_000_000_000)
  }
}

/// What intake systems send that they should not: 24 kinds, each with several shapes.
enum PoisonKind: String, CaseIterable, Sendable {
  case emptyValue, nullValue, nullKey, notJSON, truncated, trailingBytes, byteOrderMark, utf16, badUTF8
  case loneSurrogate, duplicateKey, notANumber, beyondDouble, hugeInteger, deep, oneMebibyte, tenThousandKeys
  case wrongType, missingField, unknownEnum, unknownSchemaVersion, headerBomb, noTimestamp, farFuture

  /// Kinds whose records are large; a test sends few of them.
  static let large: Set<PoisonKind> = [.deep, .oneMebibyte, .tenThousandKeys, .headerBomb]

  /// Makes a record of the kind.
  ///
  /// - Parameters:
  ///   - id: The id of the application that was spoilt.
  ///   - shape: Which of the kind's shapes; any number.
  /// - Returns: The record.
  func record(_ id: Int, shape: Int) -> TestRecord {
    var record = TestRecord.application(id)
    record.expected = expected
    let good = record.value ?? []
    func text(_ text: String) { record.value = Array(text.utf8) }
    switch self {
    case .emptyValue: record.value = []
    case .nullValue: record.value = nil
    case .nullKey: record.key = nil
    case .notJSON: text(["<application/>", "id;income\n7;1", "hello", "{'id':7}"][shape % 4])
    case .truncated: record.value = Array(good.prefix(1 + shape % (good.count - 1)))
    case .trailingBytes: record.value = good + Array(["{}", "]", "\u{0}", ",1"][shape % 4].utf8)
    case .byteOrderMark: record.value = [0xef, 0xbb, 0xbf] + good
    case .utf16:
      let units = String(decoding: good, as: UTF8.self).utf16
      record.value = [0xff, 0xfe] + units.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    case .badUTF8:
      let bad: [[UInt8]] = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf6]]
      record.value = Array("{\"id\":\(id),\"job\":\"".utf8) + bad[shape % 4] + Array("\"}".utf8)
    case .loneSurrogate: text("{\"id\":\(id),\"job\":\"\\ud800\"}")
    case .duplicateKey: text(["{\"id\":1,\"id\":2}", "{\"id\":1,\"x\":{\"a\":1,\"a\":2}}"][shape % 2])
    case .notANumber: text("{\"id\":\(id),\"income\":\(["NaN", "Infinity", "-Infinity"][shape % 3])}")
    case .beyondDouble: text("{\"id\":\(id),\"income\":\(["1e400", "-1e999"][shape % 2])}")
    case .hugeInteger: text("{\"id\":\(id),\"income\":\(String(repeating: "7", count: 400))}")
    case .deep:
      let depth = [512, 100_000][shape % 2]
      let brackets = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      text("{\"id\":\(id),\"x\":\(brackets)}")
    case .oneMebibyte: record.value = good + [UInt8](repeating: 0x20, count: 1 << 20)
    case .tenThousandKeys:
      text("{\"id\":\(id)," + (0..<10_000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}")
    case .wrongType:
      text("{\"id\":\(id),\"income\":\(["\"1\"", "true", "[1]", "{\"a\":1}"][shape % 4])}")
    case .missingField: text(["{}", "{\"income\":1}", "{\"id\":null}", "{\"id\":\"\"}"][shape % 4])
    case .unknownEnum: text("{\"id\":\(id),\"owns_car\":\"perhaps\"}")
    case .unknownSchemaVersion:
      if shape % 2 == 0 {
        record.headers.append("ce_type", "creditstream.application.v2")
      } else {
        record.value = [0, 0, 0, 0, 17] + good
      }
    case .headerBomb:
      if shape % 2 == 0 {
        for index in 0..<2_000 { record.headers.append("h\(index)", "x") }
      } else {
        record.headers.append("bomb", [UInt8](repeating: 0x41, count: 100_000))
      }
    case .noTimestamp: record.timestamp = -1
    case .farFuture: record.timestamp = 253_402_300_799_000
    }
    return record
  }

  /// The class of the dead letter; nil where the record is decided all the same.
  private var expected: RejectionClass? {
    switch self {
    case .emptyValue, .nullValue: .emptyValue
    // The decision's key is the application's id, which the value holds.
    case .nullKey: nil
    case .notJSON, .truncated, .trailingBytes, .loneSurrogate, .notANumber: .notJSON
    case .byteOrderMark, .utf16, .badUTF8: .notUTF8
    case .duplicateKey: .duplicateKey
    case .beyondDouble, .hugeInteger: .numberOutOfRange
    case .deep: .tooDeep
    case .oneMebibyte, .tenThousandKeys: .tooLarge
    case .wrongType, .unknownEnum: .wrongType
    case .missingField: .missingId
    case .unknownSchemaVersion: .unknownSchema
    case .headerBomb: .headersTooLarge
    case .noTimestamp, .farFuture: .invalidTimestamp
    }
  }
}
