import Testing

/// Everything that asks a running server, one test after the other: a waiting client blocks its thread, and Swift's pool has no
/// more of them than the machine has cores.
@Suite("Server", .serialized)
enum ServerTests {}
