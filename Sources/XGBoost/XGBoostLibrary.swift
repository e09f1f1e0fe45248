private import CXGBoost

/// The libxgboost that this process is linked with.
public enum XGBoostLibrary {
  /// Its version, for example "1.7.4"; belongs into every model's manifest.
  public static var version: String {
    var major: CInt = 0
    var minor: CInt = 0
    var patch: CInt = 0
    unsafe XGBoostVersion(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }
}
