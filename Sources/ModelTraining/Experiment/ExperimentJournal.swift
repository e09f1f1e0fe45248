import Foundation
import StrictJSON
import Synchronization

/// The evaluated candidates of an experiment on the disk, so that an interrupted one goes on where it was.
///
/// One line of JSON for each candidate, flushed before the next is begun. A line that an interruption cut short
/// is forgotten, and its candidate evaluated again. The file's name holds a fingerprint of everything that
/// decides the results, so the journal of another experiment, table or version is never taken for this one's.
final class ExperimentJournal: Sendable {
  /// The file.
  let path: String
  /// What the file held when it was opened, by the candidates' keys.
  let evaluations: [String: CandidateEvaluation]
  private let descriptor: Mutex<Int32>

  /// Opens the journal, which is made where it does not exist.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - rowCount: The number of development rows; a line with another number is forgotten.
  /// - Throws: ``TrainingError`` `journal` when the file cannot be read or made.
  init(_ path: String, rowCount: Int) throws(TrainingError) {
    let folder = URL(filePath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Self.failure(path, "its folder cannot be made")
    }
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else {
      throw Self.failure(path, "cannot be opened (\(String(cString: strerror(errno))))")
    }
    var state = stat()
    guard fstat(opened, &state) == 0, state.st_mode & S_IFMT == S_IFREG,
      let bytes = FileManager.default.contents(atPath: path)
    else {
      close(opened)
      throw Self.failure(path, "cannot be kept in what is no file to read")
    }
    var known: [String: CandidateEvaluation] = [:]
    var end = 0
    var lineStart = bytes.startIndex
    let parser = JSONParser(limits: .document)
    while let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = [UInt8](bytes[lineStart..<lineEnd])
      guard let evaluation = try? parser.withRoot(of: line, { try Self.read($0) }),
        evaluation.margins.allSatisfy({ $0.count == rowCount })
      else { break }
      known[evaluation.key] = evaluation
      lineStart = lineEnd + 1
      end = lineStart
    }
    // What follows the last whole line is the rest of an interrupted one.
    guard ftruncate(opened, off_t(end)) == 0, lseek(opened, 0, SEEK_END) >= 0 else {
      close(opened)
      throw Self.failure(path, "cannot be written")
    }
    self.path = path
    evaluations = known
    descriptor = Mutex(opened)
  }

  deinit {
    let opened = descriptor.withLock { $0 }
    if opened >= 0 { close(opened) }
  }

  /// Writes an evaluation and waits until the disk has it.
  ///
  /// - Parameter evaluation: The evaluation.
  /// - Throws: ``TrainingError`` `journal` when the disk is full or fails.
  func append(_ evaluation: CandidateEvaluation) throws(TrainingError) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("key", evaluation.key)
    writer.member("rounds", evaluation.rounds)
    writer.member("training_seconds", evaluation.trainingSeconds)
    writer.member("scoring_seconds", evaluation.scoringSeconds)
    writer.member("margins", evaluation.margins.map(Self.text))
    writer.endObject()
    let line = writer.bytes + [UInt8(ascii: "\n")]
    let path = self.path
    try descriptor.withLock { (opened: inout Int32) throws(TrainingError) in
      var written = 0
      while written < line.count {
        let count = line.withUnsafeBytes {
          write(opened, $0.baseAddress.map { $0 + written }, line.count - written)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          throw Self.failure(path, "cannot be written (\(String(cString: strerror(errno))))")
        }
        written += count
      }
      guard fsync(opened) == 0 else { throw Self.failure(path, "cannot be flushed to the disk") }
    }
  }

  /// Removes the file, once the experiment's results are safe elsewhere.
  func discard() { unlink(path) }

  private static func failure(_ path: String, _ what: String) -> TrainingError {
    TrainingError(
      .journal,
      "\(path): the journal \(what); free the disk or give another place with --journal"
    )
  }

  private static func read(_ line: JSONValue) throws -> CandidateEvaluation {
    var object = try line.object()
    let evaluation = CandidateEvaluation(
      key: try object.required("key").requireString(),
      rounds: try object.required("rounds").requireInt(),
      margins: try object.required("margins").array { value throws(JSONError) in
        floats(try value.requireString())
      },
      trainingSeconds: try object.required("training_seconds").requireDouble(),
      scoringSeconds: try object.required("scoring_seconds").requireDouble()
    )
    try object.finish()
    return evaluation
  }

  private static func text(_ margins: [Float]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(margins.count * 4)
    for margin in margins {
      let pattern = margin.bitPattern
      for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: pattern >> shift)) }
    }
    return Data(bytes).base64EncodedString()
  }

  private static func floats(_ text: String) -> [Float] {
    let bytes = [UInt8](Data(base64Encoded: text) ?? Data())
    return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      Float(
        bitPattern: UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
          | UInt32(bytes[start + 3]) << 24
      )
    }
  }
}
