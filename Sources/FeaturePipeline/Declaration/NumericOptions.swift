/// What takes the place of a missing number.
public enum Imputation: Sendable, Equatable {
  /// Nothing: missing stays missing, and the trees learn where to send it.
  case none
  /// The median of the training rows.
  case median
  /// The mean of the training rows.
  case mean
  /// A fixed number.
  case constant(Double)
}

extension Imputation: Decodable {
  /// Decodes `none`, `median`, `mean`, `{constant: 0}` or a plain number.
  ///
  /// - Parameter decoder: Stands on the value of `impute`.
  /// - Throws: A `DecodingError` that says what is allowed.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: DeclarationKey.self) {
      self = .constant(try container.decode(Double.self, forKey: .constant))
      return
    }
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .constant(number)
      return
    }
    switch try container.decode(String.self) {
    case "none": self = .none
    case "median": self = .median
    case "mean": self = .mean
    case let other:
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\"\(other)\" is no imputation; use none, median, mean or {constant: NUMBER}"
      )
    }
  }
}

/// How a number, a flag or a derived number becomes a feature; what is `nil` is left to the defaults.
///
/// The steps follow each other in this order: imputation, logarithm, standardisation.
public struct NumericOptions: Sendable, Equatable {
  /// What takes the place of a missing number.
  public var imputation: Imputation?
  /// Whether ln(1 + x) is taken; a number of −1 or less then counts as missing.
  public var log: Bool?
  /// Whether the mean is subtracted and the result divided by the standard deviation.
  public var standardise: Bool?
  /// Whether a second feature tells 1 where the number was missing and 0 elsewhere.
  public var missingIndicator: Bool?

  /// Creates options.
  ///
  /// - Parameters:
  ///   - imputation: What takes the place of a missing number.
  ///   - log: Whether ln(1 + x) is taken.
  ///   - standardise: Whether mean and standard deviation are removed.
  ///   - missingIndicator: Whether a second feature tells what was missing.
  public init(
    imputation: Imputation? = nil,
    log: Bool? = nil,
    standardise: Bool? = nil,
    missingIndicator: Bool? = nil
  ) {
    self.imputation = imputation
    self.log = log
    self.standardise = standardise
    self.missingIndicator = missingIndicator
  }

  /// Whether nothing is said.
  var isEmpty: Bool { self == NumericOptions() }

  /// These options, completed by others.
  ///
  /// - Parameter defaults: What holds where these say nothing.
  /// - Returns: The options to apply.
  func completed(by defaults: NumericOptions) -> NumericOptions {
    NumericOptions(
      imputation: imputation ?? defaults.imputation,
      log: log ?? defaults.log,
      standardise: standardise ?? defaults.standardise,
      missingIndicator: missingIndicator ?? defaults.missingIndicator
    )
  }

  init(from container: KeyedDecodingContainer<DeclarationKey>) throws {
    imputation = try container.decodeIfPresent(Imputation.self, forKey: .impute)
    log = try container.decodeIfPresent(Bool.self, forKey: .log)
    standardise = try container.decodeIfPresent(Bool.self, forKey: .standardise)
    missingIndicator = try container.decodeIfPresent(Bool.self, forKey: .missingIndicator)
  }
}
