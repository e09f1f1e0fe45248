import CreditEvents
import KafkaClient

/// What is checked about a record before its value is read: its time, its headers and the schema that they declare.
///
/// The checks look at the record only, never at a clock, so that the same record fares the same whenever it is read.
enum RecordEnvelope {
  /// The beginning of the year 2200.
  ///
  /// A record from beyond would put every model into force that is announced for a later day.
  static let endOfTime: Int64 = 7_258_118_400_000
  /// More than any tracing needs; what is above is a mistake or an attack, and travels on into no decision.
  static let maximumHeaders = 256
  /// Names and values together.
  static let maximumHeaderBytes = 64 << 10
  /// `ce_type` of the applications that this program reads; records without that header are taken for such.
  static let applicationType = "creditstream.application.v1"
  private static let anyApplicationType = "creditstream.application."

  /// Why a record can have no decision whatever its value is; nil when nothing is wrong.
  ///
  /// - Parameter record: The record.
  /// - Returns: The rejection.
  static func rejection(of record: ConsumedRecord) -> Rejection? {
    guard let time = record.timestampMilliseconds, (0..<endOfTime).contains(time) else {
      return Rejection(
        .invalidTimestamp,
        message: "the record's timestamp is none of the years 1970 to 2199: send the time of the application"
      )
    }
    var count = 0
    var bytes = 0
    var isForeign = false
    record.forEachHeader { name, value in
      count += 1
      bytes += name.count + (value?.count ?? 0)
      guard let value, name.elementsEqual(DecisionHeader.type.utf8) else { return }
      isForeign = value.starts(with: anyApplicationType.utf8) && !value.elementsEqual(applicationType.utf8)
    }
    guard count <= maximumHeaders, bytes <= maximumHeaderBytes else {
      return Rejection(
        .headersTooLarge,
        message: "the headers are too many or too large: send at most \(maximumHeaders) with "
          + "\(maximumHeaderBytes) bytes in all"
      )
    }
    if isForeign {
      return Rejection(
        .unknownSchema,
        message: "header ce_type names another version of applications: send \(applicationType)"
      )
    }
    // JSON never begins with NUL; what schema registries frame does.
    let isFramed = record.withValue { value in value?.first == 0 && value?.count ?? 0 >= 5 }
    guard isFramed else { return nil }
    return Rejection(
      .unknownSchema,
      message: "the value has a schema registry's frame (first byte 0): send plain JSON"
    )
  }
}
