private import CXGBoost

/// A libxgboost of any version, to measure and compare with: the linked one, or a file opened at run time.
///
/// A file is opened in a linker namespace of its own, since two versions in one namespace would share symbols.
///
/// **Ownership:** the library stays open until the process ends, as its threads may outlive any handle.
/// **Thread:** the functions may be called from any thread.
@safe
public final class PeerLibrary {
  typealias Handle = UnsafeMutableRawPointer
  typealias Create = @convention(c) (UnsafePointer<Handle?>?, UInt64, UnsafeMutablePointer<Handle?>) -> CInt
  typealias Release = @convention(c) (Handle) -> CInt
  typealias Load = @convention(c) (Handle, UnsafeRawPointer?, UInt64) -> CInt
  typealias Set = @convention(c) (Handle, UnsafePointer<CChar>, UnsafePointer<CChar>) -> CInt
  typealias CreateProxy = @convention(c) (UnsafeMutablePointer<Handle?>) -> CInt
  typealias CreateMatrix =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutablePointer<Handle?>
    ) -> CInt
  typealias Answer = UnsafeMutablePointer<UnsafePointer<Float>?>
  typealias Shape = UnsafeMutablePointer<UnsafePointer<UInt64>?>
  typealias PredictDense =
    @convention(c) (
      Handle, UnsafePointer<CChar>, UnsafePointer<CChar>, Handle?, Shape, UnsafeMutablePointer<UInt64>, Answer
    ) -> CInt
  typealias PredictMatrix =
    @convention(c) (
      Handle, Handle, UnsafePointer<CChar>, Shape, UnsafeMutablePointer<UInt64>, Answer
    ) -> CInt
  typealias LastError = @convention(c) () -> UnsafePointer<CChar>?
  typealias Version =
    @convention(c) (
      UnsafeMutablePointer<CInt>, UnsafeMutablePointer<CInt>, UnsafeMutablePointer<CInt>
    ) -> Void

  let createBooster: Create
  let freeBooster: Release
  let load: Load
  let set: Set
  let createProxy: CreateProxy
  let createMatrix: CreateMatrix
  let freeMatrix: Release
  let predictDense: PredictDense
  let predictMatrix: PredictMatrix
  private let lastError: LastError
  /// The library's version, for example "3.4.1".
  public let version: String

  /// Opens a library.
  ///
  /// - Parameter path: The file, or `nil` for the library that the program is linked with.
  /// - Throws: ``XGBoostError`` when it is no libxgboost, or one without functions that are needed here (1.5 and newer have all).
  public init(path: String?) throws(XGBoostError) {
    let opened = unsafe path == nil ? dlopen(nil, RTLD_NOW) : path.flatMap { unsafe cxgboost_open_apart($0) }
    guard let library = unsafe opened else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
      throw XGBoostError(.libraryFailure, "\(path ?? "the program itself") cannot be opened: \(reason)")
    }
    func function<Function>(_ name: String, _: Function.Type) throws(XGBoostError) -> Function {
      guard let address = unsafe dlsym(library, name) else {
        throw XGBoostError(.libraryFailure, "\(path ?? "the linked library") has no function \(name)")
      }
      return unsafe unsafeBitCast(address, to: Function.self)
    }
    unsafe createBooster = try function("XGBoosterCreate", Create.self)
    unsafe freeBooster = try function("XGBoosterFree", Release.self)
    unsafe load = try function("XGBoosterLoadModelFromBuffer", Load.self)
    unsafe set = try function("XGBoosterSetParam", Set.self)
    unsafe createProxy = try function("XGProxyDMatrixCreate", CreateProxy.self)
    unsafe createMatrix = try function("XGDMatrixCreateFromDense", CreateMatrix.self)
    unsafe freeMatrix = try function("XGDMatrixFree", Release.self)
    unsafe predictDense = try function("XGBoosterPredictFromDense", PredictDense.self)
    unsafe predictMatrix = try function("XGBoosterPredictFromDMatrix", PredictMatrix.self)
    unsafe lastError = try function("XGBGetLastError", LastError.self)
    let readVersion = unsafe try function("XGBoostVersion", Version.self)
    var numbers: (CInt, CInt, CInt) = (0, 0, 0)
    unsafe readVersion(&numbers.0, &numbers.1, &numbers.2)
    version = "\(numbers.0).\(numbers.1).\(numbers.2)"
  }

  /// Keeps the calling thread, and so both sides of a measurement, on the core it runs on.
  ///
  /// - Returns: The core's number, or `nil` when the system does not allow it.
  public static func pinThread() -> Int? {
    let core = cxgboost_pin_thread()
    return core < 0 ? nil : Int(core)
  }

  /// Turns a failed call into an error.
  func check(_ status: CInt, _ function: StaticString) throws(XGBoostError) {
    guard status != 0 else { return }
    let text = unsafe lastError().map { unsafe String(cString: $0) } ?? ""
    let reason = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
    throw XGBoostError(.libraryFailure, "XGBoost \(version), \(function): \(reason)")
  }
}
