import CreditScoring
import FeaturePipeline

extension PolicyDeclaration {
  /// Finds everything in the policy that contradicts itself or the pipeline.
  ///
  /// - Parameter pipeline: The pipeline whose fields conditions and reasons name.
  /// - Returns: The problems with their places in the pipeline file.
  func validate(with pipeline: PipelineDeclaration) -> [PipelineProblem] {
    var problems: [PipelineProblem] = []
    func report(_ path: String..., message: String) {
      problems.append(PipelineProblem(path: ["policy"] + path, message: message))
    }
    if version < 1 { report("version", message: "versions count from 1") }
    for (key, value) in [("missed_default", costs.missedDefault), ("refused_good", costs.refusedGood)]
    where !(value > 0 && value < 1e9) {
      report("costs", key, message: "\(value) is no cost; give a number above 0")
    }
    if referBand.count != 2 || !(0 < referBand[0] && referBand[0] <= 1 && 1 <= referBand[1]) {
      report(
        "refer_band",
        message:
          "give two multiples of the threshold, the first above 0 and up to 1, the second from 1: [0.9, 1.5]"
      )
    }
    for (index, rule) in knockOuts.enumerated() {
      if knockOuts[..<index].contains(where: { $0.code == rule.code }) {
        report(
          "knock_outs",
          "\(index)",
          "code",
          message: "\(rule.code) is given twice; each rule has its own"
        )
      }
      if let problem = Self.problem(of: rule.when, in: pipeline) {
        report("knock_outs", "\(index)", "when", message: problem)
      }
    }
    let seen = pipeline.readFields.filter { !$0.isProtected && $0.isFeature != false }.map(\.name)
    let computed =
      pipeline.derived.filter(\.isFeature).map(\.name)
      + pipeline.aggregates.filter(\.isFeature).map(\.name)
    let known = Set(seen + computed)
    var owners: [String: String] = [:]
    for (code, reason) in reasons.sorted(by: { $0.key < $1.key }) {
      for group in reason.groups {
        if !known.contains(group) {
          report(
            "reasons",
            code,
            "groups",
            message: "\(group) is neither a field nor a derived feature that the model sees"
          )
        } else if let owner = owners.updateValue(code, forKey: group) {
          report("reasons", code, "groups", message: "\(group) already belongs to \(owner); remove one")
        }
      }
    }
    return problems
  }

  /// Why a condition cannot be computed, if so.
  private static func problem(of condition: String, in pipeline: PipelineDeclaration) -> String? {
    // Contradictions of the pipeline itself are reported by its own validation.
    guard pipeline.validate().isEmpty, let schema = try? pipeline.schema() else { return nil }
    do {
      let expression = try Expression(condition)
      var derived: [String: Expression] = [:]
      for feature in pipeline.derived { derived[feature.name] = try Expression(feature.expression) }
      let scope = ExpressionScope(
        schema: schema,
        knowing: [expression] + pipeline.derived.compactMap { derived[$0.name] },
        derived: derived
      )
      _ = try expression.compiled(in: scope)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
