/// An attribute of an element.
public struct HTMLAttribute: Sendable {
  /// Its name, a literal of the program.
  let name: StaticString
  /// Its value, not escaped yet.
  let value: String

  /// Creates an attribute.
  ///
  /// - Parameters:
  ///   - name: Its name, a literal of the program.
  ///   - value: Its value; escaped when it is written.
  public init(_ name: StaticString, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Creates an attribute of a drawing.
  ///
  /// - Parameters:
  ///   - name: Its name, a literal of the program.
  ///   - coordinate: A coordinate or length, written to a tenth.
  public init(_ name: StaticString, _ coordinate: Double) {
    self.init(name, NumberText.coordinate(coordinate))
  }

  /// The class by which the page's style finds an element.
  ///
  /// - Parameter names: One or more names, separated by blanks.
  /// - Returns: The attribute.
  public static func `class`(_ names: String) -> HTMLAttribute { HTMLAttribute("class", names) }
}
