/// How a category becomes numbers.
public enum CategoryEncoding: String, Sendable, CaseIterable {
  /// One column of 0 and 1 for each frequent category.
  case oneHot = "one_hot"
  /// One column: the smoothed rate of defaults among the category's training rows.
  case target
}

/// How a category becomes features; what is `nil` is left to the defaults.
public struct CategoryOptions: Sendable, Equatable {
  /// How a category becomes numbers.
  public var encoding: CategoryEncoding?
  /// With one-hot encoding, the number of training rows from which a category has a column of its own.
  public var minimumCount: Int?
  /// With target encoding, how many rows with the overall rate are added to each category.
  public var smoothing: Double?

  /// Creates options.
  ///
  /// - Parameters:
  ///   - encoding: How a category becomes numbers.
  ///   - minimumCount: The number of rows from which a category has a column of its own.
  ///   - smoothing: How many rows with the overall rate are added to each category.
  public init(encoding: CategoryEncoding? = nil, minimumCount: Int? = nil, smoothing: Double? = nil) {
    self.encoding = encoding
    self.minimumCount = minimumCount
    self.smoothing = smoothing
  }

  /// Whether nothing is said.
  var isEmpty: Bool { self == CategoryOptions() }

  /// These options, completed by others.
  ///
  /// - Parameter defaults: What holds where these say nothing.
  /// - Returns: The options to apply.
  func completed(by defaults: CategoryOptions) -> CategoryOptions {
    CategoryOptions(
      encoding: encoding ?? defaults.encoding,
      minimumCount: minimumCount ?? defaults.minimumCount,
      smoothing: smoothing ?? defaults.smoothing
    )
  }

  init(from container: KeyedDecodingContainer<DeclarationKey>) throws {
    if let name = try container.decodeIfPresent(String.self, forKey: .encode) {
      guard let encoding = CategoryEncoding(rawValue: name) else {
        throw container.refusal(.encode, "\"\(name)\" is no encoding; use one_hot, target, or feature: false")
      }
      self.encoding = encoding
    }
    minimumCount = try container.decodeIfPresent(Int.self, forKey: .minimumCount)
    smoothing = try container.decodeIfPresent(Double.self, forKey: .smoothing)
  }
}
