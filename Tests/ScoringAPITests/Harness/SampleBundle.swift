import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry

/// A bundle that is small enough to be written by hand.
enum SampleBundle {
  static func contents(
    slope: Double = 1,
    events: [String] = SampleBundle.events,
    model: String = SampleBundle.model()
  ) throws -> BundleContents {
    let pipeline = try pipeline()
    let policy = try Policy(
      version: 1,
      costs: Policy.Costs(missedDefault: 10, refusedGood: 1),
      referFrom: 0.5,
      declineFrom: 0.6,
      knockOuts: [
        Policy.KnockOut(
          code: "TOO_POOR",
          condition: "income < 10",
          texts: ["en": "Income too low", "fr": "Revenu trop bas"]
        )
      ]
    )
    return BundleContents(
      pipeline: pipeline,
      modelJSON: Array(model.utf8),
      calibration: .platt(slope: slope, intercept: 0.25),
      policy: try policy.explaining(pipeline, labels: ["income": ["en": "Income", "fr": "Revenu"]]),
      goldenEvents: events.map { Array($0.utf8) },
      card: Array("<h1>Card</h1>".utf8),
      training: Array(#"{"rows":4}"#.utf8)
    )
  }

  static let events = [
    #"{"id":"a","income":1000,"job":"A"}"#, #"{"id":"b","income":2500.5}"#, #"{"id":"c","job":"never seen"}"#,
    #"{"id":"d","income":null,"job":"B","note":"é"}"#,
  ]

  private static func pipeline() throws -> FittedPipeline {
    let declaration = PipelineDeclaration(
      name: "sample",
      idField: "id",
      fields: [
        FieldDeclaration(name: "income", kind: .number), FieldDeclaration(name: "job", kind: .category),
      ]
    )
    var numbers: [Double] = []
    var jobs: [Double] = []
    for row in 0..<60 {
      numbers.append(Double(row) * 100)
      jobs.append(Double(row % 2))
    }
    let table = ApplicationTable(
      schema: try declaration.schema(),
      dictionaries: [nil, CategoryDictionary(["A", "B"])],
      ids: (0..<60).map { "\($0)" },
      columns: [numbers, jobs],
      targets: nil
    )
    return try FittedPipeline.fit(declaration, table: table, seed: 1)
  }

  /// Two stumps over income and the first category, in XGBoost's own JSON.
  ///
  /// - Parameter stumps: The threshold of each and its leaves, the left one for what lies below.
  /// - Returns: The document.
  static func model(
    stumps: [(threshold: String, left: String, right: String)] = [
      ("1.5E3", "6.5E-1", "-4.2E-1"), ("5E-1", "3.1E-1", "-1.7E-1"),
    ]
  ) -> String {
    func stump(_ id: Int) -> String {
      let (threshold, left, right) = stumps[id]
      return """
        {"base_weights":[0,\(left),\(right)],"categories":[],"categories_nodes":[],"categories_segments":[],
        "categories_sizes":[],"default_left":[1,0,0],"id":\(id),"left_children":[1,-1,-1],"loss_changes":[1.0,0,0],
        "parents":[2147483647,0,0],"right_children":[2,-1,-1],"split_conditions":[\(threshold),\(left),\(right)],
        "split_indices":[\(id),0,0],"split_type":[0,0,0],"sum_hessian":[60,40,20],
        "tree_param":{"num_deleted":"0","num_feature":"3","num_nodes":"3","size_leaf_vector":"0"}}
        """
    }
    return """
      {"learner":{"attributes":{},"feature_names":[],"feature_types":[],"gradient_booster":{"model":{
      "gbtree_model_param":{"num_parallel_tree":"1","num_trees":"2"},"tree_info":[0,0],"trees":[
      \(stump(0)),
      \(stump(1))]},"name":"gbtree"},
      "learner_model_param":{"base_score":"5E-1","num_class":"0","num_feature":"3","num_target":"1"},
      "objective":{"name":"binary:logistic","reg_loss_param":{"scale_pos_weight":"1"}}},"version":[1,7,4]}
      """
  }
}
