import CreditEvents
import FeaturePipeline
import Foundation
import ModelTraining

/// The trainer as a job of its own: refits on schedule, and when a drift alert asks for it.
struct RefreshWatch {
  let job: RefreshJob
  let alertsTopic: String
  /// How often to refit unasked; nil for never.
  let interval: Duration?
  /// After how many refreshes to end; nil for never.
  let limit: Int?
  /// What is not reproducible about a run: the moment whose knowledge counts.
  let asOf: Int64?

  /// Watches until interrupted.
  func run() async throws {
    let interruption = Interruption()
    let signals = Task { await interruption.listen() }
    defer { signals.cancel() }
    let requests = try RefitRequests(
      alertsTopic,
      of: job.file.declaration.pipeline.name,
      job.settings.clientProperties
    )
    Terminal.note(
      "watching \(alertsTopic)"
        + (interval.map { ", refitting every \(Int($0.seconds)) s" } ?? ", no schedule")
    )
    var due = interval.map { ContinuousClock.now + $0 }
    var count = 0
    while !interruption.isRequested, limit.map({ count < $0 }) ?? true {
      let alert = try requests.next(within: 250)
      let isDue = due.map { $0 <= .now } ?? false
      guard alert != nil || isDue else { continue }
      Terminal.print(
        alert.map { "refit asked for by alert \($0.alertID): \($0.message)" } ?? "refit on schedule"
      )
      refresh()
      count += 1
      due = interval.map { ContinuousClock.now + $0 }
    }
    try requests.close()
  }

  /// A refresh that fails leaves everything as it is, and the job goes on: the next may succeed.
  private func refresh() {
    do {
      Terminal.print(job.text(try job.run(asOf: asOf ?? RefreshJob.now())))
    } catch {
      Terminal.print("refit failed, the model in force stays: \(error)")
    }
  }
}
