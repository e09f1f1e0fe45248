internal import StrictJSON

extension KafkaStatistics {
  /// librdkafka's own text, which grows with brokers times partitions.
  static let limits = JSONLimits(
    maximumBytes: 64 << 20,
    maximumDepth: 16,
    maximumMembers: 1 << 20,
    maximumStringBytes: 64 << 10
  )

  /// Reads librdkafka's statistics; keys that are not used here may come and go with its version.
  init(_ root: JSONValue) throws(JSONError) {
    name = try root.text("name")
    waitingEvents = try root.integer("replyq")
    queuedRecords = try root.integer("msg_cnt")
    brokers = []
    partitions = []
    if let known = root["brokers"] {
      for (_, broker) in known.members { brokers.append(try Broker(broker)) }
    }
    if let topics = root["topics"] {
      for (topic, description) in topics.members {
        guard let known = description["partitions"] else { continue }
        for (_, partition) in known.members {
          // Number -1 is the library's waiting room for records without a partition.
          if let read = try Partition(topic.string, partition) { partitions.append(read) }
        }
      }
    }
    group = if let value = root["cgrp"] { try Group(value) } else { nil }
    transaction = if let value = root["eos"] { try Transaction(value) } else { nil }
    brokers.sort { $0.name < $1.name }
    partitions.sort { $0.partition < $1.partition }
  }
}

extension KafkaStatistics.Broker {
  fileprivate init(_ value: JSONValue) throws(JSONError) {
    name = try value.text("name")
    state = try value.text("state")
    requestTimeouts = try value.integer("req_timeouts")
    unmatchedAnswers = try value.integer("rxcorriderrs")
    roundTripMicroseconds99 = try value["rtt"]?.integer("p99") ?? 0
  }
}

extension KafkaStatistics.Partition {
  fileprivate init?(_ topic: String, _ value: JSONValue) throws(JSONError) {
    let number = try value.integer("partition")
    guard number >= 0 else { return nil }
    partition = TopicPartition(topic, Int32(clamping: number))
    fetchedRecords = try value.integer("fetchq_cnt")
    highWatermark = try value.offset("hi_offset")
    lastStableOffset = try value.offset("ls_offset")
    lag = try value.offset("consumer_lag")
  }
}

extension KafkaStatistics.Group {
  fileprivate init(_ value: JSONValue) throws(JSONError) {
    joinState = try value.text("join_state")
    rebalanceCount = try value.integer("rebalance_cnt")
    rebalanceAgeMilliseconds = try value.integer("rebalance_age")
    assignmentSize = try value.integer("assignment_size")
  }
}

extension KafkaStatistics.Transaction {
  fileprivate init(_ value: JSONValue) throws(JSONError) {
    idempotenceState = try value.text("idemp_state")
    state = try value.text("txn_state")
    stateAgeMilliseconds = try value.integer("txn_stateage")
    guard let mayEnqueue = value["txn_may_enq"] else { throw missing("txn_may_enq") }
    self.mayEnqueue = try mayEnqueue.requireBool()
    epoch = try value.integer("producer_epoch")
  }
}

private func missing(_ key: String) -> JSONError {
  JSONError(.missingKey, "librdkafka's statistics have no \"\(key)\"")
}

extension JSONValue {
  fileprivate func text(_ key: String) throws(JSONError) -> String {
    guard let value = self[key] else { throw missing(key) }
    return try value.requireString()
  }

  fileprivate func integer(_ key: String) throws(JSONError) -> Int {
    guard let value = self[key] else { throw missing(key) }
    return try value.requireInt()
  }

  /// An offset, nil for the negative numbers that stand for "not known".
  fileprivate func offset(_ key: String) throws(JSONError) -> Int64? {
    let offset = Int64(try integer(key))
    return offset >= 0 ? offset : nil
  }
}
