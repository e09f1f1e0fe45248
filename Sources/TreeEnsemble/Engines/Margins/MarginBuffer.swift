/// Where a batch's margins go, in the precision that the caller asks for.
enum MarginBuffer {
  case single(UnsafeMutableBufferPointer<Float>)
  case double(UnsafeMutableBufferPointer<Double>)

  /// Stores one row's margin.
  ///
  /// - Parameters:
  ///   - margin: The margin, rounded when the buffer holds 32-bit floats; sums of 32 bits stay what they are.
  ///   - row: The row's position.
  @inline(__always)
  func store(_ margin: some BinaryFloatingPoint, row: Int) {
    switch self {
    case .single(let buffer): buffer[row] = Float(margin)
    case .double(let buffer): buffer[row] = Double(margin)
    }
  }
}
