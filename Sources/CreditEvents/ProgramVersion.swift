/// The version of this program, a part of every decision.
///
/// A decision is a function of the record, the model bundle and this version; it is raised with every change
/// that can change a byte of a decision.
public enum ProgramVersion {
  /// The current version.
  public static let current = "0.1.0"
}
