/// A share as a small bar.
public struct Meter: Sendable {
  private let share: Double
  private let isMissing: Bool

  /// Creates a meter.
  ///
  /// - Parameters:
  ///   - share: The filled part, 0...1.
  ///   - isMissing: Whether the share is that of missing values, which are drawn more softly.
  public init(_ share: Double, isMissing: Bool = false) {
    self.share = share.isFinite ? min(1, max(0, share)) : 0
    self.isMissing = isMissing
  }

  /// Writes the meter; the figure itself must stand beside it as text.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    html.element(
      "span",
      [.class(isMissing ? "meter missing" : "meter"), HTMLAttribute("aria-hidden", "true")]
    ) {
      $0.element("i", [HTMLAttribute("style", "width:\(NumberText.coordinate(100 * share))%")], "")
    }
  }
}
