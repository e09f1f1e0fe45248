/// One HTML page that needs nothing from elsewhere: no font, no picture, no network, and no script but its own.
public struct Page: Sendable {
  /// What browsers show as the page's name.
  public let title: String

  private let script: PageScript?

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - title: What browsers show as the page's name.
  ///   - script: What the page can do beside being read; nothing by default.
  public init(title: String, script: PageScript? = nil) {
    self.title = title
    self.script = script
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
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:
      """
    )
    if let script {
      html.markup("; script-src 'sha256-")
      html.markup(script.digest)
      html.markup("'")
    }
    html.markup(
      """
      ">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">

      """
    )
    html.element("title", [], title)
    html.markup("\n<style>")
    html.markup(PageStyle.sheet)
    html.markup("</style>\n</head>\n<body>\n")
    body(&html)
    if let script {
      html.markup("\n<script>")
      html.markup(script.source)
      html.markup("</script>")
    }
    html.markup("\n</body>\n</html>\n")
    return html.bytes
  }
}
