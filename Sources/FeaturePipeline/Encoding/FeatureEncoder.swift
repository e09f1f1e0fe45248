import CreditEvents

/// Makes one or more features of a field or of a derived number.
struct FeatureEncoder: Sendable, Equatable {
  /// What is encoded.
  enum Source: Sendable, Hashable {
    /// The raw field in this slot.
    case field(Int)
    /// The derived formula at this index.
    case derived(Int)
  }

  /// How it is encoded.
  enum Encoding: Sendable, Equatable {
    case number(NumberEncoding)
    case oneHot(OneHotEncoding)
    case target(TargetEncoding)
  }

  var source: Source
  var encoding: Encoding

  /// The names of the features, in order.
  ///
  /// - Parameters:
  ///   - group: The name of the field or derived feature.
  ///   - categories: The field's categories by code.
  /// - Returns: One name a feature.
  func featureNames(group: String, categories: [String]) -> [String] {
    switch encoding {
    case .number(let number):
      [group] + (number.hasMissingIndicator ? ["\(group) is missing"] : [])
    case .oneHot(let oneHot):
      oneHot.codes.map { "\(group)=\(categories[$0])" } + (oneHot.hasOther ? ["\(group) is other"] : [])
        + (oneHot.hasMissing ? ["\(group) is missing"] : [])
    case .target:
      ["\(group) default rate"]
    }
  }
}

/// What is done to a number: imputation, then ln(1 + x), then standardisation.
struct NumberEncoding: Sendable, Equatable {
  /// Mean and standard deviation that are removed.
  struct Standardisation: Sendable, Equatable {
    var mean: Double
    /// Positive; 1 for a constant column, which thereby becomes 0.
    var deviation: Double
  }

  var fill: Double?
  var takesLog = false
  var standardisation: Standardisation?
  var hasMissingIndicator = false
}

/// A column of 0 and 1 for each frequent category.
struct OneHotEncoding: Sendable, Equatable {
  /// The codes of the categories that have a column of their own, ascending.
  var codes: [Int]
  /// Whether rare and unseen categories share a column; otherwise all columns are 0 for them.
  var hasOther: Bool
  /// Whether a missing category has a column; otherwise all columns are 0 for it.
  var hasMissing: Bool
}

/// The smoothed rate of defaults of each category.
struct TargetEncoding: Sendable, Equatable {
  /// The rate of all rows, which an unseen category is given.
  var prior: Double
  /// The rate of the rows without a category.
  var missing: Double
  /// The rate of each category by code.
  var rates: [Double]
}
