import Foundation
import Reports
import Testing

@testable import ModelTraining

@Suite("TrainingReport")
struct TrainingReportTests {
  @Test("The JSON holds every figure with its spread")
  func json() throws {
    let table = try SyntheticLoans.table(rows: 300, seed: 31)
    var options = TrainingOptions()
    options.dataName = "loans.csv"
    options.dataSHA256 = "abc"
    let report = try TrainingRun(declaration: SyntheticLoans.declaration(), table: table, options: options)
      .run().report
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(report.encoded())) as? [String: Any]
    )
    let data = try #require(json["data"] as? [String: Any])
    #expect(data["name"] as? String == "loans.csv" && data["rows"] as? Int == 300)
    let metrics = try #require(json["metrics"] as? [String: [String: Any]])
    #expect(
      Set(metrics.keys) == ["auc", "log_loss", "brier", "expected_calibration_error", "cost_per_application"]
    )
    for (name, metric) in metrics {
      let values = try #require(metric["values"] as? [Double])
      let mean = try #require(metric["mean"] as? Double)
      #expect(values.count == (name == "expected_calibration_error" ? 2 : 6))
      #expect((values.reduce(0, +) / Double(values.count) - mean).magnitude < 1e-12)
      #expect(metric["standard_deviation"] as? Double ?? -1 > 0)
    }
    #expect((json["libraries"] as? [String: String])?["xgboost"]?.hasPrefix("1.") == true)
    #expect((json["importances"] as? [Any])?.isEmpty == false)
  }

  @Test("Spread is the sample standard deviation")
  func spread() {
    let summary = MetricSummary([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(summary.mean == 5)
    #expect((summary.standardDeviation - (32.0 / 7).squareRoot()).magnitude < 1e-15)
    #expect(MetricSummary([3]).standardDeviation == 0)
  }

  @Test(
    "Decimal texts are rounded to nearest",
    arguments: [
      (0.75234, 3, "0.752"), (0.9996, 3, "1.000"), (12.05, 1, "12.1"), (-0.04, 1, "0.0"), (-1.25, 2, "-1.25"),
      (.nan, 2, "–"), (.infinity, 2, "–"),
    ] as [(Double, Int, String)]
  )
  func decimals(_ value: Double, _ digits: Int, _ text: String) {
    #expect(NumberText.fixed(value, digits: digits) == text)
  }
}
