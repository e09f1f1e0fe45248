import Foundation
import TreeEnsemble

/// The fuzzer's own main loop, which is in the runtime that `-sanitize=fuzzer` links.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Reads the bytes as a model file of any format; whatever is accepted must predict finite numbers.
func readModelFile(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = Array(UnsafeBufferPointer(start: bytes, count: count))
  guard let ensemble = try? TreeEnsemble(anyFormat: file) else { return 0 }
  let row = [Float](repeating: .nan, count: ensemble.featureCount)
  var shares = [Double](repeating: .nan, count: ensemble.featureCount + 1)
  row.withUnsafeBufferPointer { row in
    shares.withUnsafeMutableBufferPointer { ensemble.contributions(row, into: $0) }
    precondition(!ensemble.margin(row).isNaN, "an accepted model must predict numbers")
  }
  return 0
}

var argumentCount = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(runFuzzer(&argumentCount, &arguments) { readModelFile($0, $1) })
