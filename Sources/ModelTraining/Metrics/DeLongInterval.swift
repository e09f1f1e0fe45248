/// An interval for the area under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988).
///
/// The variance is that of the shares of repaid rows below each defaulted one, and of defaulted rows above each
/// repaid one, ties counting half. Rows of equal score are counted as a group (the idea of Sun and Xu 2014), so it
/// costs no more than sorting.
struct DeLongInterval: Sendable, Equatable {
  /// The area.
  let area: Double
  /// The standard error of the area; NaN with fewer than two rows of an outcome.
  let standardError: Double

  /// The lower end at 95 %, not below 0.
  var lower: Double { max(0, area - WilsonInterval.normalQuantile * standardError) }
  /// The upper end at 95 %, not above 1.
  var upper: Double { min(1, area + WilsonInterval.normalQuantile * standardError) }

  /// Computes area and standard error.
  ///
  /// - Parameter groups: How many rows of either outcome have each score, scores ascending.
  init(_ groups: [RankedGroup]) {
    let defaulted = Double(groups.reduce(0) { $0 + $1.defaulted })
    let repaid = Double(groups.reduce(0) { $0 + $1.repaid })
    var (defaultedBelow, repaidBelow) = (0.0, 0.0)
    var doubledPairs = 0
    var wholeRepaidBelow = 0
    var places: [(defaulted: Double, repaid: Double, ofDefaulted: Double, ofRepaid: Double)] = []
    for group in groups {
      let (bad, good) = (Double(group.defaulted), Double(group.repaid))
      places.append(
        (
          bad, good, (repaidBelow + good / 2) / repaid,
          (defaulted - defaultedBelow - bad / 2) / defaulted
        )
      )
      doubledPairs += group.defaulted * (2 * wholeRepaidBelow + group.repaid)
      wholeRepaidBelow += group.repaid
      defaultedBelow += bad
      repaidBelow += good
    }
    let area = Double(doubledPairs) / (2 * defaulted * repaid)
    var (badSquares, goodSquares) = (0.0, 0.0)
    for place in places {
      badSquares += place.defaulted * (place.ofDefaulted - area) * (place.ofDefaulted - area)
      goodSquares += place.repaid * (place.ofRepaid - area) * (place.ofRepaid - area)
    }
    self.area = area
    standardError =
      defaulted > 1 && repaid > 1
      ? (badSquares / (defaulted - 1) / defaulted + goodSquares / (repaid - 1) / repaid).squareRoot() : .nan
  }
}
