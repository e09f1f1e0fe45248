import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

@Suite("XGBoostModelRecord")
struct XGBoostModelRecordTests {
  private func text() throws -> String {
    String(decoding: try ZooModel.small.train().encoded(as: .json), as: UTF8.self)
  }

  private func refusal(of text: String) -> ModelFormatError? {
    do throws(ModelFormatError) {
      _ = try TreeEnsemble(xgboostJSON: Array(text.utf8))
      return nil
    } catch { return error }
  }

  @Test(
    "Models of other kinds are refused, and named",
    arguments: [
      ("\"name\":\"gbtree\"", "\"name\":\"gblinear\"", "gblinear", ModelFormatError.Code.unsupported),
      ("\"name\":\"gbtree\"", "\"name\":\"dart\"", "model", .unsupported),
      ("binary:logistic", "multi:softprob", "multi:softprob", .unsupported),
      ("binary:logistic", "count:poisson", "count:poisson", .unsupported),
      ("\"num_class\":\"0\"", "\"num_class\":\"3\"", "3 outputs", .unsupported),
      ("\"num_target\":\"1\"", "\"num_target\":\"2\"", "2 outputs", .unsupported),
      ("\"tree_info\":[0,0]", "\"tree_info\":[0,1]", "several outputs", .unsupported),
      ("\"tree_info\":[0,0]", "\"tree_info\":[0]", "tree_info", .inconsistent),
      ("\"num_trees\":\"2\"", "\"num_trees\":\"3\"", "num_trees", .inconsistent),
      ("\"id\":1", "\"id\":0", "id", .inconsistent),
      ("\"num_feature\":\"3\"", "\"num_feature\":\"4000000000\"", "features", .tooLarge),
      ("\"num_feature\":\"3\"", "\"num_feature\":\"0\"", "features", .tooLarge),
      ("\"num_feature\":\"3\"", "\"num_feature\":3", "type", .wrongType),
      ("\"base_score\":\"5E-1\"", "\"base_score\":\"nan\"", "base score", .outOfRange),
      ("\"base_score\":\"5E-1\"", "\"base_score\":\"1e99\"", "base score", .outOfRange),
      ("\"base_score\":\"5E-1\"", "\"base_score\":\"[5E-1,5E-1]\"", "base score", .outOfRange),
      ("\"base_score\":\"5E-1\"", "\"base_score\":\"0\"", "base score", .outOfRange),
      ("\"version\":[1,", "\"version\":[4,", "4.", .unsupported),
      ("\"version\":[1,7,", "\"version\":[1,2,", "1.2.", .unsupported),
      ("\"version\":[1,7,", "\"version\":[3,5,", "3.5.", .unsupported),
      ("\"version\":[1,", "\"version\":[-1,", "version", .wrongType),
      ("\"learner\":", "\"teacher\":", "teacher", .unsupported),
      ("\"parents\":", "\"parent\":", "parent", .unsupported),
      ("\"objective\":{", "\"objective\":[{", "JSON", .malformed),
      ("{\"learner\"", "[\"learner\"", "JSON", .malformed),
    ]
  )
  func refusals(_ old: String, _ new: String, _ named: String, _ code: ModelFormatError.Code) throws {
    let text = try text()
    #expect(text.contains(old))
    let error = try #require(refusal(of: text.replacing(old, with: new)))
    #expect(error.code == code)
    #expect(error.description.contains(named), "\(error)")
  }

  @Test("Forms of other versions mean the same")
  func otherVersions() throws {
    let text = try text()
    let margin = try TreeEnsemble(xgboostJSON: Array(text.utf8)).margin(ofRow: [1, 2, .nan])
    // 1.3 wrote truth values, 3.1 vectors of one base score, and layers.
    var older = text
    for (number, truth) in [("0", "false"), ("1", "true")] {
      for other in ["0", "1", "false", "true"] {
        older.replace("\"default_left\":[\(other),\(number),", with: "\"default_left\":[\(other),\(truth),")
      }
    }
    older.replace("\"num_target\":\"1\"", with: "\"num_output_group\":\"1\"")
    var newer = text
    newer.replace("\"base_score\":\"5E-1\"", with: "\"base_score\":\"[5E-1]\"")
    newer.replace("\"trees\":[", with: "\"cats\":{\"enc\":[]},\"iteration_indptr\":[0,1,2],\"trees\":[")
    for changed in [older, newer] {
      #expect(changed != text)
      #expect(try TreeEnsemble(xgboostJSON: Array(changed.utf8)).margin(ofRow: [1, 2, .nan]) == margin)
    }
  }

  @Test("Every truncation of a file is refused")
  func truncations() throws {
    let bytes = Array(try text().utf8)
    for end in 0..<bytes.count {
      #expect(throws: ModelFormatError.self) { try TreeEnsemble(xgboostJSON: Array(bytes[..<end])) }
    }
  }
}
