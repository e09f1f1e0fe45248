/// A table of texts and figures, which scrolls by itself where the screen is too narrow.
public struct DataTable: Sendable {
  /// What a column holds.
  public enum Column: Sendable, Equatable {
    /// Texts, aligned at the left.
    case text(String)
    /// Figures, aligned at the right.
    case figure(String)
  }

  /// What the table tells, for those who cannot see it at a glance.
  public let caption: String
  /// The columns with their heads.
  public let columns: [Column]
  /// The rows, a text for each column.
  public let rows: [[String]]

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - caption: What the table tells.
  ///   - columns: The columns with their heads.
  ///   - rows: The rows, a text for each column.
  public init(caption: String, columns: [Column], rows: [[String]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }

  /// Writes the table.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    ScrollArea(caption).write(into: &html) { html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            for column in columns {
              switch column {
              case .text(let head): html.element("th", [HTMLAttribute("scope", "col")], head)
              case .figure(let head):
                html.element("th", [HTMLAttribute("scope", "col"), .class("figure")], head)
              }
            }
          }
        }
        html.element("tbody") { html in
          for row in rows {
            html.element("tr") { html in
              for (cell, column) in zip(row, columns) {
                if case .figure = column {
                  html.element("td", [.class("figure")], cell)
                } else {
                  html.element("td", [.class("name")], cell)
                }
              }
            }
            html.markup("\n")
          }
        }
      }
    }
  }
}
