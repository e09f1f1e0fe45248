/// A value of a file in Universal Binary JSON, XGBoost's default format since 2.1.
///
/// Arrays of one numeric type are kept as such: that is where almost all bytes of a model are.
enum UBJSONValue: ModelFileValue {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Float)
  case text(String)
  case array([UBJSONValue])
  case integerArray([Int64])
  case numberArray([Float])
  case object([(name: String, value: UBJSONValue)])

  var members: [(name: String, value: UBJSONValue)]? {
    if case .object(let members) = self { members } else { nil }
  }

  var elements: [UBJSONValue]? {
    switch self {
    case .array(let elements): elements
    case .integerArray(let integers): integers.map(UBJSONValue.integer)
    case .numberArray(let numbers): numbers.map(UBJSONValue.number)
    default: nil
    }
  }

  var elementCount: Int? {
    switch self {
    case .array(let elements): elements.count
    case .integerArray(let integers): integers.count
    case .numberArray(let numbers): numbers.count
    default: nil
    }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  var floats: [Float]? {
    switch self {
    case .numberArray(let numbers): return numbers
    case .integerArray(let integers): return integers.map { Float($0) }
    case .array(let elements):
      let floats = elements.compactMap(\.float)
      return floats.count == elements.count ? floats : nil
    default: return nil
    }
  }

  var integers: [Int64]? {
    switch self {
    case .integerArray(let integers): return integers
    case .array(let elements):
      let integers = elements.compactMap(\.integerOrTruth)
      return integers.count == elements.count ? integers : nil
    default: return nil
    }
  }

  private var float: Float? {
    switch self {
    case .number(let number): number
    case .integer(let integer): Float(integer)
    default: nil
    }
  }

  private var integerOrTruth: Int64? {
    switch self {
    case .integer(let integer): integer
    case .boolean(let truth): truth ? 1 : 0
    default: nil
    }
  }
}
