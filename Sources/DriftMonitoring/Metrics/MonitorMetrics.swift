import CreditEvents
import DriftDetection
import Foundation
import ModelRegistry
public import Telemetry

/// The monitor's gauges as a page for Prometheus.
///
/// Features come from the model's own reference, a closed set; no value of an application becomes a label.
public struct MonitorMetrics: Sendable {
  /// The page.
  public let page: PrometheusPage

  /// Reads a state.
  ///
  /// - Parameters:
  ///   - fold: The state.
  ///   - unreadable: Records that are no partials.
  public init(_ fold: DriftFold, unreadable: Int = 0) {
    var page = PrometheusPage()
    let tally = fold.tally
    page.counter(
      MetricName.driftPartials,
      "Partials by what became of them.",
      [
        ("counted", tally.counted), ("duplicate", tally.duplicates), ("straddles", tally.straddles),
        ("unwatched", tally.unwatched), ("unreadable", unreadable),
      ].map { ([(MetricName.Label.result, $0.0)], $0.1) }
    )
    page.counter(
      MetricName.driftMissingOffsets,
      "Offsets that no partial covers.",
      [([], Int(clamping: tally.missingOffsets))]
    )
    let models = fold.models.map { (model: $0, window: $0.evidenceWindow) }
    func gauge(
      _ name: String,
      _ help: String,
      _ rows: (ModelDrift, EvidenceWindow) -> [(labels: [PrometheusPage.Label], value: Double)]
    ) {
      page.gauge(
        name,
        help,
        models.flatMap { entry in
          rows(entry.model, entry.window).map { row in
            (
              [
                (MetricName.Label.name, entry.model.identity.name),
                (MetricName.Label.version, entry.model.identity.version),
              ] + row.labels, row.value
            )
          }
        }
      )
    }
    gauge(MetricName.driftWindowEvents, "Events of the window that the gauges describe.") { _, window in
      [([], Double(window.counts.eventCount))]
    }
    gauge(MetricName.driftLateEvents, "Events counted after their block was done.") { model, _ in
      [([], Double(model.windows.lateEventCount))]
    }
    gauge(MetricName.driftStability, "Population stability index of the window.") { model, window in
      model.drift.watches.map { watch in
        let figures = WatchFigures(watch, model.reference.profile, window.counts)
        return ([(MetricName.Label.feature, model.name(of: watch))], figures.stability)
      }
    }
    gauge(MetricName.driftNoise, "The index that chance alone exceeds in 5 of 100 such windows.") {
      model,
      window in
      model.drift.watches.compactMap { watch in
        let figures = WatchFigures(watch, model.reference.profile, window.counts)
        guard figures.noise.isFinite else { return nil }
        return ([(MetricName.Label.feature, model.name(of: watch))], figures.noise)
      }
    }
    gauge(MetricName.driftMissingShare, "Share of missing values in the window.") { model, window in
      model.quality.watches.filter { $0.kind == .missing }.map { watch in
        let figures = WatchFigures(watch, model.reference.profile, window.counts)
        return ([(MetricName.Label.feature, model.name(of: watch))], figures.currentShare)
      }
    }
    gauge(MetricName.driftUnseenShare, "Share of values in the window that were never seen at training.") {
      model,
      window in
      model.quality.watches.filter { $0.kind == .unseen }.map { watch in
        let figures = WatchFigures(watch, model.reference.profile, window.counts)
        return ([(MetricName.Label.feature, model.name(of: watch))], figures.currentShare)
      }
    }
    gauge(MetricName.driftFeatureShare, "Share of the watched features that are in alarm.") { model, _ in
      let alarms = model.drift.readings.count(where: \.isAlarm)
      return [([], Double(alarms) / Double(max(1, model.drift.readings.count)))]
    }
    gauge(MetricName.driftScoreShift, "What moved features explain of the shift of the mean margin.") {
      model,
      window in
      [([], ScoreShift(profile: model.reference.profile, window: window.counts).total)]
    }
    gauge(MetricName.driftOpenAlerts, "Open alerts.") { model, _ in
      DriftAlert.Severity.allCases.map { severity in
        (
          [(MetricName.Label.severity, severity.rawValue)],
          Double(model.openAlerts.count { $0.severity == severity })
        )
      }
    }
    self.page = page
  }

  /// Replaces a file by the page, so that a collector never reads half of it.
  ///
  /// - Parameter path: The file.
  /// - Throws: What Foundation says when it cannot be written.
  public func write(to path: String) throws {
    try Data(page.text.utf8).write(to: URL(filePath: path), options: .atomic)
  }
}

extension ModelDrift {
  /// The name of a watch's feature.
  func name(of watch: Watch) -> String { reference.profile.features[watch.feature].name }
}
