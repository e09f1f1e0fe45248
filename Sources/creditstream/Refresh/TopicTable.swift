import Crypto
import FeaturePipeline
import Foundation
import KafkaClient
import ModelTraining
import ScoringStream

/// The training table as the topics hold it: applications joined with what became of them.
struct TopicTable {
  /// The rows.
  let table: ApplicationTable
  /// What was joined and left out.
  let counts: MatureApplications.Counts
  /// The SHA-256 over the joined ids and outcomes.
  let sha256: String

  /// Reads the topics to their ends: outcomes once, applications twice, so that they need not be kept.
  init(_ file: ExperimentFile, _ settings: ScorerSettings, outcomes: String, asOf: Int64) throws {
    let refresh = file.experiment.refresh
    var join = try MatureApplications(file.declaration.pipeline, refresh, asOf: asOf)
    let topics = WholeTopic(settings.clientProperties)
    let bar = ProgressBar("reading topics")
    try topics.forEach(outcomes, progress: { bar.show(0.2 * $0, outcomes) }) { record in
      record.withValue { join.add(outcome: $0) }
    }
    let applications = settings.topics.applications
    try topics.forEach(applications, progress: { bar.show(0.2 + 0.4 * $0, applications) }) { record in
      let (id, place) = Self.names(record)
      record.withValue { join.note($0, id: id, at: place, of: record.timestampMilliseconds ?? 0) }
    }
    try topics.forEach(applications, progress: { bar.show(0.6 + 0.4 * $0, applications) }) { record in
      let (id, place) = Self.names(record)
      try record.withValue { (value) throws in try join.add(value, id: id, at: place) }
    }
    table = try join.finished(refresh)
    counts = join.counts
    bar.finish("\(counts.joined) mature applications with an outcome")
    var hash = SHA256()
    for (id, target) in zip(table.ids, table.targets ?? []) {
      hash.update(data: Data("\(id) \(target)\n".utf8))
    }
    sha256 = hash.finalize().map { String(format: "%02x", $0) }.joined()
  }

  private static func names(_ record: ConsumedRecord) -> (id: String, place: MatureApplications.Place) {
    (
      String(decoding: record.key ?? [], as: UTF8.self),
      MatureApplications.Place(partition: record.partition, offset: record.offset)
    )
  }
}
