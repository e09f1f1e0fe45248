public import StrictJSON

extension DriftPartial {
  /// Writes the value of the partial's record.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.key("model")
    model.encode(into: &writer)
    writer.member("topic", topic)
    writer.member("partition", partition)
    writer.member("first_offset", offsets.lowerBound)
    writer.member("next_offset", offsets.upperBound)
    writer.member("block_ms", blockMilliseconds)
    writer.member("decisions", decisions)
    writer.member("dead_letters", deadLetters)
    writer.key("blocks")
    writer.beginArray()
    for block in blocks {
      writer.beginObject()
      writer.member("block", block.index)
      writer.member("events", block.events)
      writer.member("slots", block.slots)
      writer.member("counts", block.counts)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  /// Reads the value of a partial's record, strictly.
  ///
  /// - Parameter json: The value, a JSON object.
  /// - Throws: `JSONError` when a member is missing, unknown or of the wrong kind, or numbers contradict each other.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    model = try ModelIdentity(json: try object.required("model"))
    topic = try object.required("topic").requireString()
    let number = try object.required("partition")
    guard let partition = Int32(exactly: try number.requireInt()), partition >= 0 else {
      throw number.failure(.invalidValue, "is no partition: give a number of 32 bits, from 0")
    }
    self.partition = partition
    let first = Int64(try object.required("first_offset").count())
    let next = try object.required("next_offset")
    guard case let upper = Int64(try next.requireInt()), first < upper else {
      throw next.failure(.invalidValue, "covers no offset: it is greater than \"first_offset\"")
    }
    offsets = first..<upper
    let length = try object.required("block_ms")
    blockMilliseconds = Int64(try length.requireInt())
    guard blockMilliseconds > 0 else { throw length.failure(.invalidValue, "a time block has a length") }
    decisions = try object.required("decisions").count()
    deadLetters = try object.required("dead_letters").count()
    let list = try object.required("blocks")
    blocks = try list.array(of: Block.init(json:))
    guard zip(blocks, blocks.dropFirst()).allSatisfy({ $0.index < $1.index }) else {
      throw list.failure(.invalidValue, "blocks must ascend")
    }
    var events = 0
    for block in blocks {
      let (sum, overflow) = events.addingReportingOverflow(block.events)
      guard !overflow else { throw list.failure(.numberOutOfRange, "more events than can be counted") }
      events = sum
    }
    let (answers, overflow) = decisions.addingReportingOverflow(deadLetters)
    guard events == decisions, !overflow, answers <= offsets.count else {
      throw json.failure(
        .invalidValue,
        "\(events) events, \(decisions) decisions and \(deadLetters) dead letters do not fit \(offsets.count) offsets"
      )
    }
    try object.finish()
  }
}

extension DriftPartial.Block {
  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    index = Int64(try object.required("block").requireInt())
    events = try object.required("events").count()
    slots = try object.required("slots").array { value throws(JSONError) in try value.count() }
    let list = try object.required("counts")
    counts = try list.array { value throws(JSONError) in try value.count() }
    let events = events
    guard slots.count == counts.count, zip(slots, slots.dropFirst()).allSatisfy(<),
      events > 0, !counts.isEmpty, counts.allSatisfy({ 1...events ~= $0 })
    else {
      throw list.failure(
        .invalidValue,
        "slots must increase, and each count lie between 1 and the block's events"
      )
    }
    try object.finish()
  }
}

extension JSONValue {
  /// An integer from 0.
  fileprivate func count() throws(JSONError) -> Int {
    let number = try requireInt()
    guard number >= 0 else { throw failure(.invalidValue, "must not be negative") }
    return number
  }
}
