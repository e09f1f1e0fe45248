/// Short facts, each a name and a value, side by side as the width allows.
public struct FactList: Sendable {
  /// One fact.
  public struct Fact: Sendable {
    let name: String
    let value: String
    let remark: String?

    /// Creates a fact.
    ///
    /// - Parameters:
    ///   - name: What it is.
    ///   - value: Its value.
    ///   - remark: A word on the value, shown in large facts only.
    public init(_ name: String, _ value: String, remark: String? = nil) {
      self.name = name
      self.value = value
      self.remark = remark
    }
  }

  private let facts: [Fact]
  private let areLarge: Bool

  /// Creates a list.
  ///
  /// - Parameters:
  ///   - facts: The facts, in order.
  ///   - areLarge: Whether they head a page.
  public init(_ facts: [Fact], areLarge: Bool = false) {
    self.facts = facts
    self.areLarge = areLarge
  }

  /// Writes the list.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    html.element("dl", [.class(areLarge ? "tiles" : "facts")]) { html in
      for fact in facts {
        html.element("div", areLarge ? [.class("tile")] : []) { html in
          html.element("dt", [], fact.name)
          html.element("dd") { html in
            html.text(fact.value)
            if areLarge, let remark = fact.remark { html.element("small", [], remark) }
          }
        }
      }
    }
  }
}
