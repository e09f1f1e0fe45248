public import CreditEvents

/// A way in which a record can be wrong, planted on purpose.
///
/// The first group has no decision and must end as a dead letter, the second is scored and its deviation named.
public enum Flaw: String, Sendable, CaseIterable, Codable {
  /// The record has no value: a tombstone.
  case noValue = "no_value"
  /// The value has no bytes.
  case emptyValue = "empty_value"
  /// The value is a text that is no JSON.
  case notJSON = "not_json"
  /// The value ends in the middle.
  case truncated
  /// Something follows the object.
  case trailingBytes = "trailing_bytes"
  /// A text holds a byte that is no UTF-8.
  case notUTF8 = "not_utf8"
  /// The value starts with a byte order mark.
  case byteOrderMark = "byte_order_mark"
  /// The id occurs twice.
  case duplicateKey = "duplicate_key"
  /// An unknown field is nested 512 deep.
  case tooDeep = "too_deep"
  /// An unknown field holds a text of 64 KiB.
  case tooLarge = "too_large"
  /// A number is written as NaN, which JSON does not have.
  case notANumber = "not_a_number"
  /// A number is 1e400, which no double can hold.
  case numberOutOfRange = "number_out_of_range"
  /// The object stands in an array.
  case notAnObject = "not_an_object"
  /// The id is absent.
  case missingID = "missing_id"
  /// The id is null.
  case nullID = "null_id"
  /// The id is an object.
  case invalidID = "invalid_id"
  /// A field holds an object.
  case wrongType = "wrong_type"

  /// There is a field that nobody declared.
  case unknownField = "unknown_field"
  /// A category is one that no model has seen.
  case unseenCategory = "unseen_category"
  /// A number is far outside anything plausible.
  case outOfRange = "out_of_range"
  /// A field is absent.
  case absentField = "absent_field"

  /// The class of the dead letter that the record must become, nil when it is scored all the same.
  public var rejection: RejectionClass? {
    switch self {
    case .noValue, .emptyValue: .emptyValue
    case .notJSON, .truncated, .trailingBytes, .notANumber: .notJSON
    case .notUTF8, .byteOrderMark: .notUTF8
    case .duplicateKey: .duplicateKey
    case .tooDeep: .tooDeep
    case .tooLarge: .tooLarge
    case .numberOutOfRange: .numberOutOfRange
    case .notAnObject: .notAnObject
    case .missingID, .nullID: .missingId
    case .invalidID: .invalidId
    case .wrongType: .wrongType
    case .unknownField, .unseenCategory, .outOfRange, .absentField: nil
    }
  }
}
