/// What holds where a field says nothing.
public struct PipelineDefaults: Sendable, Equatable {
  /// For numbers and derived features.
  public var number = NumericOptions(
    imputation: Imputation.none,
    log: false,
    standardise: false,
    missingIndicator: false
  )
  /// For flags.
  public var flag = NumericOptions(
    imputation: Imputation.none,
    log: false,
    standardise: false,
    missingIndicator: false
  )
  /// For categories.
  public var category = CategoryOptions(encoding: .oneHot, minimumCount: 20, smoothing: 20)
  /// The number of parts by which target encodings are fitted out of fold.
  public var targetEncodingFolds = 5

  /// Creates the defaults of the defaults.
  public init() {}
}

extension PipelineDefaults: Decodable {
  /// Decodes the mapping under `defaults`.
  ///
  /// - Parameter decoder: Stands on the mapping.
  /// - Throws: A `DecodingError` for a value of the wrong kind.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DeclarationKey.self)
    func nested(_ key: DeclarationKey) throws -> KeyedDecodingContainer<DeclarationKey>? {
      try container.contains(key) ? container.nestedContainer(keyedBy: DeclarationKey.self, forKey: key) : nil
    }
    if let options = try nested(.number) { number = try NumericOptions(from: options).completed(by: number) }
    if let options = try nested(.flag) { flag = try NumericOptions(from: options).completed(by: flag) }
    if let options = try nested(.category) {
      category = try CategoryOptions(from: options).completed(by: category)
    }
    if let options = try nested(.targetEncoding) {
      targetEncodingFolds = try options.decodeIfPresent(Int.self, forKey: .folds) ?? targetEncodingFolds
    }
  }
}
