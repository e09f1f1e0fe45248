/// One HTML page that needs nothing from elsewhere: no script, no font, no picture, no network.
public struct Page: Sendable {
  /// What browsers show as the page's name.
  public let title: String

  /// Creates a page.
  ///
  /// - Parameter title: What browsers show as the page's name.
  public init(title: String) {
    self.title = title
  }

  /// Writes the page.
  ///
  /// - Parameter body: Writes what stands on it.
  /// - Returns: The whole page, UTF-8.
  public func bytes(_ body: (inout HTMLWriter) -> Void) -> [UInt8] {
    var html = HTMLWriter()
    html.markup(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">

      """
    )
    html.element("title", [], title)
    html.markup("\n<style>")
    html.markup(PageStyle.sheet)
    html.markup("</style>\n</head>\n<body>\n")
    body(&html)
    html.markup("\n</body>\n</html>\n")
    return html.bytes
  }
}
