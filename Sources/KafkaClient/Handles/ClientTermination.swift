import CLibrdkafka
import Dispatch
import Glibc

/// Destroys clients on a helper thread, so that a destroy that hangs does not take its caller with it.
///
/// `rd_kafka_destroy` of librdkafka 2.0 can wait for ever after a broker restart or the removal of a
/// partition (#4724, #4674, #4187).
enum ClientTermination {
  /// Destroys a client.
  ///
  /// - Parameters:
  ///   - client: The client; not to be used afterwards, whatever the result.
  ///   - context: What its callbacks use; kept alive until the client is gone.
  ///   - milliseconds: How long to wait.
  /// - Returns: Whether the client was gone in time.
  static func destroy(
    _ client: OpaquePointer,
    context: CallbackContext,
    withinMilliseconds milliseconds: Int
  ) -> Bool {
    let job = unsafe Job(client: client, context: context)
    let argument = unsafe Unmanaged.passRetained(job).toOpaque()
    var thread = pthread_t()
    let failure = unsafe pthread_create(&thread, nil, runJob, argument)
    guard failure == 0 else {
      // No thread to be had: destroying right here is the only way left that frees the client.
      _ = unsafe runJob(argument)
      return true
    }
    pthread_detach(thread)
    return job.isDone.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }
}

/// One destroy under way, shared between the caller and its helper thread.
///
/// `@unchecked Sendable`: the fields never change, the client is used by the helper thread alone, and the
/// semaphore is made for sharing.
@safe private final class Job: @unchecked Sendable {
  private let client: OpaquePointer
  private let context: CallbackContext
  let isDone = DispatchSemaphore(value: 0)

  init(client: OpaquePointer, context: CallbackContext) {
    unsafe self.client = client
    self.context = context
  }

  func run() {
    // The group was left, or given up, before: no callback may run on this thread.
    unsafe rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    isDone.signal()
  }
}

private func runJob(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument = unsafe argument {
    unsafe Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
  }
  return nil
}
