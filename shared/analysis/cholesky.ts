/** The factor L of a symmetric positive definite matrix A = L·L′, rows one after the other. */
export type Factor = { size: number; lower: Float64Array };

/** @throws RangeError when the matrix is not positive definite */
export const factorOf = (matrix: Float64Array, size: number): Factor => {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column] ?? 0;
      for (let k = 0; k < column; k += 1) {
        sum -= (lower[row * size + k] ?? 0) * (lower[column * size + k] ?? 0);
      }
      if (row === column && !(sum > 0)) throw new RangeError('The matrix is not positive definite.');
      lower[row * size + column] =
        row === column ? Math.sqrt(sum) : sum / (lower[column * size + column] ?? 0);
    }
  }
  return { size, lower };
};

/** x of A·x = b. */
export const solved = ({ size, lower }: Factor, right: Float64Array): Float64Array => {
  const x = right.slice();
  for (let row = 0; row < size; row += 1) {
    let sum = x[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (lower[row * size + k] ?? 0) * (x[k] ?? 0);
    x[row] = sum / (lower[row * size + row] ?? 0);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row] ?? 0;
    for (let k = row + 1; k < size; k += 1) sum -= (lower[k * size + row] ?? 0) * (x[k] ?? 0);
    x[row] = sum / (lower[row * size + row] ?? 0);
  }
  return x;
};

/** The diagonal of A's inverse: the squares of each column of L's inverse, summed. */
export const inverseDiagonal = ({ size, lower }: Factor): Float64Array => {
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  for (let start = 0; start < size; start += 1) {
    let squares = 0;
    for (let row = start; row < size; row += 1) {
      let sum = row === start ? 1 : 0;
      for (let k = start; k < row; k += 1) sum -= (lower[row * size + k] ?? 0) * (column[k] ?? 0);
      const value = sum / (lower[row * size + row] ?? 0);
      column[row] = value;
      squares += value * value;
    }
    diagonal[start] = squares;
  }
  return diagonal;
};
