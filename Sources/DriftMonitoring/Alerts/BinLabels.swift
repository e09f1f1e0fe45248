import DriftDetection
import ModelRegistry

/// What falls into each bin of a watch, for people.
struct BinLabels {
  /// One text for each bin.
  let texts: [String]

  /// Names the bins of a watch.
  init(_ watch: Watch, _ feature: FeatureReference, _ value: WatchedValue) {
    switch watch.kind {
    case .missing: texts = ["given", "missing"]
    case .unseen: texts = ["as at training", "never seen"]
    case .distribution: texts = Self.texts(feature.bins, value)
    }
  }

  private static func texts(_ bins: FeatureBins, _ value: WatchedValue) -> [String] {
    switch bins {
    case .number(let bins):
      let edges = bins.decileEdges
      let deciles = edges.map { "to \($0)" } + [edges.last.map { "above \($0)" } ?? "any"]
      return deciles + ["missing"]
    case .category(let bins):
      var names: [String] = []
      if case .category(let categories) = value.kind { names = categories }
      let named = bins.named.map { names.indices ~= $0 ? names[$0] : "\($0)" }
      return named + (bins.hasRest ? ["others"] : []) + ["never seen", "missing"]
    }
  }
}
