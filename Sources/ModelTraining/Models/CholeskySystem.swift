/// Linear equations with a symmetric positive definite matrix (Golub and Van Loan, Matrix Computations, 4.2).
enum CholeskySystem {
  /// Solves `matrix · x = vector`.
  ///
  /// - Parameters:
  ///   - matrix: Row-major, `n × n`; only the lower triangle is read, and it is overwritten by its factor.
  ///   - vector: The right side; receives the solution.
  /// - Returns: Whether the matrix was positive definite; otherwise `vector` means nothing.
  /// - Complexity: O(n³).
  static func solve(_ matrix: inout [Double], _ vector: inout [Double]) -> Bool {
    let size = vector.count
    return matrix.withUnsafeMutableBufferPointer { matrix in
      for row in 0..<size {
        for column in 0...row {
          var sum = matrix[row * size + column]
          for k in 0..<column { sum -= matrix[row * size + k] * matrix[column * size + k] }
          if row == column {
            guard sum > 0 else { return false }
            matrix[row * size + row] = sum.squareRoot()
          } else {
            matrix[row * size + column] = sum / matrix[column * size + column]
          }
        }
      }
      for row in 0..<size {
        for k in 0..<row { vector[row] -= matrix[row * size + k] * vector[k] }
        vector[row] /= matrix[row * size + row]
      }
      for row in (0..<size).reversed() {
        for k in (row + 1)..<max(size, row + 1) { vector[row] -= matrix[k * size + row] * vector[k] }
        vector[row] /= matrix[row * size + row]
      }
      return true
    }
  }
}
