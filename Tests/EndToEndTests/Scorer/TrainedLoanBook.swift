import Foundation
import KafkaClient
import Synchronization
import TestSupport
import Testing

/// A folder with the loan book and a model trained on it, made once for all tests that need one.
enum TrainedLoanBook {
  private static let made: Result<String, any Error> = Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "creditstream-loan-book-\(UUID().uuidString)", directoryHint: .isDirectory).path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Tests have no hook for the end of all of them; the process has.
    paths.withLock { $0.append(folder) }
    atexit {
      for path in TrainedLoanBook.paths.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }
    try LoanBook.write(to: folder)
    let train = try Program.run(
      ["train", "--pipeline", "pipeline.yaml", "--data", "train.csv", "--registry", "models"],
      in: folder
    )
    try #require(train.status == 0, "\(train.errors)")
    return folder
  }

  private static let paths = Mutex<[String]>([])

  static func folder() throws -> String { try made.get() }

  /// Flags that name topics, group and identity of one run, so that runs share a cluster without meeting.
  static func flags(_ run: String, brokers: String) -> [String] {
    let settings = [
      "application=\(run)", "topics.applications=\(run).in", "topics.decisions=\(run).out",
      "topics.dead_letters=\(run).dlq", "topics.models=\(run).models",
      "topics.drift_partials=\(run).partials",
    ]
    return ["--brokers", brokers] + settings.flatMap { ["--set", $0] }
  }

  /// Puts the model in force.
  static func activate(_ run: String, brokers: String) throws {
    let outcome = try Program.run(
      ["model", "activate", "loan-book", "1", "--registry", "models"] + flags(run, brokers: brokers),
      in: folder()
    )
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  /// Applications as JSON, every fiftieth spoilt; the id tells partition and place.
  static func publish(
    _ ids: Range<Int>,
    to topic: String,
    partitions: Int,
    with producer: KafkaProducer
  ) throws {
    for id in ids {
      let text =
        id % 50 == 49
        ? "{\"ID\":\"A\(id)\",\"INCOME\":"
        : "{\"ID\":\"A\(id)\",\"INCOME\":\(1_000 + id % 977 * 83),\"AMOUNT\":\(500 + id % 613 * 61),\"PURPOSE\":\"car\"}"
      try Array("A\(id)".utf8).withUnsafeBytes { key in
        try Array(text.utf8).withUnsafeBytes { value in
          try producer.produce(topic: topic, partition: Int32(id % partitions), key: key, value: value)
        }
      }
    }
    try producer.flush(timeoutMilliseconds: 30_000)
  }
}
